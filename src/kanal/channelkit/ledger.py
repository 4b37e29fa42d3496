"""What a provider's server holds for a channel, message by message. A kind that fetches writes down what the server
lists, and hands each message in with its entry; the desk keeps what became of it, so that nothing on the server is ever
without an explanation."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

BEFORE = "it was here before the channel was connected"
"""Why old mail is skipped as long as nobody asks for it."""
MARKED = "another program marked it as deleted"
"""Why such mail is skipped as long as the server lists it so: the mark can be taken back."""


class Entry(msgspec.Struct, kw_only=True, frozen=True):
    """One message on the server: what the server calls it, in which folder."""

    folder: str
    key: str
    """Never given to another message of that folder; by IMAP `<UIDVALIDITY>:<UID>`."""


class Listed(msgspec.Struct, kw_only=True):
    """A message as the server lists it, and what the kind means to do about it if it is new to the desk."""

    key: str
    size: int
    """Bytes."""
    at: datetime | None = None
    """When the server got it."""
    state: Literal["wanted", "skipped"] = "wanted"
    why: str = ""
    """By which rule it is skipped, in words for people."""
    history: bool = False
    """It was there before the channel was connected: skipped until `want_history` says otherwise (`why` is `BEFORE`
    then), or wanted already, to be taken in as a matter that is over."""


class Wanted(msgspec.Struct, kw_only=True):
    """An entry that is still to be fetched."""

    folder: str
    key: str
    size: int
    at: datetime | None
    history: bool
    tries: int


class Folder(msgspec.Struct, kw_only=True):
    """A folder of a mailbox, for a person to choose from."""

    name: str
    role: Literal["inbox", "sent", "drafts", "junk", "trash", "archive", "all", ""] = ""
    messages: int | None = None
