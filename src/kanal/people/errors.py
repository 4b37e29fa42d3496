"""What can go wrong between a person and the installation."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from kanal.people.models import ClosedChannel


class SignInRequired(Exception):
    """Nobody is signed in, or no longer."""


class WrongCredentials(Exception):
    """Email and password do not belong together; which of the two is wrong is not said."""


class CodeRequired(Exception):
    """The password is right and the user has a second factor."""


class CodeWrong(Exception):
    """The code is wrong, too old, or was used before."""


class NoSecretYet(Exception):
    """A second factor is turned on before a secret was made."""


class PasswordTooWeak(Exception):
    """The message says what is asked of a password."""


class EmailTaken(Exception):
    """Another user has that address."""


class EmailInvalid(Exception):
    """That is no address."""


class NotAccepted(Exception):
    """A field of a member, a team or a role is wrong; `message` says how to mend it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(field, message)
        self.field = field
        self.message = message


class AlreadyMember(Exception):
    """The user is a member of the account already, perhaps one who was deactivated."""

    def __init__(self, member_id: UUID) -> None:
        super().__init__(member_id)
        self.member_id = member_id


class AlreadyJoined(Exception):
    """The invitation was taken up: it can be neither repeated nor withdrawn."""


class BeyondReach(Exception):
    """They may do more than the one who wants to change them."""


class Oneself(Exception):
    """Nobody closes the door behind themselves: a colleague has to."""


class LastSuperAdmin(Exception):
    """Nobody would be left who manages members."""


class BuiltinRole(Exception):
    """Roles that came with Kanal stay as they are."""


class RoleInUse(Exception):
    """So many members have the role."""

    def __init__(self, members: int) -> None:
        super().__init__(members)
        self.members = members


class TeamInUse(Exception):
    """These channels are open to the team alone, and would be open to hardly anybody."""

    def __init__(self, channels: Sequence[ClosedChannel]) -> None:
        super().__init__(len(channels))
        self.channels = list(channels)


class TeamNameTaken(Exception):
    """Another team of the account has that name."""


class LinkSpent(Exception):
    """The one-time link was used, has expired or never was."""


class SecondFactorOn(Exception):
    """It is on already; it must be turned off before a new secret is made."""
