"""The settings of a form channel: which form it carries, and which channel carries the answers. That both are there is
the desk's to know; here only their shape is checked. Read by kind.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

import msgspec

from kanal.channelkit.errors import InvalidSettings


class FormSettings(msgspec.Struct, kw_only=True):
    method: Literal["form"] = "form"
    form: str
    """The form's id."""
    answer_by: str = ""
    """Id of the channel by which answers leave; "": the desk chooses."""


def check(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings as a person gave them, validated and completed; raises InvalidSettings."""
    if settings.get("method", "form") != "form":
        raise InvalidSettings("method", "A form is connected in one way only: leave this out.")
    given = FormSettings(form=_id(settings, "form"), answer_by=_id(settings, "answer_by"))
    if not given.form:
        raise InvalidSettings("form", "Choose a form.")
    completed: dict[str, Any] = msgspec.to_builtins(given)
    return completed


def _id(settings: Mapping[str, Any], field: str) -> str:
    value = settings.get(field) or ""
    try:
        return str(UUID(value)) if value else ""
    except (ValueError, TypeError, AttributeError):
        raise InvalidSettings(field, "This is no id; choose one from the list.") from None
