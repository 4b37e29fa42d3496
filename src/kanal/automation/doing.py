"""Doing what a rule says, one action after the other. What a rule cannot do undoes all of its run; a mail that is
better not sent is only left out, with the reason."""

from __future__ import annotations

from uuid import UUID

from msgspec import UNSET

from kanal.automation import mailing
from kanal.automation.errors import CannotAct
from kanal.automation.facts import Subject
from kanal.automation.models import Action, AddTag, Assign, Did, RemoveTag, SendMail, SetProperty, SetStatus
from kanal.delivery.models import Carriers
from kanal.kit.db import Transaction
from kanal.properties.errors import PropertyInvalid
from kanal.tickets import actions as tickets
from kanal.tickets.errors import MoveRefused, UnknownReference
from kanal.tickets.models import Assignment, TicketChange
from kanal.tickets.tags import actions as tags
from kanal.tickets.tags.errors import InvalidTag

CAUSE = "rule"
"""Of an assignment, in its event."""


async def do(tx: Transaction, carriers: Carriers, ticket: Subject, key: str, action: Action) -> Did:
    """Raises CannotAct. `key` names the mail that it may be, so that it is not promised twice."""
    before = len(tx.events)
    try:
        why = await _do(tx, carriers, ticket, key, action)
    except (UnknownReference, MoveRefused, InvalidTag) as wrong:
        raise CannotAct(wrong.message) from wrong
    except PropertyInvalid as wrong:
        raise CannotAct(wrong.errors[0][1]) from wrong
    return Did(do=str(action.__struct_config__.tag), changed=not why and _changed(tx, before, action), why=why)


def _changed(tx: Transaction, before: int, action: Action) -> bool:
    """What was so already is told by no event; a mail to a member is promised without one."""
    return isinstance(action, SendMail) or len(tx.events) > before


async def _do(tx: Transaction, carriers: Carriers, ticket: Subject, key: str, action: Action) -> str:
    match action:
        case SetProperty():
            await tickets.change(tx, ticket.id, _property(action), None)
        case SetStatus():
            await tickets.change(tx, ticket.id, _status(action), None)
        case Assign():
            await _assign(tx, ticket, action)
        case AddTag():
            await tags.add(tx, ticket.id, action.name, None)
        case RemoveTag():
            await tags.remove(tx, ticket.id, action.name, None)
        case SendMail():
            return await mailing.mail(tx, carriers, ticket, key, action)
    return ""


def _property(action: SetProperty) -> TicketChange:
    match action.property:
        case "priority":
            return TicketChange(priority=action.value)
        case "pipeline":
            return TicketChange(pipeline_id=UUID(action.value))
        case key:
            return TicketChange(custom={key: action.value})


def _status(action: SetStatus) -> TicketChange:
    try:
        return TicketChange(status_id=UUID(action.status))
    except ValueError:
        return TicketChange(status_key=action.status)


async def _assign(tx: Transaction, ticket: Subject, action: Assign) -> None:
    """As routing does: the checks were made, and the pipeline's rules for people do not hold for rules."""
    member = ticket.assignee_id if action.member is UNSET else action.member
    wanted = Assignment(ticket_id=ticket.id, assignee_id=member, team_id=action.team)
    await tickets.assign_many(tx, [wanted], None, cause=CAUSE)
    # A later action, such as a mail to whoever has it, sees whom it was given to.
    name = await tx.value("select u.name from members m join users u on u.id = m.user_id where m.id = %s", (member,))
    ticket.assignee_id, ticket.assignee_name = member, name
