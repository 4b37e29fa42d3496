"""Conditions as SQL: what `conditions.holds` asks of facts, asked of rows. A field is a `Column`, which knows how its
values stand in the database; both say the same of the same row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, LiteralString, Protocol
from uuid import UUID

from kanal.kit.conditions import Tree, comparable_value, normalised

TRUE: LiteralString = "true"
FALSE: LiteralString = "false"


class Params:
    """Values on their way to the server, by names that stand in no other part of the statement."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def bind(self, value: Any, kind: LiteralString) -> LiteralString:
        name = f"asked_{len(self.values)}"
        self.values[name] = value
        return f"%({name})s::{kind}"


class Column(Protocol):
    """`value` is as `comparable_value` makes it. The answer may be null where it is false."""

    def ask(self, operator: str, value: Any, params: Params) -> LiteralString: ...


def compiled(tree: Tree, columns: Mapping[str, Column], params: Params, *, negated: bool = False) -> LiteralString:
    """SQL that keeps the rows for which the tree holds. It has passed `check`, and `resolved` has seen it."""
    if "field" in tree:
        asked = columns[tree["field"]].ask(tree["operator"], comparable_value(tree.get("value")), params)
        return f"coalesce({asked}, false)" if negated else f"({asked})"
    if "not" in tree:
        return f"(not {compiled(tree['not'], columns, params, negated=True)})"
    word, empty = ("any", FALSE) if "any" in tree else ("all", TRUE)
    parts = [compiled(each, columns, params, negated=negated) for each in tree.get(word, ())]
    if not parts:
        return empty
    joint: LiteralString = " or " if word == "any" else " and "
    return f"({joint.join(parts)})"


class Text:
    """`sql` is the text as it is compared, or null."""

    def __init__(self, sql: Callable[[Params], LiteralString]) -> None:
        self.sql = sql

    def ask(self, operator: str, value: Any, params: Params) -> LiteralString:
        text: LiteralString = f"coalesce({self.sql(params)}, '')"
        if operator in ("is_empty", "is_filled"):
            return f"{text} = ''" if operator == "is_empty" else f"{text} <> ''"
        wanted = params.bind(value, "text")
        match operator:
            case "is":
                return f"{text} = {wanted}"
            case "is_not":
                return f"{text} <> {wanted}"
            case "contains":
                return f"strpos({text}, {wanted}) > 0"
            case "contains_not":
                return f"strpos({text}, {wanted}) = 0"
            case "starts_with":
                return f"starts_with({text}, {wanted})"
            case "ends_with":
                return f"right({text}, char_length({wanted})) = {wanted}"
        raise ValueError(operator)


class Number:
    def __init__(self, sql: Callable[[Params], LiteralString]) -> None:
        self.sql = sql

    def ask(self, operator: str, value: Any, params: Params) -> LiteralString:
        return _ordered(self.sql(params), operator, value, lambda each: params.bind(Decimal(str(each)), "numeric"))


class Moment:
    """A `timestamptz`."""

    def __init__(self, sql: LiteralString) -> None:
        self.sql = sql

    def ask(self, operator: str, value: Any, params: Params) -> LiteralString:
        return _ordered(self.sql, operator, value, lambda each: params.bind(_utc(each), "timestamptz"))


class DateText:
    """A date as custom properties keep it, `2026-05-31`: its midnight in UTC."""

    def __init__(self, sql: Callable[[Params], LiteralString]) -> None:
        self.sql = sql

    def ask(self, operator: str, value: Any, params: Params) -> LiteralString:
        text: LiteralString = f'({self.sql(params)}) collate "C"'
        if operator in ("is", "is_not"):
            return _ordered(text, operator, value, lambda each: params.bind(each, "text"))
        if operator == "less":  # before a moment within a day is before its midnight or at it
            return f"{text} < {params.bind(_first_day(value), 'text')}"
        if operator == "more":
            return f"{text} > {params.bind(_utc(value).date().isoformat(), 'text')}"
        if operator == "between":
            low = params.bind(_first_day(value[0]), "text")
            return f"{text} between {low} and {params.bind(_utc(value[1]).date().isoformat(), 'text')}"
        return _ordered(text, operator, value, lambda each: params.bind(each, "text"))


class MomentText:
    """A moment as custom properties keep it, `2026-05-31T12:30:00Z`: without the Z its order is that of its
    letters."""

    def __init__(self, sql: Callable[[Params], LiteralString]) -> None:
        self.sql = sql

    def ask(self, operator: str, value: Any, params: Params) -> LiteralString:
        text: LiteralString = f"rtrim({self.sql(params)}, 'Z') collate \"C\""

        def wanted(each: Any) -> LiteralString:
            return params.bind(_utc(each).replace(tzinfo=None).isoformat(), "text")

        return _ordered(text, operator, value, wanted)


class Boolean:
    def __init__(self, sql: Callable[[Params], LiteralString]) -> None:
        self.sql = sql

    def ask(self, operator: str, value: Any, params: Params) -> LiteralString:
        known: LiteralString = f"coalesce({self.sql(params)}, false)"
        return known if value else f"not {known}"


class Choice:
    """One of a few values: how a row is asked whether it has one of several, and whether it has any."""

    def __init__(
        self, among: Callable[[Sequence[str], Params], LiteralString], filled: Callable[[Params], LiteralString]
    ) -> None:
        self.among, self.filled = among, filled

    def ask(self, operator: str, value: Any, params: Params) -> LiteralString:
        match operator:
            case "is" | "is_any_of":
                return self.among(value if isinstance(value, list) else [value], params)
            case "is_not" | "is_none_of":
                among = self.among(value if isinstance(value, list) else [value], params)
                return f"not coalesce({among}, false)"
            case "is_empty":
                return f"not {self.filled(params)}"
            case "is_filled":
                return self.filled(params)
        raise ValueError(operator)


class Several:
    """Any number of values."""

    def __init__(
        self, among: Callable[[Sequence[str], Params], LiteralString], filled: Callable[[Params], LiteralString]
    ) -> None:
        self.among, self.filled = among, filled

    def ask(self, operator: str, value: Any, params: Params) -> LiteralString:
        match operator:
            case "has_any_of":
                return self.among(value, params)
            case "has_none_of":
                return f"not coalesce({self.among(value, params)}, false)"
            case "has_all_of":
                each = [self.among([one], params) for one in dict.fromkeys(value)]
                return f"({' and '.join(each)})" if each else TRUE
            case "is_empty":
                return f"not {self.filled(params)}"
            case "is_filled":
                return self.filled(params)
        raise ValueError(operator)


def ids(column: LiteralString) -> Choice:
    """A column that holds an id."""
    return Choice(lambda values, params: _any(column, uuids(values), params), lambda _: f"({column} is not null)")


def mapped(column: LiteralString, of: Mapping[str, Sequence[UUID]]) -> Choice:
    """A column that holds an id, asked by values that stand for some ids."""
    known = {normalised(value): found for value, found in of.items()}

    def among(values: Sequence[str], params: Params) -> LiteralString:
        return _any(column, [each for value in values for each in known.get(value, ())], params)

    return Choice(among, lambda _: f"({column} is not null)")


def words(sql: Callable[[Params], LiteralString]) -> Choice:
    """A column of words that are written in one way only."""

    def among(values: Sequence[str], params: Params) -> LiteralString:
        return f"{sql(params)} = any({params.bind(list(values), 'text[]')})"

    return Choice(among, lambda params: f"(coalesce({sql(params)}, '') <> '')")


def cases(of: Mapping[str, LiteralString]) -> Choice:
    """Values that are conditions of their own, of which one always holds."""

    def among(values: Sequence[str], _: Params) -> LiteralString:
        return f"({' or '.join([*(of[value] for value in values if value in of), FALSE])})"

    return Choice(among, lambda _: TRUE)


def uuids(values: Sequence[str]) -> list[UUID]:
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found


def _any(column: LiteralString, wanted: list[UUID], params: Params) -> LiteralString:
    if len(wanted) == 1:
        return f"{column} = {params.bind(wanted[0], 'uuid')}"
    return f"{column} = any({params.bind(wanted, 'uuid[]')})" if wanted else FALSE


def _ordered(sql: LiteralString, operator: str, value: Any, wanted: Callable[[Any], LiteralString]) -> LiteralString:
    match operator:
        case "is":
            return f"{sql} = {wanted(value)}"
        case "is_not":
            return f"{sql} is distinct from {wanted(value)}"
        case "less":
            return f"{sql} < {wanted(value)}"
        case "more":
            return f"{sql} > {wanted(value)}"
        case "between":
            return f"{sql} between {wanted(value[0])} and {wanted(value[1])}"
        case "is_empty":
            return f"{sql} is null"
        case "is_filled":
            return f"{sql} is not null"
    raise ValueError(operator)


def _utc(value: str) -> datetime:
    """What `conditions.moment` reads, as far as there are such times."""
    read = datetime.fromisoformat(value.upper())
    try:
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return datetime(1, 1, 1, tzinfo=UTC) if read.year == 1 else datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


def _first_day(value: str) -> str:
    """The first day whose midnight is not before."""
    at = _utc(value)
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        return (midnight if midnight == at else midnight + timedelta(days=1)).date().isoformat()
    except OverflowError:
        return "9999-12-32"
