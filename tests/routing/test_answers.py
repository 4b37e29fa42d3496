"""A customer's answer on a ticket that somebody has: they keep it while they are there or back soon, else it returns to
its place in the queue as theirs (K9)."""

from __future__ import annotations

import pytest

from kanal.notifications.consumer import Notifier
from tests.make.mail_desk import MailDesk


@pytest.fixture
def desk(mail_desk: MailDesk) -> MailDesk:
    return mail_desk


async def test_k9_an_answer_stays_with_whoever_is_there(desk: MailDesk) -> None:
    ana, _, ticket = await _with_two(desk)
    await desk.answer(ticket)
    assert await desk.whose(ticket) == [ana]
    assert (await desk.why(ticket))["history"] == []


async def test_k9_an_answer_stays_with_whoever_is_back_within_the_limit(desk: MailDesk) -> None:
    ana, _, ticket = await _with_two(desk)
    await desk.away(ana, minutes=3 * 60)
    await desk.answer(ticket)
    assert await desk.whose(ticket) == [ana]
    assert await desk.outcome(ticket) == ("kept", "back_soon")
    text = (await desk.why(ticket))["decision"]["text"]
    assert text == "Ana Agent keeps it: they are away, but back soon enough."


@pytest.mark.parametrize("back_in", [5 * 60, None], ids=["later", "nobody knows"])
async def test_k9_an_answer_goes_to_somebody_else_when_they_are_away_for_longer(
    desk: MailDesk, back_in: int | None
) -> None:
    ana, bo, ticket = await _with_two(desk)
    await desk.away(ana, minutes=back_in)
    await desk.answer(ticket)
    assert await desk.whose(ticket) == [bo]
    decision = (await desk.why(ticket))["decision"]
    assert (decision["cause"], decision["was_member"]) == ("answer", ana)


async def test_k9_it_returns_at_its_original_arrival_as_theirs(desk: MailDesk) -> None:
    ana, bo, ticket = await _with_two(desk)
    await desk.away(ana)
    await desk.away(bo)
    later = await desk.mail()
    await desk.answer(ticket)
    assert await desk.queue() == [ticket, later]
    why = await desk.why(ticket)
    assert (why["assignee"], why["queue"]["was"]["id"], why["queue"]["position"]) == (None, ana, 1)
    assert why["decision"]["text"].endswith("It was Ana Agent's.")


async def test_k9_a_closed_ticket_that_is_answered_counts_the_same(desk: MailDesk) -> None:
    ana, bo, ticket = await _with_two(desk)
    await desk.call("PATCH", f"tickets/{ticket}", status="closed")
    await desk.away(ana)
    await desk.answer(ticket)
    assert await desk.whose(ticket) == [bo]


async def test_k9_a_closed_ticket_of_nobody_that_is_answered_is_given_out(desk: MailDesk) -> None:
    ana = await desk.member("ana", away=True)
    await desk.route(to={"users": [ana]})
    ticket = await desk.mail()
    await desk.call("PATCH", f"tickets/{ticket}", status="closed")
    assert await desk.queue() == []
    await desk.answer(ticket)
    assert await desk.queue() == [ticket]
    await desk.call("PATCH", f"tickets/{ticket}", status="closed")
    await desk.back(ana)
    await desk.answer(ticket)
    assert await desk.whose(ticket) == [ana]


async def test_k9_whoever_lost_seat_or_sight_has_it_no_longer(desk: MailDesk) -> None:
    ana, bo, ticket = await _with_two(desk)
    await desk.call("PATCH", f"members/{ana}", seat=False)
    await desk.answer(ticket)
    assert await desk.whose(ticket) == [bo]
    team = await desk.team("Lamps", ana)
    await desk.call("PATCH", f"members/{ana}", seat=True)
    await desk.call("PATCH", f"channels/{desk.channel}", open_to="teams", team_ids=[team])
    await desk.answer(ticket)
    assert await desk.whose(ticket) == [ana]


@pytest.mark.parametrize("switch", [{"give_out_waiting": False}, {"only_available": False}])
async def test_the_seed_leaves_it_where_it_is(desk: MailDesk, switch: dict[str, bool]) -> None:
    ana, bo, ticket = await _with_two(desk)
    await desk.route(to={"users": [ana, bo]}, **switch)
    await desk.away(ana)
    await desk.answer(ticket)
    assert await desk.whose(ticket) == [ana]


async def test_where_nobody_is_asked_an_answer_stays_with_whoever_took_it(desk: MailDesk) -> None:
    ana = await desk.member("ana")
    ticket = await desk.mail()
    await desk.call("PATCH", f"tickets/{ticket}", assignee=ana)
    await desk.away(ana)
    await desk.answer(ticket)
    assert await desk.whose(ticket) == [ana]


async def test_an_answer_that_is_taken_back_puts_its_ticket_back_in_the_queue(desk: MailDesk) -> None:
    ana = await desk.member("ana", away=True)
    await desk.route(to={"users": [ana]})
    ticket = await desk.mail()
    answer = await desk.call("POST", f"tickets/{ticket}/replies", text="Oops")
    assert await desk.queue() == []
    await desk.call("DELETE", f"messages/{answer['id']}")
    assert await desk.queue() == [ticket]
    assert await desk.outcome(ticket) == ("waiting", "nobody_available")


async def _with_two(desk: MailDesk) -> tuple[str, str, str]:
    """Ana has a ticket, and Bo could have it too."""
    ana = await desk.member("ana")
    await desk.route(to={"users": [ana]})
    ticket = await desk.mail()
    assert await desk.whose(ticket) == [ana]
    bo = await desk.member("bo")
    await desk.route(to={"users": [ana, bo]})
    return ana, bo, ticket


async def test_whoever_it_was_taken_from_hears_of_it_once(desk: MailDesk) -> None:
    ana, bo, ticket = await _with_two(desk)
    await desk.away(ana)
    await desk.away(bo)
    await desk.answer(ticket)
    while await Notifier(desk.db).run_once(desk.account):
        pass
    told = await desk.rows("select kind from notices where member_id = %s order by event_seq", (ana,))
    assert [notice["kind"] for notice in told] == ["assigned", "returned"]
