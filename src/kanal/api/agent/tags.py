"""/tags and /tickets/{id}/tags: words of the account's own on tickets."""

from __future__ import annotations

from uuid import UUID

import msgspec
from litestar import delete, get, post

from kanal.api.agent import found
from kanal.api.http.given import Db, FromPath, FromQuery, JSONBody, Limit
from kanal.api.http.pages import Page
from kanal.api.http.signin import DeskRequest, require
from kanal.kit.db import Transaction
from kanal.tickets.tags import actions, queries
from kanal.tickets.tags.models import Tag


class TagIn(msgspec.Struct, forbid_unknown_fields=True):
    name: str


class TagsOut(msgspec.Struct):
    tags: list[str]
    """All tags of the ticket now, by name."""


@get("/tags", guards=[require("read")])
async def list_tags(request: DeskRequest, db: Db, limit: Limit = 50, q: FromQuery[str] = "") -> Page[Tag]:
    """The account's tags that begin with `q`, the most used first."""
    async with db.transaction(request.user.account) as tx:
        return Page(await queries.known(tx, q, limit), None)


@post("/tickets/{ticket_ref:str}/tags", guards=[require("answer")], status_code=200)
async def add_tag(request: DeskRequest, data: JSONBody[TagIn], db: Db, ticket_ref: FromPath[str]) -> TagsOut:
    """Put a tag on a ticket; one that is new to the account is made. A ticket has a tag once, however often it is
    added."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        ticket = await found.ticket(tx, caller, ticket_ref)
        await actions.add(tx, ticket, data.name, caller.member)
        return await _of(tx, ticket)


@delete("/tickets/{ticket_ref:str}/tags/{name:str}", guards=[require("answer")], status_code=200)
async def remove_tag(request: DeskRequest, db: Db, ticket_ref: FromPath[str], name: FromPath[str]) -> TagsOut:
    """Take a tag off a ticket; nothing is wrong with one that is not there."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        ticket = await found.ticket(tx, caller, ticket_ref)
        await actions.remove(tx, ticket, name, caller.member)
        return await _of(tx, ticket)


async def _of(tx: Transaction, ticket: UUID) -> TagsOut:
    return TagsOut((await queries.of_tickets(tx, [ticket])).get(ticket, []))
