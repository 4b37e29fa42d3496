"""Events become notices of the members they concern, once each."""

from __future__ import annotations

import asyncio

import pytest

from kanal.events import actions as events
from kanal.events import queries
from kanal.events.models import Event
from kanal.notifications import actions
from kanal.notifications.consumer import CONSUMER, Notifier
from kanal.realtime.hub import Hub
from kanal.views import notices
from tests.make import accounts
from tests.make.noticing import Desk
from tests.make.said import hear, said


async def test_old_mail_that_is_imported_into_a_ticket_disturbs_nobody(desk: Desk) -> None:
    await desk.assign(desk.bo, desk.bo)
    for history, told in ((True, []), (False, ["customer_answered"])):
        answer = said("Still dark", in_reply_to="a@k.example", subject="Re: Lamp")
        await hear(desk.db, desk.account, desk.channel, answer, history=history)
        assert await desk.kinds(desk.bo) == told


async def test_an_assignment_is_told_to_whom_it_was_given(desk: Desk) -> None:
    await desk.assign(desk.bo, desk.ann)
    await desk.consume()
    [notice] = await desk.notices(desk.bo)
    assert notice.ticket is not None
    assert (notice.kind, notice.ticket.id, notice.ticket.subject, notice.read) == (
        "assigned",
        desk.ticket,
        "Lamp",
        False,
    )
    assert notice.actor is not None
    assert notice.actor.name == "Ann Agent"
    assert await desk.notices(desk.ann) == []


async def test_nobody_is_told_what_they_did_themselves(desk: Desk) -> None:
    await desk.assign(desk.ann, desk.ann)
    assert await desk.kinds(desk.ann) == []


async def test_a_customers_answer_is_told_to_the_assignee(desk: Desk) -> None:
    await desk.assign(desk.ann, desk.ann)
    await hear(desk.db, desk.account, desk.channel, said("still dark", in_reply_to="a@k.example"))
    assert await desk.kinds(desk.ann) == ["customer_answered"]


async def test_an_out_of_office_note_is_not_an_answer(desk: Desk) -> None:
    await desk.assign(desk.ann, desk.ann)
    note = said("I am away", in_reply_to="a@k.example", automatic="auto_reply")
    await hear(desk.db, desk.account, desk.channel, note)
    assert await desk.kinds(desk.ann) == []


@pytest.mark.parametrize(
    ("state", "told"), [("failed", True), ("bounced", True), ("unknown", True), ("sent", False), ("queued", False)]
)
async def test_a_reply_that_did_not_arrive_is_told_to_its_author(desk: Desk, state: str, told: bool) -> None:
    await desk.emit("delivery.changed", state=state, author_id=str(desk.ann))
    assert await desk.kinds(desk.ann) == (["reply_failed"] if told else [])


async def test_a_reply_that_is_held_back_is_told_to_its_author(desk: Desk) -> None:
    await desk.emit("delivery.changed", state="queued", author_id=str(desk.ann), held=True, why="held")
    assert await desk.kinds(desk.ann) == ["reply_failed"]
    [notice] = await desk.notices(desk.ann)
    assert notice.why == "held"


async def test_what_routing_took_from_somebody_is_told_to_them(desk: Desk) -> None:
    await desk.emit("ticket.queued", was_member_id=str(desk.ann), why="was_away")
    assert await desk.kinds(desk.ann) == ["returned"]
    [notice] = await desk.notices(desk.ann)
    assert notice.why == "was_away"


async def test_what_routing_gave_to_a_colleague_is_told_to_both(desk: Desk) -> None:
    given = {"assignee_id": str(desk.bo), "from_assignee_id": str(desk.ann), "cause": "answer"}
    await desk.emit("ticket.assigned", **given)
    assert (await desk.kinds(desk.ann), await desk.kinds(desk.bo)) == (["returned"], ["assigned"])


async def test_k6_an_absent_contact_owner_is_told_and_mailed(desk: Desk) -> None:
    await desk.emit("ticket.queued", owner_id=str(desk.bo), why="owner_away")
    assert await desk.kinds(desk.bo) == ["contact_owner"]
    assert await desk.mails() == ["contact_owner"]


async def test_what_waits_too_long_is_told_to_those_who_lead_and_see_it(desk: Desk) -> None:
    lead = await accounts.member(desk.db, desk.account, "lea@example.com", "admin")
    await desk.emit("ticket.waited_too_long")
    assert await desk.kinds(lead) == ["waiting_too_long"]
    assert await desk.kinds(desk.ann) == []


async def test_events_that_are_read_twice_make_one_notice(desk: Desk) -> None:
    await desk.assign(desk.bo, desk.ann)
    await desk.consume()
    async with desk.db.transaction(desk.account) as tx:
        await events.remember(tx, CONSUMER, 0)
    assert await desk.kinds(desk.bo) == ["assigned"]


async def test_two_consumers_at_once_make_one_notice_and_one_event(desk: Desk) -> None:
    await desk.assign(desk.bo, desk.ann)
    await asyncio.gather(*(Notifier(desk.db).run_once(desk.account) for _ in range(4)))
    assert await desk.kinds(desk.bo) == ["assigned"]
    async with desk.db.transaction(desk.account) as tx:
        created = [event for event in await queries.after(tx, 0, 100) if event.name == "notice.created"]
    assert [event.data["member_id"] for event in created] == [str(desk.bo)]


async def test_k17_who_may_not_see_the_ticket_hears_nothing(desk: Desk) -> None:
    async with desk.db.transaction(desk.account) as tx:
        await tx.run("update channels set open_to = 'teams'")
    await desk.assign(desk.bo, desk.ann)
    assert await desk.kinds(desk.bo) == []


async def test_read_notices_stay_and_say_so(desk: Desk) -> None:
    await desk.assign(desk.bo, desk.ann)
    await desk.emit("delivery.changed", state="failed", author_id=str(desk.bo))
    await desk.consume()
    newest, _ = await desk.notices(desk.bo)
    async with desk.db.transaction(desk.account) as tx:
        await actions.mark_read(tx, desk.bo, [newest.id])
        assert await notices.unread(tx, desk.bo) == 1
    assert [notice.read for notice in await desk.notices(desk.bo)] == [True, False]
    async with desk.db.transaction(desk.account) as tx:
        await actions.mark_read(tx, desk.ann, None)
        await actions.mark_read(tx, desk.bo, None)
        assert await notices.unread(tx, desk.bo) == 0


async def test_the_loop_is_woken_by_the_hub(desk: Desk) -> None:
    hub, notifier = Hub(desk.db), Notifier(desk.db)
    hub.on("events:", notifier.wake)
    running = [asyncio.create_task(part.run()) for part in (hub, notifier)]
    await hub.listening.wait()
    await desk.assign(desk.bo, desk.ann)
    async with asyncio.timeout(30):
        while not await desk.notices(desk.bo):  # noqa: ASYNC110 - waits for a commit of another task
            await asyncio.sleep(0.01)
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)


async def test_an_event_that_nobody_can_read_stops_neither_the_process_nor_other_accounts(desk: Desk) -> None:
    other = await accounts.account(desk.db, "other")
    async with desk.db.transaction(other) as tx:
        events.emit(tx, Event(name="ticket.assigned", ticket_id=desk.ticket, data={"assignee_id": "no id"}))
    await desk.assign(desk.bo, desk.ann)
    notifier = Notifier(desk.db)
    running = asyncio.create_task(notifier.run())
    async with asyncio.timeout(30):
        while not await desk.notices(desk.bo):  # noqa: ASYNC110 - waits for a commit of another task
            await asyncio.sleep(0.01)
    assert not running.done()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
