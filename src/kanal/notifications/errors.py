"""Why a mail to a member did not leave. Reasons are shown to people: they hold codes, never addresses or texts."""


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
