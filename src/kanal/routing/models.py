"""A channel's routing as it is stored and edited, and the decisions that come of it with their reasons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from kanal.tickets.models import Work

Assign = Literal["none", "members", "contact_owner"]
Distribution = Literal["fewest_open", "round_robin"]
Cause = Literal["arrival", "answer", "queue", "hand_over", "undo", "hand", "rule"]
Outcome = Literal["assigned", "waiting", "unassigned", "kept"]


class Targets(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Who may get it: these users, and the main members of these teams (ROUTE-12)."""

    users: list[UUID] = []
    teams: list[UUID] = []


class Rule(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The first rule whose condition holds decides: `require_skills` narrows the targets, `to` replaces them."""

    id: str = ""
    """Given by us, stays with the rule when it is moved or changed."""
    name: str = ""
    when: dict[str, Any] = {}
    """A condition tree, see kit/conditions; empty: always."""
    require_skills: list[UUID] = []
    to: Targets | None = None
    fewer_skills_after: int | None = None
    """Working minutes of the channel after which all but the first skill are no longer required. None: never."""
    active: bool = True


class Routing(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One component on every channel (K8)."""

    properties: dict[str, Any] = {}
    """Set on each new ticket, by property key: pipeline and team (ids), status (key), priority, customs."""
    rules: list[Rule] = []
    assign: Assign = "none"
    to: Targets = msgspec.field(default_factory=Targets)
    fallback: Targets = msgspec.field(default_factory=Targets)
    """With `contact_owner`: who is asked when there is no owner, or the owner was waited for in vain (K6)."""
    only_available: bool = True
    give_out_waiting: bool = True
    """K9. Off: what nobody could take on arrival stays unassigned, as the seed says."""
    distribution: Distribution = "fewest_open"
    answer_limit_hours: float = 4
    """Working hours of the channel: an assignee who is back sooner keeps a ticket that was answered."""
    owner_wait_hours: float = 4
    """Working hours of the channel that an absent contact owner is waited for (K6)."""
    waiting_too_long_minutes: int | None = None
    working_hours: dict[str, list[list[str]]] | None = None
    """By day, `mon` … `sun`: [["09:00", "12:00"], …]. None: around the clock."""
    timezone: str = "UTC"


class Reason(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Why a candidate was not chosen, or was. The app and `text` make a sentence of it."""

    code: Literal[
        "chosen",  # with open: their load before
        "owner",  # chosen as the contact's owner
        "has_more_open",  # open, than
        "had_one_later",  # same load, given one more recently: since
        "not_their_turn",  # round robin: since
        "away",  # since, back_at
        "full",  # open, limit, work
        "unopened",  # open: assigned and not yet opened (K9)
        "lacks_skills",  # skills (names)
        "no_seat",
        "may_not_answer",
        "does_not_see_channel",
        "not_joined",
        "deactivated",
        "extra_member",  # team (name)
    ]
    since: datetime | None = None
    back_at: datetime | None = None
    open: int | None = None
    limit: int | None = None
    than: int | None = None
    work: Work | None = None
    skills: list[str] = []
    team: str | None = None
    text: str = ""
    """In English, for readers of the API."""


class RoutingProblem(msgspec.Struct, kw_only=True):
    """What is wrong with a routing. A warning may be stored; the rest is refused where it is new, and skipped where it
    became wrong later (ROUTE-17)."""

    field: str
    """Its path, such as `routing.rules.2.to.users.0`."""
    message: str
    """With the mend."""
    code: str
    warning: bool = False


class Asked(msgspec.Struct, kw_only=True):
    """A ticket that somebody is wanted for."""

    ticket_id: UUID
    at: datetime
    """When it came, which is its place in the queue."""
    since: datetime
    """When it began to wait: it came, or the customer answered."""
    priority: str = "normal"
    team_id: UUID | None = None
    contact_id: UUID | None = None
    owner_id: UUID | None = None
    message_id: UUID | None = None
    facts: Mapping[str, Any] | None = None
    """What rules ask of it; None where `rule_id` is known from before."""
    rule_id: str | None = None
    owner_until: datetime | None = None
    """Until when its contact's owner is waited for; None: not yet waiting."""
    owner_asked: bool = False
    """The owner was asked already, in vain: on with the others."""
    fewer_skills: bool = False
    """It has waited so long that one skill is enough."""
    was_member_id: UUID | None = None


class Waiting(msgspec.Struct, kw_only=True):
    """A row of the queue with what deciding needs of its ticket."""

    ticket_id: UUID
    channel_id: UUID
    rank: int
    arrived_at: datetime
    queued_at: datetime
    why: str
    rule_id: str | None
    was_member_id: UUID | None
    owner_id: UUID | None
    owner_until: datetime | None
    fewer_skills_at: datetime | None
    too_long_at: datetime | None
    team_id: UUID | None
    contact_id: UUID | None


class Entry(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A candidate as they stood when a board was made."""

    member: UUID
    reasons: list[Reason] = []
    """Why they could not have it, whoever else could; empty for those who could."""
    open: int = 0
    of_work: int = 0
    unopened: int = 0
    limit: int | None = None
    work_limit: int | None = None
    last: datetime | None = None
    """Their last turn, as far as it counts for whose turn is next."""
    team: UUID | None = None
    """The target team whose main member they are; None for a user named by themselves."""


class Board(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Everybody who could have had a ticket, with why they could not."""

    distribution: Distribution
    work: Work
    limits_unopened: bool = False
    entries: list[Entry]


class ReasonOut(Reason, kw_only=True, omit_defaults=False):
    """The same as readers of the API get it: whole."""


class CandidateOut(msgspec.Struct, kw_only=True):
    member: UUID
    name: str
    chosen: bool
    reasons: list[ReasonOut]


class RuleRef(msgspec.Struct, kw_only=True):
    """A rule as it was when it decided."""

    id: str
    name: str
    number: int
    """Its place in the list, from 1."""


class DecisionOut(msgspec.Struct, kw_only=True):
    """What GET /tickets/{id}/routing shows; `history` has the earlier ones, newest first."""

    id: UUID
    at: datetime
    cause: Cause
    outcome: Outcome
    why: str
    """A code, e.g. chosen, owner, nobody_available, nobody_with_skills, all_full, no_targets, assign_none, owner_away,
    no_owner, back_soon, was_away, routing_failed, by_hand, by_rule."""
    text: str
    """The same as an English sentence."""
    assignee: UUID | None
    was_member: UUID | None
    rule: RuleRef | None
    actor: UUID | None
    candidates: list[CandidateOut]
