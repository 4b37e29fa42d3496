"""The order of decision, pure: the first rule that holds, then the contact's owner where they are asked first, then
whose turn it is among the rest. Says who gets a ticket, or why nobody does; `actions` writes it down."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

import msgspec

from kanal.routing import rules
from kanal.routing.models import Asked, Board, Entry, Reason, Routing, Rule, RuleRef, Targets
from kanal.routing.pool import Since
from kanal.routing.snapshot import Person, Snapshot
from kanal.tickets.models import Work


class Verdict(msgspec.Struct, kw_only=True):
    outcome: Literal["assigned", "waiting", "unassigned", "kept"]
    why: str
    """A code, see docs/routing.md."""
    member: UUID | None = None
    team: UUID | None = None
    """The team that the ticket gets; None: it keeps what it has."""
    rule: RuleRef | None = None
    board: Board | None = None
    since: Since = {}
    owner: Entry | None = None
    """The contact's owner, where they were asked beside the others."""
    owner_id: UUID | None = None
    """Whom the ticket waits for, until `owner_until`."""
    owner_until: datetime | None = None
    tell_owner: UUID | None = None
    """An owner who is away, and is to hear what the customer wrote (K6)."""
    fewer_skills_at: datetime | None = None
    too_long_at: datetime | None = None


def decide(snapshot: Snapshot, channel: UUID, routing: Routing, asked: Asked) -> Verdict:
    """Who gets the ticket. Changes nothing: whoever acts on it tells the snapshot (`Snapshot.give`)."""
    found = rules.chosen_rule(routing, asked)
    ref, rule = found or (None, None)
    targets = rules.targets_of(routing, rule)
    if targets is None:
        return Verdict(outcome="unassigned", why="assign_none", rule=ref)
    case = _Case(snapshot, channel, routing, asked, targets, rule)
    owner_first = routing.assign == "contact_owner" and not asked.owner_asked
    verdict = _by_owner(case) if owner_first else _by_turns(_with_somebody(case))
    verdict.rule = ref
    return verdict


class _Case(NamedTuple):
    snapshot: Snapshot
    channel: UUID
    routing: Routing
    asked: Asked
    targets: Targets
    rule: Rule | None

    @property
    def work(self) -> Work:
        return self.snapshot.channels[self.channel].work


def _by_owner(case: _Case) -> Verdict:
    """The owner needs no skill, but otherwise what everybody needs; whoever stands behind them is asked next."""
    snapshot, asked = case.snapshot, case.asked
    person = snapshot.people.get(asked.owner_id) if asked.owner_id else None
    if person is None:
        return _behind_owner(case, "no_owner")
    entry = snapshot.entry(person, case.channel, case.routing, (), case.work)
    entry.reasons = snapshot.obstacles(person, case.channel, (), only_available=False)
    if entry.reasons:
        return _behind_owner(case, "owner_cannot", entry)
    if full := snapshot.fullness(person, case.work):
        entry.reasons = [full]
        return _behind_owner(case, "owner_full", entry)
    if person.state == "available" or not case.routing.only_available:
        told = person.id if person.state == "away" else None
        return Verdict(outcome="assigned", why="owner", member=person.id, owner=entry, tell_owner=told)
    entry.reasons = [Reason(code="away", since=person.since, back_at=person.back_at)]
    verdict = _waiting_for(case, person, entry) or _behind_owner(case, "owner_away", entry)
    verdict.tell_owner = person.id
    return verdict


def _waiting_for(case: _Case, owner: Person, entry: Entry) -> Verdict | None:
    """An owner who is away but expected in time (K6); None: no use in waiting."""
    routing, asked = case.routing, case.asked
    until = asked.owner_until or rules.after_hours(routing, asked.since, routing.owner_wait_hours)
    if owner.back_at is None or owner.back_at > until or until <= case.snapshot.at:
        return None
    if not routing.give_out_waiting:
        return Verdict(outcome="unassigned", why="owner_away", owner=entry)
    return Verdict(
        outcome="waiting",
        why="owner_away",
        owner=entry,
        owner_id=owner.id,
        owner_until=until,
        too_long_at=_too_long_at(case),
    )


def _behind_owner(case: _Case, why: str, owner: Entry | None = None) -> Verdict:
    """`why` says what it is about the owner, where nobody stands behind them."""
    if why in ("owner_away", "owner_cannot"):
        case = _with_somebody(case)
    if not case.targets.users and not case.targets.teams:
        return Verdict(outcome="unassigned", why=why, owner=owner)
    verdict = _by_turns(case)
    verdict.owner = owner
    return verdict


def _with_somebody(case: _Case) -> _Case:
    """Without a fallback, what an owner was asked for in vain is everybody's who can have it (K6)."""
    named = case.targets.users or case.targets.teams
    if named or case.routing.assign != "contact_owner" or not case.routing.give_out_waiting:
        return case
    return case._replace(targets=case.snapshot.everybody)


def _by_turns(case: _Case) -> Verdict:
    routing, asked, targets = case.routing, case.asked, case.targets
    if not targets.users and not targets.teams:
        return Verdict(outcome="unassigned", why="no_targets")
    skills = rules.skills_of(case.rule, case.snapshot.skills, fewer=asked.fewer_skills)
    choice = case.snapshot.pool(case.channel, routing, targets, skills).choose()
    verdict = Verdict(
        outcome="assigned" if choice.member else "waiting" if routing.give_out_waiting else "unassigned",
        why=choice.why,
        member=choice.member,
        team=_team(asked, targets, choice.team),
        board=choice.board,
        since=choice.since,
    )
    if verdict.outcome == "waiting":
        verdict.too_long_at = _too_long_at(case)
        if case.rule and case.rule.fewer_skills_after is not None and len(skills) > 1:
            verdict.fewer_skills_at = rules.after_minutes(routing, asked.since, case.rule.fewer_skills_after)
    return verdict


def _team(asked: Asked, targets: Targets, through: UUID | None) -> UUID | None:
    """One that was set stays; else the only team that was asked, or that of whoever was chosen in one."""
    if asked.team_id is not None:
        return None
    if len(targets.teams) == 1 and not targets.users:
        return targets.teams[0]
    return through


def _too_long_at(case: _Case) -> datetime | None:
    minutes = case.routing.waiting_too_long_minutes
    return None if minutes is None else rules.after_minutes(case.routing, case.asked.since, minutes)
