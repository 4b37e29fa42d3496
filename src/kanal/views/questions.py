"""What a list of tickets is asked for: filters and order as callers write them, resolved to ids. `tickets.page`
answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args
from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.views.errors import InvalidQuestion

Sort = Literal["-last_message_at", "last_message_at", "-created_at", "created_at"]


class Question(msgspec.Struct, kw_only=True, frozen=True):
    """Everything left out is not asked."""

    is_open: bool | None = None
    statuses: tuple[UUID, ...] | None = None
    assignee: UUID | msgspec.UnsetType | None = msgspec.UNSET
    """None: nobody has it."""
    teams: tuple[UUID, ...] | None = None
    channel: UUID | None = None
    contact: UUID | None = None
    failed: bool = False
    sort: Sort = "-last_message_at"


async def ask(
    tx: Transaction,
    member: UUID | None,
    *,
    status: Sequence[str] = (),
    assignee: str | None = None,
    team: Sequence[str] = (),
    channel: UUID | None = None,
    contact: UUID | None = None,
    pipeline: UUID | None = None,
    failed: bool = False,
    sort: str = "-last_message_at",
) -> Question:
    """Read a caller's parameters; raises InvalidQuestion with the name of the one that is wrong."""
    is_open, statuses = await _statuses(tx, status, pipeline)
    return Question(
        is_open=is_open,
        statuses=statuses,
        assignee=_assignee(assignee, member),
        teams=await _teams(tx, member, team) if team else None,
        channel=channel,
        contact=contact,
        failed=failed,
        sort=_sort(sort),
    )


class _Status(msgspec.Struct):
    id: UUID
    pipeline_id: UUID
    key: str
    is_closed: bool


async def _statuses(
    tx: Transaction, wanted: Sequence[str], pipeline: UUID | None
) -> tuple[bool | None, tuple[UUID, ...] | None]:
    """Whether only open or only closed tickets can match, and the statuses where that does not say it all. A pipeline
    is its statuses; a key is that of every pipeline."""
    if not wanted and pipeline is None:
        return None, None
    if set(wanted) == {"open"} and pipeline is None:
        return True, None
    known = await tx.all(_Status, "select id, pipeline_id, key, is_closed from statuses order by id")
    mine = [status for status in known if pipeline in (None, status.pipeline_id)]
    if not mine:
        raise InvalidQuestion("pipeline", "there is no such pipeline")
    for key in wanted:
        if key != "open" and key not in {status.key for status in mine}:
            raise InvalidQuestion("status", f"there is no status with the key {key!r}")
    chosen = [s for s in mine if not wanted or s.key in wanted or ("open" in wanted and not s.is_closed)]
    if not chosen:
        return None, ()
    sides = {s.is_closed for s in chosen}
    is_open = None if len(sides) == 2 else not sides.pop()
    whole_side = is_open is not None and len(chosen) == sum(s.is_closed is not is_open for s in known)
    return is_open, None if whole_side or len(chosen) == len(known) else tuple(s.id for s in chosen)


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


def _sort(given: str) -> Sort:
    for known in get_args(Sort):
        if given == known:
            return known  # type: ignore[no-any-return]  # get_args knows no types
    raise InvalidQuestion("sort", f"write one of {', '.join(get_args(Sort))}")
