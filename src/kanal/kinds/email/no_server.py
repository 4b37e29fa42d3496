"""A mail server that cannot be used now, to read or to hand mail over: what the person who can mend it is told."""

from __future__ import annotations

from kanal.kinds.email.certificates import Certificate


class NoServer(Exception):
    """`field` is the setting to look at; `passing` when time may mend it, `refused` when the server does not take our
    credentials."""

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
