"""A submission on its way to be stored, and what becomes of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from kanal.channelkit.submissions import SubmittedFile
from kanal.forms.filling import Filled
from kanal.forms.models import Definition
from kanal.forms.submissions.models import Source


class TakenFile(msgspec.Struct, kw_only=True):
    """A file that came with a submission, in storage."""

    file: SubmittedFile
    virus: str = ""
    """What the scanner found in it."""


class NewSubmission(msgspec.Struct, kw_only=True):
    """A form, filled in and judged."""

    definition: Definition
    filled: Filled
    files: dict[str, list[TakenFile]] = {}
    """By field."""
    token: str = ""
    """What the page gave it, so that a second copy is known; "" makes it one of a kind."""
    source: Source
    page: str = ""
    visitor: str = ""
    address_hash: bytes | None = None
    network_hash: bytes | None = None
    caught: str = ""
    """Why no person seems to mean it."""
    received_at: datetime


class Accepted(msgspec.Struct, kw_only=True):
    id: UUID
    is_copy: bool
    """It had come before; the id is that of the first."""
