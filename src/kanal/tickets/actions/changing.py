"""What people change on a ticket: pipeline, status, priority, team, assignee, custom properties, subject, description,
contact."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction
from kanal.kit.looks import look
from kanal.properties import rules as properties
from kanal.properties.queries import catalogue
from kanal.tickets import queries
from kanal.tickets.actions import load
from kanal.tickets.actions.state import check_move, on_ticket, save, tell_assigned, tell_status, wanted_status
from kanal.tickets.errors import UnknownReference
from kanal.tickets.models import State, Status, TicketChange


async def change(
    tx: Transaction, ticket: UUID, wanted: TicketChange, actor: UUID | None, *, by_rules: bool = True
) -> None:
    """Change what is given; what is the same already causes no event. Turning back what the actor did is not held by
    the pipeline's rules: `by_rules` false."""
    state = (await queries.locked(tx, [ticket])).get(ticket)
    if state is None:
        raise NotFound("ticket")
    pipelines = await queries.pipelines(tx)
    status = wanted_status(wanted, state, pipelines)
    if by_rules:
        await check_move(tx, state, status, pipelines, actor)
    await _check_people(tx, wanted)
    words = await _change_words(tx, state, wanted)
    custom = await _custom(tx, state, wanted)
    team = state.team_id if wanted.team_id is UNSET else wanted.team_id
    assignee = state.assignee_id if wanted.assignee_id is UNSET else wanted.assignee_id
    priority = state.priority if wanted.priority is UNSET else wanted.priority
    before = (state.status_id, state.team_id, state.assignee_id, state.priority, state.custom)
    if (status.id, team, assignee, priority, custom) == before:
        tell_fields(tx, state, status, custom, actor, words)
        return
    await save(tx, state, status, priority=priority, team_id=team, assignee_id=assignee, custom=custom)
    tell_fields(tx, state, status, custom, actor, words)
    tell_status(tx, state, status, actor)
    if priority != state.priority:
        data = {"from": state.priority, "to": priority}
        events.emit(tx, Event(name="ticket.priority_changed", actor_id=actor, **on_ticket(state), data=data))
    if (team, assignee) != (state.team_id, state.assignee_id):
        tell_assigned(tx, state, team, assignee, actor)
    await load.keep(tx, [ticket])


async def change_contact(tx: Transaction, ticket: UUID, contact: UUID, *, was: UUID | None) -> None:
    """It turned out who a ticket is about; one that has become somebody else's meanwhile stays theirs."""
    await tx.run(
        "update tickets set contact_id = %s, updated_at = %s where id = %s and contact_id is not distinct from %s",
        (contact, clock.now(), ticket, was),
    )


async def _custom(tx: Transaction, state: State, wanted: TicketChange) -> dict[str, Any]:
    if wanted.custom is UNSET or not wanted.custom:
        return state.custom
    given = properties.checked(await catalogue(tx), "ticket", wanted.custom)
    return properties.merged(state.custom, given)


async def _change_words(tx: Transaction, state: State, wanted: TicketChange) -> list[str]:
    """Subject, description and contact; returns the fields that are not as they were."""
    if wanted.subject is UNSET and wanted.description is UNSET and wanted.contact_id is UNSET:
        return []
    now = await tx.one(_Words, "select subject, description, contact_id from tickets where id = %s", (state.id,))
    subject = now.subject if wanted.subject is UNSET else wanted.subject.strip()
    description = now.description if wanted.description is UNSET else wanted.description
    contact = now.contact_id if wanted.contact_id is UNSET else wanted.contact_id
    if not subject:
        raise UnknownReference("subject", "write a word or two: lists show it")
    if contact != now.contact_id and contact is not None:
        await _check_contact(tx, contact)
    became = _Words(subject=subject, description=description, contact_id=contact)
    changed = [
        name
        for name, field in (("subject", "subject"), ("description", "description"), ("contact", "contact_id"))
        if getattr(now, field) != getattr(became, field)
    ]
    if changed:
        await tx.run(
            """
            update tickets set subject = %s, subject_look = %s, description = %s, contact_id = %s, updated_at = %s
            where id = %s
            """,
            (subject, look(subject), description, contact, clock.now(), state.id),
        )
    return changed


class _Words(msgspec.Struct, kw_only=True):
    subject: str
    description: str
    contact_id: UUID | None


async def _check_contact(tx: Transaction, contact: UUID) -> None:
    if not await tx.value("select true from contacts where id = %s", (contact,)):
        raise UnknownReference("contact", "there is no such contact")


def tell_fields(
    tx: Transaction,
    state: State,
    status: Status,
    custom: dict[str, Any],
    actor: UUID | None,
    words: Sequence[str] = (),
) -> None:
    fields = [*words, "pipeline"] if status.pipeline_id != state.pipeline_id else [*words]
    keys = sorted({*state.custom, *custom})
    fields += [f"custom.{key}" for key in keys if state.custom.get(key) != custom.get(key)]
    if fields:
        events.emit(tx, Event(name="ticket.changed", actor_id=actor, **on_ticket(state), data={"fields": fields}))


async def _check_people(tx: Transaction, wanted: TicketChange) -> None:
    if (
        wanted.team_id is not UNSET
        and wanted.team_id
        and not await tx.value("select true from teams where id = %s", (wanted.team_id,))
    ):
        raise UnknownReference("team", "there is no such team")
    if (
        wanted.assignee_id is not UNSET
        and wanted.assignee_id
        and not await tx.value(
            """
            select true from members m join roles r on r.key = m.role
            where m.id = %s and m.deactivated_at is null and 'answer' = any(r.permissions)
            """,
            (wanted.assignee_id,),
        )
    ):
        raise UnknownReference("assignee", "there is no such active member who can have tickets")
