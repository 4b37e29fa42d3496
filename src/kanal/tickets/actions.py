"""Changing tickets. `open_many` and `touch_many` are the pipeline's; the others are what people do, one at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import UNSET

from kanal.events import actions as events
from kanal.events.models import Event, Name
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction, document
from kanal.kit.ids import new_id
from kanal.tickets import queries, rules
from kanal.tickets.errors import UnknownReference
from kanal.tickets.models import NewTicket, Pipeline, State, Status, TicketChange, TicketRef, Touch


async def create(tx: Transaction, new: NewTicket) -> TicketRef:
    """Make one ticket, by hand or through the API (GEN-4, WS-5)."""
    return (await open_many(tx, [new]))[0]


async def open_many(tx: Transaction, new: Sequence[NewTicket]) -> list[TicketRef]:
    """Make tickets, in this order numbered one after the other."""
    if not new:
        return []
    pipelines = await queries.pipelines(tx)
    last = await tx.value("update ticket_numbers set last = last + %s returning last", (len(new),))
    refs = [TicketRef(id=new_id(), number=last - len(new) + position) for position in range(1, len(new) + 1)]
    await tx.insert("tickets", [_row(ref, ticket, pipelines) for ref, ticket in zip(refs, new, strict=True)])
    await _link(tx, refs, new)
    for ref, ticket in zip(refs, new, strict=True):
        events.emit(tx, _created(ref, ticket))
    return refs


async def touch_many(tx: Transaction, touches: Sequence[Touch]) -> dict[UUID, State]:
    """The customer's side wrote: raise the version, reopen or turn to "waiting on us" where a person wrote. Returns
    the tickets as they were."""
    if not touches:
        return {}
    before = await queries.locked(tx, {touch.ticket_id for touch in touches})
    pipelines = await queries.pipelines(tx)
    by_ticket: dict[UUID, list[Touch]] = defaultdict(list)
    for touch in touches:
        by_ticket[touch.ticket_id].append(touch)
    await _update_touched(tx, [_touched(before[id_], pipelines, each) for id_, each in by_ticket.items()])
    for id_, each in by_ticket.items():
        if any(touch.human for touch in each):
            _tell_status(tx, before[id_], rules.after_customer(*_status(before[id_], pipelines)), None)
    return before


async def change(tx: Transaction, ticket: UUID, wanted: TicketChange, actor: UUID | None) -> None:
    """Change status, priority, team or assignee; what is the same already causes no event."""
    state = (await queries.locked(tx, [ticket])).get(ticket)
    if state is None:
        raise NotFound("ticket")
    pipelines = await queries.pipelines(tx)
    status = _wanted_status(wanted, state, pipelines)
    await _check_people(tx, wanted)
    team = state.team_id if wanted.team_id is UNSET else wanted.team_id
    assignee = state.assignee_id if wanted.assignee_id is UNSET else wanted.assignee_id
    priority = state.priority if wanted.priority is UNSET else wanted.priority
    if (status.id, team, assignee, priority) == (state.status_id, state.team_id, state.assignee_id, state.priority):
        return
    await _set(tx, state, status, priority=priority, team_id=team, assignee_id=assignee)
    _tell_status(tx, state, status, actor)
    if priority != state.priority:
        data = {"from": state.priority, "to": priority}
        events.emit(tx, Event(name="ticket.priority_changed", actor_id=actor, **_of(state), data=data))
    if (team, assignee) != (state.team_id, state.assignee_id):
        _tell_assigned(tx, state, team, assignee, actor)


async def touch_out(
    tx: Transaction, ticket: UUID, *, author: UUID | None, at: datetime, text: str, status_key: str | None = None
) -> int:
    """An agent's answer was queued: it waits for the contact, unless its author says otherwise, and belongs to them
    when nobody has it (EML-49). Returns the new version."""
    state = (await queries.locked(tx, [ticket]))[ticket]
    pipelines = await queries.pipelines(tx)
    wanted = TicketChange(status_key=status_key or UNSET)
    status = _wanted_status(wanted, state, pipelines) if status_key else rules.after_agent(*_status(state, pipelines))
    assignee = state.assignee_id or author
    await _set(tx, state, status, priority=state.priority, team_id=state.team_id, assignee_id=assignee)
    version = await tx.value(
        """
        update tickets set version = version + 1, last_message_at = greatest(last_message_at, %s),
               last_direction = 'out', waiting_since = null, snippet = %s
        where id = %s returning version
        """,
        (at, rules.snippet(text), ticket),
    )
    _tell_status(tx, state, status, author)
    if assignee != state.assignee_id:
        _tell_assigned(tx, state, state.team_id, assignee, author)
    return int(version)


async def comment(
    tx: Transaction,
    ticket: UUID,
    *,
    author: UUID | None,
    text: str,
    html: str,
    attachments: Sequence[UUID] = (),
    raw_event: UUID | None = None,
) -> UUID:
    """Add an internal comment, with files its author uploaded before (WS-6)."""
    comment_id = new_id()
    touched = await tx.dicts(
        "update tickets set version = version + 1, updated_at = %s where id = %s returning channel_id",
        (clock.now(), ticket),
    )
    if not touched:
        raise NotFound("ticket")
    await tx.insert(
        "comments",
        [
            {
                "id": comment_id,
                "ticket_id": ticket,
                "author_id": author,
                "body_text": text,
                "body_html": html,
                "raw_event_id": raw_event,
                "created_at": clock.now(),
            }
        ],
    )
    await _bind_attachments(tx, comment_id, author, attachments)
    data = {"comment_id": str(comment_id)}
    channel = touched[0]["channel_id"]
    events.emit(tx, Event(name="comment.added", actor_id=author, ticket_id=ticket, channel_id=channel, data=data))
    return comment_id


async def failed_reply(tx: Transaction, ticket: UUID, failed: bool) -> None:
    """Mark that a reply of the ticket did not reach the customer, or that none is missing any more."""
    await tx.run(
        "update tickets set has_failed_reply = %s where id = %s and has_failed_reply <> %s", (failed, ticket, failed)
    )


def _row(ref: TicketRef, new: NewTicket, pipelines: dict[UUID, Pipeline]) -> dict[str, Any]:
    pipeline = pipelines.get(new.pipeline_id) if new.pipeline_id else queries.default_of(pipelines)
    if pipeline is None:
        raise UnknownReference("pipeline", "there is no such pipeline")
    status = next((s for s in pipeline.statuses if s.id == new.status_id), None)
    if new.status_id is not None and status is None:
        raise UnknownReference("status", "the pipeline has no such status")
    status = status or pipeline.first_status
    return {
        "id": ref.id,
        "number": ref.number,
        "subject": new.subject,
        "description": new.description,
        "snippet": new.snippet,
        "contact_id": new.contact_id,
        "channel_id": new.channel_id,
        "pipeline_id": pipeline.id,
        "status_id": status.id,
        "is_open": not status.is_closed,
        "priority": new.priority,
        "source": new.source,
        "version": 1,
        "last_direction": "in" if new.source == "message" else None,
        "has_failed_reply": False,
        "created_at": new.at,
        "updated_at": new.at,
        "last_message_at": new.at,
        "waiting_since": new.at if new.waiting and not status.is_closed else None,
        "closed_at": new.at if status.is_closed else None,
    }


async def _link(tx: Transaction, refs: Sequence[TicketRef], new: Sequence[NewTicket]) -> None:
    linked = [(ref, ticket) for ref, ticket in zip(refs, new, strict=True) if ticket.linked_to]
    await tx.insert(
        "ticket_links",
        [
            {"ticket_id": ref.id, "other_id": ticket.linked_to, "why": ticket.link_why, "created_at": ticket.at}
            for ref, ticket in linked
        ],
    )
    for ref, ticket in linked:
        data = {"other_id": str(ticket.linked_to), "why": ticket.link_why}
        events.emit(tx, Event(name="ticket.linked", ticket_id=ref.id, channel_id=ticket.channel_id, data=data))


def _created(ref: TicketRef, new: NewTicket) -> Event:
    return Event(
        name="ticket.created",
        actor_id=new.actor_id,
        ticket_id=ref.id,
        conversation_id=new.conversation_id,
        channel_id=new.channel_id,
        contact_id=new.contact_id,
        data={"number": ref.number, "source": new.source},
    )


def _status(state: State, pipelines: dict[UUID, Pipeline]) -> tuple[Pipeline, Status]:
    pipeline = pipelines[state.pipeline_id]
    return pipeline, next(status for status in pipeline.statuses if status.id == state.status_id)


def _touched(state: State, pipelines: dict[UUID, Pipeline], touches: list[Touch]) -> dict[str, Any]:
    human = [touch for touch in touches if touch.human]
    pipeline, current = _status(state, pipelines)
    status = rules.after_customer(pipeline, current) if human else current
    latest = max(human, key=lambda touch: touch.at, default=None)
    return {
        "id": state.id,
        "more": len(touches),
        "status_id": status.id,
        "is_open": not status.is_closed,
        "at": latest.at if latest else None,
        "waiting_since": min(touch.at for touch in human) if human else None,
        "snippet": latest.snippet if latest else None,
    }


async def _update_touched(tx: Transaction, rows: list[dict[str, Any]]) -> None:
    await tx.run(
        """
        update tickets t set
          version = t.version + n.more, status_id = n.status_id, is_open = n.is_open, updated_at = %(now)s,
          closed_at = case when n.is_open then null else t.closed_at end,
          last_message_at = greatest(t.last_message_at, n.at),
          last_direction = case when n.at is null then t.last_direction else 'in' end,
          waiting_since = coalesce(t.waiting_since, n.waiting_since),
          snippet = coalesce(n.snippet, t.snippet)
        from json_to_recordset(%(rows)s) as n (id uuid, more int, status_id uuid, is_open boolean, at timestamptz,
                                               waiting_since timestamptz, snippet text)
        where t.id = n.id
        """,
        {"rows": document(rows), "now": clock.now()},
    )


def _wanted_status(wanted: TicketChange, state: State, pipelines: dict[UUID, Pipeline]) -> Status:
    pipeline, current = _status(state, pipelines)
    if wanted.status_id is UNSET and wanted.status_key is UNSET:
        return current
    for status in pipeline.statuses:
        if wanted.status_id == status.id or wanted.status_key == status.key:
            return status
    keys = ", ".join(status.key for status in pipeline.statuses)
    raise UnknownReference("status", f"the ticket's pipeline has no such status; it has {keys}")


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
            "select true from members where id = %s and deactivated_at is null and role <> 'viewer'",
            (wanted.assignee_id,),
        )
    ):
        raise UnknownReference("assignee", "there is no such active member who can have tickets")


async def _set(
    tx: Transaction, state: State, status: Status, *, priority: str, team_id: UUID | None, assignee_id: UUID | None
) -> None:
    now = clock.now()
    await tx.run(
        """
        update tickets set status_id = %(status)s, is_open = %(open)s, priority = %(priority)s, team_id = %(team)s,
          assignee_id = %(assignee)s, updated_at = %(now)s,
          closed_at = case when %(open)s then null else coalesce(closed_at, %(now)s) end,
          waiting_since = case when %(open)s then waiting_since end
        where id = %(id)s
        """,
        {
            "id": state.id,
            "status": status.id,
            "open": not status.is_closed,
            "priority": priority,
            "team": team_id,
            "assignee": assignee_id,
            "now": now,
        },
    )
    if status.is_closed == state.is_open:
        await tx.run(
            "update conversations set state = %s, closed_at = %s where ticket_id = %s",
            ("closed" if status.is_closed else "open", now if status.is_closed else None, state.id),
        )


def _tell_status(tx: Transaction, state: State, status: Status, actor: UUID | None) -> None:
    if status.id == state.status_id:
        return
    name: Name = "ticket.status_changed" if state.is_open or status.is_closed else "ticket.reopened"
    data = {"from": str(state.status_id), "to": str(status.id), "key": status.key, "closed": status.is_closed}
    events.emit(tx, Event(name=name, actor_id=actor, **_of(state), data=data))


def _tell_assigned(tx: Transaction, state: State, team: UUID | None, assignee: UUID | None, actor: UUID | None) -> None:
    data = {
        "team_id": team and str(team),
        "assignee_id": assignee and str(assignee),
        "from_team_id": state.team_id and str(state.team_id),
        "from_assignee_id": state.assignee_id and str(state.assignee_id),
    }
    events.emit(tx, Event(name="ticket.assigned", actor_id=actor, **_of(state), data=data))


def _of(state: State) -> dict[str, Any]:
    return {"ticket_id": state.id, "channel_id": state.channel_id}


async def _bind_attachments(
    tx: Transaction, comment_id: UUID, author: UUID | None, attachments: Sequence[UUID]
) -> None:
    bound = await tx.run(
        """
        update attachments set comment_id = %s
        where id = any(%s) and uploader_id = %s and message_id is null and comment_id is null
        """,
        (comment_id, list(attachments), author),
    )
    if bound != len(set(attachments)):
        raise UnknownReference("attachments", "one of the files is not there or was sent already; upload it again")
