"""The properties that every account has, and the fields that conditions of a routing rule may ask about. Choices that
differ from account to account (pipelines, teams, …) are filled in by queries."""

from __future__ import annotations

from kanal.kit.conditions import FieldType, Type
from kanal.properties.models import Limits, Object, Option, Property, PropertyType

PRIORITIES = [Option(value=value, label=value.capitalize()) for value in ("low", "normal", "high", "urgent")]
SOURCES = [
    Option(value=value, label=label)
    for value, label in (
        ("message", "A message"),
        ("hand", "By hand"),
        ("api", "The API"),
        ("import", "An import"),
        ("workflow", "A workflow"),
    )
]


def _builtin(
    object_: Object, *rows: tuple[str, PropertyType, str], options: dict[str, list[Option]] | None = None
) -> list[Property]:
    return [
        Property(
            id=None,
            object=object_,
            key=key,
            label=label,
            help="",
            type=type_,
            builtin=True,
            options=(options or {}).get(key, []),
            limits=Limits(),
            position=position,
            archived=False,
        )
        for position, (key, type_, label) in enumerate(rows)
    ]


BUILTIN: tuple[Property, ...] = (
    *_builtin(
        "ticket",
        ("subject", "text", "Subject"),
        ("pipeline", "select", "Pipeline"),
        ("status", "select", "Status"),
        ("priority", "select", "Priority"),
        ("source", "select", "Source"),
        ("channel", "select", "Channel"),
        ("team", "select", "Team"),
        ("assignee", "member", "Assignee"),
        ("created_at", "datetime", "Created"),
        ("last_message_at", "datetime", "Last message"),
        ("waiting_since", "datetime", "Waiting since"),
        ("closed_at", "datetime", "Closed"),
        options={"priority": PRIORITIES, "source": SOURCES},
    ),
    *_builtin(
        "contact",
        ("name", "text", "Name"),
        ("email", "email", "Email"),
        ("email_domain", "text", "Email domain"),
        ("owner", "member", "Contact owner"),
        ("is_new", "boolean", "Writes for the first time"),
        ("created_at", "datetime", "Created"),
    ),
)
RESERVED: frozenset[str] = frozenset(
    {
        *(each.key for each in BUILTIN),
        "id",
        "number",
        "version",
        "custom",
        "contact",
        "message",
        "handles",
        "tickets",
        "tags",
    }
)
"""Keys that no custom property may have."""


def _fields(
    group: str, *rows: tuple[str, Type, str], options: dict[str, list[Option]] | None = None
) -> dict[str, FieldType]:
    return {
        f"{group}.{key}": FieldType(type=type_, label=label, group=group, options=(options or {}).get(key))
        for key, type_, label in rows
    }


ROUTING_FIELDS: dict[str, FieldType] = {
    **_fields(
        "ticket",
        ("subject", "text", "Subject"),
        ("pipeline", "select", "Pipeline"),
        ("status", "select", "Status"),
        ("priority", "select", "Priority"),
        ("team", "select", "Team"),
        options={"priority": PRIORITIES},
    ),
    **_fields(
        "contact",
        ("name", "text", "Name"),
        ("email", "text", "Email"),
        ("email_domain", "text", "Email domain"),
        ("owner", "member", "Contact owner"),
        ("is_new", "boolean", "Writes for the first time"),
    ),
    **_fields(
        "message",
        ("subject", "text", "Subject"),
        ("text", "long_text", "Text"),
        ("from", "text", "From"),
        ("from_domain", "text", "Domain of the sender"),
        ("to", "list", "To"),
        ("has_attachments", "boolean", "Has attachments"),
        ("proved", "boolean", "The sender's domain vouches for it"),
    ),
}
"""What a routing rule may ask, beside the custom properties: `ticket.<key>`, `contact.<key>`, `message.<key>`."""
AUTOMATION_FIELDS: dict[str, FieldType] = _fields(
    "ticket", ("assignee", "member", "Assignee"), ("tags", "list", "Tags")
)
"""What a rule of the ticket automation may ask beside what a routing rule asks."""
