"""What can be wrong with a view."""

from __future__ import annotations

from collections.abc import Sequence

from kanal.views.saved.models import ViewProblem


class InvalidView(Exception):
    """What somebody gives; `field` names what is wrong, `message` says how to mend it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(field, message)
        self.field = field
        self.message = message


class ViewIsBroken(Exception):
    """What it asks about is gone: until that is mended it lists nothing, rather than the wrong tickets."""

    def __init__(self, problems: Sequence[ViewProblem]) -> None:
        super().__init__(*(problem.field for problem in problems))
        self.problems = problems


class ViewChanged(Exception):
    """Somebody changed the view since the caller read it."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


class ViewNotYours(Exception):
    """Its owner may change it, and whoever manages the desk where it is shared."""
