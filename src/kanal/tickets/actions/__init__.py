"""Changing tickets, split by verb. Somebody writes: `open_many`, `touch_many`, `touch_out`. Somebody acts: `create`,
`change`, `change_many`, `comment`, `snooze`, `follow`, `link`, `delete`, `merge`, `split`, and what takes each back.
Routing gives out: `assign_many`. What each has to do: `keep_load`. Nothing but spam: `hide`, `show_again`."""

from kanal.tickets.actions.changing import change, change_contact
from kanal.tickets.actions.commenting import comment
from kanal.tickets.actions.deleting import delete, restore
from kanal.tickets.actions.following import follow, unfollow
from kanal.tickets.actions.linking import link, unlink
from kanal.tickets.actions.load import assign_many
from kanal.tickets.actions.load import keep as keep_load
from kanal.tickets.actions.many import Stood, change_many, stand_again
from kanal.tickets.actions.merging import merge, split, unmerge
from kanal.tickets.actions.of_conversation import by_workflow, of_conversation
from kanal.tickets.actions.opening import create, open_many
from kanal.tickets.actions.snoozing import snooze, wake
from kanal.tickets.actions.spam import hide, show_again
from kanal.tickets.actions.touching import failed_reply, touch_aside, touch_many, touch_out

__all__ = [
    "Stood",
    "assign_many",
    "by_workflow",
    "change",
    "change_contact",
    "change_many",
    "comment",
    "create",
    "delete",
    "failed_reply",
    "follow",
    "hide",
    "keep_load",
    "link",
    "merge",
    "of_conversation",
    "open_many",
    "restore",
    "show_again",
    "snooze",
    "split",
    "stand_again",
    "touch_aside",
    "touch_many",
    "touch_out",
    "unfollow",
    "unlink",
    "unmerge",
    "wake",
]
