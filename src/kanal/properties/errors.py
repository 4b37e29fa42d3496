"""What a property or a value of one can be refused for."""

from __future__ import annotations

from collections.abc import Sequence


class PropertyInvalid(Exception):
    """`errors` are pairs of field and how to mend it; `field` and `message` are the first."""

    def __init__(self, *errors: tuple[str, str]) -> None:
        super().__init__(*errors)
        self.errors: Sequence[tuple[str, str]] = errors
        self.field, self.message = errors[0]
