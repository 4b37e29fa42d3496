"""What members have to do: kept as rows from/to, so that their load is known now and was known then, and given to them
many at a time. Every action that changes who has a ticket, its status or whose word was the last ends with `keep`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from msgspec import UNSET

from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.tickets import queries
from kanal.tickets.actions.state import tell_assigned
from kanal.tickets.models import Assignment, State


async def keep(tx: Transaction, tickets: Collection[UUID]) -> None:
    """Bring the spans of these tickets in line with the tickets. Done twice it changes nothing."""
    if not tickets:
        return
    these = {"tickets": list(tickets), "now": clock.now(), "account": tx.account}
    ended = await tx.run(
        """
        update work_spans w set to_at = greatest(%(now)s, w.from_at)
        where w.ticket_id = any(%(tickets)s) and w.to_at is null and not exists (
          select from tickets t join statuses s on s.id = t.status_id
          where t.id = w.ticket_id and t.assignee_id = w.member_id and t.is_active and t.waiting_since is not null
            and s.counts)
        """,
        these,
    )
    if ended:
        tx.wake(f"queue:{tx.account}")
    # One that ended this very moment goes on.
    await tx.run(
        """
        insert into work_spans (account_id, ticket_id, member_id, work, ticket_created_at, from_at)
        select %(account)s, t.id, t.assignee_id, coalesce(c.work, 'email'), t.created_at, %(now)s
        from tickets t
        join statuses s on s.id = t.status_id
        left join channels c on c.id = t.channel_id
        where t.id = any(%(tickets)s) and t.assignee_id is not null and t.is_active and t.waiting_since is not null
          and s.counts
          and not exists (select from work_spans w where w.ticket_id = t.id and w.to_at is null)
        on conflict (account_id, ticket_id, member_id, from_at) do update set to_at = null
        """,
        these,
    )


async def assign_many(
    tx: Transaction, wanted: Sequence[Assignment], actor: UUID | None, *, cause: str
) -> dict[UUID, State]:
    """Give tickets to members, or take them back. Nothing is asked about the members; `cause` says in the events who
    or what decided. Returns the tickets as they were."""
    if not wanted:
        return {}
    before = await queries.locked(tx, [each.ticket_id for each in wanted])
    teams = {
        each.ticket_id: before[each.ticket_id].team_id if each.team_id is UNSET else each.team_id
        for each in wanted
        if each.ticket_id in before
    }
    assignees = {each.ticket_id: each.assignee_id for each in wanted if each.ticket_id in before}
    await tx.run(
        """
        update tickets t set assignee_id = n.assignee, team_id = n.team, updated_at = %s
        from unnest(%s::uuid[], %s::uuid[], %s::uuid[]) as n (id, assignee, team)
        where t.id = n.id and (t.assignee_id, t.team_id) is distinct from (n.assignee, n.team)
        """,
        (clock.now(), list(teams), list(assignees.values()), list(teams.values())),
    )
    for ticket, state in before.items():
        if (state.assignee_id, state.team_id) != (assignees[ticket], teams[ticket]):
            tell_assigned(tx, state, teams[ticket], assignees[ticket], actor, cause)
    await keep(tx, list(before))
    return before
