"""What can be wrong with a channel, or with what is asked of it."""

from __future__ import annotations


class AddressInUse(Exception):
    """Another channel of this installation answers for the address; it is named to members of its own account alone."""

    def __init__(self, channel_name: str | None) -> None:
        super().__init__("in use on this installation")
        self.channel_name = channel_name


class InvalidChannel(Exception):
    """A field of the channel itself, not of its kind's settings, is wrong."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field
        self.why = why


class ChannelDeleted(Exception):
    """It stays for the sake of its conversations, and nothing can be done with it any more."""


class NotReplayable(Exception):
    """Doing this raw event again would change nothing; the message says why."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class InboxInUse(Exception):
    """Channels live in it, or conversations stand in it."""

    def __init__(self, channels: list[str], *, conversations: bool) -> None:
        super().__init__("in use")
        self.channels = channels
        self.conversations = conversations
