"""/members: who works in the account."""

from __future__ import annotations

from uuid import UUID

import msgspec
from litestar import get

from kanal.api.http.given import Db, FromQuery, Limit
from kanal.api.http.pages import Page, page
from kanal.api.http.signin import DeskRequest, require
from kanal.people import queries
from kanal.people.models import Role


class MemberOut(msgspec.Struct):
    id: UUID
    name: str
    email: str
    role: Role
    has_seat: bool
    active: bool


@get("/members", guards=[require("read")])
async def list_members(
    request: DeskRequest, db: Db, limit: Limit = 50, after: FromQuery[UUID | None] = None
) -> Page[MemberOut]:
    """Everybody in the account, oldest first; those who left have `active` false."""
    async with db.transaction(request.user.account) as tx:
        found = await queries.members(tx, after, limit + 1)
    items = [MemberOut(m.id, m.name, m.email, m.role, m.has_seat, m.active) for m in found]
    return page(items, limit, lambda member: member.id)
