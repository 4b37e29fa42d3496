"""The closed set of errors by which a kind tells the desk what is to follow. Anything else is a fault of the kind."""

from datetime import datetime, timedelta

import msgspec


class Certificate(msgspec.Struct, kw_only=True, frozen=True):
    """What a person needs to see before they accept one."""

    fingerprint: str
    """SHA-256, 64 hex digits."""
    subject: str
    issuer: str
    until: datetime


class ChannelError(Exception):
    """Base of all; `why` is shown to people as it stands, so it names the mend."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class RetryLater(ChannelError):
    """It may work later without anybody doing anything; nothing was handed over."""

    def __init__(self, why: str, after: timedelta | None = None) -> None:
        super().__init__(why)
        self.after = after


class ActionRequired(ChannelError):
    """Nothing will work until a person changes something (credentials, a missing server); the message stays queued."""


class SignInRefused(ActionRequired):
    """The provider refuses the channel's own credentials: nothing is tried with them again until a person changes them,
    since many refusals lock an account."""


class Undeliverable(ChannelError):
    """This message will never be taken, as it is."""


class InvalidSettings(ChannelError):
    """A setting of the channel is wrong; `field` is its name in the kind's settings."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


class UntrustedCertificate(InvalidSettings):
    """The server shows a certificate that nobody vouches for. A person may accept it by its fingerprint, which then
    stands in the setting `field`."""

    def __init__(self, field: str, why: str, shown: Certificate) -> None:
        super().__init__(field, why)
        self.shown = shown


class Unknown(ChannelError):
    """The connection broke after everything was handed over and before the answer: it may have been taken or not."""
