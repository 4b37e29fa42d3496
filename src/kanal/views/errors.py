"""What can be wrong with a question."""


class InvalidQuestion(Exception):
    """A parameter of a list is wrong; `field` names it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message
