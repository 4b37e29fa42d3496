"""The views that every account has."""

from __future__ import annotations

from typing import Any

from kanal.views.orders import Sort
from kanal.views.saved.models import View

COLUMNS = ["number", "subject", "contact", "status", "priority", "assignee", "team", "channel", "last_message_at"]
_ACTIVE = {"field": "ticket.state", "operator": "is", "value": "active"}
_FILTERS: dict[str, dict[str, Any]] = {
    "unassigned": {"all": [_ACTIVE, {"field": "ticket.assignee", "operator": "is_empty"}]},
    "mine": {"all": [_ACTIVE, {"field": "ticket.assignee", "operator": "is", "value": "me"}]},
    "teams": {"all": [_ACTIVE, {"field": "ticket.team", "operator": "is", "value": "mine"}]},
    "open": {"all": [_ACTIVE]},
    "mentions": {"all": [{"field": "ticket.mentions", "operator": "has_any_of", "value": ["me"]}]},
    "following": {"all": [{"field": "ticket.followers", "operator": "has_any_of", "value": ["me"]}]},
    "waiting": {"all": [_ACTIVE, {"field": "ticket.waiting_since", "operator": "is_filled"}]},
    "failed": {"all": [{"field": "ticket.has_failed_reply", "operator": "is", "value": True}]},
    "snoozed": {"all": [{"field": "ticket.state", "operator": "is", "value": "snoozed"}]},
    "spam": {},
    "closed": {"all": [{"field": "ticket.state", "operator": "is", "value": "closed"}]},
    "deleted": {},
}
"""What a saved view would ask to show the same; spam and deleted tickets stand in none."""
KEYS = tuple(_FILTERS)
RESTORERS_ONLY = frozenset({"deleted"})
"""Shown to those who may bring back what is in it."""
_SORTS: dict[str, Sort] = {"waiting": "waiting_since", "snoozed": "snoozed_until", "deleted": "-deleted_at"}
_MORE_COLUMNS = {"waiting": "waiting_since", "snoozed": "snoozed_until"}


def default(key: str) -> View:
    return View(
        key=key,
        name="",
        is_default=True,
        filter=_FILTERS[key],
        columns=[*COLUMNS, *([_MORE_COLUMNS[key]] if key in _MORE_COLUMNS else [])],
        sort=_SORTS.get(key, "-last_message_at"),
        layout="split",
        shared_with="everyone",
        teams=[],
        owner=None,
        may_edit=False,
        hidden=False,
        version=0,
        own=None,
        problems=[],
    )
