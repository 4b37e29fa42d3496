"""What a tag can be refused for."""


class InvalidTag(Exception):
    """A tag cannot be called that, or the ticket has enough of them; `message` is the mend."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.field = "name"
        self.message = message
