"""Pure decisions about accounts: what a slug may be, and what a new account starts with."""

from __future__ import annotations

import re

SLUG = re.compile(r"[a-z0-9](-?[a-z0-9]){0,62}")

STATUSES = (("new", False), ("waiting_on_contact", False), ("waiting_on_us", False), ("closed", True))
"""Key and whether it closes, in order, of the pipeline that every account starts with."""

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
