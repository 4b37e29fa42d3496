"""Conditions as trees: `{"all": […]}`, `{"any": […]}`, `{"not": …}`, or one question,
`{"field": "ticket.priority", "operator": "is", "value": "high"}`; `{}` always holds. `check` tells where a tree that
somebody wrote is wrong, `holds` asks it of facts. Text is compared by what it looks like, not by its bytes."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, Literal
from uuid import UUID

import msgspec

from kanal.kit.text import storable_text

Type = Literal[
    "text",
    "long_text",
    "url",
    "email",
    "phone",
    "number",
    "boolean",
    "select",
    "member",
    "multi_select",
    "list",
    "date",
    "datetime",
]
Tree = Mapping[str, Any]

MOST_DEPTH = 10
MOST_QUESTIONS = 100
MOST_VALUES = 200
LONGEST_TEXT = 1_000
MOST_AGO = 100_000
LARGEST = 1e15
"""Beyond it a number is not the same everywhere that JSON is read."""

EMPTINESS = ("is_empty", "is_filled")
_TEXT = ("is", "is_not", "contains", "contains_not", "starts_with", "ends_with", *EMPTINESS)
_NUMBER = ("is", "is_not", "less", "more", "between", *EMPTINESS)
_CHOICE = ("is", "is_not", "is_any_of", "is_none_of", *EMPTINESS)
_LIST = ("has_any_of", "has_all_of", "has_none_of", *EMPTINESS)
OPERATORS: dict[Type, tuple[str, ...]] = {
    **dict.fromkeys(("text", "long_text", "url", "email", "phone"), _TEXT),
    "number": _NUMBER,
    "date": _NUMBER,
    "datetime": ("less", "more", "between", *EMPTINESS),
    "boolean": ("is",),
    "select": _CHOICE,
    "member": _CHOICE,
    "multi_select": _LIST,
    "list": _LIST,
}
"""What may be asked of a field of each type. `list` is several texts, such as the addresses a mail went to."""
UNITS = ("minutes", "hours", "days", "weeks")
"""Of times counted from now, `{"ago": 7, "unit": "days"}` or `{"ahead": …}`, where a field is `relative`."""
SEVERAL = ("is_any_of", "is_none_of", "has_any_of", "has_all_of", "has_none_of")


class Option(msgspec.Struct, kw_only=True, omit_defaults=True):
    value: str
    label: str
    archived: bool = False
    """No longer offered; what has it keeps it."""


class FieldType(msgspec.Struct, kw_only=True):
    type: Type
    label: str = ""
    group: str = ""
    options: list[Option] | None = None
    """The only values there are; None: any."""
    relative: bool = False
    """Of a date or a time: whether it may be counted from now."""

    @property
    def operators(self) -> tuple[str, ...]:
        return OPERATORS[self.type]


class ConditionInvalid(Exception):
    """`field` is the path of what is wrong in the tree, `message` how to mend it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(field, message)
        self.field = field
        self.message = message


class Facts(dict[str, Any]):
    """What holds just now, by field; None is empty. Remembers each text as it is compared, for the next rule."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        super().__init__(facts)
        self._comparable: dict[str, Any] = {}

    def comparable(self, field: str) -> Any:
        if field not in self._comparable:
            self._comparable[field] = comparable_value(self[field])
        return self._comparable[field]


def check(tree: Any, fields: Mapping[str, FieldType], at: str) -> None:
    """Raise ConditionInvalid where the tree is no condition on these fields; `at` is the path of the tree itself."""
    questions = _check(tree, fields, at, MOST_DEPTH) if tree != {} else 0
    if questions > MOST_QUESTIONS:
        raise ConditionInvalid(at, f"a condition may ask {MOST_QUESTIONS} questions; this one asks {questions}")


def holds(tree: Tree, facts: Mapping[str, Any]) -> bool:
    """Whether it holds. Never raises on a tree that passed `check`, whatever the facts are; a question about a field
    that is not among the facts does not hold."""
    return _holds(tree, facts if isinstance(facts, Facts) else Facts(facts))


def resolved(
    tree: Tree, fields: Mapping[str, FieldType], words: Mapping[str, Mapping[str, list[str]]], now: datetime
) -> Tree:
    """The tree with what it means just now: `words` says by field which values a word such as `me` stands for, and
    times that are counted from now become moments."""
    if "field" in tree:
        return _resolved_question(tree, fields.get(tree["field"]), words.get(tree["field"], {}), now)
    return {
        word: [resolved(each, fields, words, now) for each in inner]
        if isinstance(inner, list)
        else resolved(inner, fields, words, now)
        for word, inner in tree.items()
    }


def fields_of(tree: Any) -> set[str]:
    """The fields that a tree asks about, also one that is not well-formed."""
    return {question["field"] for question in questions_of(tree) if isinstance(question.get("field"), str)}


def questions_of(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The single questions of a tree, in order."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(reversed(node))
        elif isinstance(node, Mapping) and "field" in node:
            yield node
        elif isinstance(node, Mapping):
            waiting.extend(node.get(key) for key in ("not", "any", "all"))


def normalised(text: str) -> str:
    """What two texts that look the same have in common: width, case and spaces do not count."""
    if text.isascii():
        return " ".join(text.lower().split())
    once = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", once).casefold()).split())


# Resolving


def _resolved_question(
    node: Mapping[str, Any], field: FieldType | None, words: Mapping[str, list[str]], now: datetime
) -> Mapping[str, Any]:
    operator, value = node.get("operator", ""), node.get("value")
    if field is not None and field.relative:
        each_day = field.type == "date"
        several = [_counted(each, now, each_day) for each in value] if isinstance(value, list) else None
        return {**node, "value": _counted(value, now, each_day) if several is None else several}
    given = value if isinstance(value, list) else [value]
    if not any(isinstance(each, str) and each in words for each in given):
        return node
    meant = [one for each in given for one in (words.get(each, [each]) if isinstance(each, str) else [each])]
    operator = {"is": "is_any_of", "is_not": "is_none_of"}.get(operator, operator)
    return {"field": node["field"], "operator": operator, "value": meant}


def _counted(value: Any, now: datetime, each_day: bool) -> Any:
    if not isinstance(value, Mapping):
        return value
    ago = timedelta(**{value["unit"]: value["ago"] if "ago" in value else -value["ahead"]})
    return (now - ago).date().isoformat() if each_day else (now - ago).isoformat()


# Checking


def _check(node: Any, fields: Mapping[str, FieldType], at: str, depth: int) -> int:
    """Returns the number of questions."""
    if depth == 0:
        raise ConditionInvalid(at, f"groups may stand {MOST_DEPTH} deep in each other; take some of them apart")
    if not isinstance(node, Mapping):
        raise ConditionInvalid(at, "write an object with all, any, not, or field, operator and value")
    if "field" in node:
        return _check_question(node, fields, at)
    if len(node) != 1 or next(iter(node)) not in ("all", "any", "not"):
        raise ConditionInvalid(at, "write one of all, any, not, or field, operator and value")
    [(word, inner)] = node.items()
    if word == "not":
        return _check(inner, fields, f"{at}.not", depth - 1)
    if not isinstance(inner, list):
        raise ConditionInvalid(f"{at}.{word}", "write a list of conditions")
    if word == "any" and not inner:
        raise ConditionInvalid(f"{at}.any", "add a condition; of none, none can hold")
    return sum(_check(each, fields, f"{at}.{word}.{number}", depth - 1) for number, each in enumerate(inner))


def _check_question(node: Mapping[str, Any], fields: Mapping[str, FieldType], at: str) -> int:
    field = fields.get(node["field"]) if isinstance(node["field"], str) else None
    if field is None:
        raise ConditionInvalid(f"{at}.field", f"there is no field {str(node['field'])[:100]!r}; choose another one")
    operator = node.get("operator")
    if not isinstance(operator, str) or operator not in field.operators:
        raise ConditionInvalid(f"{at}.operator", f"write one of {', '.join(field.operators)}")
    if unknown := sorted(set(map(str, node)) - {"field", "operator", "value"}):
        raise ConditionInvalid(f"{at}.{unknown[0]}", "a question has a field, an operator and a value, and no more")
    if operator not in EMPTINESS:
        _check_value(field, operator, node.get("value"), f"{at}.value")
    return 1


def _check_value(field: FieldType, operator: str, value: Any, at: str) -> None:
    if operator == "between":
        if not isinstance(value, list) or len(value) != 2:
            raise ConditionInvalid(at, "write the lowest and the highest")
        for number, each in enumerate(value):
            _check_single(field, each, f"{at}.{number}")
        if _less(value[1], value[0]):
            raise ConditionInvalid(f"{at}.1", "the highest is lower than the lowest")
    elif operator in SEVERAL:
        if not isinstance(value, list) or not 0 < len(value) <= MOST_VALUES:
            raise ConditionInvalid(at, f"choose between one and {MOST_VALUES} values")
        for number, each in enumerate(value):
            _check_single(field, each, f"{at}.{number}")
    else:
        _check_single(field, value, at)


def _check_single(field: FieldType, value: Any, at: str) -> None:
    if field.type == "boolean":
        _must(isinstance(value, bool), at, "write true or false")
    elif field.type == "number":
        _must(number(value) is not None, at, "write a number")
    elif field.relative and isinstance(value, Mapping):
        _check_counted(value, at)
    elif field.type in ("date", "datetime"):
        _must(moment(value) is not None, at, "write a date, such as 2026-05-31")
    else:
        _must(isinstance(value, str) and 0 < len(value) <= LONGEST_TEXT, at, "write what to compare with")
        _must(bool(normalised(value)) and storable_text(value) == value, at, "write what to compare with")
        known = field.options is None or value in {option.value for option in field.options}
        _must(known, at, f"{value[:100]!r} is not one of the choices")


def _check_counted(value: Mapping[Any, Any], at: str) -> None:
    way = "ago" if "ago" in value else "ahead"
    count = value.get(way)
    whole = isinstance(count, int) and not isinstance(count, bool) and 0 <= count <= MOST_AGO
    _must(whole and set(value) == {way, "unit"}, at, f"write ago or ahead, a whole number up to {MOST_AGO:,}, and unit")
    _must(value["unit"] in UNITS, f"{at}.unit", f"write one of {', '.join(UNITS)}")


def _must(right: bool, at: str, message: str) -> None:
    if not right:
        raise ConditionInvalid(at, message)


# Asking


def _holds(node: Any, facts: Facts) -> bool:
    if type(node) is not dict and not isinstance(node, Mapping):  # the second is slow, and most are dicts
        return False
    if "field" in node:
        return _question_holds(node, facts)
    if "not" in node:
        return not _holds(node["not"], facts)
    if "any" in node:
        return any(_holds(each, facts) for each in node["any"])
    return all(_holds(each, facts) for each in node.get("all", ()))


def _question_holds(node: Mapping[str, Any], facts: Facts) -> bool:
    ask = _ASK.get(node.get("operator", ""))
    if ask is None or node["field"] not in facts:
        return False
    value = node.get("value")
    wanted = _normalised_value(value) if type(value) is str else comparable_value(value)
    return ask(facts.comparable(node["field"]), wanted)


@lru_cache(maxsize=4096)
def _normalised_value(value: str) -> str:
    """What a rule compares with is asked of every message."""
    return normalised(value)


def comparable_value(value: Any) -> Any:
    """As it is compared: text normalised, ids and moments as text, lists of these, anything else as it is."""
    if isinstance(value, str):
        return normalised(value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return normalised((value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat())
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [comparable_value(each) for each in value]
    return value


def _empty(fact: Any, _: Any = None) -> bool:
    return fact is None or fact == "" or fact == []


def _same(fact: Any, value: Any) -> bool:
    if isinstance(value, bool):
        return bool(fact) is value if isinstance(fact, bool | None) else False
    return type(fact) is not bool and bool(fact == value)


def _less(fact: Any, value: Any) -> bool:
    return (_order(fact, value) or 0) < 0


def _order(fact: Any, value: Any) -> float | None:
    """Negative, zero or positive among numbers and among moments; nothing else has an order."""
    for read in (number, moment):
        one, other = read(fact), read(value)
        if one is not None and other is not None:
            return one - other
    return None


def number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) <= LARGEST and math.isfinite(value) else None


def moment(value: Any) -> float | None:
    """Seconds; a date is its midnight, and without a zone it is UTC."""
    if not isinstance(value, str):
        return None
    try:
        read = datetime.fromisoformat(value.upper())
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def _within(fact: Any, value: Any) -> bool:
    low, high = (_order(fact, bound) for bound in value)
    return low is not None and high is not None and low >= 0 >= high


def _in_text(find: Callable[[str, str], bool]) -> Callable[[Any, Any], bool]:
    return lambda fact, value: isinstance(fact, str) and find(fact, value)


def _shared(fact: Any, value: Any) -> bool:
    return isinstance(fact, list) and any(each in fact for each in value)


_ASK: dict[str, Callable[[Any, Any], bool]] = {
    "is": _same,
    "is_not": lambda fact, value: not _same(fact, value),
    "contains": _in_text(lambda fact, value: value in fact),
    "contains_not": lambda fact, value: not (isinstance(fact, str) and value in fact),
    "starts_with": _in_text(lambda fact, value: fact.startswith(value)),
    "ends_with": _in_text(lambda fact, value: fact.endswith(value)),
    "less": _less,
    "more": lambda fact, value: _less(value, fact),
    "between": _within,
    "is_any_of": lambda fact, value: fact in value,
    "is_none_of": lambda fact, value: fact not in value,
    "has_any_of": _shared,
    "has_all_of": lambda fact, value: isinstance(fact, list) and all(each in fact for each in value),
    "has_none_of": lambda fact, value: not _shared(fact, value),
    "is_empty": _empty,
    "is_filled": lambda fact, _: not _empty(fact),
}
