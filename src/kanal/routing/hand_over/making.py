"""Taking the open tickets of a member, all or some, and giving them on. Who is ill or away for long is set to away with
it, so that the queue does not give them back at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction
from kanal.kit.ids import new_id
from kanal.people.availability import actions as availability
from kanal.people.availability.queries import standings
from kanal.routing import rules
from kanal.routing.actions.recording import Decided, decided, put_in_queue, record
from kanal.routing.deciding import Verdict
from kanal.routing.errors import InvalidHandOver
from kanal.routing.hand_over.models import Why
from kanal.routing.models import Asked, Routing
from kanal.tickets import queries
from kanal.tickets.models import Priority

TO_AWAY: frozenset[Why] = frozenset({"ill", "out_of_office"})


class Theirs(msgspec.Struct, kw_only=True):
    """A ticket that is handed over."""

    id: UUID
    channel_id: UUID | None
    team_id: UUID | None
    priority: Priority
    created_at: datetime
    routing: Any
    """Of its channel; None without one that is still connected."""
    rule_id: str | None
    """The rule that decided last."""


async def make(
    tx: Transaction,
    *,
    from_member: UUID,
    why: Why,
    tickets: Collection[UUID] | None,
    to: UUID | None,
    actor: UUID | None,
) -> UUID:
    """Give these open tickets of a member, all with None, to a colleague, or back to the queue with `to` None. What is
    no longer theirs is passed over. Raises NotFound and InvalidHandOver."""
    if not await tx.value("select true from members where id = %s", (from_member,)):
        raise NotFound("member")
    sets_away = why in TO_AWAY and await _is_available(tx, from_member)
    if sets_away:
        await availability.set_by_hand(tx, from_member, "away", actor)
    theirs = await _theirs(tx, from_member, tickets)
    if to is not None:
        await _check_receiver(tx, from_member, to, theirs)
    over = await _keep(tx, from_member, why, theirs, to, actor, sets_away=sets_away)
    found = [_given(each, from_member, to) if to else _returned(each, from_member) for each in theirs]
    await record(tx, clock.now(), found, cause="hand_over", actor=actor)
    await put_in_queue(tx, clock.now(), found, actor)
    data = {"hand_over_id": str(over), "member_id": str(from_member), "why": why, "tickets": len(theirs)}
    events.emit(tx, Event(name="hand_over.made", actor_id=actor, data=data | {"to_member_id": to and str(to)}))
    return over


async def _is_available(tx: Transaction, member: UUID) -> bool:
    return (await standings(tx, [member]))[member].state == "available"


async def _theirs(tx: Transaction, member: UUID, wanted: Collection[UUID] | None) -> list[Theirs]:
    """The first come stands first; locked in the order that all who lock several tickets keep."""
    ids = await tx.values(
        """
        select id from tickets
        where assignee_id = %(member)s and is_open and (%(wanted)s::uuid[] is null or id = any(%(wanted)s))
        """,
        {"member": member, "wanted": None if wanted is None else list(wanted)},
    )
    found = (await queries.locked(tx, ids)).values()
    still = [state.id for state in found if state.is_open and state.assignee_id == member]
    return await tx.all(
        Theirs,
        """
        select t.id, t.channel_id, t.team_id, t.priority, t.created_at, c.routing,
               (select d.rule ->> 'id' from routing_decisions d
                where d.ticket_id = t.id and d.cause not in ('hand', 'rule')
                order by d.at desc, d.id desc limit 1) as rule_id
        from tickets t left join channels c on c.id = t.channel_id and c.deleted_at is null
        where t.id = any(%s) order by t.created_at, t.id
        """,
        (still,),
    )


async def _check_receiver(tx: Transaction, giver: UUID, to: UUID, theirs: Sequence[Theirs]) -> None:
    if to == giver:
        raise InvalidHandOver("to", "Choose somebody else, or give the tickets back to the queue.")
    if not await tx.value(
        """
        select true from members m join roles r on r.key = m.role
        where m.id = %s and m.deactivated_at is null and m.joined_at is not null and 'answer' = any(r.permissions)
        """,
        (to,),
    ):
        raise InvalidHandOver("to", "There is no such active member who can have tickets.")
    hidden = await _hidden(tx, to, theirs)
    if hidden:
        message = (
            f"They do not see {hidden} of these tickets: open the channel to one of their teams, or choose others."
        )
        raise InvalidHandOver("to", message)


async def _hidden(tx: Transaction, member: UUID, theirs: Sequence[Theirs]) -> int:
    """How many of these are of channels that the member does not see (K17)."""
    return int(
        await tx.value(
            """
            select count(*) from tickets t join channels c on c.id = t.channel_id
            where t.id = any(%(tickets)s) and c.open_to = 'teams'
              and not exists (
                select from members m join roles r on r.key = m.role where m.id = %(member)s and r.sees = 'all')
              and not exists (
                select from channel_teams ct join team_members tm on tm.team_id = ct.team_id
                where ct.channel_id = c.id and tm.member_id = %(member)s)
            """,
            {"member": member, "tickets": [each.id for each in theirs]},
        )
    )


async def _keep(
    tx: Transaction,
    member: UUID,
    why: Why,
    theirs: Sequence[Theirs],
    to: UUID | None,
    actor: UUID | None,
    *,
    sets_away: bool,
) -> UUID:
    over = new_id()
    row = {"id": over, "from_member_id": member, "why": why, "made_by": actor, "created_at": clock.now()}
    await tx.insert("hand_overs", [row | {"set_away": sets_away}])
    rows = [{"hand_over_id": over, "ticket_id": each.id, "to_member_id": to} for each in theirs]
    await tx.insert("hand_over_tickets", rows)
    return over


def _given(each: Theirs, member: UUID, to: UUID) -> Decided:
    verdict = Verdict(outcome="assigned", why="handed_over", member=to)
    return decided(each.channel_id, _asked(each, member), verdict)


def _returned(each: Theirs, member: UUID) -> Decided:
    """To its place in the queue; unassigned where its channel gives nothing out."""
    asked = _asked(each, member)
    routing = rules.parse(each.routing) if each.routing is not None else None
    if routing is None or not routing.give_out_waiting or not rules.gives_to_anybody(routing):
        return decided(each.channel_id, asked, Verdict(outcome="unassigned", why="handed_over"))
    return decided(each.channel_id, asked, _waiting(routing, asked))


def _waiting(routing: Routing, asked: Asked) -> Verdict:
    verdict = Verdict(outcome="waiting", why="handed_over")
    ref, rule = rules.chosen_rule(routing, asked) or (None, None)
    verdict.rule = ref
    if routing.waiting_too_long_minutes is not None:
        verdict.too_long_at = rules.after_minutes(routing, asked.since, routing.waiting_too_long_minutes)
    if rule is not None and rule.fewer_skills_after is not None:
        verdict.fewer_skills_at = rules.after_minutes(routing, asked.since, rule.fewer_skills_after)
    return verdict


def _asked(each: Theirs, member: UUID) -> Asked:
    return Asked(
        ticket_id=each.id,
        at=each.created_at,
        since=clock.now(),
        priority=each.priority,
        team_id=each.team_id,
        rule_id=each.rule_id,
        was_member_id=member,
    )
