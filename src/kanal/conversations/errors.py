"""Why something in a conversation cannot be had; api/http/errors.py says what each is on the wire."""

from __future__ import annotations


class PictureUnavailable(Exception):
    """A picture from elsewhere could not be fetched; `why` is shown to people as it stands."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class InvalidConversation(Exception):
    """A field of a change to a conversation is wrong."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field
        self.why = why
