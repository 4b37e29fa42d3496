"""What cannot be done with submissions."""

from __future__ import annotations


class NotCaught(Exception):
    """It is no spam, so there is nothing to let in."""


class NotCarried(Exception):
    """No channel carries the form, so that nothing could make tickets of what was sent."""


class InfectedFile(Exception):
    """The virus scanner found something in the file; it is not handed out."""
