"""The one source of `now`: UTC, microseconds. SQL never asks the database for the time."""

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)
