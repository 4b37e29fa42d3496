"""Rules as they are stored and edited, what they do, and what they did."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

Trigger = Literal["created", "customer_answered", "agent_answered", "status_changed"]
Outcome = Literal["done", "not_met", "failed", "stopped"]
MailTo = Literal["contact", "assignee"]


class SetProperty(msgspec.Struct, kw_only=True, tag_field="do", tag="set", forbid_unknown_fields=True):
    property: str
    """`priority`, `pipeline`, or the key of a custom property."""
    value: Any = None
    """As in PATCH /tickets; null empties a custom property."""


class SetStatus(msgspec.Struct, kw_only=True, tag_field="do", tag="status", forbid_unknown_fields=True):
    status: str
    """Key or id."""


class Assign(
    msgspec.Struct, kw_only=True, tag_field="do", tag="assign", forbid_unknown_fields=True, omit_defaults=True
):
    """To a member, to a team, or both; null takes it from whoever has it."""

    member: UUID | UnsetType | None = UNSET
    team: UUID | UnsetType | None = UNSET


class AddTag(msgspec.Struct, kw_only=True, tag_field="do", tag="tag", forbid_unknown_fields=True):
    name: str


class RemoveTag(msgspec.Struct, kw_only=True, tag_field="do", tag="untag", forbid_unknown_fields=True):
    name: str


class SendMail(msgspec.Struct, kw_only=True, tag_field="do", tag="mail", forbid_unknown_fields=True):
    to: str
    """`contact`, `assignee`, a member's id, or an email address."""
    subject: str = ""
    """"": "Re: " and the subject of the ticket."""
    text: str
    """Plain text with tokens."""


Action = SetProperty | SetStatus | Assign | AddTag | RemoveTag | SendMail


class Rule(msgspec.Struct, kw_only=True):
    id: UUID
    channel_id: UUID
    position: int
    name: str
    active: bool
    trigger: Trigger
    condition: dict[str, Any]
    """A condition tree, see kit/conditions; empty: always."""
    actions: list[Action]
    created_at: datetime
    updated_at: datetime
    active_since: datetime


class NewRule(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    name: str
    active: bool = True
    trigger: Trigger
    condition: dict[str, Any] = {}
    actions: list[Action]


class RuleChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    name: str | UnsetType = UNSET
    active: bool | UnsetType = UNSET
    trigger: Trigger | UnsetType = UNSET
    condition: dict[str, Any] | UnsetType = UNSET
    actions: list[Action] | UnsetType = UNSET


class RuleProblem(msgspec.Struct, kw_only=True, frozen=True):
    """What is wrong with a rule: refused where somebody writes it, shown and skipped where it became wrong later."""

    field: str
    """Its path, such as `actions.1.member`."""
    message: str
    """With the mend."""


class Chain(msgspec.Struct, kw_only=True, frozen=True):
    """The rules that led to an event, the first one first; none where a person did it."""

    rules: tuple[UUID, ...] = ()

    @property
    def depth(self) -> int:
        return len(self.rules)

    def then(self, rule: UUID) -> Chain:
        return Chain(rules=(*self.rules, rule))


class Happened(msgspec.Struct, kw_only=True, frozen=True):
    """An event that rules may run on."""

    seq: int
    at: datetime
    trigger: Trigger
    ticket_id: UUID
    channel_id: UUID
    """On which the ticket began: its rules are asked."""
    message_id: UUID | None
    chain: Chain


class Did(msgspec.Struct, kw_only=True):
    """One action of a run: what it changed, or why it changed nothing."""

    do: str
    changed: bool
    why: str = ""


class AutomationRun(msgspec.Struct, kw_only=True):
    """A line of the log."""

    id: UUID
    rule_id: UUID
    rule_name: str
    rule_deleted: bool
    ticket_id: UUID
    ticket_number: int
    trigger: Trigger
    outcome: Outcome
    why: str
    did: list[Did]
    depth: int
    at: datetime
