"""What is wrong with a filter: refused where somebody writes it, named where it became wrong later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kanal.kit import conditions
from kanal.kit.conditions import ConditionInvalid, FieldType
from kanal.views.filters.desk import Desk
from kanal.views.filters.fields import fields_of


def check(tree: Any, desk: Desk, at: str = "filter") -> None:
    """Raises ConditionInvalid with the first that is wrong."""
    try:
        conditions.check(tree, fields_of(desk), at)
    except ConditionInvalid as wrong:
        raise next(problems(tree, desk, at), wrong) from None


def problems(tree: Any, desk: Desk, at: str = "filter") -> Iterator[ConditionInvalid]:
    """Every question that cannot be asked, in order."""
    fields = fields_of(desk)
    found = list(_problems(tree, fields, desk, at))
    if not found:
        try:
            conditions.check(tree, fields, at)
        except ConditionInvalid as wrong:
            found = [wrong]
    yield from found


def _problems(node: Any, fields: Mapping[str, FieldType], desk: Desk, at: str) -> Iterator[ConditionInvalid]:
    if not isinstance(node, Mapping) or not node:
        return
    if "field" in node:
        try:
            conditions.check(node, fields, at)
        except ConditionInvalid as wrong:
            yield ConditionInvalid(wrong.field, _archived(node, desk) or wrong.message)
        return
    for word in ("all", "any"):
        inner = node.get(word)
        for number, each in enumerate(inner if isinstance(inner, list) else ()):
            yield from _problems(each, fields, desk, f"{at}.{word}.{number}")
    if "not" in node:
        yield from _problems(node["not"], fields, desk, f"{at}.not")


def _archived(node: Mapping[str, Any], desk: Desk) -> str | None:
    for each in desk.custom:
        if each.archived and node["field"] == f"{each.object}.{each.key}":
            return f"the property {each.label!r} is archived; bring it back, or take the question out"
    return None
