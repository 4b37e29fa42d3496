"""What goes wrong with a mailbox, in words for the person who can mend it; the protocol's own faults become one of
these in session.py and folders.py."""

from __future__ import annotations

from kanal.kinds.email.no_server import NoServer


class NoMailbox(NoServer):
    """The mailbox cannot be read or written to now."""


class Broken(Exception):
    """The connection ended, went silent or no longer makes sense; a new one may do."""


class Refused(Exception):
    """The server said NO or BAD to a command. `code` is its response code in capitals, such as `NOPERM`, or ""."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
