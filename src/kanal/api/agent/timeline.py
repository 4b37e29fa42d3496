"""/tickets/{id}/timeline: what was said and done, with what became of each message that went out."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from litestar import get

from kanal.api.agent import found
from kanal.api.http.given import Db, FromPath, FromQuery
from kanal.api.http.signin import DeskRequest, require
from kanal.delivery import queries as deliveries
from kanal.kit.db import Transaction
from kanal.views import timeline
from kanal.views.models import Item, ShownMessage, Timeline


@get("/tickets/{ticket_ref:str}/timeline", guards=[require("read")])
async def get_timeline(
    request: DeskRequest, db: Db, ticket_ref: FromPath[str], before: FromQuery[str | None] = None
) -> Timeline:
    """Oldest first, the newest 200; `next` is the `before` of older ones."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        ticket = await found.ticket(tx, caller, ticket_ref)
        shown = await timeline.read(tx, caller.member, ticket, before=before)
        await lay_deliveries_beside(tx, shown.items)
        return shown


async def newer(tx: Transaction, member: UUID, ticket: UUID, seen_version: int) -> list[Item]:
    """What was said since somebody saw the ticket in this version."""
    items = await timeline.newer(tx, member, ticket, seen_version)
    await lay_deliveries_beside(tx, items)
    return items


async def lay_deliveries_beside(tx: Transaction, items: Sequence[Item]) -> None:
    sent = [item for item in items if isinstance(item, ShownMessage) and item.direction == "out"]
    shown = await deliveries.shown(tx, [message.id for message in sent])
    for message in sent:
        message.delivery = shown.get(message.id)
