"""What can be wrong with an account."""

from __future__ import annotations


class SlugTaken(Exception):
    """Another account of this installation has that slug."""


class SlugInvalid(Exception):
    """A slug is lower-case letters, digits and single hyphens: it stands in addresses of pages."""
