"""What texts look like, kept beside them: PostgreSQL compares them as `conditions` does without knowing Unicode as
Python does. Of ASCII its function `plain` says the same, so nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kanal.kit.conditions import normalised


def look(text: str) -> str | None:
    """None: as `plain` says."""
    return None if text.isascii() else normalised(text)


def looks(values: Mapping[str, Any]) -> dict[str, str] | None:
    """Of the texts among custom values, by key."""
    found = {key: normalised(value) for key, value in values.items() if isinstance(value, str) and not value.isascii()}
    return found or None
