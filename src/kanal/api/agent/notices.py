"""/notices: what a member should know of, newest first."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get, post

from kanal.api.http.given import Db, FromQuery, JSONBody, Limit
from kanal.api.http.problem import Invalid
from kanal.api.http.signin import DeskRequest, require
from kanal.notifications import actions
from kanal.views import notices
from kanal.views.models import Notice, NoticeKind, Page


class ReadNotices(msgspec.Struct, forbid_unknown_fields=True):
    ids: list[UUID] = []
    all: bool = False
    ticket: UUID | None = None
    """All of this ticket."""


class UnreadNotices(msgspec.Struct, forbid_unknown_fields=True):
    ids: Annotated[list[UUID], msgspec.Meta(min_length=1, max_length=1_000)]


@get("/notices", guards=[require("read")])
async def list_notices(
    request: DeskRequest,
    db: Db,
    limit: Limit = 50,
    after: FromQuery[str | None] = None,
    unread: FromQuery[bool] = False,
    kind: FromQuery[list[NoticeKind] | None] = None,
) -> Page[Notice]:
    """`unread`: only those; `kind`: only of these kinds."""
    async with db.transaction(request.user.account) as tx:
        return await notices.page(tx, request.user.member, unread=unread, kinds=kind or (), after=after, limit=limit)


@post("/notices/read", guards=[require("read")], status_code=204)
async def read_notices(request: DeskRequest, data: JSONBody[ReadNotices], db: Db) -> None:
    """Mark some as read, those of a ticket, or all."""
    if not data.all and not data.ids and data.ticket is None:
        raise Invalid("ids", "name some, or a ticket, or write all: true")
    async with db.transaction(request.user.account) as tx:
        if data.ticket is not None:
            await actions.mark_read_about(tx, request.user.member, ticket=data.ticket)
        if data.all or data.ids:
            await actions.mark_read(tx, request.user.member, None if data.all else data.ids)


@post("/notices/unread", guards=[require("read")], status_code=204)
async def unread_notices(request: DeskRequest, data: JSONBody[UnreadNotices], db: Db) -> None:
    """Mark some as unread, to come back to."""
    async with db.transaction(request.user.account) as tx:
        await actions.mark_unread(tx, request.user.member, data.ids)
