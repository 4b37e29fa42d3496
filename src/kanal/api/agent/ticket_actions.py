"""/tickets/{ref}/…: following, snoozing, linking, deleting, and how long it was in each status."""

from __future__ import annotations

from datetime import datetime

import msgspec
from litestar import delete, get, post

from kanal.api.agent import found
from kanal.api.http.given import Db, FromPath, JSONBody
from kanal.api.http.problem import Invalid
from kanal.api.http.signin import DeskRequest, require
from kanal.intake import coming_back
from kanal.routing import actions as routing
from kanal.tickets import actions
from kanal.views import ticket, ticket_times
from kanal.views.models import Ticket
from kanal.views.ticket_times import Times


class SnoozeIn(msgspec.Struct, forbid_unknown_fields=True):
    until: datetime
    """With its offset from UTC."""


class LinkIn(msgspec.Struct, forbid_unknown_fields=True):
    other: int | str
    """Id or number."""


@post("/tickets/{ticket_ref:str}/follow", guards=[require("read")], status_code=200)
async def follow_ticket(request: DeskRequest, db: Db, ticket_ref: FromPath[str]) -> Ticket:
    """The caller hears of the ticket from now on."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        wanted = await found.ticket(tx, caller, ticket_ref)
        await actions.follow(tx, [wanted], caller.member)
        return await ticket.one(tx, caller.member, wanted)


@delete("/tickets/{ticket_ref:str}/follow", guards=[require("read")], status_code=200)
async def unfollow_ticket(request: DeskRequest, db: Db, ticket_ref: FromPath[str]) -> Ticket:
    caller = request.user
    async with db.transaction(caller.account) as tx:
        wanted = await found.ticket(tx, caller, ticket_ref)
        await actions.unfollow(tx, [wanted], caller.member)
        return await ticket.one(tx, caller.member, wanted)


@post("/tickets/{ticket_ref:str}/snooze", guards=[require("answer")], status_code=200)
async def snooze_ticket(request: DeskRequest, data: JSONBody[SnoozeIn], db: Db, ticket_ref: FromPath[str]) -> Ticket:
    """It leaves the lists of what asks for work until that time, or until the customer writes. Done again it is put
    off."""
    caller = request.user
    if data.until.tzinfo is None:
        raise Invalid("until", "write the time with its offset, as in 2026-03-02T08:00:00+01:00")
    async with db.transaction(caller.account) as tx:
        wanted = await found.ticket(tx, caller, ticket_ref)
        await actions.snooze(tx, [wanted], data.until, caller.member)
        return await ticket.one(tx, caller.member, wanted)


@delete("/tickets/{ticket_ref:str}/snooze", guards=[require("answer")], status_code=200)
async def wake_ticket(request: DeskRequest, db: Db, ticket_ref: FromPath[str]) -> Ticket:
    """It asks for work again at once."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        wanted = await found.ticket(tx, caller, ticket_ref)
        await actions.wake(tx, [wanted], caller.member)
        return await ticket.one(tx, caller.member, wanted)


@post("/tickets/{ticket_ref:str}/links", guards=[require("answer")], status_code=200)
async def link_ticket(request: DeskRequest, data: JSONBody[LinkIn], db: Db, ticket_ref: FromPath[str]) -> Ticket:
    """Each then names the other."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        wanted = await found.ticket(tx, caller, ticket_ref)
        other = await found.named(tx, caller, "other", data.other)
        await actions.link(tx, wanted, other, caller.member)
        return await ticket.one(tx, caller.member, wanted)


@delete("/tickets/{ticket_ref:str}/links/{other_ref:str}", guards=[require("answer")], status_code=200)
async def unlink_ticket(request: DeskRequest, db: Db, ticket_ref: FromPath[str], other_ref: FromPath[str]) -> Ticket:
    caller = request.user
    async with db.transaction(caller.account) as tx:
        wanted = await found.ticket(tx, caller, ticket_ref)
        other = await found.ticket(tx, caller, other_ref, even_gone=True)
        await actions.unlink(tx, wanted, other, caller.member)
        return await ticket.one(tx, caller.member, wanted)


@delete("/tickets/{ticket_ref:str}", guards=[require("answer")], status_code=200)
async def delete_ticket(request: DeskRequest, db: Db, ticket_ref: FromPath[str]) -> Ticket:
    """It leaves all lists and can be restored for 30 days; after that it is forgotten with what was said in it."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        wanted = await found.ticket(tx, caller, ticket_ref)
        await actions.delete(tx, [wanted], caller.member)
        await routing.leave_queue(tx, [wanted])
        return await ticket.one(tx, caller.member, wanted, just_changed=True)


@post("/tickets/{ticket_ref:str}/restore", guards=[require("answer")], status_code=200)
async def restore_ticket(request: DeskRequest, db: Db, ticket_ref: FromPath[str]) -> Ticket:
    """As it stood. What was nobody's and open is given out anew."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        wanted = await found.ticket(tx, caller, ticket_ref, even_gone=True)
        if await actions.restore(tx, [wanted], caller.member):
            await coming_back.give_out(tx, wanted)
        return await ticket.one(tx, caller.member, wanted, just_changed=True)


@get("/tickets/{ticket_ref:str}/times", guards=[require("read")])
async def ticket_times_of(request: DeskRequest, db: Db, ticket_ref: FromPath[str]) -> Times:
    """How long it has been in each status, in whole seconds, those of now included."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        return await ticket_times.read(tx, await found.ticket(tx, caller, ticket_ref, even_gone=True))
