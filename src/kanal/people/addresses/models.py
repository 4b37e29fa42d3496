"""Own addresses as they stand."""

from __future__ import annotations

from datetime import datetime

import msgspec


class OwnAddress(msgspec.Struct, kw_only=True):
    address: str
    proved_at: datetime | None
    expires_at: datetime | None
    """Until when its code can be typed; None once it is proved."""


class Asked(msgspec.Struct, kw_only=True):
    """A code that waits to be typed."""

    address: str
    code_hash: bytes
    tries: int
    expires_at: datetime
