"""For any people, availability, capacity and rules: an assignment satisfies the rule, or is empty with a reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kanal.routing import explaining, rules, text
from kanal.routing.deciding import Verdict, decide
from kanal.routing.models import Asked, Reason, Routing, Rule, Targets
from kanal.routing.snapshot import Capacity, ChannelSeen, Person, Snapshot
from kanal.tickets.models import Load

NOW = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
CHANNEL = UUID(int=1)
PEOPLE = [UUID(int=100 + number) for number in range(6)]
TEAMS = [UUID(int=200 + number) for number in range(3)]
SKILLS = [UUID(int=300 + number) for number in range(3)]
STRANGER = UUID(int=999)

limits = some.none() | some.integers(0, 3)
capacities = some.builds(Capacity, total=limits, email=limits)
moments = some.none() | some.integers(-300, 900).map(lambda minutes: NOW + timedelta(minutes=minutes))
flags = some.sampled_from([True, True, True, False])


@some.composite
def person(draw: Any, id_: UUID) -> Person:
    load = draw(some.integers(0, 4))
    mains = frozenset(draw(some.sets(some.sampled_from(TEAMS))))
    return Person(
        id=id_,
        name=str(id_.int),
        active=draw(flags),
        joined=draw(flags),
        seat=draw(flags),
        may_answer=draw(flags),
        sees_all=not draw(flags),
        state=draw(some.sampled_from(["available", "away"])),
        since=NOW,
        back_at=draw(moments),
        skills=frozenset(draw(some.sets(some.sampled_from(SKILLS)))),
        main_teams=mains,
        extra_teams=frozenset(draw(some.sets(some.sampled_from(TEAMS)))) - mains,
        capacity=draw(capacities),
        load=Load(total=load, email=load),
        unopened=draw(some.integers(0, 4)),
        last_turn=draw(moments),
    )


targets = some.builds(
    Targets,
    users=some.lists(some.sampled_from([*PEOPLE, STRANGER]), max_size=4, unique=True),
    teams=some.lists(some.sampled_from([*TEAMS, STRANGER]), max_size=2, unique=True),
)
conditions = some.sampled_from([{}, {"any": [{"field": "a", "operator": "is", "value": "b"}]}, {"broken": 1}])
routings = some.builds(
    Routing,
    rules=some.lists(
        some.builds(
            Rule,
            id=some.uuids().map(str),
            when=conditions,
            require_skills=some.lists(some.sampled_from([*SKILLS, STRANGER]), max_size=2, unique=True),
            to=some.none() | targets,
            fewer_skills_after=some.none() | some.integers(1, 60),
            active=some.booleans(),
        ),
        max_size=3,
    ),
    assign=some.sampled_from(["none", "members", "members", "contact_owner"]),
    to=targets,
    fallback=targets,
    only_available=some.booleans(),
    give_out_waiting=some.booleans(),
    distribution=some.sampled_from(["fewest_open", "round_robin"]),
    waiting_too_long_minutes=some.none() | some.integers(1, 100),
)
asked = some.builds(
    Asked,
    ticket_id=some.uuids(),
    at=some.just(NOW),
    since=some.just(NOW),
    team_id=some.none() | some.sampled_from(TEAMS),
    owner_id=some.none() | some.sampled_from([*PEOPLE, STRANGER]),
    facts=some.sampled_from([{}, {"a": "b"}]),
    fewer_skills=some.booleans(),
)


@some.composite
def snapshots(draw: Any) -> Snapshot:
    open_to = draw(some.none() | some.sets(some.sampled_from(TEAMS)).map(frozenset))
    return Snapshot(
        NOW,
        {id_: draw(person(id_)) for id_ in PEOPLE},
        {CHANNEL: ChannelSeen(id=CHANNEL, open_to=open_to)},
        teams=dict.fromkeys(TEAMS, "Team"),
        skills=dict.fromkeys(SKILLS, "Skill"),
        limit_unopened=draw(some.booleans()),
    )


@given(snapshots(), routings, some.lists(asked, min_size=1, max_size=8))
def test_an_assignment_satisfies_the_rule_or_is_empty_with_a_reason(
    snapshot: Snapshot, routing: Routing, tickets: list[Asked]
) -> None:
    for ticket in tickets:
        able = _able(snapshot, routing, ticket)
        verdict = decide(snapshot, CHANNEL, routing, ticket)
        if verdict.member is None:
            assert verdict.outcome in ("waiting", "unassigned")
            assert able == set() or verdict.why == "owner_away"
            assert verdict.why in text.NOBODY
        elif verdict.why == "owner":
            assert verdict.member == ticket.owner_id
            assert _could(snapshot, snapshot.people[verdict.member], (), routing.only_available)
        else:
            assert verdict.member in able
            _check_turn(snapshot, routing, verdict, able)
        assert routing.give_out_waiting or verdict.outcome != "waiting"
        _check_reasons(snapshot, verdict)
        if verdict.member:
            snapshot.give(verdict.member, CHANNEL)


def _able(snapshot: Snapshot, routing: Routing, ticket: Asked) -> set[UUID]:
    """Found by asking everybody."""
    found = rules.chosen_rule(routing, ticket)
    rule = found[1] if found else None
    asked_for = rules.targets_of(routing, rule)
    if asked_for is None:
        return set()
    if routing.assign == "contact_owner" and not (asked_for.users or asked_for.teams):
        owner = snapshot.people.get(ticket.owner_id) if ticket.owner_id else None
        named = set(snapshot.people) if owner and routing.give_out_waiting and not _is_full(snapshot, owner) else set()
    else:
        named = {p.id for p in snapshot.people.values() if p.id in asked_for.users or p.main_teams & {*asked_for.teams}}
    skills = [skill for skill in (rule.require_skills if rule else []) if skill in SKILLS]
    wanted = skills[:1] if ticket.fewer_skills else skills
    return {id_ for id_ in named if _could(snapshot, snapshot.people[id_], wanted, routing.only_available)}


def _could(snapshot: Snapshot, person: Person, skills: Any, only_available: bool) -> bool:
    open_to = snapshot.channels[CHANNEL].open_to
    return (
        person.active
        and person.joined
        and person.seat
        and person.may_answer
        and (open_to is None or person.sees_all or bool(open_to & (person.main_teams | person.extra_teams)))
        and set(skills) <= person.skills
        and (person.state == "available" or not only_available)
        and not _is_full(snapshot, person)
    )


def _is_full(snapshot: Snapshot, person: Person) -> bool:
    limit = person.capacity
    if limit.total is None and limit.email is None:
        return snapshot.limit_unopened and person.unopened >= 3
    return any(most is not None and person.load.total >= most for most in (limit.total, limit.email))


def _check_turn(snapshot: Snapshot, routing: Routing, verdict: Verdict, able: set[UUID]) -> None:
    assert verdict.member is not None
    if routing.distribution == "fewest_open":
        fewest = min(snapshot.people[id_].load.total for id_ in able)
        assert snapshot.people[verdict.member].load.total == fewest


def _check_reasons(snapshot: Snapshot, verdict: Verdict) -> None:
    """Everybody is told why, as it was at that moment, and exactly whoever has it is the one chosen."""
    chosen = explaining.Chosen(member=verdict.member, at=NOW, since=verdict.since, owner=verdict.owner)
    candidates = explaining.candidates(verdict.board, chosen, dict.fromkeys(PEOPLE, "Somebody"))
    assert [each.member for each in candidates if each.chosen] == ([verdict.member] if verdict.member else [])
    assert all(each.reasons and all(reason.text for reason in each.reasons) for each in candidates)
    assert all(({"chosen", "owner"} & {r.code for r in each.reasons} != set()) == each.chosen for each in candidates)
    for each in candidates:
        _check_load(
            snapshot.people[each.member], each.reasons[-1], full=_is_full(snapshot, snapshot.people[each.member])
        )


def _check_load(person: Person, reason: Reason, *, full: bool) -> None:
    if reason.code in ("full", "unopened"):
        assert full
    if reason.code in ("chosen", "owner", "has_more_open", "had_one_later", "not_their_turn"):
        assert not full
    if reason.code in ("chosen", "owner", "has_more_open", "had_one_later", "full"):
        assert reason.open == person.load.total


@pytest.mark.parametrize(
    ("minutes", "waits"), [(59, True), (61, False)], ids=["within the hour", "after the clocks went forward"]
)
def test_k6_an_owner_is_waited_for_in_the_channels_working_time(minutes: int, waits: bool) -> None:
    """Open for an hour on the day on which the hour from two to three is skipped."""
    owner = Person(id=PEOPLE[0], name="Ana", state="away", since=NOW, back_at=NOW + timedelta(minutes=minutes))
    routing = Routing(
        assign="contact_owner",
        owner_wait_hours=1,
        working_hours={"sun": [["01:30", "03:30"]]},
        timezone="Europe/Stockholm",
    )
    snapshot = Snapshot(NOW, {owner.id: owner}, {CHANNEL: ChannelSeen(id=CHANNEL)})
    verdict = decide(
        snapshot, CHANNEL, routing, Asked(ticket_id=STRANGER, at=NOW, since=NOW, owner_id=owner.id, facts={})
    )
    assert (verdict.owner_id == owner.id) is waits
