"""Pure decisions about people: what a role may do, what a token may do, what a password must be."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import get_args

from kanal.people.errors import EmailInvalid, PasswordTooWeak
from kanal.people.models import BuiltinRole, Permission, Scope

BUILTIN_ROLES: tuple[BuiltinRole, ...] = get_args(BuiltinRole)
ALL_PERMISSIONS: tuple[Permission, ...] = get_args(Permission)
SCOPES: tuple[Scope, ...] = get_args(Scope)

TAKES_A_SEAT: frozenset[Permission] = frozenset({"answer", "edit_routing"})
"""Besides the role (K3)."""
NEEDED_SCOPE: dict[Permission, Scope] = {
    "read": "read",
    "answer": "write",
    "manage_channels": "admin",
    "see_raw": "admin",
    "manage_members": "admin",
    "edit_routing": "admin",
    "manage_availability": "admin",
    "manage_desk": "admin",
    "lead": "read",
}
ADDRESS = re.compile(r"""[^\s@<>(),;:"\\]+@[^\s@<>(),;:"\\]+""")
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 500  # hashing takes as long as the text is


def may(permissions: Collection[str], has_seat: bool, permission: Permission) -> bool:
    return permission in permissions and (has_seat or permission not in TAKES_A_SEAT)


def scopes_cover(scopes: Collection[str], permission: Permission) -> bool:
    return NEEDED_SCOPE[permission] in scopes


def scopes_of(permissions: Collection[Permission]) -> list[Scope]:
    """All that a token of a member with these can be good for."""
    return sorted({NEEDED_SCOPE[permission] for permission in permissions})


def email_key(text: str) -> str:
    """The form in which addresses of users are compared and kept."""
    address = text.strip()
    if not ADDRESS.fullmatch(address) or not address.isprintable():
        raise EmailInvalid
    return address.lower()


def check_password(password: str, email: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooWeak(f"at least {SHORTEST_PASSWORD} characters are needed")
    if len(password) > LONGEST_PASSWORD:
        raise PasswordTooWeak(f"at most {LONGEST_PASSWORD} characters are possible")
    if password.lower() == email or len(set(password)) < 4:
        raise PasswordTooWeak("this one is too easy to guess")
