"""Why a reply could not be queued or changed; api/http/errors.py says what each is on the wire."""

from __future__ import annotations

from typing import Any
from uuid import UUID


class StaleReply(Exception):
    """Something was said in the ticket or conversation that the author of this reply had not seen."""

    def __init__(self, about: UUID, seen: int, version: int) -> None:
        super().__init__(f"version {seen} was seen, {version} is current")
        self.about = about
        self.seen = seen
        self.version = version
        self.newer: list[Any] = []
        """What was said since, for whoever shows the refusal."""


class SeenVersionRequired(Exception):
    """A browser has to say which version of the ticket its user saw."""


class NoWayOut(Exception):
    """The ticket cannot be answered; `why` is shown to people as it stands."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class InvalidReply(Exception):
    """A field of the reply is wrong."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field
        self.why = why


class NotScheduled(Exception):
    """The message waits for no time that could be moved."""


class AlreadyReceipted(Exception):
    """A read receipt was sent for the message already."""


class AlreadySent(Exception):
    """The message is on its way or gone; it cannot be taken back."""


class NotRepeatable(Exception):
    """The delivery is not in a state in which a person may repeat or confirm it."""


class FileTooLarge(Exception):
    """More than a file may have."""


class Superseded(Exception):
    """Another process took this delivery over; it must not be handed to the provider."""
