"""Events become notices of the members they concern, once each."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import pytest

from kanal.events import actions as events
from kanal.events import queries
from kanal.events.models import Event
from kanal.kit.db import Database
from kanal.notifications import actions
from kanal.notifications.consumer import CONSUMER, Notifier
from kanal.realtime.hub import Hub
from kanal.tickets import actions as tickets
from kanal.tickets.models import TicketChange
from kanal.views import notices
from kanal.views.models import Notice
from tests.make import accounts, channels
from tests.make.said import hear, said


class Desk:
    """An account with two agents, and a ticket by mail."""

    def __init__(self, db: Database, account: int, channel: UUID, ann: UUID, bo: UUID, ticket: UUID) -> None:
        self.db, self.account, self.channel, self.ann, self.bo, self.ticket = db, account, channel, ann, bo, ticket

    async def assign(self, assignee: UUID, actor: UUID | None) -> None:
        async with self.db.transaction(self.account) as tx:
            await tickets.change(tx, self.ticket, TicketChange(assignee_id=assignee), actor)

    async def emit(self, name: Any, **data: Any) -> None:
        async with self.db.transaction(self.account) as tx:
            event = Event(name=name, ticket_id=self.ticket, channel_id=self.channel, data=data)
            events.emit(tx, event)

    async def consume(self) -> None:
        while await Notifier(self.db).run_once(self.account):
            pass

    async def notices(self, member: UUID) -> list[Notice]:
        async with self.db.transaction(self.account) as tx:
            return (await notices.page(tx, member)).items

    async def kinds(self, member: UUID) -> list[str]:
        await self.consume()
        return [notice.kind for notice in await self.notices(member)]


@pytest.fixture
async def desk(db: Database) -> Desk:
    account = await accounts.account(db)
    channel = await channels.email_channel(db, account)
    ann = await accounts.member(db, account)
    bo = await accounts.member(db, account, "bo@example.com", name="Bo Agent")
    [fate] = await hear(db, account, channel, said(external_id="a@k.example"))
    assert fate.ticket_id is not None
    return Desk(db, account, channel, ann, bo, fate.ticket_id)


async def test_an_assignment_is_told_to_whom_it_was_given(desk: Desk) -> None:
    await desk.assign(desk.bo, desk.ann)
    await desk.consume()
    [notice] = await desk.notices(desk.bo)
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
    async with asyncio.timeout(5):
        while not await desk.notices(desk.bo):  # noqa: ASYNC110 - waits for a commit of another task
            await asyncio.sleep(0.01)
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
