"""The fields that a filter may ask about: built-in ones and the custom properties of tickets and contacts."""

from __future__ import annotations

import msgspec

from kanal.kit.conditions import FieldType, Option, Type
from kanal.properties import rules
from kanal.properties.builtin import PRIORITIES, SOURCES
from kanal.views.filters.desk import Desk

ME = Option(value="me", label="Me")
MINE = Option(value="mine", label="My teams")
STATES = [
    Option(value="active", label="Open"),
    Option(value="snoozed", label="Snoozed"),
    Option(value="closed", label="Closed"),
]
DIRECTIONS = [Option(value="in", label="The customer"), Option(value="out", label="Us")]
OPEN_OR_CLOSED = [Option(value="open", label="Open"), Option(value="closed", label="Closed")]
_ROWS: tuple[tuple[str, Type, str, str | list[Option]], ...] = (
    ("ticket.number", "number", "Number", ""),
    ("ticket.subject", "text", "Subject", ""),
    ("ticket.state", "select", "Open, snoozed or closed", STATES),
    ("ticket.pipeline", "select", "Pipeline", "pipeline"),
    ("ticket.status", "select", "Status", "status"),
    ("ticket.priority", "select", "Priority", PRIORITIES),
    ("ticket.team", "select", "Team", "team"),
    ("ticket.assignee", "member", "Assignee", "member"),
    ("ticket.tags", "list", "Tags", ""),
    ("ticket.followers", "list", "Followers", "member"),
    ("ticket.mentions", "list", "Named in comments", "member"),
    ("ticket.channel", "select", "Channel", "channel"),
    ("ticket.source", "select", "Source", SOURCES),
    ("ticket.last_direction", "select", "Who wrote last", DIRECTIONS),
    ("ticket.has_failed_reply", "boolean", "Has a failed reply", ""),
    ("ticket.created_at", "datetime", "Created", ""),
    ("ticket.last_message_at", "datetime", "Last message", ""),
    ("ticket.waiting_since", "datetime", "Waiting since", ""),
    ("ticket.snoozed_until", "datetime", "Snoozed until", ""),
    ("ticket.closed_at", "datetime", "Closed", ""),
    ("contact.name", "text", "Name", ""),
    ("contact.email", "text", "Email", ""),
    ("contact.email_domain", "text", "Email domain", ""),
    ("contact.owner", "member", "Contact owner", "member"),
    ("contact.is_new", "boolean", "Has no earlier ticket", ""),
    ("contact.created_at", "datetime", "Created", ""),
    ("conversation.state", "select", "State", OPEN_OR_CLOSED),
    ("conversation.kind", "select", "Kind of channel", "kind"),
    ("conversation.last_direction", "select", "Who wrote last", DIRECTIONS),
    ("conversation.subject", "text", "Subject", ""),
    ("channel.kind", "select", "Kind", "kind"),
    ("channel.name", "text", "Name", ""),
)
"""Of several conversations the one last written in is asked; the channel is the ticket's."""


def fields_of(desk: Desk) -> dict[str, FieldType]:
    """With the choices there are now, in the order in which they are shown."""
    found: dict[str, FieldType] = {}
    for name, type_, label, options in _ROWS:
        group = name.partition(".")[0]
        known = _options(desk, options) if isinstance(options, str) else options
        found[name] = FieldType(type=type_, label=label, group=group, options=known, relative=type_ == "datetime")
    for each in desk.custom:
        if not each.archived:
            field = rules.field_of(each)
            found[f"{each.object}.{each.key}"] = msgspec.structs.replace(
                field,
                options=_options(desk, "member") if each.type == "member" else field.options,
                relative=each.type in ("date", "datetime"),
            )
    return found


def _options(desk: Desk, what: str) -> list[Option] | None:
    if not what:
        return None
    words = {"member": [ME], "team": [MINE]}
    return [*words.get(what, []), *desk.options[what]]


def words(fields: dict[str, FieldType], me: str | None, teams: list[str]) -> dict[str, dict[str, list[str]]]:
    """What `me` and `mine` stand for, by field."""
    meant = {"me": [me] if me else [], "mine": teams}
    return {
        name: {option.value: meant[option.value] for option in field.options or () if option in (ME, MINE)}
        for name, field in fields.items()
    }
