"""One ticket with all that stands beside it."""

from __future__ import annotations

from uuid import UUID

from kanal.views import ticket
from kanal.views.models import ReplyForm, WholeTicket
from tests.make import channels
from tests.make.said import said
from tests.make.statements import counted
from tests.views.conftest import Desk

NO_REPLY = ReplyForm(
    possible=False, reason=None, how=None, sender=None, to=[], cc=[], new_people=[], suggested_subject=""
)


async def whole(desk: Desk, ticket_id: UUID | None) -> WholeTicket:
    assert ticket_id is not None
    async with desk.db.transaction(desk.account) as tx:
        return await ticket.whole(tx, desk.agent, ticket_id, NO_REPLY)


async def test_it_names_who_takes_part(desk: Desk) -> None:
    [fate] = await desk.hear(said(cc=("olle@kund.example",)))
    [conversation] = (await whole(desk, fate.ticket_id)).conversations
    assert {(p.address, p.role) for p in conversation.participants} == {
        ("eva@kund.example", "contact"),
        ("olle@kund.example", "cc"),
    }


async def test_one_mail_to_two_channels_shows_the_other_in_each(desk: Desk) -> None:
    sales = await channels.email_channel(desk.db, desk.account, "sales@demo.example", name="Sales")
    [first] = await desk.hear(said(external_id="one@kund.example"))
    [second] = await desk.hear(said(external_id="one@kund.example"), channel=sales)
    assert first.ticket_id != second.ticket_id
    assert [(o.ticket_id, o.channel_name) for o in (await whole(desk, first.ticket_id)).also_in] == [
        (second.ticket_id, "Sales")
    ]
    assert [o.channel_name for o in (await whole(desk, second.ticket_id)).also_in] == ["Support"]


async def test_linked_tickets_show_each_other(desk: Desk) -> None:
    [first] = await desk.hear(said(external_id="a@kund.example"))
    [second] = await desk.hear(said("me too", "stranger@else.example", in_reply_to="a@kund.example"))
    [link] = (await whole(desk, second.ticket_id)).linked
    assert (link.id, link.why) == (first.ticket_id, "unproved_reference")
    assert [each.id for each in (await whole(desk, first.ticket_id)).linked] == [second.ticket_id]


async def test_the_number_of_statements_does_not_depend_on_what_it_holds(desk: Desk) -> None:
    [small] = await desk.hear(said())
    [large] = await desk.hear(said(external_id="x@k.example", cc=tuple(f"p{i}@kund.example" for i in range(20))))
    for number in range(20):
        await desk.hear(said(f"more {number}", in_reply_to="x@k.example"))
    assert await _statements(desk, small.ticket_id) == await _statements(desk, large.ticket_id) <= 8


async def _statements(desk: Desk, ticket_id: UUID | None) -> int:
    assert ticket_id is not None
    async with desk.db.transaction(desk.account) as tx:
        with counted(tx) as statements:
            await ticket.whole(tx, desk.agent, ticket_id, NO_REPLY)
    return len(statements)
