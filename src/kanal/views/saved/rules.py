"""Pure decisions on views: what they may be called, show and ask."""

from __future__ import annotations

from collections.abc import Sequence

from kanal.kit.conditions import ConditionInvalid
from kanal.views.filters import checking
from kanal.views.filters.desk import Desk
from kanal.views.saved.errors import InvalidView
from kanal.views.saved.models import Own, Saved, ViewProblem

LONGEST_NAME = 100
MOST_COLUMNS = 30
COLUMNS = (
    *("number", "subject", "contact", "status", "priority", "assignee", "team", "channel", "pipeline", "tags"),
    *("created_at", "last_message_at", "waiting_since", "snoozed_until"),
)
"""Beside them `ticket.<key>` of each custom property."""


def name_of(given: str) -> str:
    name = " ".join(given.split())
    if not name or not name.isprintable():
        raise InvalidView("name", "write a word or two in one line")
    if len(name) > LONGEST_NAME:
        raise InvalidView("name", f"write at most {LONGEST_NAME} characters")
    return name


def check_columns(columns: Sequence[str], desk: Desk) -> None:
    known = {*COLUMNS, *(f"ticket.{each.key}" for each in desk.custom if each.object == "ticket" and not each.archived)}
    if not 0 < len(columns) <= MOST_COLUMNS:
        raise InvalidView("columns", f"choose between one and {MOST_COLUMNS} columns")
    for number, column in enumerate(columns):
        if column not in known:
            raise InvalidView(f"columns.{number}", f"there is no column {column[:100]!r}; choose another one")
        if column in columns[:number]:
            raise InvalidView(f"columns.{number}", "it stands here already; take one of them out")


def problems(saved: Saved, desk: Desk) -> list[ViewProblem]:
    """What became wrong with its filter. A column whose property is gone is only left out."""
    found: list[ConditionInvalid] = list(checking.problems(saved.filter, desk))
    return [ViewProblem(field=each.field, message=each.message) for each in found]


def columns_left(columns: Sequence[str], desk: Desk) -> list[str]:
    gone = {f"ticket.{each.key}" for each in desk.custom if each.object == "ticket" and each.archived}
    return [column for column in columns if column not in gone]


def is_own(own: Own) -> bool:
    return own.columns is not None or own.sort is not None or own.layout is not None
