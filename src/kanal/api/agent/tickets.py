"""/tickets: lists, one ticket and changing it; new_tickets.py makes them."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any
from uuid import UUID

import msgspec
from litestar import get, patch, post

from kanal.api.agent import found
from kanal.api.agent.new_tickets import (
    ContactIn,
    Description,
    Subject,
    assignee_of,
    contact_of,
    line,
    uuid_of,
)
from kanal.api.http.given import Db, FromPath, FromQuery, Given, JSONBody, Limit
from kanal.api.http.problem import Forbidden
from kanal.api.http.signin import Caller, DeskRequest, require
from kanal.delivery.errors import NoWayOut
from kanal.delivery.models import Carriers
from kanal.delivery.prospect import way_out
from kanal.delivery.rules import reply_subject
from kanal.delivery.ways import Asked, WayOut
from kanal.kit.db import Transaction
from kanal.notifications import actions as notifications
from kanal.people import queries as people
from kanal.routing import actions as routing
from kanal.tickets import actions
from kanal.tickets.models import Priority, TicketChange
from kanal.views import reads, ticket, tickets, visible
from kanal.views.errors import InvalidQuestion
from kanal.views.models import Page, ReplyForm, ShownAddress, Ticket, WholeTicket
from kanal.views.questions import ask
from kanal.views.saved.defaults import RESTORERS_ONLY
from kanal.views.visible import hidden_channels

DELETED = "It was deleted; restore it first."
MERGED = "It is part of another ticket now; answer there."
Many = FromQuery[list[str] | None]


class TicketPatch(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    pipeline: UUID | msgspec.UnsetType = msgspec.UNSET
    """Without a status beside it the ticket keeps its own where the pipeline has one with the same key."""
    status: str | msgspec.UnsetType = msgspec.UNSET
    """Key or id."""
    priority: Priority | msgspec.UnsetType = msgspec.UNSET
    team: UUID | msgspec.UnsetType | None = msgspec.UNSET
    assignee: str | msgspec.UnsetType | None = msgspec.UNSET
    """A member's id, or `me`."""
    custom: dict[str, Any] | msgspec.UnsetType = msgspec.UNSET
    """Custom properties by key; those left out stay, null empties."""
    subject: Subject | msgspec.UnsetType = msgspec.UNSET
    description: Description | msgspec.UnsetType = msgspec.UNSET
    contact: UUID | ContactIn | msgspec.UnsetType | None = msgspec.UNSET
    """The id of one, or name and email of one who may be new; null: about nobody. Its conversations stay with whom they
    are with."""


@get("/tickets", guards=[require("read")])
async def list_tickets(
    request: DeskRequest,
    db: Db,
    limit: Limit = 50,
    after: FromQuery[str | None] = None,
    view: FromQuery[str | None] = None,
    status: Many = None,
    assignee: FromQuery[str | None] = None,
    team: Many = None,
    channel: FromQuery[UUID | None] = None,
    contact: FromQuery[UUID | None] = None,
    pipeline: FromQuery[UUID | None] = None,
    among: Many = None,
    failed: FromQuery[bool] = False,
    filter: FromQuery[str | None] = None,
    sort: FromQuery[str | None] = None,
) -> Page[Ticket]:
    """Tickets that the caller may see. `view` is the key of a view, the rest narrows it: `status` is a key, several,
    or `open`; `assignee` a member's id, `me` or `none`; `team` a team's id, several, or `mine`. `filter` is a condition
    as JSON, in the place of the view's own; `among`, ids: which of these tickets are in the list."""
    caller, member = request.user, request.user.member
    if view in RESTORERS_ONLY and not caller.may("answer"):
        raise Forbidden("answer")
    async with db.transaction(caller.account) as tx:
        question = await ask(
            tx,
            member,
            view=view,
            filter=_tree(filter),
            status=status or (),
            assignee=assignee,
            team=team or (),
            channel=channel,
            contact=contact,
            pipeline=pipeline,
            among=among,
            failed=failed,
            sort=sort,
        )
        return await tickets.page(tx, member, question, after=after, limit=limit)


@get("/tickets/{ticket_ref:str}", guards=[require("read")])
async def get_ticket(request: DeskRequest, db: Db, carriers: Given[Carriers], ticket_ref: FromPath[str]) -> WholeTicket:
    """One ticket by id or number, with what the composer starts with; also one that was deleted, or merged: that says
    `merged_into`."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        wanted = await found.ticket(tx, caller, ticket_ref, even_gone=True)
        return await ticket.whole(tx, caller.member, wanted, await _reply_form(tx, carriers, caller, wanted))


@patch("/tickets/{ticket_ref:str}")
async def change_ticket(request: DeskRequest, data: JSONBody[TicketPatch], db: Db, ticket_ref: FromPath[str]) -> Ticket:
    """Change pipeline, status, priority, team, assignee, subject, description, contact or custom properties; null takes
    the ticket from its team, its assignee or its contact, and empties a property."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        wanted = await found.ticket(tx, caller, ticket_ref)
        await actions.change(tx, wanted, await _change(tx, data, caller), caller.member)
        await routing.by_hand(tx, [wanted], caller.member)
        return await ticket.one(tx, caller.member, wanted, just_changed=True)


@post("/tickets/{ticket_ref:str}/read", guards=[require("read")], status_code=204)
async def read_ticket(request: DeskRequest, db: Db, ticket_ref: FromPath[str]) -> None:
    """Mark the ticket as seen by the caller, with what they were told of it."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        wanted = await found.ticket(tx, caller, ticket_ref, even_gone=True)
        await reads.mark(tx, caller.member, wanted)
        await notifications.mark_read_about(tx, caller.member, ticket=wanted)


def _tree(given: str | None) -> dict[str, Any] | None:
    if given is None:
        return None
    try:
        return msgspec.json.decode(given, type=dict[str, Any])
    except msgspec.MsgspecError:
        raise InvalidQuestion("filter", "write a condition as JSON") from None


async def _reply_form(tx: Transaction, carriers: Carriers, caller: Caller, wanted: UUID) -> ReplyForm:
    """As `delivery` would send it."""
    gone = await visible.out_of_sight(tx, caller.member, wanted)
    if gone is not None:
        return _no_reply(DELETED if gone.is_deleted else MERGED)
    hidden = await hidden_channels(tx, caller.member)
    return await reply_form(tx, caller, way_out(tx, carriers, wanted, hidden, Asked(author=caller.member)))


async def reply_form(tx: Transaction, caller: Caller, found: Awaitable[WayOut]) -> ReplyForm:
    """What a composer starts with that is not open yet."""
    try:
        way = await found
    except NoWayOut as error:
        return _no_reply(error.why)
    author = (await people.member(tx, caller.member)).name
    return ReplyForm(
        possible=True,
        reason=way.kind.obstacle(way.channel.settings) or None,
        how=way.channel.kind,
        sender=_sender(way, author),
        to=[person.address for person in way.people if person.field == "to"],
        cc=[person.address for person in way.people if person.field == "cc"],
        new_people=[person.address for person in way.new_people],
        suggested_subject=reply_subject(way.subject) if way.subject else "",
    )


def _no_reply(why: str) -> ReplyForm:
    return ReplyForm(
        possible=False, reason=why, how=None, sender=None, to=[], cc=[], new_people=[], suggested_subject=""
    )


def _sender(way: WayOut, author: str) -> ShownAddress | None:
    """The kind's own words for who writes, "Ann (Lamps) <support@lamps.example>"."""
    shown = way.kind.preview(way.channel.settings, author).get("from", "")
    name, _, address = shown.rpartition(" <")
    return ShownAddress(name=name, address=address.rstrip(">")) if shown else None


async def _change(tx: Transaction, data: TicketPatch, caller: Caller) -> TicketChange:
    change = TicketChange(
        pipeline_id=data.pipeline,
        priority=data.priority,
        team_id=data.team,
        custom=data.custom,
        subject=data.subject if data.subject is msgspec.UNSET else line(data.subject),
        description=data.description,
        contact_id=data.contact if data.contact is msgspec.UNSET else await contact_of(tx, data.contact),
    )
    if data.status is not msgspec.UNSET:
        if (by_id := uuid_of(data.status)) is not None:
            change.status_id = by_id
        else:
            change.status_key = data.status
    change.assignee_id = assignee_of(data.assignee, caller)
    return change
