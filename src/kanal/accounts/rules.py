"""Pure decisions about accounts: what a slug may be, and what a new account starts with."""

from __future__ import annotations

import re
from typing import NamedTuple

SLUG = re.compile(r"[a-z0-9](-?[a-z0-9]){0,62}")


class FirstStatus(NamedTuple):
    key: str
    closes: bool
    counts: bool
    """Whether its tickets count against the capacity of whoever has them."""
    on_customer_message: str | None
    on_agent_reply: str | None


STATUSES = (
    FirstStatus("new", False, True, None, "waiting_on_contact"),
    FirstStatus("waiting_on_contact", False, False, "waiting_on_us", None),
    FirstStatus("waiting_on_us", False, True, None, "waiting_on_contact"),
    FirstStatus("closed", True, False, "waiting_on_us", None),
)
"""In order, of the pipeline that every account starts with (PIPE-1, PIPE-3)."""

WORDS = {
    "en": {
        "inbox": "Help desk",
        "pipeline": "Support pipeline",
        "new": "New",
        "waiting_on_contact": "Waiting on contact",
        "waiting_on_us": "Waiting on us",
        "closed": "Closed",
    },
    "sv": {
        "inbox": "Helpdesk",
        "pipeline": "Supportflöde",
        "new": "Nytt",
        "waiting_on_contact": "Väntar på kontakten",
        "waiting_on_us": "Väntar på oss",
        "closed": "Stängt",
    },
}


def is_slug(text: str) -> bool:
    return SLUG.fullmatch(text) is not None


def words(locale: str) -> dict[str, str]:
    return WORDS.get(locale, WORDS["en"])
