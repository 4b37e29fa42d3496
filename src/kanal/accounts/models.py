"""What an account is, and which tables belong to none."""

from __future__ import annotations

from datetime import datetime

import msgspec

INSTALLATION_WIDE = frozenset(
    {"accounts", "users", "sessions", "one_time_links", "api_tokens", "addresses", "rate_limits"}
)
"""The only tables without an account policy; everything else is hidden from other accounts by the database."""


class Account(msgspec.Struct, kw_only=True):
    id: int
    slug: str
    name: str
    locale: str
    created_at: datetime
