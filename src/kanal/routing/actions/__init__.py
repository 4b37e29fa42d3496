"""Routing at work, split by what sets it off: `arrived` (new tickets), `answered` (the customer wrote), `give` (the
queue looks again), `by_hand` (a member decided), `by_rule` (the ticket automation did), `checked` (an admin edits the
rules). `recording` writes down what came of it."""

from kanal.routing.actions.answering import answered
from kanal.routing.actions.arriving import arrived, properties
from kanal.routing.actions.by_hand import by_hand, by_rule, leave_queue, undone
from kanal.routing.actions.editing import checked, problems
from kanal.routing.actions.giving import give
from kanal.routing.actions.safety import never_in_the_way

__all__ = [
    "answered",
    "arrived",
    "by_hand",
    "by_rule",
    "checked",
    "give",
    "leave_queue",
    "never_in_the_way",
    "problems",
    "properties",
    "undone",
]
