"""A bulk job: which tickets, what is done to them, how far it is, and what became of each."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from kanal.tickets.models import Priority

State = Literal["waiting", "running", "done", "stopped", "failed"]
Why = Literal["answered", "gone", "refused", "changed", "nothing_to_mark"]
"""Why a ticket was passed over. `answered`: something was said since it was chosen; `gone`: it is not there, or not for
this member; `refused`: see the detail; `changed`: somebody changed since what would be taken back; `nothing_to_mark`:
it has no conversation that could be spam."""
Reason = Literal["", "no_permission", "no_view", "too_many", "error"]
"""Why a job failed."""
Name = Literal[
    "assign",
    "status",
    "priority",
    "tags",
    "snooze",
    "wake",
    "spam",
    "delete",
    "restore",
    "merge",
    "follow",
    "read",
    "macro",
]


class _In(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


class BulkAssign(_In):
    """What is left out stays as it is, null empties it."""

    assignee: str | UnsetType | None = UNSET
    """A member's id, or `me`."""
    team: UUID | UnsetType | None = UNSET


class BulkStatus(_In):
    status: str
    """Key, in whichever pipeline the ticket is, or id."""


class BulkTags(_In):
    add: list[str] = []
    remove: list[str] = []


class BulkSnooze(_In):
    until: datetime
    """With its offset from UTC."""


class BulkMerge(_In):
    into: int | str
    """Number or id of the ticket of which the others become part."""


class BulkMacro(_In):
    """What it does is done; its text is sent to nobody."""

    macro: UUID


class NoMore(_In):
    """There is nothing to say about it."""


class BulkAction(_In):
    """What is done to each ticket: exactly one of these."""

    assign: BulkAssign | UnsetType = UNSET
    status: BulkStatus | UnsetType = UNSET
    priority: Priority | UnsetType = UNSET
    tags: BulkTags | UnsetType = UNSET
    snooze: BulkSnooze | UnsetType = UNSET
    wake: NoMore | UnsetType = UNSET
    spam: NoMore | UnsetType = UNSET
    delete: NoMore | UnsetType = UNSET
    restore: NoMore | UnsetType = UNSET
    merge: BulkMerge | UnsetType = UNSET
    follow: NoMore | UnsetType = UNSET
    read: NoMore | UnsetType = UNSET
    macro: BulkMacro | UnsetType = UNSET


class BulkWhich(_In):
    """Tickets by their ids, or all of a view as the member sees it when the job starts."""

    tickets: list[UUID] | UnsetType = UNSET
    versions: dict[UUID, int] = {}
    """As the tickets were seen: one to which something was said since is passed over."""
    view: str | UnsetType = UNSET
    pipeline: UUID | None = None
    except_: list[UUID] = msgspec.field(default=[], name="except")
    """What of the view is left out."""


class Job(msgspec.Struct, kw_only=True):
    id: UUID
    member_id: UUID
    view: dict[str, Any] | None
    action: dict[str, Any]
    undoes: UUID | None
    undone_by: UUID | None
    """The job that takes this one back."""
    state: State
    reason: Reason
    total: int
    done: int
    changed: int
    skipped: int
    created_at: datetime
    told_at: datetime | None
    ended_at: datetime | None

    @property
    def is_over(self) -> bool:
        return self.state not in ("waiting", "running")

    @property
    def can_undo(self) -> bool:
        return self.is_over and self.changed > 0 and self.undoes is None and self.undone_by is None


class Skipped(msgspec.Struct, kw_only=True):
    ticket_id: UUID
    number: int | None
    """None: there is no such ticket, or not for whoever asks."""
    why: Why
    detail: str


class Item(msgspec.Struct, kw_only=True):
    position: int
    ticket_id: UUID
    version: int | None
    was: dict[str, Any] | None
    became: dict[str, Any] | None


class Outcome(msgspec.Struct, kw_only=True):
    """What became of one ticket."""

    state: Literal["changed", "same", "skipped"]
    why: Why | Literal[""] = ""
    detail: str = ""
    was: dict[str, Any] | None = None
    became: dict[str, Any] | None = None


class Standing(msgspec.Struct, kw_only=True):
    """A ticket as far as a job may change it, and as one member has it."""

    id: UUID
    version: int
    pipeline_id: UUID
    status_id: UUID
    closed_at: datetime | None
    waiting_since: datetime | None
    conversations: dict[UUID, datetime | None]
    """When each was closed."""
    spam: list[UUID]
    """The conversations that are spam."""
    priority: Priority
    team_id: UUID | None
    assignee_id: UUID | None
    custom: dict[str, Any]
    tags: list[str]
    is_open: bool
    snoozed_until: datetime | None
    snoozed_by: UUID | None
    deleted_at: datetime | None
    merged_into: UUID | None
    follows: bool
    read: int | None
    """The version that the member has seen last."""
