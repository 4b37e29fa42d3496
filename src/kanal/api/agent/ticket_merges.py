"""Several tickets as one, and back: /tickets/{ref}/merge and /merges; /tickets/{ref}/split."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import delete, post

from kanal.api.agent import found
from kanal.api.agent.new_tickets import Subject, line
from kanal.api.http.given import Db, FromPath, JSONBody
from kanal.api.http.signin import DeskRequest, require
from kanal.intake import coming_back
from kanal.kit.db import NotFound
from kanal.routing import actions as routing
from kanal.tickets import actions
from kanal.views import ticket, visible
from kanal.views.models import Ticket

MOST_MESSAGES = 1_000


class MergeIn(msgspec.Struct, forbid_unknown_fields=True):
    into: int | str
    """Id or number of the ticket that stays."""


class MergeOut(msgspec.Struct, kw_only=True):
    id: UUID
    """By which it is undone."""
    ticket: Ticket
    """The one that is part of another now."""
    into: Ticket


class SplitIn(msgspec.Struct, forbid_unknown_fields=True):
    messages: Annotated[list[UUID], msgspec.Meta(max_length=MOST_MESSAGES)]
    """Of one conversation; at least one message has to stay in the ticket."""
    subject: Subject = ""
    """Left out: that of the first message."""


@post("/tickets/{ticket_ref:str}/merge", guards=[require("answer")], status_code=200)
async def merge_ticket(request: DeskRequest, data: JSONBody[MergeIn], db: Db, ticket_ref: FromPath[str]) -> MergeOut:
    """Make the ticket part of another: conversations, comments, followers, tags and links go there, and so does what
    customers answer to either. The other keeps its values; the address of this one leads there."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        wanted = await found.ticket(tx, caller, ticket_ref)
        into = await found.named(tx, caller, "into", data.into)
        made = await actions.merge(tx, wanted, into, caller.member)
        await routing.leave_queue(tx, [wanted])
        return MergeOut(
            id=made,
            ticket=await ticket.one(tx, caller.member, wanted, just_changed=True),
            into=await ticket.one(tx, caller.member, into, just_changed=True),
        )


@delete("/merges/{merge_id:uuid}", guards=[require("answer")], status_code=200)
async def undo_merge(request: DeskRequest, db: Db, merge_id: FromPath[UUID]) -> Ticket:
    """Both tickets stand for themselves again; what was said since in the conversations of the one is in it."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        merged = await tx.value("select ticket_id from ticket_merges where id = %s", (merge_id,))
        if merged is None:
            raise NotFound("merge")
        # Undone already, it stands in lists again.
        if await visible.ticket_id(tx, caller.member, merged) is None:
            await found.ticket(tx, caller, str(merged), even_gone=True)
        await actions.unmerge(tx, merge_id, caller.member)
        await coming_back.give_out(tx, merged)
        return await ticket.one(tx, caller.member, merged, just_changed=True)


@post("/tickets/{ticket_ref:str}/split", guards=[require("answer")])
async def split_ticket(request: DeskRequest, data: JSONBody[SplitIn], db: Db, ticket_ref: FromPath[str]) -> Ticket:
    """Make a ticket of some of the messages, linked to this one; what the customer answers to them comes there.
    Returns the new one."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        wanted = await found.ticket(tx, caller, ticket_ref)
        made = await actions.split(tx, wanted, data.messages, caller.member, line(data.subject))
        return await ticket.one(tx, caller.member, made.id, just_changed=True)
