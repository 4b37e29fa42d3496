"""A merge taken back (K12): everything that went over is where it was, and what was said since in the conversations of
the one goes with them. What somebody changed since stays changed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

from kanal.conversations import moving, spam
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction
from kanal.tickets import queries
from kanal.tickets.actions import load, touching
from kanal.tickets.actions.merging import standing
from kanal.tickets.actions.merging.models import Merge, MergeRow, Standing
from kanal.tickets.actions.spam import hide
from kanal.tickets.actions.state import on_ticket, save, tell_status
from kanal.tickets.models import State, Touch
from kanal.tickets.rules import snippet


async def unmerge(tx: Transaction, merge: UUID, actor: UUID | None) -> UUID:
    """Returns the ticket that stands for itself again. Undone twice it changes nothing."""
    row = await _held(tx, merge)
    if row.undone_at is not None:
        return row.ticket_id
    holders = await _holders(tx, row.into_id)
    states = await queries.locked(tx, {row.ticket_id, row.into_id, *holders})
    # While the tickets were waited for, somebody else may have done it.
    row = await _held(tx, merge)
    if row.undone_at is not None:
        return row.ticket_id
    await _give_back(tx, row, holders)
    await _stand_again(tx, states[row.ticket_id])
    if row.into_id in states:
        await _as_it_was(tx, states[row.into_id], row.moved, actor)
    for holder in holders[1:]:
        await standing.recount(tx, holder)
    await _go_on(tx, row)
    await tx.run("update ticket_merges set undone_at = %s, undone_by = %s where id = %s", (clock.now(), actor, merge))
    await hide(tx, await spam.all_spam(tx, [row.ticket_id]))
    await load.keep(tx, [*states])
    _tell(tx, states, row, actor)
    return row.ticket_id


async def _held(tx: Transaction, merge: UUID) -> MergeRow:
    found = await tx.dicts(
        "select id, ticket_id, into_id, moved, made_at, undone_at from ticket_merges where id = %s", (merge,)
    )
    if not found:
        raise NotFound("merge")
    return msgspec.convert(found[0], MergeRow)


async def _holders(tx: Transaction, into: UUID) -> list[UUID]:
    """Where what went over may be now: in the ticket that it went to, or in what that was merged into since. What was
    given back by another undoing, or split off, is nowhere there and stays where it is."""
    return await tx.values(
        """
        with recursive way as (
          select id, merged_into, 0 as step from tickets where id = %s
          union all
          select t.id, t.merged_into, way.step + 1 from way join tickets t on t.id = way.merged_into
          where way.step < 100
        )
        select id from way order by step
        """,
        (into,),
    )


async def _give_back(tx: Transaction, row: MergeRow, holders: list[UUID]) -> None:
    taken = row.moved.taken
    both: dict[str, Any] = {"part": row.ticket_id, "whole": row.into_id}
    await moving.dismiss(tx, taken.introduced)
    await moving.move_back(tx, taken.conversations, row.ticket_id, holders)
    await tx.run(
        "update comments set ticket_id = %s where id = any(%s) and ticket_id = any(%s)",
        (row.ticket_id, taken.comments, holders),
    )
    await tx.run(
        "update mentions set ticket_id = %s where comment_id = any(%s) and ticket_id = any(%s)",
        (row.ticket_id, taken.comments, holders),
    )
    await tx.run(
        "update notices set ticket_id = %s where id = any(%s) and ticket_id = any(%s)",
        (row.ticket_id, taken.notices, holders),
    )
    await tx.run(
        """
        update drafts d set ticket_id = %(part)s
        where d.ticket_id = %(whole)s and d.member_id = any(%(members)s) and not exists (
          select from drafts o where o.ticket_id = %(part)s and o.member_id = d.member_id)
        """,
        {**both, "members": taken.drafts},
    )
    await tx.run(
        "delete from ticket_followers where ticket_id = %s and member_id = any(%s)", (row.into_id, taken.followers)
    )
    await tx.run("delete from ticket_tags where ticket_id = %s and tag_id = any(%s)", (row.into_id, taken.tags))
    await tx.run("delete from ticket_links where ticket_id = %s and other_id = any(%s)", (row.into_id, taken.links))


async def _stand_again(tx: Transaction, part: State) -> None:
    """Nobody could change it meanwhile; its status may have been moved with all others of its pipeline."""
    await tx.run(
        """
        update tickets t set merged_into = null, version = t.version + 1, updated_at = %s,
          is_open = not s.is_closed and t.spam_at is null and t.deleted_at is null and not t.elsewhere
        from statuses s where s.id = t.status_id and t.id = %s
        """,
        (clock.now(), part.id),
    )


async def _as_it_was(tx: Transaction, whole: State, moved: Merge, actor: UUID | None) -> None:
    """Where nothing happened since, exactly; else by what is left."""
    was, became, now = moved.was, moved.became, await standing.standing(tx, whole.id)
    pipelines = await queries.pipelines(tx)
    old = pipelines[whole.pipeline_id].by_id(was.status_id)
    if now.status_id == became.status_id != was.status_id and old:
        await save(tx, whole, old, priority=whole.priority, team_id=whole.team_id, assignee_id=whole.assignee_id)
        tell_status(tx, whole, old, actor)
        await tx.run("update tickets set closed_at = %s where id = %s", (was.closed_at, whole.id))
        await moving.move_back(tx, moved.there, whole.id, [whole.id])
    await standing.write(tx, whole.id, _turned_back(was, became, now))
    if _spoken(now) != _spoken(became):
        await standing.recount(tx, whole.id)
    await tx.run("update tickets set version = version + 1 where id = %s", (whole.id,))


def _turned_back(was: Standing, became: Standing, now: Standing) -> Standing:
    """What is still as the merge left it."""
    back = {
        field: getattr(was, field) if getattr(now, field) == getattr(became, field) else getattr(now, field)
        for field in Standing.__struct_fields__
    }
    return Standing(**back)


def _spoken(each: Standing) -> tuple[Any, ...]:
    return (each.last_message_at, each.last_direction, each.snippet, each.waiting_since)


async def _go_on(tx: Transaction, row: MergeRow) -> None:
    """What was said since in the conversations that are back: the customer's words reopen it as they would have."""
    since = await tx.all(
        _Said,
        """
        select m.conversation_id, m.created_at as at, m.direction = 'in' as theirs, m.automatic is null as human,
               left(m.body_text, 1000) as text
        from messages m join conversations c on c.id = m.conversation_id
        where c.id = any(%s) and c.spam_at is null and m.created_at > %s order by m.created_at, m.id
        """,
        ([each.id for each in row.moved.taken.conversations], row.made_at),
    )
    await touching.touch_many(tx, [_touch(row.ticket_id, each) for each in since if each.theirs])
    if any(not each.theirs for each in since):
        await standing.recount(tx, row.ticket_id)


class _Said(msgspec.Struct, kw_only=True):
    conversation_id: UUID
    at: Any
    theirs: bool
    human: bool
    text: str


def _touch(ticket: UUID, each: _Said) -> Touch:
    return Touch(
        ticket_id=ticket,
        conversation_id=each.conversation_id,
        at=each.at,
        human=each.human,
        snippet=snippet(each.text),
    )


def _tell(tx: Transaction, states: dict[UUID, State], row: MergeRow, actor: UUID | None) -> None:
    for ticket, about in (
        (row.ticket_id, {"from_id": str(row.into_id)}),
        (row.into_id, {"unmerged_id": str(row.ticket_id)}),
    ):
        data = {"merge_id": str(row.id), **about}
        events.emit(tx, Event(name="ticket.unmerged", actor_id=actor, **on_ticket(states[ticket]), data=data))
