"""Acknowledgements: whoever writes first is told at once that it has arrived, where the channel says so. intake calls
`acknowledge` with a whole batch; `confirming` makes the mails, `dispatch` sends them."""

from kanal.delivery.acknowledging.queueing import Opened, acknowledge, forget_old
from kanal.delivery.acknowledging.setting import (
    Acknowledgement,
    AcknowledgementShown,
    InvalidAcknowledgement,
    checked,
    preview,
    read,
)
from kanal.delivery.acknowledging.texts import LANGUAGES, Text

__all__ = [
    "LANGUAGES",
    "Acknowledgement",
    "AcknowledgementShown",
    "InvalidAcknowledgement",
    "Opened",
    "Text",
    "acknowledge",
    "checked",
    "forget_old",
    "preview",
    "read",
]
