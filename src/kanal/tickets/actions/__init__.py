"""Changing tickets, split by verb. Somebody writes: `open_many`, `touch_many`, `touch_out`. Somebody acts: `create`,
`change`, `change_many`, `comment`. Routing gives out: `assign_many`. What each has to do: `follow`. Nothing but spam:
`hide`, `show_again`."""

from kanal.tickets.actions.changing import change, change_contact
from kanal.tickets.actions.commenting import comment
from kanal.tickets.actions.load import assign_many, follow
from kanal.tickets.actions.many import Stood, change_many, stand_again
from kanal.tickets.actions.opening import create, open_many
from kanal.tickets.actions.spam import hide, show_again
from kanal.tickets.actions.touching import failed_reply, touch_aside, touch_many, touch_out

__all__ = [
    "Stood",
    "assign_many",
    "change",
    "change_contact",
    "change_many",
    "comment",
    "create",
    "failed_reply",
    "follow",
    "hide",
    "open_many",
    "show_again",
    "stand_again",
    "touch_aside",
    "touch_many",
    "touch_out",
]
