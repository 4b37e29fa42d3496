"""What goes wrong with a mailbox, in words for the person who can mend it; the protocol's own faults become one of
these in session.py and folders.py."""

from __future__ import annotations

from kanal.kinds.email.certificates import Certificate


class NoMailbox(Exception):
    """The mailbox cannot be read or written to now. `field` is the setting to look at, `passing` says that time may
    mend it, `refused` that the server does not take our credentials."""

    def __init__(
        self,
        field: str,
        why: str,
        *,
        passing: bool = False,
        refused: bool = False,
        certificate: Certificate | None = None,
    ) -> None:
        super().__init__(why)
        self.field = field
        self.why = why
        self.passing = passing
        self.refused = refused
        self.certificate = certificate
        """What the server showed, where a person may decide to believe it."""


class Broken(Exception):
    """The connection ended, went silent or no longer makes sense; a new one may do."""


class Refused(Exception):
    """The server said NO or BAD to a command. `code` is its response code in capitals, such as `NOPERM`, or ""."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
