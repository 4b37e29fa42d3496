"""What a change to a contact can be refused for."""

from __future__ import annotations


class InvalidContact(Exception):
    """`field` is what is wrong, `message` the mend."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(field, message)
        self.field = field
        self.message = message
