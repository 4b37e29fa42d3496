"""A ticket's timeline: messages, comments and events in one line."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.properties import actions as properties
from kanal.properties.models import NewProperty
from kanal.tickets import actions
from kanal.tickets.models import TicketChange
from kanal.views import timeline
from kanal.views.errors import InvalidQuestion
from kanal.views.models import ShownComment, ShownEvent, ShownMessage, Timeline
from tests.make.said import said
from tests.make.statements import counted
from tests.views.conftest import Desk


async def read(desk: Desk, ticket: UUID, **more: Any) -> Timeline:
    async with desk.db.transaction(desk.account) as tx:
        return await timeline.read(tx, desk.agent, ticket, **more)


@pytest.fixture
async def ticket(desk: Desk) -> UUID:
    [fate] = await desk.hear(
        said("It does not light up", external_id="a@k.example", quoted_text="> older", html="<p>It</p>"),
        at=clock.now() - timedelta(hours=1),
    )
    assert fate.ticket_id is not None
    return fate.ticket_id


async def test_messages_comments_and_events_stand_oldest_first(desk: Desk, ticket: UUID) -> None:
    async with desk.db.transaction(desk.account) as tx:
        await actions.comment(tx, ticket, author=desk.agent, text="Seen before", html="")
    async with desk.db.transaction(desk.account) as tx:
        await actions.change(tx, ticket, TicketChange(priority="high"), desk.agent)
    found = await read(desk, ticket)
    message, created, comment, priority = found.items
    assert isinstance(message, ShownMessage)
    assert isinstance(created, ShownEvent)
    assert isinstance(comment, ShownComment)
    assert isinstance(priority, ShownEvent)
    assert (message.sender.name, message.sender.address) == ("Eva Ek", "eva@kund.example")
    assert (message.text, message.html) == ("It does not light up", "<p>It</p>")
    assert message.quoted is not None
    assert message.quoted.text == "> older"
    assert (created.name, comment.text, priority.name) == ("ticket.created", "Seen before", "ticket.priority_changed")
    assert comment.author is not None
    assert comment.author.name == "Ann Agent"
    assert (found.version, found.next) == (2, None)


async def test_a_changed_property_is_told_by_its_name_and_not_by_its_value(desk: Desk, ticket: UUID) -> None:
    async with desk.db.transaction(desk.account) as tx:
        await properties.create(tx, NewProperty(object="ticket", label="Order number", type="text"), None)
        await properties.create(
            tx, NewProperty(object="contact", label="Of contacts", key="order_number", type="text"), None
        )
        await actions.change(tx, ticket, TicketChange(custom={"order_number": "A-1029"}), desk.agent)
    told = (await read(desk, ticket)).items[-1]
    assert isinstance(told, ShownEvent)
    assert (told.name, told.text.after, told.data) == (
        "ticket.changed",
        "Order number",
        {"fields": ["custom.order_number"]},
    )


async def test_events_say_what_their_ids_are_called(desk: Desk, ticket: UUID) -> None:
    team = await desk.team("Lamps")
    async with desk.db.transaction(desk.account) as tx:
        change = TicketChange(assignee_id=desk.agent, team_id=team, status_key="closed")
        await actions.change(tx, ticket, change, desk.admin)
    status, assigned = (await read(desk, ticket)).items[-2:]
    assert isinstance(status, ShownEvent)
    assert isinstance(assigned, ShownEvent)
    assert (status.text.before, status.text.after) == ("New", "Closed")
    assert (assigned.text.before, assigned.text.after) == (None, "Ann Agent, Lamps")
    assert assigned.actor is not None
    assert assigned.actor.name == "Adam Admin"


async def test_only_deliveries_that_went_wrong_are_told(desk: Desk, ticket: UUID) -> None:
    async with desk.db.transaction(desk.account) as tx:
        for state in ("sent", "bounced"):
            events.emit(tx, Event(name="delivery.changed", ticket_id=ticket, data={"state": state}))
        events.emit(tx, Event(name="draft.changed", ticket_id=ticket, data={"member_id": str(desk.agent)}))
    names = [item.name for item in (await read(desk, ticket)).items if isinstance(item, ShownEvent)]
    assert names == ["ticket.created", "delivery.bounced"]


async def test_a_ticket_begins_with_its_first_message_even_if_more_came_at_once(desk: Desk) -> None:
    first, second = said("one", external_id="b@k.example"), said("two", in_reply_to="b@k.example")
    [fate, _] = await desk.hear(first, second, at=clock.now() - timedelta(minutes=5))
    assert fate.ticket_id is not None
    kinds = [type(item).__name__ for item in (await read(desk, fate.ticket_id)).items]
    assert kinds == ["ShownMessage", "ShownMessage", "ShownEvent"]
    async with desk.db.transaction(desk.account) as tx:
        await tx.run("update messages set created_at = created_at + interval '1 second' where body_text = 'two'")
    kinds = [type(item).__name__ for item in (await read(desk, fate.ticket_id)).items]
    assert kinds == ["ShownMessage", "ShownEvent", "ShownMessage"]


async def test_older_items_stand_behind_the_cursor(desk: Desk, ticket: UUID) -> None:
    for number in range(9):
        await desk.hear(said(f"more {number}", in_reply_to="a@k.example"))
    whole = [item.id for item in (await read(desk, ticket)).items]
    seen: list[Any] = []
    before: str | None = None
    while before is not None or not seen:
        part = await read(desk, ticket, before=before, most=3)
        seen = [item.id for item in part.items] + seen
        before = part.next
    assert seen == whole
    assert len(whole) == 11


async def test_a_cursor_of_another_ticket_is_refused(desk: Desk, ticket: UUID) -> None:
    await desk.hear(said("more", in_reply_to="a@k.example"))
    cursor = (await read(desk, ticket, most=1)).next
    [other] = await desk.hear(said("other", "olle@kund.example"))
    assert other.ticket_id is not None
    with pytest.raises(InvalidQuestion) as wrong:
        await read(desk, other.ticket_id, before=cursor)
    assert wrong.value.field == "before"


async def test_newer_is_what_raised_the_version_since(desk: Desk, ticket: UUID) -> None:
    seen = (await read(desk, ticket)).version
    await desk.hear(said("still dark", in_reply_to="a@k.example"))
    async with desk.db.transaction(desk.account) as tx:
        await actions.comment(tx, ticket, author=desk.agent, text="I take it", html="")
        await actions.change(tx, ticket, TicketChange(priority="high"), desk.agent)
    async with desk.db.transaction(desk.account) as tx:
        newer = await timeline.newer(tx, desk.agent, ticket, seen)
        assert [getattr(item, "text", "") for item in newer] == ["still dark", "I take it"]
        assert await timeline.newer(tx, desk.agent, ticket, seen + 2) == []


async def test_the_number_of_statements_does_not_depend_on_the_length(desk: Desk, ticket: UUID) -> None:
    short = await _statements(desk, ticket)
    for number in range(15):
        await desk.hear(said(f"more {number}", in_reply_to="a@k.example"))
    assert await _statements(desk, ticket) == short <= 7


async def _statements(desk: Desk, ticket: UUID) -> int:
    async with desk.db.transaction(desk.account) as tx:
        with counted(tx) as statements:
            await timeline.read(tx, desk.agent, ticket)
    return len(statements)
