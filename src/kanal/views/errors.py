"""What can be wrong with a question."""

from uuid import UUID


class InvalidQuestion(Exception):
    """A parameter of a list is wrong; `field` names it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


class TicketIsSpam(Exception):
    """It is out of sight until one of its conversations is brought back."""

    def __init__(self, conversation: UUID) -> None:
        super().__init__(conversation)
        self.conversation = conversation
