"""What can go wrong on the way to a proved address."""

from __future__ import annotations

from typing import Literal


class CodeNotAccepted(Exception):
    """The code is wrong, or too old, or too many were tried: then another has to be mailed."""

    def __init__(self, why: Literal["wrong", "expired", "too_many"], left: int = 0) -> None:
        super().__init__(why, left)
        self.why = why
        self.left = left
        """How often one may still try."""
