"""What a visitor sent, held against the form as it is: answers, or what is wrong beside each field. Pure; submissions
stores what comes out of it."""

from kanal.forms.filling.errors import NotFilled
from kanal.forms.filling.models import Filled, GivenFile
from kanal.forms.filling.rules import fill
from kanal.forms.filling.submitted import sender, submitted

__all__ = ["Filled", "GivenFile", "NotFilled", "fill", "sender", "submitted"]
