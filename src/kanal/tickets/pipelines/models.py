"""Pipelines as people ask for them."""

from __future__ import annotations

from uuid import UUID

import msgspec


class StatusIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One of a pipeline's statuses; without `id` a new one."""

    id: UUID | None = None
    key: str | None = None
    """Of a new one; made from the name where it is left out. An old one keeps its own."""
    name: str
    is_closed: bool = False
    may_start: bool = True
    counts: bool = True
    on_customer_message: str | None = None
    """Key or id of the status that a customer's message turns a ticket to; null: it stays."""
    on_agent_reply: str | None = None


class NewPipeline(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    name: str
    statuses: list[StatusIn] | None = None
    """Left out: the four that every account starts with."""
    no_skipping: bool = False
    no_backwards: bool = False
    grace_days: int = 30
    """How long after closing an answer reopens a ticket; after that it opens a new one (K10)."""


class PipelineChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    name: str | msgspec.UnsetType = msgspec.UNSET
    statuses: list[StatusIn] | msgspec.UnsetType = msgspec.UNSET
    """All of them, in order. One that is left out goes; if it has tickets, `move_to` says where."""
    move_to: dict[UUID, str] = {}
    """From the id of a status that goes to the key or id of one that stays."""
    no_skipping: bool | msgspec.UnsetType = msgspec.UNSET
    no_backwards: bool | msgspec.UnsetType = msgspec.UNSET
    grace_days: int | msgspec.UnsetType = msgspec.UNSET
    position: int | msgspec.UnsetType = msgspec.UNSET
    """Its place among the pipelines, from 0."""
    is_default: bool | msgspec.UnsetType = msgspec.UNSET
    """True makes it the one in which tickets begin of which nothing else is said."""


class MoveTo(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    pipeline: UUID
    status: str
    """Key or id."""
