"""Pure decisions about people: what a role may do, what a token may do, what a password must be."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, get_args

import msgspec

from kanal.kit.text import storable_text
from kanal.people.errors import EmailInvalid, NotAccepted, PasswordTooWeak
from kanal.people.models import BuiltinRole, Capacity, MemberChange, Permission, Scope, Sees

BUILTIN_ROLES: tuple[BuiltinRole, ...] = get_args(BuiltinRole)
ALL_PERMISSIONS: tuple[Permission, ...] = get_args(Permission)
SCOPES: tuple[Scope, ...] = get_args(Scope)

TAKES_A_SEAT: frozenset[Permission] = frozenset({"answer", "edit_routing"})
"""Besides the role (K3)."""
NEEDED_SCOPE: dict[Permission, Scope] = {
    "read": "read",
    "answer": "write",
    "manage_channels": "admin",
    "manage_forms": "admin",
    "see_raw": "admin",
    "manage_members": "admin",
    "edit_routing": "admin",
    "manage_availability": "admin",
    "manage_desk": "admin",
    "lead": "read",
}
ADDRESS = re.compile(r"""[^\s@<>(),;:"\\]+@[^\s@<>(),;:"\\]+""")
SIGHT: tuple[Sees, ...] = ("own", "teams", "channels", "all")
"""From the least to the most."""
OF_ONESELF = frozenset({"name", "title", "chat_name", "working_hours", "timezone", "country"})
"""What everybody may change of themselves."""
HOURS = frozenset({"working_hours", "timezone", "country"})
LARGEST_CAPACITY = 1_000
LONGEST_NAME = 200
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 500  # hashing takes as long as the text is


def may(permissions: Collection[str], has_seat: bool, permission: Permission) -> bool:
    return permission in permissions and (has_seat or permission not in TAKES_A_SEAT)


def scopes_cover(scopes: Collection[str], permission: Permission) -> bool:
    return NEEDED_SCOPE[permission] in scopes


def scopes_of(permissions: Collection[Permission]) -> list[Scope]:
    """All that a token of a member with these can be good for."""
    return sorted({NEEDED_SCOPE[permission] for permission in permissions})


def needed_to_change(field: str, *, own: bool) -> Permission | None:
    """The permission it takes to change a field of a member; None: none."""
    if own and field in OF_ONESELF:
        return None
    return "manage_availability" if field in HOURS else "manage_members"


def given(change: MemberChange) -> dict[str, Any]:
    """The fields that are to be changed."""
    return {name: value for name, value in msgspec.structs.asdict(change).items() if value is not msgspec.UNSET}


def sees_as_much(one: Sees, other: Sees) -> bool:
    return SIGHT.index(one) >= SIGHT.index(other)


def one_line(text: str, field: str, most: int, *, empty: bool = False) -> str:
    """A name or title as it is kept: one visible line without space around it."""
    line = " ".join(storable_text(text).split())
    if not line.isprintable():
        raise NotAccepted(field, "It holds characters that cannot be shown.")
    if not line and not empty:
        raise NotAccepted(field, "It cannot be empty.")
    if len(line) > most:
        raise NotAccepted(field, f"At most {most} characters are possible.")
    return line


def capacity_kept(given: Capacity) -> dict[str, int]:
    """The limits that were set."""
    limits = {name: value for name, value in msgspec.structs.asdict(given).items() if value is not None}
    if "total" in limits and len(limits) > 1:
        raise NotAccepted("capacity", "Set a limit in total or limits by sort of work, not both.")
    for name, value in limits.items():
        if not 0 <= value <= LARGEST_CAPACITY:
            raise NotAccepted(f"capacity.{name}", f"A whole number from 0 to {LARGEST_CAPACITY:,} is needed.")
    return limits


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
