"""After the demo has run, neither the events nor the log hold an address, a name, a subject or a text (K21)."""

from __future__ import annotations

import re
import smtplib

import httpx2
import pytest

from kanal.cli.bench.running import Running
from tests.make.running import Program, eventually, rows, running, send

pytestmark = pytest.mark.slow

PERSONAL = """
    select address from handles union select name from contacts union select name from users
    union select email from users union select from_name from messages union select subject from messages
    union select subject from tickets union select p.name from participants p
    union select line from messages, regexp_split_to_table(body_text, E'\\n') as line
    union select line from comments, regexp_split_to_table(body_text, E'\\n') as line
"""
"""What customers and members are called, and what they wrote, line by line."""


def test_the_demo_leaves_no_personal_word_in_events_or_logs() -> None:
    with running(demo=True, KANAL_LOG_LEVEL="DEBUG") as kanal:
        _a_morning(kanal)
        words = {word.strip() for (word,) in rows(kanal, PERSONAL) if len(word.strip()) >= 8}
        events = [data for (data,) in rows(kanal, "select data::text from events")]
        kanal.stop()
        # What is not JSON was meant for whoever started it: where to sign in, and as whom.
        said = [line for line in kanal.said().splitlines() if line.startswith("{")]
        of_postgres = (kanal.folder / "data/postgres/postgres.log").read_text().splitlines()
    assert min(len(words), len(events), len(said)) > 20
    personal = re.compile("|".join(re.escape(word) for word in sorted(words)))
    assert [line for line in (*events, *said, *of_postgres) if personal.search(line)] == []


def _a_morning(kanal: Running) -> None:
    """What people and programs do, rightly and wrongly."""
    send(kanal, "Grandmother's chandelier", sender="grandchild@kund.example")
    with pytest.raises(smtplib.SMTPRecipientsRefused), smtplib.SMTP("127.0.0.1", kanal.smtp) as door:
        door.sendmail("grandchild@kund.example", ["grandmother@demo.example"], b"Subject: To nobody\r\n\r\nHello")
    httpx2.post(f"{kanal.url}/api/v1/session", json={"email": "ana@demo.example", "password": "not this one"})
    with Program(kanal) as program:
        ticket = eventually(lambda: program.ticket("Grandmother's chandelier"))
        for each in program.get("/tickets", limit=200)["items"]:
            program.get(f"/tickets/{each['id']}/timeline")
        program.post(f"/tickets/{ticket['id']}/comments", text="The grandchild is called Ingeborg.")
        program.post(f"/tickets/{ticket['id']}/replies", text="We shall repair the chandelier.")
        wrong = {"subject": "", "contact": {"email": "grandchild at kund.example"}}
        assert program.http.post("/tickets", json=wrong).status_code == 422
        eventually(lambda: [m for m in program.messages(ticket["id"]) if (m["delivery"] or {}).get("state") == "sent"])
