"""/channels/{id}/ledger: every message on the server of a channel that is fetched, and what became of it here."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.params import QueryParameter

from kanal.api.http.given import Db, FromPath, FromQuery, JSONBody, Limit
from kanal.api.http.problem import Invalid
from kanal.api.http.signin import DeskRequest, require
from kanal.channelkit.ledger import Entry
from kanal.inboxes import queries as channels
from kanal.inboxes.ledger import listing, queries, wanting
from kanal.inboxes.ledger.models import Balance, Import, Item, Place
from kanal.kit.db import NotFound, Transaction
from kanal.views import cursor
from kanal.views.visible import hidden_channels


class LedgerTicket(msgspec.Struct):
    id: UUID
    number: int


class FolderOut(msgspec.Struct):
    folder: str
    on_server: int
    explained: int


class HistoryOut(msgspec.Struct):
    """The import of old mail."""

    since: datetime = msgspec.field(name="from")
    total: int
    done: int


class EntryOut(msgspec.Struct):
    """One message on the server; `state` is what became of it, or `wanted` and `skipped`."""

    folder: str
    key: str
    state: str
    reason: str
    at: datetime
    size: int
    raw_event_id: UUID | None
    ticket: LedgerTicket | None
    can_replay: bool


class LedgerOut(msgspec.Struct):
    on_server: int
    explained: int
    swept_at: datetime | None
    """When the list of the folder that waits longest was last gone through; null until each was once."""
    folders: list[FolderOut]
    history: HistoryOut | None
    items: list[EntryOut]
    next: str | None


class EntryIn(msgspec.Struct, forbid_unknown_fields=True):
    folder: str
    key: str


@get("/channels/{channel_id:uuid}/ledger", guards=[require("manage_channels")])
async def read_ledger(
    request: DeskRequest,
    db: Db,
    channel_id: FromPath[UUID],
    limit: Limit = 50,
    after: FromQuery[str | None] = None,
    fate: Annotated[
        str, QueryParameter(name="state", description="`all`, `unexplained`, or one of the states.")
    ] = "all",
    folder: FromQuery[str | None] = None,
) -> LedgerOut:
    """How many messages the server holds, of how many it is known what became of them, and which they are, newest
    first."""
    if fate not in listing.STATES:
        raise Invalid("state", f"It is one of {', '.join(listing.STATES)}.")
    question = {"channel": channel_id, "state": fate, "folder": folder}
    last = cursor.read(question, after, Place) if after else None
    async with db.transaction(request.user.account) as tx:
        await _seen(tx, request, channel_id)
        folders = await queries.balance(tx, channel_id)
        history = await queries.history(tx, channel_id)
        found = await listing.items(tx, channel_id, state=fate, folder=folder, after=last, most=limit + 1)
    items = found[:limit]
    end = cursor.write(question, _place(items[-1])) if len(found) > limit else None
    return _out(folders, history, items, end)


@post("/channels/{channel_id:uuid}/ledger/replay", guards=[require("manage_channels")], status_code=202)
async def replay_entry(request: DeskRequest, data: JSONBody[EntryIn], db: Db, channel_id: FromPath[UUID]) -> None:
    """Fetch it after all where it was skipped or could not be fetched; else take in again what is here."""
    async with db.transaction(request.user.account) as tx:
        await _seen(tx, request, channel_id)
        entry = Entry(folder=data.folder, key=data.key)
        await wanting.replay(tx, channel_id, entry, actor=request.user.member)


async def _seen(tx: Transaction, request: DeskRequest, channel_id: UUID) -> None:
    if channel_id in await hidden_channels(tx, request.user.member):
        raise NotFound("channel")
    await channels.channel(tx, channel_id)


def _place(item: Item) -> Place:
    return Place(item.at, item.folder, item.key)


def _out(folders: list[Balance], history: Import | None, items: list[Item], end: str | None) -> LedgerOut:
    swept = [each.swept_at for each in folders]
    return LedgerOut(
        on_server=sum(each.on_server for each in folders),
        explained=sum(each.explained for each in folders),
        swept_at=min((at for at in swept if at), default=None) if all(swept) else None,
        folders=[FolderOut(each.folder, each.on_server, each.explained) for each in folders],
        history=HistoryOut(history.since, history.total, history.done) if history else None,
        items=[_entry(item) for item in items],
        next=end,
    )


def _entry(item: Item) -> EntryOut:
    return EntryOut(
        folder=item.folder,
        key=item.key,
        state=item.state,
        reason=item.reason,
        at=item.at,
        size=item.size,
        raw_event_id=item.raw_event_id,
        ticket=LedgerTicket(item.ticket_id, item.ticket_number)
        if item.ticket_id is not None and item.ticket_number is not None
        else None,
        can_replay=item.can_replay,
    )
