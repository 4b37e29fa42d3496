"""What a caller of the sandbox can get wrong; `sandbox.web.problems` turns these into answers."""


class InvalidInput(Exception):
    """One field of what was sent is wrong."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


class NotFound(Exception):
    """No such mail, attachment or mailbox."""


class NotDelivered(Exception):
    """Kanal did not take a mail; carries its words."""
