"""/notices: what a member should know of, newest first."""

from __future__ import annotations

from uuid import UUID

import msgspec
from litestar import get, post

from kanal.api.http.given import Db, FromQuery, JSONBody, Limit
from kanal.api.http.problem import Invalid
from kanal.api.http.signin import DeskRequest, require
from kanal.notifications import actions
from kanal.views import notices
from kanal.views.models import Notice, Page


class ReadNotices(msgspec.Struct, forbid_unknown_fields=True):
    ids: list[UUID] = []
    all: bool = False


@get("/notices", guards=[require("read")])
async def list_notices(
    request: DeskRequest, db: Db, limit: Limit = 50, after: FromQuery[str | None] = None
) -> Page[Notice]:
    async with db.transaction(request.user.account) as tx:
        return await notices.page(tx, request.user.member, after=after, limit=limit)


@post("/notices/read", guards=[require("read")], status_code=204)
async def read_notices(request: DeskRequest, data: JSONBody[ReadNotices], db: Db) -> None:
    """Mark some as read, or all."""
    if not data.all and not data.ids:
        raise Invalid("ids", "name some, or write all: true")
    async with db.transaction(request.user.account) as tx:
        await actions.mark_read(tx, request.user.member, None if data.all else data.ids)
