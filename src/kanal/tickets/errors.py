"""What a change to a ticket or to a pipeline can be refused for."""

from uuid import UUID


class MoveRefused(Exception):
    """The pipeline's rules do not let people do that (PIPE-2)."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.field = "status"
        self.message = message


class InvalidPipeline(Exception):
    """A pipeline cannot be as it was asked for; `field` is the path of what is wrong, `message` the mend."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(field, message)
        self.field = field
        self.message = message


class UnknownReference(Exception):
    """A field names something that this account does not have; `field` is the field."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


class Unfit(Exception):
    """A ticket cannot be treated so as it stands; `field` names what was asked for, `message` says why and the mend."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


class TicketMerged(Exception):
    """It is part of another ticket now; work goes on there."""

    def __init__(self, into: UUID, number: int) -> None:
        super().__init__(into)
        self.into = into
        self.number = number


class TicketDeleted(Exception):
    """It has to be restored first."""

    def __init__(self, ticket: UUID) -> None:
        super().__init__(ticket)
        self.ticket = ticket
