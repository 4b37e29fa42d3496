"""What a macro can be refused for."""

from __future__ import annotations

from collections.abc import Sequence

from kanal.macros.models import MacroProblem


class InvalidMacro(Exception):
    """It cannot be kept, or done, like that; each problem names its field and the mend."""

    def __init__(self, problems: Sequence[MacroProblem]) -> None:
        super().__init__(", ".join(problem.field for problem in problems))
        self.problems = problems


class NotYours(Exception):
    """It is shared by others; whoever may share it may change it."""
