"""/raw-events: the log of what came in and what became of it; each can be done again."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import QueryParameter

from kanal.api.http.given import Db, FromPath, FromQuery, Given, Limit
from kanal.api.http.pages import Page
from kanal.api.http.problem import Invalid
from kanal.api.http.signin import Caller, DeskRequest, require
from kanal.forms.submissions import releasing
from kanal.inboxes import raw_events
from kanal.inboxes.models import RawEvent
from kanal.kit.db import Transaction
from kanal.kit.storage import Storage
from kanal.views import cursor
from kanal.views.visible import viewer

Files = Given[Storage]


class ChannelRef(msgspec.Struct):
    id: UUID
    name: str


class TicketRef(msgspec.Struct):
    id: UUID
    number: int


class InboxRef(msgspec.Struct):
    id: UUID
    name: str


class ConversationRef(msgspec.Struct):
    id: UUID
    inbox: InboxRef


class FateOut(msgspec.Struct):
    state: str
    reason: str | None
    ticket: TicketRef | None
    conversation: ConversationRef | None
    """Where it stands in a conversations inbox."""
    next_try_at: datetime | None


class EnvelopeOut(msgspec.Struct):
    mail_from: str
    rcpt_to: list[str]
    client: str
    helo: str
    tls: str


class Replaying(msgspec.Struct):
    id: UUID
    state: Literal["waiting"]


class RawEventOut(msgspec.Struct):
    id: UUID
    received_at: datetime
    external_id: str
    channel: ChannelRef
    size: int
    fate: FateOut
    envelope: EnvelopeOut


@get("/raw-events", guards=[require("read")])
async def list_raw_events(
    request: DeskRequest,
    db: Db,
    limit: Limit = 50,
    after: FromQuery[str | None] = None,
    channel: FromQuery[UUID | None] = None,
    fate: Annotated[str | None, QueryParameter(name="state", description="One of the counted states.")] = None,
) -> Page[RawEventOut]:
    """What channels received, newest first."""
    if fate is not None and fate not in raw_events.STATES:
        raise Invalid("state", f"It is one of {', '.join(raw_events.STATES)}.")
    question = {"channel": channel, "state": fate}
    last = cursor.read(question, after, cursor.Position) if after else None
    async with db.transaction(request.user.account) as tx:
        found = await raw_events.newest(
            tx,
            await _sight(tx, request.user),
            channel=channel,
            state=fate,
            after=(last.at, last.id) if last else None,
            most=limit + 1,
        )
    items = found[:limit]
    more = len(found) > limit
    end = cursor.write(question, cursor.Position(items[-1].received_at, items[-1].id)) if more else None
    return Page([_out(event) for event in items], end)


@get("/raw-events/counts", guards=[require("read")])
async def count_raw_events(request: DeskRequest, db: Db) -> dict[str, int]:
    """How many there are of each fate, up to 10,000."""
    async with db.transaction(request.user.account) as tx:
        return await raw_events.counts(tx, await _sight(tx, request.user))


@post("/raw-events/{raw_id:uuid}/replay", guards=[require("see_raw")], status_code=202)
async def replay_raw_event(request: DeskRequest, db: Db, raw_id: FromPath[UUID]) -> Replaying:
    """Take it in again: one that failed, was quarantined, held or called a duplicate, or could not be read."""
    async with db.transaction(request.user.account) as tx:
        await raw_events.replay(tx, raw_id, await _sight(tx, request.user), actor=request.user.member)
        await releasing.released_with(tx, raw_id, request.user.member)
    return Replaying(raw_id, "waiting")


@get("/raw-events/{raw_id:uuid}/raw", guards=[require("see_raw")], media_type="text/plain", account_in_query=True)
async def read_raw_event(request: DeskRequest, db: Db, storage: Files, raw_id: FromPath[UUID]) -> Response[bytes]:
    """The bytes as they came; a file to keep, never a page to open."""
    async with db.transaction(request.user.account) as tx:
        raw = await raw_events.raw_bytes(tx, raw_id, await _sight(tx, request.user))
    content = raw.body if raw.body is not None else await storage.get(raw.blob or "")
    return Response(
        content,
        media_type="text/plain; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{raw_id}.eml"'},
    )


async def _sight(tx: Transaction, caller: Caller) -> raw_events.Sight:
    who = await viewer(tx, caller.member)
    return raw_events.Sight(who.visible_raw, who.params)


def _out(event: RawEvent) -> RawEventOut:
    ticket = (
        TicketRef(event.ticket_id, event.ticket_number)
        if event.ticket_id is not None and event.ticket_number is not None
        else None
    )
    conversation = (
        ConversationRef(event.conversation_id, InboxRef(event.inbox_id, event.inbox_name or ""))
        if event.conversation_id is not None and event.inbox_id is not None
        else None
    )
    return RawEventOut(
        id=event.id,
        received_at=event.received_at,
        external_id=event.external_id,
        channel=ChannelRef(event.channel_id, event.channel_name),
        size=event.size,
        fate=FateOut(event.state, event.reason or None, ticket, conversation, event.next_try_at),
        envelope=EnvelopeOut(
            mail_from=event.door.get("mail_from", ""),
            rcpt_to=event.door.get("rcpt_to", []),
            client=event.door.get("client", ""),
            helo=event.door.get("helo", ""),
            tls=event.door.get("tls", ""),
        ),
    )
