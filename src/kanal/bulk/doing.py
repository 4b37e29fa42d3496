"""Doing what a job says to a batch of tickets, by few statements where the action allows. Returns what each ticket that
was left as it is was refused for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

import msgspec

from kanal.bulk.models import Action, Assign, Outcome, Standing, Why
from kanal.intake.spam import marking
from kanal.kit.db import Transaction
from kanal.properties.errors import PropertyInvalid
from kanal.routing import actions as routing
from kanal.tickets import actions as tickets
from kanal.tickets.actions.many import Refusal
from kanal.tickets.models import TicketChange
from kanal.tickets.tags import many as tags
from kanal.tickets.tags.many import Tagging
from kanal.tickets.tags.rules import MOST_ON_A_TICKET
from kanal.views import reads

Refused = dict[UUID, tuple[Why, str]]
"""The reason, and in words what it alone does not say."""


async def do(tx: Transaction, given: Mapping[str, Any], on: Mapping[UUID, Standing], member: UUID) -> Refused:
    """`given` is an action as it is kept; `on` are the tickets, locked."""
    action = msgspec.convert(given, Action)
    match next(iter(given)):
        case "tags":
            return await _tag(tx, on, msgspec.convert(given["tags"], Tagging), member)
        case "spam":
            return await _mark_spam(tx, on.values(), member)
        case "read":
            await reads.mark_many(tx, member, on)
            return {}
        case _:
            return await change(tx, dict.fromkeys(on, _change(action)), member)


async def change(
    tx: Transaction, wanted: Mapping[UUID, TicketChange], member: UUID, *, by_rules: bool = True
) -> Refused:
    refused = await tickets.change_many(tx, wanted, member, by_rules=by_rules, cause="bulk")
    await routing.by_hand(tx, wanted.keys(), member)
    return {ticket: ("refused", _words(error)) for ticket, error in refused.items()}


async def _tag(tx: Transaction, on: Collection[UUID], wanted: Tagging, member: UUID) -> Refused:
    full = await tags.change_many(tx, dict.fromkeys(on, wanted), member)
    return dict.fromkeys(full, ("refused", f"a ticket has at most {MOST_ON_A_TICKET} tags; take one off first"))


async def _mark_spam(tx: Transaction, on: Collection[Standing], member: UUID) -> Refused:
    refused: Refused = {}
    for ticket in on:
        for conversation in sorted(ticket.conversations.keys() - set(ticket.spam)):
            await marking.mark(tx, conversation, member)
        if not ticket.conversations:
            refused[ticket.id] = ("nothing_to_mark", "")
    return refused


def _change(action: Action) -> TicketChange:
    change = TicketChange()
    if isinstance(action.assign, Assign):
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


def _words(error: Refusal) -> str:
    return error.errors[0][1] if isinstance(error, PropertyInvalid) else error.message
