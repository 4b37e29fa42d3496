"""Roles of the account's own, beside the built-in ones: what their members may do and which tickets they see."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from uuid import UUID

from msgspec import UNSET

from kanal.events.actions import emit
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.people import powers, queries
from kanal.people.errors import BuiltinRole, NotAccepted, RoleInUse
from kanal.people.models import Permission, Role, RoleChange, RoleRow, Sees
from kanal.people.rules import ALL_PERMISSIONS, one_line

LONGEST_NAME = 60
LONGEST_KEY = 40
AFTER_BUILTIN = 100


async def create_role(
    tx: Transaction, name: str, permissions: Collection[Permission], sees: Sees, *, actor: UUID | None
) -> RoleRow:
    """Its key is made of the name, and stays when it is renamed."""
    await powers.lock(tx)
    name = one_line(name, "name", LONGEST_NAME)
    await _check_name(tx, name, but=None)
    kept = _permissions(permissions)
    await powers.check_contents(tx, "permissions", kept, sees, actor)
    key = _free_key(name, {role.key for role in await queries.roles(tx)})
    row = {"key": key, "name": name, "permissions": kept, "sees": sees, "builtin": False, "position": AFTER_BUILTIN}
    await tx.insert("roles", [{**row, "created_at": clock.now()}])
    _tell(tx, key, ["name", "permissions", "sees"], actor)
    return await queries.role(tx, key)


async def change_role(tx: Transaction, key: Role, wanted: RoleChange, *, actor: UUID | None) -> RoleRow:
    """It holds for everybody who has the role from their next request on, and on their open screens at once."""
    await powers.lock(tx)
    before = await _own(tx, key)
    name = before.name if wanted.name is UNSET else one_line(wanted.name, "name", LONGEST_NAME)
    permissions = before.permissions if wanted.permissions is UNSET else _permissions(wanted.permissions)
    sees = before.sees if wanted.sees is UNSET else wanted.sees
    if name != before.name:
        await _check_name(tx, name, but=key)
    if (permissions, sees) != (before.permissions, before.sees):
        await powers.check_reach(tx, key, actor)
        await powers.check_contents(tx, "permissions", permissions, sees, actor)
    await tx.run(
        "update roles set name = %s, permissions = %s, sees = %s where key = %s", (name, permissions, sees, key)
    )
    after = await queries.role(tx, key)
    if fields := [
        field for field in ("name", "permissions", "sees") if getattr(before, field) != getattr(after, field)
    ]:
        _tell(tx, key, fields, actor)
    return after


async def delete_role(tx: Transaction, key: Role, *, actor: UUID | None) -> None:
    """Only while nobody has it, those who left included: they may come back."""
    await powers.lock(tx)
    role = await _own(tx, key)
    if role.members:
        raise RoleInUse(role.members)
    await tx.run("delete from roles where key = %s", (key,))
    _tell(tx, key, ["deleted"], actor)


async def _own(tx: Transaction, key: Role) -> RoleRow:
    role = await queries.role(tx, key)
    if role.builtin:
        raise BuiltinRole
    return role


async def _check_name(tx: Transaction, name: str, *, but: Role | None) -> None:
    taken = {role.name.casefold() for role in await queries.roles(tx) if role.key != but}
    if name.casefold() in taken:
        raise NotAccepted("name", "Another role has that name.")


def _permissions(given: Collection[Permission]) -> list[Permission]:
    if "read" not in given:
        raise NotAccepted("permissions", "Every role needs `read`: without it nothing can be opened.")
    return [permission for permission in ALL_PERMISSIONS if permission in given]


def _free_key(name: str, taken: Collection[Role]) -> Role:
    ascii_name = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "_", ascii_name)[:LONGEST_KEY].strip("_") or "role"
    numbered = (f"{stem}_{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (stem, *numbered) if key not in taken)


def _tell(tx: Transaction, key: Role, fields: list[str], actor: UUID | None) -> None:
    emit(tx, Event(name="role.changed", actor_id=actor, data={"role": key, "fields": fields}))
