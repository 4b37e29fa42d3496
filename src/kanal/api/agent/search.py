"""/search: tickets by what is written in them, and help with asking."""

from __future__ import annotations

from litestar import get

from kanal.api.http.given import Db, FromQuery, Limit
from kanal.api.http.signin import DeskRequest, require
from kanal.views.search.completing import complete
from kanal.views.search.finding import search
from kanal.views.search.models import Answer, Completions


@get("/search", guards=[require("read")])
async def search_tickets(
    request: DeskRequest, db: Db, q: FromQuery[str] = "", after: FromQuery[str | None] = None, limit: Limit = 25
) -> Answer:
    """Tickets that hold all words of `q`, each with its newest hit. Words, `"phrases"`, `-exclusions` and operators:
    `from: to: channel: is: status: assignee: team: tag: priority: has: before: after:`. What makes no sense is left out
    and told in `hints`. A last word without a space after it may be unfinished."""
    async with db.transaction(request.user.account) as tx:
        return await search(tx, request.user.member, q, after=after, limit=limit)


@get("/search/complete", guards=[require("read")])
async def complete_search(request: DeskRequest, db: Db, q: FromQuery[str] = "") -> Completions:
    """How the last word of `q` may go on."""
    async with db.transaction(request.user.account) as tx:
        return await complete(tx, request.user.member, q)
