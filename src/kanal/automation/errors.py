"""What a rule can be refused for."""

from __future__ import annotations

from collections.abc import Sequence

from kanal.automation.models import RuleProblem


class InvalidRule(Exception):
    """All that is wrong with a rule as somebody wrote it."""

    def __init__(self, problems: Sequence[RuleProblem]) -> None:
        super().__init__(*problems)
        self.problems = list(problems)


class CannotAct(Exception):
    """An action of a rule cannot be done; `why` stands in the log."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
