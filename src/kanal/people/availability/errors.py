"""What cannot be said about somebody's availability."""

from __future__ import annotations


class AvailabilityInvalid(Exception):
    """`message` says how to mend it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(field, message)
        self.field = field
        self.message = message
