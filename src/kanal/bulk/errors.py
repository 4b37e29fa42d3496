"""What a bulk job can be refused for."""


class InvalidBulk(Exception):
    """It cannot be asked for like that; `field` is what is wrong, `message` the mend."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(field, message)
        self.field = field
        self.message = message


class NotUndoable(Exception):
    """The job cannot be taken back; `why` says why."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
