"""The API's description, from which the TypeScript client is made."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from scripts import openapi


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    described: dict[str, Any] = json.loads(openapi.described())
    return described


AS_WRITTEN = {"Assign", "SendMail", "SetProperty", "MacroAssign", "MacroTags", "MacroProperty", "NoticeTimes", "Wish"}
"""What a rule or a macro does, and what somebody wishes, is shown as they wrote it: what they left out means
something."""


def test_what_we_answer_with_is_always_whole(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    answers = {name for operation in operations(document) for name in named(operation["responses"], schemas)}
    assert {"TicketPage", "MessageOut", "FieldOut"} <= answers
    whole = answers - AS_WRITTEN
    optional = {n: f for n in whole - {"Problem"} if (f := set(properties(schemas[n])) - required(schemas[n]))}
    assert optional == {}
    assert not any("default" in shape for n in whole for shape in properties(schemas[n]).values())


def test_names_are_readable_and_do_not_tell_where_a_class_lives(document: dict[str, Any]) -> None:
    names = set(document["components"]["schemas"])
    assert {"TicketPage", "ChannelOutPage"} <= names
    assert {name for name in names if not re.fullmatch(r"[A-Z][A-Za-z]+", name)} == set()
    assert {"sign_in", "list_tickets"} <= {operation["operationId"] for operation in operations(document)}


def test_every_operation_answers_errors_with_a_problem(document: dict[str, Any]) -> None:
    for operation in operations(document):
        assert set(operation["responses"]["default"]["content"]) == {"application/problem+json"}


def operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for of_path in document["paths"].values():
        yield from of_path.values()


def named(part: Any, schemas: dict[str, Any]) -> set[str]:
    """The schemas that a part of the document names, and those which they name."""
    if isinstance(part, dict) and "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        return {name} | named(schemas[name], schemas)
    parts = part.values() if isinstance(part, dict) else part if isinstance(part, list) else []
    return {name for each in parts for name in named(each, schemas)}


def properties(schema: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = schema.get("properties", {})
    return found


def required(schema: dict[str, Any]) -> set[str]:
    return set(schema.get("required", []))
