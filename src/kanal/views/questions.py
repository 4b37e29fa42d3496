"""What a list of tickets is asked for: a view, a filter and parameters as callers write them, resolved to ids.
`tickets.page` answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, LiteralString
from uuid import UUID

import msgspec

from kanal.kit.conditions import ConditionInvalid
from kanal.kit.db import NotFound, Transaction
from kanal.views.errors import InvalidQuestion
from kanal.views.filters import checking
from kanal.views.filters.asking import Asked, Mark, asked
from kanal.views.filters.desk import desk as desk_of
from kanal.views.orders import SORTS, Sort
from kanal.views.saved import defaults, queries, rules
from kanal.views.saved.errors import ViewIsBroken

DEFAULTS: dict[str, Asked] = {
    "unassigned": Asked(state="active", assignee=None),
    "mine": Asked(state="active"),
    "teams": Asked(state="active"),
    "open": Asked(state="active"),
    "mentions": Asked(marks=("mentions",)),
    "following": Asked(marks=("following",)),
    "waiting": Asked(state="active", marks=("waiting",)),
    "failed": Asked(marks=("failed",)),
    "snoozed": Asked(marks=("snoozed",)),
    "closed": Asked(state="closed"),
    "deleted": Asked(marks=("deleted",)),
}
"""`mine` and `teams` are the member's."""


class Question(msgspec.Struct, kw_only=True, frozen=True):
    """Everything left out is not asked."""

    state: Literal["active", "closed"] | None = None
    statuses: tuple[UUID, ...] | None = None
    assignee: UUID | msgspec.UnsetType | None = msgspec.UNSET
    """None: nobody has it."""
    teams: tuple[UUID, ...] | None = None
    channel: UUID | None = None
    contact: UUID | None = None
    among: tuple[UUID, ...] | None = None
    """Which of these tickets are in the list; a screen asks it of those that something happened to."""
    marks: tuple[Mark, ...] = ()
    """All of these."""
    filter: Mapping[str, Any] = {}
    """As it was written."""
    where: LiteralString = ""
    """What of it the rest does not say, as it is to be asked just now."""
    params: dict[str, Any] = {}
    sort: Sort = "-last_message_at"

    @property
    def lasting(self) -> Question:
        """What the next page has in common with this one: `where` may name the time."""
        return msgspec.structs.replace(self, where="", params={})


async def ask(
    tx: Transaction,
    member: UUID | None,
    *,
    view: str | None = None,
    filter: Mapping[str, Any] | None = None,
    status: Sequence[str] = (),
    assignee: str | None = None,
    team: Sequence[str] = (),
    channel: UUID | None = None,
    contact: UUID | None = None,
    pipeline: UUID | None = None,
    among: Sequence[str] | None = None,
    failed: bool = False,
    sort: str | None = None,
) -> Question:
    """Read a caller's parameters; raises InvalidQuestion with the name of the one that is wrong, and ViewIsBroken. What
    a view asks is asked beside the rest; a filter takes the place of its own."""
    base, tree, own_sort = await _of_view(tx, member, view, filter)
    state, statuses = await _statuses(tx, status, pipeline)
    wanted = _assignee(assignee, member)
    teams = await _teams(tx, member, team) if team else None
    if "snoozed" in base.marks and state == "active":
        state = None
    if (
        _differ(base.assignee, wanted)
        or (base.state and state and base.state != state)
        or (base.channel and channel and base.channel != channel)
    ):
        statuses = ()
    return Question(
        state=base.state or state,
        statuses=_both(base.statuses, statuses),
        assignee=base.assignee if wanted is msgspec.UNSET else wanted,
        teams=_both(base.teams, teams),
        channel=base.channel or channel,
        contact=contact,
        among=None if among is None else tuple(_id("among", each, "the ids of tickets") for each in among),
        marks=tuple(sorted({*base.marks, "failed"} if failed else set(base.marks))),
        filter=tree,
        where=base.where,
        params=base.params,
        sort=_sort(sort, own_sort),
    )


async def _of_view(
    tx: Transaction, member: UUID | None, key: str | None, tree: Mapping[str, Any] | None
) -> tuple[Asked, Mapping[str, Any], Sort]:
    """What it asks, its filter and its order."""
    if key in DEFAULTS and tree is None:
        return await _default(tx, member, key), {}, defaults.default(key).sort
    if key == "spam":
        raise InvalidQuestion("view", "spam is a list of conversations; ask /spam for it")
    if key is None and tree is None:
        return Asked(), {}, "-last_message_at"
    desk = await desk_of(tx)
    sort: Sort = "-last_message_at"
    if key is not None and key not in DEFAULTS:
        try:
            saved = await queries.saved_one(tx, key, member)
        except NotFound:
            raise InvalidQuestion("view", "there is no such view; choose another one") from None
        if tree is None and (problems := rules.problems(saved, desk)):
            raise ViewIsBroken(problems)
        tree, sort = saved.filter if tree is None else tree, saved.sort
    elif key is not None:
        sort = defaults.default(key).sort
    assert tree is not None
    try:
        checking.check(tree, desk)
    except ConditionInvalid as wrong:
        raise InvalidQuestion(wrong.field, wrong.message) from None
    teams: list[UUID] = await tx.values("select team_id from team_members where member_id = %s", (member,))
    return asked(tree, desk, member, teams), tree, sort


async def _default(tx: Transaction, member: UUID | None, key: str) -> Asked:
    found = DEFAULTS[key]
    if key == "mine":
        return msgspec.structs.replace(found, assignee=member)
    return msgspec.structs.replace(found, teams=await _teams(tx, member, ["mine"])) if key == "teams" else found


def _differ(one: object, other: object) -> bool:
    return msgspec.UNSET not in (one, other) and one != other


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


def _sort(given: str | None, of_view: Sort) -> Sort:
    """A view that is sorted in a way of its own may be, no other list."""
    offered = SORTS if of_view in SORTS else (*SORTS, of_view)
    for known in offered:
        if known == (given or of_view):
            return known
    raise InvalidQuestion("sort", f"write one of {', '.join(offered)}")
