"""POST /tickets: a ticket by hand or from a program, or one that begins with a mail of ours."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import post

from kanal.api.agent.replies import Address, Addresses, Files, ReplyOut, Text
from kanal.api.http.given import Db, Given, JSONBody
from kanal.api.http.problem import Invalid
from kanal.api.http.signin import Caller, DeskRequest
from kanal.channelkit.messages import Handle, Party
from kanal.contacts import actions as contacts
from kanal.delivery import new_mail
from kanal.delivery import queries as deliveries
from kanal.delivery.models import Carriers, NewMail
from kanal.delivery.new_mail import addresses_of
from kanal.kit import clock, mail
from kanal.kit.db import Transaction
from kanal.routing import actions as routing
from kanal.tickets import actions, queries, rules
from kanal.tickets.models import NewTicket, Priority, TicketChange
from kanal.views import ticket
from kanal.views.models import Ticket
from kanal.views.visible import hidden_channels, viewer

Subject = Annotated[str, msgspec.Meta(max_length=1_000)]
Description = Annotated[str, msgspec.Meta(max_length=100_000)]


class ContactIn(msgspec.Struct, forbid_unknown_fields=True):
    email: str
    name: str = ""


class TicketIn(msgspec.Struct, forbid_unknown_fields=True):
    """With `channel`, or with somebody in `to`, the ticket begins with a mail that is sent to them."""

    subject: Subject = ""
    """Needed for a ticket without a mail."""
    description: Description = ""
    contact: UUID | ContactIn | None = None
    """The id of one, or name and email of one who may be new."""
    pipeline: UUID | None = None
    status: str | None = None
    """Key or id."""
    priority: Priority = "normal"
    team: UUID | None = None
    custom: dict[str, Any] = {}
    """Values of custom properties by key."""
    assignee: str | msgspec.UnsetType | None = msgspec.UNSET
    """A member's id, or `me`; of a mail that is left out: whoever writes it."""
    channel: UUID | None = None
    """By which the mail leaves; left out: the one that the author's team writes by, else the oldest."""
    to: Addresses | Address = []
    """One address, or several; the first is the ticket's contact, found or made; left out: `contact`."""
    cc: Addresses = []
    bcc: Addresses = []
    text: Text = ""
    html: Text = ""
    attachments: Files = []
    send_at: datetime | None = None
    """When the mail leaves; left out: at once."""


class NewTicketOut(Ticket, kw_only=True):
    message: ReplyOut | None
    """The mail that it begins with."""


@post("/tickets")
async def create_ticket(
    request: DeskRequest, data: JSONBody[TicketIn], db: Db, carriers: Given[Carriers]
) -> NewTicketOut:
    """Make a ticket by hand or from a program: without a conversation, or with a mail to a contact or a new address.
    Who sees only their own tickets has it."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        if data.channel or data.to:
            return await _write(tx, carriers, caller, data)
        if not line(data.subject):
            raise Invalid("subject", "this is needed")
        made = (await actions.create(tx, await _new(tx, caller, data, await contact_of(tx, data.contact)))).id
        assignee = assignee_of(data.assignee, caller)
        if (await viewer(tx, caller.member)).sees == "own":
            assignee = caller.member
        if assignee is not msgspec.UNSET:
            await actions.change(tx, made, TicketChange(assignee_id=assignee), caller.member)
            await routing.by_hand(tx, [made], caller.member)
        return await _made(tx, caller, made, None)


async def _write(tx: Transaction, carriers: Carriers, caller: Caller, data: TicketIn) -> NewTicketOut:
    to = [data.to] if isinstance(data.to, str) and data.to else list(data.to)
    contact = None if to else await contact_of(tx, data.contact)
    wanted = NewMail(
        author_id=caller.member,
        to=to or await addresses_of(tx, contact),
        cc=data.cc,
        bcc=data.bcc,
        text=data.text,
        html=data.html,
        attachments=data.attachments,
        send_at=data.send_at,
        undoable=caller.how == "session",
    )
    opened = await new_mail.write(
        tx,
        carriers,
        wanted,
        await _new(tx, caller, data, contact),
        channel=data.channel,
        status=data.status is not None,
        assignee=assignee_of(data.assignee, caller),
        hidden_channels=await hidden_channels(tx, caller.member),
    )
    await routing.by_hand(tx, [opened.ticket_id], caller.member)
    delivery = (await deliveries.shown(tx, [opened.message_id]))[opened.message_id]
    return await _made(tx, caller, opened.ticket_id, ReplyOut(opened.message_id, opened.version, delivery))


async def _new(tx: Transaction, caller: Caller, data: TicketIn, contact: UUID | None) -> NewTicket:
    return NewTicket(
        subject=line(data.subject),
        description=data.description,
        snippet=rules.snippet(data.description),
        source="api" if caller.how == "token" else "hand",
        at=clock.now(),
        contact_id=contact,
        pipeline_id=data.pipeline,
        status_id=await _status(tx, data),
        priority=data.priority,
        team_id=await _team(tx, data.team),
        custom=data.custom,
        actor_id=caller.member,
    )


async def _made(tx: Transaction, caller: Caller, made: UUID, message: ReplyOut | None) -> NewTicketOut:
    """Also one that its maker has given away and sees no more."""
    shown = await ticket.one(tx, caller.member, made, just_changed=True)
    return NewTicketOut(**msgspec.structs.asdict(shown), message=message)


async def contact_of(tx: Transaction, given: UUID | ContactIn | None) -> UUID | None:
    if isinstance(given, ContactIn):
        key = mail.normalise(given.email)
        if not key:
            raise Invalid("contact.email", f"{given.email[:100]!r} is not an email address")
        handle = Handle(kind="email", key=key, address=given.email.strip())
        return (await contacts.resolve(tx, [Party(handle=handle, name=line(given.name))]))["email", key]
    if given is not None and not await tx.value("select true from contacts where id = %s", (given,)):
        raise Invalid("contact", "there is no such contact")
    return given


async def _team(tx: Transaction, given: UUID | None) -> UUID | None:
    if given is not None and not await tx.value("select true from teams where id = %s", (given,)):
        raise Invalid("team", "there is no such team")
    return given


async def _status(tx: Transaction, data: TicketIn) -> UUID | None:
    """The status that a key or an id names in the wanted pipeline."""
    if data.status is None:
        return None
    known = await queries.pipelines(tx)
    pipeline = known.get(data.pipeline) if data.pipeline else queries.default_of(known)
    if pipeline is None:
        raise Invalid("pipeline", "there is no such pipeline")
    for status in pipeline.statuses:
        if data.status in (status.key, str(status.id)):
            return status.id
    raise Invalid("status", f"the pipeline has no such status; it has {', '.join(s.key for s in pipeline.statuses)}")


def assignee_of(given: str | msgspec.UnsetType | None, caller: Caller) -> UUID | msgspec.UnsetType | None:
    if given is None or given is msgspec.UNSET:
        return given
    assignee = caller.member if given == "me" else uuid_of(given)
    if assignee is None:
        raise Invalid("assignee", "write a member's id, me, or null")
    return assignee


def uuid_of(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None


def line(given: str) -> str:
    """One line without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in given).split())
