"""What rules may ask of a message that opens a ticket: alike on the way in, in the preview and in the simulator. The
fields are those of properties/builtin.py (`ROUTING_FIELDS`) and the custom properties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from kanal.routing.setting import Settable
from kanal.tickets import queries as tickets
from kanal.tickets.models import Pipeline


class Words(msgspec.Struct, kw_only=True):
    """A message as far as rules may ask about it."""

    sender: str
    """Their address."""
    subject: str = ""
    text: str = ""
    to: list[str] = []
    """Addresses in To and Cc."""
    has_attachments: bool = False
    proved: bool = False
    """The sender's domain vouches for it."""


class Writer(msgspec.Struct, kw_only=True):
    """Who wrote it, as far as rules may ask about them."""

    id: UUID | None = None
    name: str = ""
    email: str | None = None
    owner_id: UUID | None = None
    custom: dict[str, Any] = {}
    is_new: bool = False


def facts(
    words: Words, writer: Writer, settable: Settable, pipelines: Mapping[UUID, Pipeline], *, subject: str
) -> dict[str, Any]:
    """By field; None is empty. `settable` is what the channel sets on the ticket, `subject` what that is called."""
    pipeline = pipelines.get(settable.pipeline_id) if settable.pipeline_id else None
    pipeline = pipeline or tickets.default_of(dict(pipelines))
    status = pipeline.by_id(settable.status_id) or pipeline.first_status
    return {
        **{f"ticket.{key}": value for key, value in settable.custom.items()},
        "ticket.subject": subject,
        "ticket.pipeline": str(pipeline.id),
        "ticket.status": status.key,
        "ticket.priority": settable.priority,
        "ticket.team": settable.team_id and str(settable.team_id),
        **{f"contact.{key}": value for key, value in writer.custom.items()},
        "contact.name": writer.name,
        "contact.email": writer.email,
        "contact.email_domain": domain(writer.email or ""),
        "contact.owner": writer.owner_id and str(writer.owner_id),
        "contact.is_new": writer.is_new,
        "message.subject": words.subject,
        "message.text": words.text,
        "message.from": words.sender,
        "message.from_domain": domain(words.sender),
        "message.to": words.to,
        "message.has_attachments": words.has_attachments,
        "message.proved": words.proved,
    }


def domain(address: str) -> str | None:
    _, at, found = address.rpartition("@")
    return found.lower() if at and found else None
