"""What a change to a ticket can be refused for."""


class UnknownReference(Exception):
    """A field names something that this account does not have; `field` is the field."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message
