"""The whole loop, as programs see it: a mail comes in, becomes a ticket, is answered, the customer answers again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kanal.cli.bench.running import Running
from tests.make.running import Outside, Program, eventually, running, send

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demo() -> Iterator[Running]:
    with running(demo=True) as kanal:
        yield kanal


@pytest.fixture(scope="module")
def program(demo: Running) -> Iterator[Program]:
    with Program(demo) as program:
        yield program


@pytest.fixture
def outside(demo: Running) -> Iterator[Outside]:
    with Outside(demo) as outside:
        yield outside


def test_a_mail_becomes_a_ticket_and_is_answered_and_the_answer_lands_in_it(
    demo: Running, program: Program, outside: Outside
) -> None:
    send(demo, "A whole loop", sender="loop@kund.example")
    ticket = eventually(lambda: program.ticket("A whole loop"))
    program.post(f"/tickets/{ticket['id']}/replies", text="We send a new lamp today.")
    [mail] = eventually(lambda: outside.inbox("loop@kund.example"))
    outside.answer(mail, "Thank you!")
    said = eventually(lambda: found if len(found := program.messages(ticket["id"])) == 3 else None)
    assert [message["direction"] for message in said] == ["in", "out", "in"]
    assert said[1]["delivery"]["state"] == "sent"
    assert said[2]["text"].strip() == "Thank you!"
    assert len(outside.inbox("loop@kund.example")) == 1


def test_gen_1_what_comes_by_each_kind_of_channel_stands_in_one_list(program: Program) -> None:
    kinds = {kind["kind"] for kind in program.get("/kinds")["items"]}
    listed = program.get("/tickets", view="open", limit=200)["items"]
    assert {ticket["channel"]["kind"] for ticket in listed if ticket["channel"]} == kinds


def test_a_live_socket_hears_of_a_mail_once_and_after_a_gap_of_what_it_missed(demo: Running, program: Program) -> None:
    with program.live() as live:
        send(demo, "Heard live")
        first = live.events_until("message.received")
        cursor = live.cursor
    send(demo, "Missed meanwhile", sender="gap@kund.example")
    eventually(lambda: program.ticket("Missed meanwhile"))
    with program.live(cursor) as live:
        missed = live.events_until("message.received")
    heard = [event["seq"] for event in first + missed]
    assert len(set(heard)) == len(heard)
    assert heard == sorted(heard)
    assert min(event["seq"] for event in missed) == cursor + 1


def test_a_second_kanal_on_the_same_data_is_refused_with_the_reason(demo: Running) -> None:
    refused = demo.command("up", check=False)
    assert refused.returncode == 1
    assert f"is in use by process {demo.pid}" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_stopping_is_clean_and_the_next_start_finds_everything() -> None:
    with running(demo=True) as kanal:
        before = _tickets(kanal)
        assert kanal.stop() == 0
        assert "Traceback" not in kanal.said()
        kanal.start()
        assert _tickets(kanal) == before


def _tickets(kanal: Running) -> list[object]:
    with Program(kanal) as program:
        tickets = list(program.get("/tickets", limit=200)["items"])
    assert tickets
    return tickets
