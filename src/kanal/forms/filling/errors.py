"""What a filled-in form can be refused for."""

from __future__ import annotations

from collections.abc import Mapping


class NotFilled(Exception):
    """`errors` has the mend for each field that is wrong, by the field's name, in the form's language and order."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(sorted(errors))
        self.errors = dict(errors)
