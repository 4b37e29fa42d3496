"""What can go wrong between a person and the installation."""

from __future__ import annotations


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


class AlreadyMember(Exception):
    """The user is a member of the account already."""


class TeamNameTaken(Exception):
    """Another team of the account has that name."""


class LinkSpent(Exception):
    """The one-time link was used, has expired or never was."""


class SecondFactorOn(Exception):
    """It is on already; it must be turned off before a new secret is made."""
