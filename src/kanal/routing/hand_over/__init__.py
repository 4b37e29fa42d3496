"""Handing over what somebody has, because they are ill, away for long or gone: `make` gives it to a colleague or back
to the queue, `undo` restores what nobody has touched since."""

from kanal.routing.hand_over.making import make
from kanal.routing.hand_over.models import Left, Undone, Why
from kanal.routing.hand_over.undoing import undo

__all__ = ["Left", "Undone", "Why", "make", "undo"]
