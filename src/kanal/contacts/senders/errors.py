"""What rules about senders refuse."""

from __future__ import annotations


class InvalidSender(Exception):
    """`field` is what is wrong, `message` the mend."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(field, message)
        self.field = field
        self.message = message
