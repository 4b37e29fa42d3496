"""What a list of tickets is asked for: a view, filters and order as callers write them, resolved to ids. `tickets.page`
answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args
from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.views.errors import InvalidQuestion

Sort = Literal[
    "-last_message_at",
    "last_message_at",
    "-created_at",
    "created_at",
    "waiting_since",
    "-priority",
    "snoozed_until",
    "-deleted_at",
]
SORTS: tuple[Sort, ...] = get_args(Sort)[:6]
"""Those that every list has; the others go with what they are about."""
Mark = Literal["failed", "waiting", "snoozed", "deleted", "mentions", "following"]


class Question(msgspec.Struct, kw_only=True, frozen=True):
    """Everything left out is not asked."""

    state: Literal["active", "closed"] | None = None
    statuses: tuple[UUID, ...] | None = None
    assignee: UUID | msgspec.UnsetType | None = msgspec.UNSET
    """None: nobody has it."""
    teams: tuple[UUID, ...] | None = None
    channel: UUID | None = None
    contact: UUID | None = None
    marks: tuple[Mark, ...] = ()
    """All of these."""
    sort: Sort = "-last_message_at"


async def ask(
    tx: Transaction,
    member: UUID | None,
    *,
    view: str | None = None,
    status: Sequence[str] = (),
    assignee: str | None = None,
    team: Sequence[str] = (),
    channel: UUID | None = None,
    contact: UUID | None = None,
    pipeline: UUID | None = None,
    failed: bool = False,
    sort: str | None = None,
) -> Question:
    """Read a caller's parameters; raises InvalidQuestion with the name of the one that is wrong. What a view asks is
    asked beside the rest."""
    base = await _of_view(tx, member, view) if view is not None else Question()
    state, statuses = await _statuses(tx, status, pipeline)
    wanted = _assignee(assignee, member)
    teams = await _teams(tx, member, team) if team else None
    if "snoozed" in base.marks and state == "active":
        state = None
    asked_twice = msgspec.UNSET not in (base.assignee, wanted) and base.assignee != wanted
    if asked_twice or (base.state and state and base.state != state):
        statuses = ()
    return Question(
        state=base.state or state,
        statuses=statuses,
        assignee=base.assignee if wanted is msgspec.UNSET else wanted,
        teams=_both(base.teams, teams),
        channel=channel,
        contact=contact,
        marks=tuple(sorted({*base.marks, "failed"} if failed else base.marks)),
        sort=_sort(sort or base.sort, base),
    )


async def _of_view(tx: Transaction, member: UUID | None, key: str) -> Question:
    match key:
        case "unassigned":
            return Question(state="active", assignee=None)
        case "mine":
            return Question(state="active", assignee=member)
        case "teams":
            return Question(state="active", teams=await _teams(tx, member, ["mine"]))
        case "open":
            return Question(state="active")
        case "mentions" | "following" | "failed":
            return Question(marks=(key,))
        case "waiting":
            return Question(state="active", marks=("waiting",), sort="waiting_since")
        case "snoozed":
            return Question(marks=("snoozed",), sort="snoozed_until")
        case "closed":
            return Question(state="closed")
        case "deleted":
            return Question(marks=("deleted",), sort="-deleted_at")
        case "spam":
            raise InvalidQuestion("view", "spam is a list of conversations; ask /spam for it")
    raise InvalidQuestion("view", "there is no such view")


def _both(one: tuple[UUID, ...] | None, other: tuple[UUID, ...] | None) -> tuple[UUID, ...] | None:
    if one is None or other is None:
        return other if one is None else one
    return tuple(each for each in one if each in other)


class _Status(msgspec.Struct):
    id: UUID
    pipeline_id: UUID
    key: str
    is_closed: bool


async def _statuses(
    tx: Transaction, wanted: Sequence[str], pipeline: UUID | None
) -> tuple[Literal["active", "closed"] | None, tuple[UUID, ...] | None]:
    """The state of tickets that can match, and the statuses where that does not say it all. A pipeline is its
    statuses; a key is that of every pipeline; "open" alone leaves out what is snoozed."""
    if not wanted and pipeline is None:
        return None, None
    state: Literal["active"] | None = "active" if set(wanted) == {"open"} else None
    if state and pipeline is None:
        return state, None
    known = await tx.all(_Status, "select id, pipeline_id, key, is_closed from statuses order by id")
    mine = [status for status in known if pipeline in (None, status.pipeline_id)]
    if not mine:
        raise InvalidQuestion("pipeline", "there is no such pipeline")
    for key in wanted:
        if key != "open" and key not in {status.key for status in mine}:
            raise InvalidQuestion("status", f"there is no status with the key {key!r}")
    chosen = [s for s in mine if not wanted or s.key in wanted or ("open" in wanted and not s.is_closed)]
    if len(chosen) == len(known):
        return None, None
    if chosen and {s.id for s in chosen} == {s.id for s in known if s.is_closed}:
        return "closed", None
    return state, tuple(s.id for s in chosen)


def _assignee(wanted: str | None, member: UUID | None) -> UUID | msgspec.UnsetType | None:
    if wanted is None:
        return msgspec.UNSET
    if wanted == "none":
        return None
    if wanted == "me" and member is not None:
        return member
    return _id("assignee", wanted, "a member's id, me or none")


async def _teams(tx: Transaction, member: UUID | None, wanted: Sequence[str]) -> tuple[UUID, ...]:
    chosen = {_id("team", each, "a team's id or mine") for each in wanted if each != "mine"}
    if "mine" in wanted:
        chosen.update(await tx.values("select team_id from team_members where member_id = %s", (member,)))
    return tuple(sorted(chosen))


def _id(field: str, given: str, form: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        raise InvalidQuestion(field, f"write {form}") from None


def _sort(given: str, base: Question) -> Sort:
    offered = (*SORTS, *([base.sort] if base.sort not in SORTS else []))
    for known in offered:
        if given == known:
            return known
    raise InvalidQuestion("sort", f"write one of {', '.join(offered)}")
