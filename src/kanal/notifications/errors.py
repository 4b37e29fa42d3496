"""Why a mail to a member did not leave, and what a choice can be refused for. Reasons are shown to people: they hold
codes, never addresses or texts."""


class InvalidWish(Exception):
    """A field of a choice is wrong."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


class MailError(Exception):
    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class TryLater(MailError):
    """It may work later."""


class Refused(MailError):
    """It will never be taken, as it is."""


class Pointless(MailError):
    """Nobody has use for it any more."""
