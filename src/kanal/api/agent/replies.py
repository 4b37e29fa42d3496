"""/tickets/{id}/replies: answering, and moving an answer or taking it back before it leaves."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import delete, patch, post

from kanal.api.agent import found, timeline
from kanal.api.agent.macros import UseIn, use
from kanal.api.http.given import Db, FromPath, Given, JSONBody
from kanal.api.http.signin import DeskRequest
from kanal.delivery import queries, scheduling, send, undo
from kanal.delivery.errors import SeenVersionRequired, StaleReply
from kanal.delivery.models import Carriers, Reply, ShownDelivery
from kanal.routing import actions as routing
from kanal.views.visible import hidden_channels

Text = Annotated[str, msgspec.Meta(max_length=1_000_000)]
Address = Annotated[str, msgspec.Meta(max_length=320)]
Addresses = Annotated[list[Address], msgspec.Meta(max_length=100)]
Files = Annotated[list[UUID], msgspec.Meta(max_length=100)]


class ReplyIn(msgspec.Struct, forbid_unknown_fields=True):
    text: Text = ""
    html: Text = ""
    to: Addresses | None = None
    """Left out: those who take part."""
    cc: Addresses | None = None
    bcc: Addresses | None = None
    attachments: Files = []
    seen_version: int | None = None
    """The version of the ticket that its author saw; a browser has to say it."""
    status: str | None = None
    """Key of the status after sending."""
    include_new_people: Addresses = []
    answers: UUID | None = None
    """The message that is answered; left out: the last one of those who take part."""
    all: bool | None = None
    """Without `to` and `cc`: true writes to everybody whom it names, false to its sender and those in copy."""
    channel: UUID | None = None
    """By which it leaves; left out: the one by which the thread goes."""
    send_at: datetime | None = None
    """When it leaves; left out: at once."""
    quote: bool | None = None
    """Whether it carries what it answers; left out: as the channel has it."""
    macros: Annotated[list[UseIn], msgspec.Meta(max_length=10)] = []
    """What these do is done with it, or nothing is sent; the text is the caller's to fill in."""


class MessagePatch(msgspec.Struct, forbid_unknown_fields=True):
    send_at: datetime | None
    """When it leaves; null: now."""


class ReplyOut(msgspec.Struct):
    id: UUID
    version: int
    delivery: ShownDelivery


@post("/tickets/{ticket_ref:str}/replies", status_code=202)
async def add_reply(
    request: DeskRequest, data: JSONBody[ReplyIn], db: Db, carriers: Given[Carriers], ticket_ref: FromPath[str]
) -> ReplyOut:
    """Queue an answer to the contact. Refused when something was said that its author had not seen."""
    caller = request.user
    if data.seen_version is None and caller.how == "session":
        raise SeenVersionRequired
    async with db.transaction(caller.account) as tx:
        ticket = await found.ticket(tx, caller, ticket_ref)
    given = {field: value for field, value in msgspec.structs.asdict(data).items() if field != "macros"}
    asked = Reply(ticket_id=ticket, author_id=caller.member, undoable=caller.how == "session", **given)
    try:
        async with db.transaction(caller.account) as tx:
            queued = await send.reply(tx, carriers, asked, await hidden_channels(tx, caller.member))
            await routing.by_hand(tx, [ticket], caller.member)
            for number, macro in enumerate(data.macros):
                await use(tx, caller, ticket, macro, f"macros.{number}")
            await undo.remember_more(tx, queued.delivery_id, ticket)
            delivery = (await queries.shown(tx, [queued.message_id]))[queued.message_id]
    except StaleReply as stale:
        async with db.transaction(caller.account) as tx:
            stale.newer = await timeline.newer(tx, caller.member, ticket, stale.seen)
        raise
    return ReplyOut(queued.message_id, queued.version, delivery)


@patch("/messages/{message_id:uuid}")
async def move_message(
    request: DeskRequest, data: JSONBody[MessagePatch], db: Db, message_id: FromPath[UUID]
) -> ShownDelivery:
    """Send a message that waits for its time at another one, or now; also one that was held back."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        await found.message(tx, caller, message_id)
        await scheduling.move(tx, message_id, data.send_at, caller.member)
        return (await queries.shown(tx, [message_id]))[message_id]


@delete("/messages/{message_id:uuid}")
async def cancel_message(request: DeskRequest, db: Db, message_id: FromPath[UUID]) -> None:
    """Take an answer back while it is queued; its words become a draft again."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        await found.message(tx, caller, message_id)
        ticket = await queries.ticket_of(tx, message_id)
        await undo.cancel(tx, message_id, caller.member)
        if ticket is not None:
            await routing.undone(tx, ticket, caller.member)
