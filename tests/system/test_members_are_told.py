"""K6 in the running product: the absent contact owner is mailed what the customer wrote, answers the mail, and the
answer is an internal comment. Nothing of it reaches the customer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.make.running import ADMIN, SUPPORT, Outside, Program, eventually, running, send

pytestmark = pytest.mark.slow
CUSTOMER = "vip@kund.example"


def test_k6_the_owner_answers_by_mail_and_the_customer_hears_nothing_of_it() -> None:
    with running(demo=True) as kanal, Program(kanal) as program, Outside(kanal) as outside:
        send(kanal, "First lamp", sender=CUSTOMER)
        _owns(program, eventually(lambda: program.ticket("First lamp")))
        send(kanal, "Second lamp", sender=CUSTOMER)
        ticket = eventually(lambda: program.ticket("Second lamp"))
        [mail] = eventually(lambda: outside.inbox(ADMIN))
        assert "Second lamp" in mail["subject"]
        assert "does not light" in str(mail)
        outside.answer(mail, "She is a VIP, be kind.")
        [comment] = eventually(lambda: _comments(program, ticket["id"]))
        assert comment["text"].strip() == "She is a VIP, be kind."
        assert len(program.messages(ticket["id"])) == 1
        assert outside.inbox(CUSTOMER) == []


def _owns(program: Program, ticket: dict[str, Any]) -> None:
    """Whoever calls owns the customer of this ticket, and is away."""
    me = program.get("/me")["member_id"]
    channels = program.get("/channels")["items"]
    channel = next(each["id"] for each in channels if each["settings"]["address"] == SUPPORT)
    for method, path, body in (
        ("PATCH", f"/contacts/{ticket['contact']['id']}", {"owner": me}),
        ("PATCH", f"/channels/{channel}", {"routing": {"assign": "contact_owner"}}),
        ("PUT", f"/members/{me}/availability", {"state": "away"}),
    ):
        answer = program.http.request(method, path, json=body)
        assert answer.is_success, answer.text


def _comments(program: Program, ticket: str) -> list[dict[str, Any]]:
    return [item for item in program.get(f"/tickets/{ticket}/timeline")["items"] if item["type"] == "comment"]
