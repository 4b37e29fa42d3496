"""What counts against a member's capacity, and what happens at the limit (SPEC 11.4), through the mail door."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kanal.kit import clock
from kanal.tickets import actions as tickets
from kanal.tickets.models import NewTicket
from tests.make.mail_desk import MailDesk


@pytest.fixture
def desk(mail_desk: MailDesk) -> MailDesk:
    return mail_desk


async def test_route_23_only_tickets_that_wait_for_us_count(desk: MailDesk) -> None:
    ana = await desk.member("ana", capacity={"total": 2})
    await desk.route(to={"users": [ana]})
    first, second, third = await desk.mails(3)
    assert await desk.whose(first, second, third) == [ana, ana, None]
    assert await _load(desk, ana) == {"total": 2, "calling": 0, "messaging": 0, "email": 2}
    async with await desk.site.program("ana") as program:
        answered = await program.post(f"/api/v1/tickets/{first}/replies", json={"text": "Try this"})
        assert answered.status_code == 202
        await program.patch(f"/api/v1/tickets/{second}", json={"status": "closed"})
    assert (await _load(desk, ana))["total"] == 0
    assert await desk.whose(*await desk.mails(3)) == [ana, ana, None]


async def test_route_24_a_full_agent_is_skipped_and_when_all_are_full_nobody_has_it(desk: MailDesk) -> None:
    ana, bo = await desk.member("ana", capacity={"total": 1}), await desk.member("bo", capacity={"total": 2})
    await desk.route(to={"users": [ana, bo]}, give_out_waiting=False)
    given = await desk.mails(4)
    whose = await desk.whose(*given)
    assert (whose.count(ana), whose.count(bo), whose[3]) == (1, 2, None)
    assert await desk.outcome(given[3]) == ("unassigned", "all_full")
    full = {each["member"]: each["reasons"][0]["text"] for each in (await desk.why(given[3]))["candidates"]}
    assert full == {ana: "full, 1 of 1", bo: "full, 2 of 2"}


async def test_route_25_by_hand_the_limit_may_be_exceeded_and_is_seen(desk: MailDesk) -> None:
    ana = await desk.member("ana", capacity={"total": 1})
    await desk.route(to={"users": [ana]})
    first, second = await desk.mails(2)
    await desk.call("PATCH", f"tickets/{second}", assignee=ana)
    assert await desk.whose(first, second) == [ana, ana]
    assert (await _load(desk, ana))["total"] == 2
    assert (await desk.call("GET", f"members/{ana}"))["capacity"] == {"total": 1}


async def test_route_26_each_sort_of_work_has_a_limit_of_its_own(desk: MailDesk) -> None:
    ana = await desk.member("ana", capacity={"calling": 1, "messaging": 1, "email": 2})
    await desk.route(to={"users": [ana]})
    await desk.run("update channels set work = 'messaging'")
    chats = await desk.mails(2)
    await desk.run("update channels set work = 'email'")
    mails = await desk.mails(3)
    assert await desk.whose(*chats) == [ana, None]
    assert await desk.whose(*mails) == [ana, ana, None]
    [reason] = (await desk.why(mails[2]))["candidates"][0]["reasons"]
    assert (reason["work"], reason["text"]) == ("email", "full, 2 of 2 emails")


async def test_route_26_tickets_in_some_statuses_or_too_old_do_not_count(desk: MailDesk) -> None:
    ana = await desk.member("ana", capacity={"total": 1})
    await desk.route(to={"users": [ana]})
    old = await desk.mail()
    assert await desk.whose(old, await desk.mail()) == [ana, None]
    await desk.run("update work_spans set ticket_created_at = ticket_created_at - interval '8 days'")
    await desk.call("PATCH", "desk-settings", capacity_max_age_days=7)
    fresh = await desk.mail()
    assert await desk.whose(fresh, await desk.mail()) == [ana, None]
    await desk.run("update statuses set counts = false where key = 'new'")
    async with desk.db.transaction(desk.account) as tx:
        await tickets.keep_load(tx, [row["id"] for row in await tx.dicts("select id from tickets")])
    assert await desk.whose(await desk.mail()) == [ana]


async def test_route_27_going_round_respects_the_capacity(desk: MailDesk) -> None:
    ana, bo = await desk.member("ana", capacity={"total": 1}), await desk.member("bo")
    await desk.route(to={"users": [ana, bo]}, distribution="round_robin")
    given = await desk.mails(4)
    assert sorted(await desk.whose(*given), key=str) == sorted([ana, bo, bo, bo])
    assert (await desk.reasons(given[3]))[ana] == ["full"]


async def test_what_somebody_has_is_kept_from_when_to_when(desk: MailDesk) -> None:
    ana, bo = await desk.member("ana"), await desk.member("bo")
    await desk.route(to={"users": [ana]})
    ticket = await desk.mail()
    await desk.call("PATCH", f"tickets/{ticket}", assignee=bo)
    await desk.call("PATCH", f"tickets/{ticket}", status="closed")
    await desk.answer(ticket)
    spans = await desk.rows("select member_id, to_at is null as open from work_spans order by from_at")
    assert [(str(span["member_id"]), span["open"]) for span in spans] == [(ana, False), (bo, False), (bo, True)]


async def test_a_ticket_made_by_hand_counts_as_the_work_of_no_channel(desk: MailDesk) -> None:
    ana = await desk.member("ana")
    async with desk.db.transaction(desk.account) as tx:
        new = NewTicket(subject="Called", source="hand", at=clock.now() - timedelta(days=1))
        made = (await tickets.create(tx, new)).id
    await desk.call("PATCH", f"tickets/{made}", assignee=ana)
    assert await _load(desk, ana) == {"total": 1, "calling": 0, "messaging": 0, "email": 1}


async def _load(desk: MailDesk, member: str) -> dict[str, int]:
    items = (await desk.call("GET", "members?limit=200"))["items"]
    return next(dict(each["load"]) for each in items if each["id"] == member)
