"""/views: the lists of tickets that a member has, and how many stand in each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from litestar import delete, get, patch, post, put

from kanal.api.http.given import Db, FromPath, JSONBody
from kanal.api.http.pages import Page
from kanal.api.http.signin import Caller, DeskRequest, require
from kanal.views import counts
from kanal.views.models import Count
from kanal.views.questions import ask
from kanal.views.saved import actions, queries
from kanal.views.saved.models import NewView, OwnChange, View, ViewChange, Who


class CountsOut(msgspec.Struct):
    items: dict[str, Count]
    """By the key of the view."""


class ViewOrderIn(msgspec.Struct, forbid_unknown_fields=True):
    order: list[str]
    hidden: list[str] = []


class FilterIn(msgspec.Struct, forbid_unknown_fields=True):
    filter: dict[str, Any]
    pipeline: UUID | None = None


@get("/views", guards=[require("read")])
async def list_views(request: DeskRequest, db: Db) -> Page[View]:
    """Default views and saved ones, in the order that the caller gave them."""
    async with db.transaction(request.user.account) as tx:
        return Page(await queries.listed(tx, _who(request.user)), None)


@post("/views", guards=[require("read")])
async def create_view(request: DeskRequest, data: JSONBody[NewView], db: Db) -> View:
    """Save a view. It takes the permission `manage_desk` to share one with everyone."""
    async with db.transaction(request.user.account) as tx:
        return await actions.create(tx, data, _who(request.user))


@get("/views/counts", guards=[require("read")])
async def count_views(request: DeskRequest, db: Db) -> CountsOut:
    """How many there are in each view, up to ten thousand; `unknown` where counting a saved one would take too long."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        return CountsOut(await counts.of_views(tx, _who(caller)))


@post("/views/try", guards=[require("read")], status_code=200)
async def try_filter(request: DeskRequest, data: JSONBody[FilterIn], db: Db) -> Count:
    """How many tickets a filter would find, before it is saved."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        question = await ask(tx, caller.member, filter=data.filter, pipeline=data.pipeline)
        return await counts.of_question(tx, caller.member, question)


@put("/views/order", guards=[require("read")], status_code=200)
async def order_views(request: DeskRequest, data: JSONBody[ViewOrderIn], db: Db) -> Page[View]:
    """Let the caller's views stand in this order; those that are not named stay behind. `hidden` ones are left out."""
    who = _who(request.user)
    async with db.transaction(request.user.account) as tx:
        await actions.order(tx, data.order, data.hidden, who)
        return Page(await queries.listed(tx, who), None)


@get("/views/{view_key:str}", guards=[require("read")])
async def get_view(request: DeskRequest, db: Db, view_key: FromPath[str]) -> View:
    async with db.transaction(request.user.account) as tx:
        return await queries.one(tx, _who(request.user), view_key)


@patch("/views/{view_key:str}", guards=[require("read")])
async def change_view(request: DeskRequest, data: JSONBody[ViewChange], db: Db, view_key: FromPath[str]) -> View:
    """Change what is given. Its owner may, and whoever has the permission `manage_desk` where it is shared."""
    async with db.transaction(request.user.account) as tx:
        return await actions.change(tx, view_key, data, _who(request.user))


@delete("/views/{view_key:str}", guards=[require("read")])
async def delete_view(request: DeskRequest, db: Db, view_key: FromPath[str]) -> None:
    """Delete a view; for 30 days it can be taken back."""
    async with db.transaction(request.user.account) as tx:
        await actions.delete(tx, view_key, _who(request.user))


@post("/views/{view_key:str}/restore", guards=[require("read")], status_code=200)
async def restore_view(request: DeskRequest, db: Db, view_key: FromPath[str]) -> View:
    """Take back that a view was deleted."""
    async with db.transaction(request.user.account) as tx:
        return await actions.restore(tx, view_key, _who(request.user))


@put("/views/{view_key:str}/own", guards=[require("read")], status_code=200)
async def look_at_view(request: DeskRequest, data: JSONBody[OwnChange], db: Db, view_key: FromPath[str]) -> View:
    """Columns, sort and layout as the caller alone wants them; null is as the view says."""
    async with db.transaction(request.user.account) as tx:
        return await actions.look(tx, view_key, data, _who(request.user))


def _who(caller: Caller) -> Who:
    return Who(member=caller.member, may_manage=caller.may("manage_desk"), may_restore=caller.may("answer"))
