"""/properties: what is asked of tickets and contacts, built in and custom."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import delete, get, patch, post
from litestar.params import QueryParameter

from kanal.api.http.given import Db, FromPath, JSONBody
from kanal.api.http.pages import Page
from kanal.api.http.signin import DeskRequest, require
from kanal.properties import actions, queries
from kanal.properties.models import Limits, NewProperty, Object, Option, Property, PropertyChange, PropertyType


class OptionOut(msgspec.Struct):
    value: str
    label: str
    archived: bool


class LimitsOut(msgspec.Struct):
    """Null where there is no limit."""

    required: bool
    min: float | str | None
    max: float | str | None
    min_length: int | None
    max_length: int | None
    decimals: int | None
    region: str | None


class PropertyOut(msgspec.Struct):
    id: UUID | None
    """Null: built in."""
    object: Object
    key: str
    label: str
    help: str
    type: PropertyType
    builtin: bool
    options: list[OptionOut]
    limits: LimitsOut
    position: int
    archived: bool


class ArchivedOut(msgspec.Struct):
    kept: int
    """How many tickets or contacts keep a value, counted to ten thousand."""


@get("/properties", guards=[require("read")])
async def list_properties(
    request: DeskRequest, db: Db, object_: Annotated[Object | None, QueryParameter(name="object")] = None
) -> Page[PropertyOut]:
    """Built-in ones first, then custom ones in their order; archived ones have `archived` true."""
    async with db.transaction(request.user.account) as tx:
        found = await queries.shown(tx, object_)
    return Page([_out(each) for each in found], None)


@post("/properties", guards=[require("manage_desk")])
async def create_property(request: DeskRequest, data: JSONBody[NewProperty], db: Db) -> PropertyOut:
    """Add a custom property; without `key` one is made from the label."""
    async with db.transaction(request.user.account) as tx:
        return _out(await actions.create(tx, data, request.user.member))


@patch("/properties/{property_id:uuid}", guards=[require("manage_desk")])
async def change_property(
    request: DeskRequest, data: JSONBody[PropertyChange], db: Db, property_id: FromPath[UUID]
) -> PropertyOut:
    """Change what is given; `archived: false` restores."""
    async with db.transaction(request.user.account) as tx:
        return _out(await actions.change(tx, property_id, data, request.user.member))


@delete("/properties/{property_id:uuid}", guards=[require("manage_desk")], status_code=200)
async def archive_property(request: DeskRequest, db: Db, property_id: FromPath[UUID]) -> ArchivedOut:
    """Offer it no more. Values stay where they are."""
    async with db.transaction(request.user.account) as tx:
        return ArchivedOut(await actions.archive(tx, property_id, request.user.member))


def _out(each: Property) -> PropertyOut:
    return PropertyOut(
        id=each.id,
        object=each.object,
        key=each.key,
        label=each.label,
        help=each.help,
        type=each.type,
        builtin=each.builtin,
        options=[_option(option) for option in each.options],
        limits=_limits(each.limits),
        position=each.position,
        archived=each.archived,
    )


def _option(option: Option) -> OptionOut:
    return OptionOut(option.value, option.label, option.archived)


def _limits(limits: Limits) -> LimitsOut:
    return LimitsOut(**{name: getattr(limits, name) for name in Limits.__struct_fields__})
