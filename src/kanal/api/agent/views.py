"""/views: the lists of tickets that a member has, and how many stand in each."""

from __future__ import annotations

import msgspec
from litestar import get

from kanal.api.http.given import Db
from kanal.api.http.pages import Page
from kanal.api.http.signin import DeskRequest, require
from kanal.views.counts import counts
from kanal.views.models import Count
from kanal.views.saved import defaults, queries
from kanal.views.saved.models import View


class CountsOut(msgspec.Struct):
    items: dict[str, Count]
    """By the key of the view."""


@get("/views", guards=[require("read")])
async def list_views(request: DeskRequest, db: Db) -> Page[View]:
    """Default views and saved ones, in the order that the caller gave them."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        return Page(await queries.listed(tx, caller.member, may_restore=caller.may("answer")), None)


@get("/views/counts", guards=[require("read")])
async def count_views(request: DeskRequest, db: Db) -> CountsOut:
    """How many there are in each view, up to ten thousand."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        found = await counts(tx, caller.member)
    hidden = frozenset() if caller.may("answer") else defaults.RESTORERS_ONLY
    return CountsOut({key: count for key, count in found.items() if key not in hidden})
