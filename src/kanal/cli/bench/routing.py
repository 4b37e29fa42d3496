"""What routing costs of its own, without a database: deciding for a full batch among many people, and how evenly it
spreads what comes."""

from __future__ import annotations

import gc
import time
from collections import Counter
from datetime import UTC, datetime
from uuid import UUID

from kanal.cli.bench.row import Row, below, median, p95
from kanal.kit import clock
from kanal.kit.ids import new_id
from kanal.routing.actions.arriving import in_turn
from kanal.routing.facts import Words, Writer, facts
from kanal.routing.models import Asked, Distribution, Routing, Rule, Targets
from kanal.routing.setting import Settable
from kanal.routing.snapshot import Capacity, ChannelSeen, Person, Snapshot
from kanal.tickets.models import Pipeline, Status

MEMBERS = 500
MESSAGES = 200
TEAMS = 10
SKILLS = 5
RULES = 10
TICKETS = 10_000
TEXT = "The lamp that came yesterday does not light up, and the box was open. " * 20


def measure(*, quick: bool) -> list[Row]:
    return [_deciding(20 if quick else 100), *(_spread(each) for each in ("fewest_open", "round_robin"))]


def _deciding(rounds: int) -> Row:
    """Each rule asks two questions and names two teams and a skill; a third of the people are away. Measured is the
    process's own time, so that a busy machine counts less."""
    desk = _Desk()
    times = []
    for _ in range(rounds):
        snapshot, asked = desk.snapshot(), desk.asked()
        gc.collect()
        gc.freeze()  # as in a process that has started
        began = time.process_time()
        found = in_turn(snapshot, desk.channel, desk.routing, asked)
        times.append((time.process_time() - began) * 1_000)
        if sum(each.verdict.member is not None for each in found) < MESSAGES:
            raise RuntimeError("nobody could be found for some")
    what = f"routing decides {MESSAGES} messages among {MEMBERS} members, own time"
    return below(what, median(times), 20, "ms", f"p95 {p95(times):.1f} ms, {len(desk.routing.rules)} rules", 1)


def _spread(distribution: Distribution) -> Row:
    """Twenty people, each of whose tickets is answered some forty tickets later."""
    people = {id_: Person(id=id_, name="") for id_ in (new_id() for _ in range(20))}
    channel = new_id()
    routing = Routing(assign="members", to=Targets(users=list(people)), distribution=distribution)
    snapshot = Snapshot(datetime.now(UTC), people, {channel: ChannelSeen(id=channel, routing=routing)})
    given: list[UUID] = []
    for number in range(TICKETS):
        member = snapshot.pool(channel, routing, routing.to).choose().member
        if member is None:
            raise RuntimeError("nobody could be found")
        snapshot.give(member, channel)
        given.append(member)
        if number >= 40:
            snapshot.let_go(given[number - 40], "email")
    even = TICKETS / len(people)
    worst = max(abs(count - even) for count in Counter(given).values()) / even
    return Row(
        what=f"{TICKETS:,} tickets among {len(people)}, {distribution.replace('_', ' ')}: furthest from even",
        measured=f"{worst:.2%}",
        limit="≤ 1 %",
        ok=worst <= 0.01,
    )


class _Desk:
    def __init__(self) -> None:
        self.channel = new_id()
        self.teams = [new_id() for _ in range(TEAMS)]
        self.skills = [new_id() for _ in range(SKILLS)]
        self.members = [new_id() for _ in range(MEMBERS)]
        self.pipeline = _pipeline()
        self.routing = Routing(
            assign="members", to=Targets(teams=self.teams), rules=[self._rule(number) for number in range(RULES)]
        )

    def _rule(self, number: int) -> Rule:
        return Rule(
            id=str(number),
            name=f"Rule {number}",
            when={
                "any": [
                    {"field": "contact.email_domain", "operator": "is", "value": f"firma{number}.example"},
                    {"field": "message.text", "operator": "contains", "value": f"word{number}"},
                ]
            },
            require_skills=[self.skills[number % SKILLS]],
            to=Targets(teams=[self.teams[number % TEAMS], self.teams[(number + 1) % TEAMS]]),
        )

    def snapshot(self) -> Snapshot:
        people = {id_: self._person(number, id_) for number, id_ in enumerate(self.members)}
        return Snapshot(
            clock.now(),
            people,
            {self.channel: ChannelSeen(id=self.channel, routing=self.routing)},
            teams=dict.fromkeys(self.teams, "Team"),
            skills=dict.fromkeys(self.skills, "Skill"),
        )

    def _person(self, number: int, id_: UUID) -> Person:
        return Person(
            id=id_,
            name="",
            state="away" if number % 3 == 0 else "available",
            skills=frozenset(self.skills[: 1 + number % SKILLS]),
            main_teams=frozenset({self.teams[number % TEAMS]}),
            capacity=Capacity(total=None if number % 2 else 20, email=15 if number % 5 == 0 else None),
        )

    def asked(self) -> list[Asked]:
        now = clock.now()
        return [Asked(ticket_id=new_id(), at=now, since=now, facts=self._facts(number)) for number in range(MESSAGES)]

    def _facts(self, number: int) -> dict[str, object]:
        address = f"kund{number}@firma{number % 40}.example"
        words = Words(sender=address, subject="My lamp", text=TEXT)
        writer = Writer(id=new_id(), name="Kund", email=address)
        return facts(words, writer, Settable(), {self.pipeline.id: self.pipeline}, subject="My lamp")


def _pipeline() -> Pipeline:
    id_ = new_id()
    first = Status(id=new_id(), pipeline_id=id_, key="new", name="New", position=0, is_closed=False)
    return Pipeline(id=id_, name="Support", is_default=True, grace_days=30, statuses=[first])
