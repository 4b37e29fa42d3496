"""A customer's answer on a ticket that somebody has: it stays with them if they are there, or back soon; else it
returns to its place in the queue as "was theirs"."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.people.availability.queries import standings
from kanal.routing import rules
from kanal.routing.actions.recording import Decided, decided, put_in_queue, record
from kanal.routing.actions.safety import never_in_the_way
from kanal.routing.deciding import Verdict, decide
from kanal.routing.models import Asked, Routing
from kanal.routing.snapshot import Person, Snapshot, take


class _Answered(msgspec.Struct, kw_only=True):
    ticket_id: UUID
    created_at: datetime
    priority: str
    team_id: UUID | None
    contact_id: UUID | None
    owner_id: UUID | None
    assignee_id: UUID | None
    can_have_it: bool
    rule_id: str | None


async def answered(
    tx: Transaction,
    channel: UUID,
    routing: Routing,
    messages: Mapping[UUID, UUID],
    *,
    reopened: Collection[UUID] = (),
) -> None:
    """`messages` are the customers' words by ticket. What was closed and is nobody's is given out anew. An error of
    routing never gets out."""
    if not messages or not routing.give_out_waiting or not rules.gives_to_anybody(routing):
        return
    async with never_in_the_way(tx, channel, list(messages), "answer"):
        theirs = [row for row in await _tickets(tx, messages) if row.assignee_id or row.ticket_id in reopened]
        if await _all_are_there(tx, routing, theirs):
            return
        await tx.lock(f"routing/{tx.account}")
        snapshot = await take(tx, [channel])
        found = [each for row in theirs if (each := _decide(snapshot, channel, routing, row, messages[row.ticket_id]))]
        await record(tx, snapshot.at, found, cause="answer")
        await put_in_queue(tx, snapshot.at, found)


async def _tickets(tx: Transaction, wanted: Collection[UUID]) -> list[_Answered]:
    """With the rule that decided last. What waits in the queue already goes on waiting."""
    return await tx.all(
        _Answered,
        """
        select t.id as ticket_id, t.created_at, t.priority, t.team_id, t.contact_id, o.owner_id, t.assignee_id,
               m.id is not null and m.deactivated_at is null and m.has_seat and 'answer' = any(r.permissions)
                 and (c.open_to = 'account' or r.sees = 'all' or exists (
                   select from channel_teams ct join team_members tm on tm.team_id = ct.team_id
                   where ct.channel_id = c.id and tm.member_id = m.id)) as can_have_it,
               (select d.rule ->> 'id' from routing_decisions d
                where d.ticket_id = t.id and d.cause in ('arrival', 'answer', 'queue') and d.outcome <> 'kept'
                order by d.at desc, d.id desc limit 1) as rule_id
        from tickets t
        join channels c on c.id = t.channel_id
        left join members m on m.id = t.assignee_id
        left join roles r on r.key = m.role
        left join contacts o on o.id = t.contact_id
        where t.id = any(%s) and not exists (select from queue q where q.ticket_id = t.id)
        order by t.created_at, t.id
        """,
        (list(wanted),),
    )


async def _all_are_there(tx: Transaction, routing: Routing, theirs: Sequence[_Answered]) -> bool:
    """The usual case, known without looking at the whole desk."""
    if not all(row.can_have_it for row in theirs):
        return False
    if not routing.only_available:
        return True
    there = await standings(tx, {row.assignee_id for row in theirs if row.assignee_id})
    return all(standing.state == "available" for standing in there.values())


def _decide(snapshot: Snapshot, channel: UUID, routing: Routing, row: _Answered, message: UUID) -> Decided | None:
    person = snapshot.people.get(row.assignee_id) if row.assignee_id else None
    asked = Asked(
        ticket_id=row.ticket_id,
        at=row.created_at,
        since=snapshot.at,
        priority=row.priority,
        team_id=row.team_id,
        contact_id=row.contact_id,
        owner_id=row.owner_id,
        message_id=message,
        rule_id=row.rule_id,
        was_member_id=row.assignee_id,
    )
    can_have_it = person is not None and not snapshot.obstacles(person, channel, (), only_available=False)
    if person is not None and can_have_it:
        if person.state == "available" or not routing.only_available:
            return None
        if _back_soon(snapshot, routing, person):
            asked.was_member_id = None
            return decided(channel, asked, Verdict(outcome="kept", why="back_soon", member=person.id))
    verdict = decide(snapshot, channel, routing, asked)
    if verdict.outcome == "unassigned" and can_have_it:
        return None  # nobody else is ever asked here: whoever has it keeps it
    if verdict.member:
        snapshot.give(verdict.member, channel)
    return decided(channel, asked, verdict)


def _back_soon(snapshot: Snapshot, routing: Routing, person: Person) -> bool:
    until = rules.after_hours(routing, snapshot.at, routing.answer_limit_hours)
    return person.back_at is not None and person.back_at <= until
