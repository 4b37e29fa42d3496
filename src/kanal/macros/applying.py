"""Doing what a macro says to tickets, by few statements however many they are. A ticket to which one of its actions
cannot be done is left as it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

from msgspec import UNSET

from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.macros.models import (
    Action,
    MacroAssign,
    MacroFollow,
    MacroPriority,
    MacroProperty,
    MacroSnooze,
    MacroStatus,
    MacroTags,
)
from kanal.routing import actions as routing
from kanal.tickets import actions as tickets
from kanal.tickets import queries
from kanal.tickets.actions.many import words_of
from kanal.tickets.actions.state import wanted_status
from kanal.tickets.errors import UnknownReference
from kanal.tickets.models import TicketChange
from kanal.tickets.tags import many as tags
from kanal.tickets.tags.many import Tagging
from kanal.tickets.tags.rules import MOST_ON_A_TICKET

FULL = f"a ticket has at most {MOST_ON_A_TICKET} tags; take one off first"


async def apply(tx: Transaction, on: Collection[UUID], actions: Sequence[Action], actor: UUID) -> dict[UUID, str]:
    """Returns why some were left as they are. Raises InvalidTag."""
    tagging = _tagging(actions)
    refused = dict.fromkeys(await tags.without_room(tx, dict.fromkeys(on, tagging)), FULL)
    refused |= await _not_to_rest(tx, on, actions, actor)
    on = [ticket for ticket in on if ticket not in refused]
    errors = await tickets.change_many(tx, dict.fromkeys(on, _change(actions, actor)), actor)
    refused |= {ticket: words_of(error) for ticket, error in errors.items()}
    on = [ticket for ticket in on if ticket not in refused]
    await routing.by_hand(tx, on, actor)
    await tags.change_many(tx, dict.fromkeys(on, tagging), actor)
    for action in actions if on else ():
        match action:
            case MacroSnooze():
                await tickets.snooze(tx, on, clock.now() + timedelta(minutes=action.minutes), actor)
            case MacroFollow():
                await tickets.follow(tx, on, actor)
    return refused


async def _not_to_rest(
    tx: Transaction, on: Collection[UUID], actions: Sequence[Action], actor: UUID
) -> dict[UUID, str]:
    """Those that would be closed when they are to be snoozed; of a status that they cannot have something else is
    said."""
    if not any(isinstance(action, MacroSnooze) for action in actions):
        return {}
    pipelines, change = await queries.pipelines(tx), _change(actions, actor)
    refused: dict[UUID, str] = {}
    for state in (await queries.locked(tx, on)).values():
        with suppress(UnknownReference):
            if wanted_status(change, state, pipelines).is_closed:
                refused[state.id] = "only what is open can be snoozed"
    return refused


def _change(actions: Sequence[Action], actor: UUID) -> TicketChange:
    """All in one; of two that set the same the last holds."""
    change, custom = TicketChange(), dict[str, Any]()
    for action in actions:
        match action:
            case MacroStatus():
                change.status_id, change.status_key = _id(action.status), action.status
            case MacroAssign():
                if action.member is not UNSET:
                    change.assignee_id = _member(action.member, actor)
                if action.team is not UNSET:
                    change.team_id = action.team
            case MacroPriority():
                change.priority = action.priority
            case MacroProperty():
                custom[action.property] = action.value
    if custom:
        change.custom = custom
    return change


def _tagging(actions: Sequence[Action]) -> Tagging:
    changes = [action for action in actions if isinstance(action, MacroTags)]
    return Tagging(add=[n for each in changes for n in each.add], remove=[n for each in changes for n in each.remove])


def _member(given: str | None, actor: UUID) -> UUID | None:
    if given is None:
        return None
    return actor if given == "me" else UUID(given)


def _id(status: str) -> UUID:
    """An id that no status has where a key is given."""
    try:
        return UUID(status)
    except ValueError:
        return UUID(int=0)
