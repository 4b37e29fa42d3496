"""Doing what a job says to a batch of tickets, by few statements where the action allows. Returns what each ticket that
was left as it is was refused for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kanal.bulk.models import BulkAction, BulkAssign, BulkSnooze, Outcome, Standing, Why
from kanal.intake import coming_back
from kanal.intake.spam import marking
from kanal.kit.db import NotFound, Transaction
from kanal.macros import applying
from kanal.macros.models import Action as Step
from kanal.routing import actions as routing
from kanal.tickets import actions as tickets
from kanal.tickets.actions.many import words_of
from kanal.tickets.errors import Unfit
from kanal.tickets.models import TicketChange
from kanal.tickets.tags import many as tags
from kanal.tickets.tags.many import Tagging
from kanal.tickets.tags.rules import MOST_ON_A_TICKET
from kanal.views import reads

Refused = dict[UUID, tuple[Why, str]]
"""The reason, and in words what it alone does not say."""


async def do(tx: Transaction, given: Mapping[str, Any], on: Mapping[UUID, Standing], member: UUID) -> Refused:
    """`given` is an action as it is kept; `on` are the tickets, locked."""
    [(name, what)] = given.items()
    match name:
        case "assign" | "status" | "priority":
            return await change(tx, dict.fromkeys(on, _change(msgspec.convert(given, BulkAction))), member)
        case "tags":
            return await _tag(tx, on, msgspec.convert(what, Tagging), member)
        case "snooze":
            return await _snooze(tx, on.values(), msgspec.convert(what, BulkSnooze).until, member)
        case "wake":
            await tickets.wake(tx, on, member)
        case "spam":
            return await _mark_spam(tx, on.values(), member)
        case "delete":
            await delete(tx, on, member)
        case "restore":
            await bring_back(tx, on, member)
        case "merge":
            return await _merge(tx, on, UUID(what["into"]), member)
        case "follow":
            await tickets.follow(tx, on, member)
        case "read":
            await reads.mark_many(tx, member, on)
        case "macro":
            refused = await applying.apply(tx, on, msgspec.convert(what["actions"], list[Step]), member)
            return {ticket: ("refused", why) for ticket, why in refused.items()}
    return {}


async def change(
    tx: Transaction, wanted: Mapping[UUID, TicketChange], member: UUID, *, by_rules: bool = True
) -> Refused:
    refused = await tickets.change_many(tx, wanted, member, by_rules=by_rules)
    await routing.by_hand(tx, wanted.keys(), member)
    return {ticket: ("refused", words_of(error)) for ticket, error in refused.items()}


async def _tag(tx: Transaction, on: Collection[UUID], wanted: Tagging, member: UUID) -> Refused:
    full = await tags.change_many(tx, dict.fromkeys(on, wanted), member)
    return dict.fromkeys(full, ("refused", f"a ticket has at most {MOST_ON_A_TICKET} tags; take one off first"))


async def _snooze(tx: Transaction, on: Collection[Standing], until: datetime, member: UUID) -> Refused:
    fit = [each.id for each in on if each.is_open]
    try:
        if fit:
            await tickets.snooze(tx, fit, until, member)
    except Unfit as over:
        return dict.fromkeys((each.id for each in on), ("refused", over.message))
    return {each.id: ("refused", "only what is open can be snoozed") for each in on if not each.is_open}


async def delete(tx: Transaction, on: Collection[UUID], member: UUID) -> None:
    if on:
        await tickets.delete(tx, on, member)
        await routing.leave_queue(tx, on)


async def bring_back(tx: Transaction, on: Collection[UUID], member: UUID) -> None:
    """What was deleted; what is nobody's then is given out."""
    if on:
        for ticket in await tickets.restore(tx, on, member):
            await coming_back.give_out(tx, ticket)


async def _merge(tx: Transaction, on: Collection[UUID], into: UUID, member: UUID) -> Refused:
    """One after the other: each changes the ticket of which it becomes part."""
    refused: Refused = {}
    for ticket in on:
        try:
            async with tx.savepoint():
                await tickets.merge(tx, ticket, into, member)
        except (Unfit, NotFound) as error:
            refused[ticket] = ("refused", error.message if isinstance(error, Unfit) else "the other ticket is gone")
    await routing.leave_queue(tx, on)
    return refused


async def _mark_spam(tx: Transaction, on: Collection[Standing], member: UUID) -> Refused:
    refused: Refused = {}
    for ticket in on:
        for conversation in sorted(ticket.conversations.keys() - set(ticket.spam)):
            await marking.mark(tx, conversation, member)
        if not ticket.conversations:
            refused[ticket.id] = ("nothing_to_mark", "")
    return refused


def _change(action: BulkAction) -> TicketChange:
    change = TicketChange()
    if isinstance(action.assign, BulkAssign):
        change.assignee_id = (
            UUID(action.assign.assignee) if isinstance(action.assign.assignee, str) else action.assign.assignee
        )
        change.team_id = action.assign.team
    if not isinstance(action.priority, msgspec.UnsetType):
        change.priority = action.priority
    if not isinstance(action.status, msgspec.UnsetType):
        try:
            change.status_id = UUID(action.status.status)
        except ValueError:
            change.status_key = action.status.status
    return change


def outcome(refused: tuple[Why, str]) -> Outcome:
    why, detail = refused
    return Outcome(state="skipped", why=why, detail=detail)
