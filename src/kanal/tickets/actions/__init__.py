"""Changing tickets, split by verb. Somebody writes: `open_many`, `touch_many`, `touch_out`. Somebody acts: `create`,
`change`, `comment`."""

from kanal.tickets.actions.changing import change
from kanal.tickets.actions.commenting import comment
from kanal.tickets.actions.opening import create, open_many
from kanal.tickets.actions.touching import failed_reply, touch_many, touch_out

__all__ = ["change", "comment", "create", "failed_reply", "open_many", "touch_many", "touch_out"]
