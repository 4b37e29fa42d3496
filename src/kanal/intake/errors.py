"""What can be wrong with what a person decides about a message that came in."""

from __future__ import annotations


class InvalidChoice(Exception):
    """`field` is what is wrong, `message` the mend."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(field, message)
        self.field = field
        self.message = message
