"""/teams: who works together."""

from __future__ import annotations

from uuid import UUID

from litestar import get

from kanal.api.http.given import Db, FromQuery, Limit
from kanal.api.http.pages import Page, page
from kanal.api.http.signin import DeskRequest, require
from kanal.people import queries
from kanal.people.models import Team


@get("/teams", guards=[require("read")])
async def list_teams(
    request: DeskRequest, db: Db, limit: Limit = 50, after: FromQuery[UUID | None] = None
) -> Page[Team]:
    """The account's teams, oldest first."""
    async with db.transaction(request.user.account) as tx:
        found = await queries.teams(tx, after, limit + 1)
    return page(found, limit, lambda team: team.id)
