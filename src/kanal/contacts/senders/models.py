"""Rules about senders as rows."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

Verdict = Literal["allow", "deny"]
Why = Literal["list", "block", "forwarder"]
"""It was typed into a list; somebody blocked this sender; what this sender hands on is believed."""
SenderKey = tuple[str, str]
"""Space and normalised key of a handle, e.g. `("email", "eva@kund.example")`."""
MAIL = "email"
"""The space in which an entry can be a whole domain."""


class SenderRule(msgspec.Struct, kw_only=True):
    id: UUID
    verdict: Verdict
    space: str
    entry: str
    """`name@domain`, or `domain`, which stands for all below it too; elsewhere than in mail the key of a handle."""
    why: Why
    note: str
    created_by: UUID | None
    created_at: datetime


class NewSenderRule(msgspec.Struct, kw_only=True):
    """What somebody wants to be a rule; `entry` as they typed it."""

    verdict: Verdict
    entry: str
    space: str = MAIL
    why: Why = "list"
    note: str = ""
