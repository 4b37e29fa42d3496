"""A filter as it is asked of tickets: what a list has an index for stands beside the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, LiteralString
from uuid import UUID

import msgspec

from kanal.kit import clock
from kanal.kit.conditions import Tree, resolved
from kanal.kit.conditions_sql import Params, compiled, uuids
from kanal.views.filters.columns import columns_of
from kanal.views.filters.desk import Desk
from kanal.views.filters.fields import fields_of, words

Mark = Literal["failed", "waiting", "snoozed", "deleted", "mentions", "following"]


class Asked(msgspec.Struct, kw_only=True):
    """`where` is true of the tickets `t` that also keep to the rest."""

    state: Literal["active", "closed"] | None = None
    statuses: tuple[UUID, ...] | None = None
    assignee: UUID | msgspec.UnsetType | None = msgspec.UNSET
    teams: tuple[UUID, ...] | None = None
    channel: UUID | None = None
    marks: tuple[Mark, ...] = ()
    where: LiteralString = ""
    params: dict[str, Any] = {}


def asked(tree: Tree, desk: Desk, member: UUID | None, teams: Sequence[UUID]) -> Asked:
    """The tree has passed `checking.check`."""
    fields = fields_of(desk)
    meant = words(fields, str(member) if member else None, [str(team) for team in teams])
    meant_now = resolved(tree, fields, meant, clock.now())
    found = Asked()
    rest = [each for each in _conjuncts(meant_now) if not _take(found, each, desk, member)]
    if rest:
        params = Params()
        found.where = compiled({"all": rest}, columns_of(desk), params)
        found.params = params.values
    return found


def _conjuncts(tree: Tree) -> list[Tree]:
    """All of these have to hold."""
    if "all" in tree:
        return [part for each in tree["all"] for part in _conjuncts(each)]
    return [tree] if tree else []


def _take(found: Asked, tree: Tree, desk: Desk, member: UUID | None) -> bool:
    """Whether the question went into what a list has an index for."""
    operator, value = tree.get("operator"), tree.get("value")
    several: list[Any] = value if isinstance(value, list) else [value]
    is_one = operator in ("is", "is_any_of")
    match tree.get("field"):
        case "ticket.state" if is_one and several in (["active"], ["closed"]) and found.state is None:
            found.state = several[0]
        case "ticket.state" if is_one and several == ["snoozed"]:
            found.marks = (*found.marks, "snoozed")
        case "ticket.assignee" if operator == "is_empty" and found.assignee is msgspec.UNSET:
            found.assignee = None
        case "ticket.assignee" if is_one and len(several) == 1 and found.assignee is msgspec.UNSET:
            found.assignee = _only(several)
        case "ticket.team" if is_one and found.teams is None:
            found.teams = tuple(sorted(uuids(several)))
        case "ticket.status" if is_one and found.statuses is None:
            found.statuses = _statuses(desk.statuses, several)
        case "ticket.channel" if is_one and len(several) == 1 and found.channel is None:
            found.channel = _only(several)
        case "ticket.waiting_since" if operator == "is_filled":
            found.marks = (*found.marks, "waiting")
        case "ticket.has_failed_reply" if value is True:
            found.marks = (*found.marks, "failed")
        case "ticket.mentions" if operator == "has_any_of" and member and several == [str(member)]:
            found.marks = (*found.marks, "mentions")
        case "ticket.followers" if operator == "has_any_of" and member and several == [str(member)]:
            found.marks = (*found.marks, "following")
        case _:
            return False
    return True


def _only(values: Sequence[str]) -> UUID:
    return uuids(values)[0]


def _statuses(known: Mapping[str, Sequence[UUID]], keys: Sequence[str]) -> tuple[UUID, ...]:
    return tuple(sorted({each for key in keys for each in known.get(key, ())}))
