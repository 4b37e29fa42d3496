"""Roles of an account's own."""

from __future__ import annotations

from uuid import UUID

from kanal.kit import clock
from kanal.kit.db import Database
from kanal.people.models import Permission, Sees

ALL: list[Permission] = ["read", "answer", "manage_channels", "see_raw", "edit_routing", "manage_desk", "lead"]


async def give(
    db: Database, account: int, member: UUID, sees: Sees, permissions: list[Permission] | None = None
) -> None:
    """A member gets a role that shows so much."""
    async with db.transaction(account) as tx:
        key = f"sees_{sees}"
        row = {
            "key": key,
            "name": key,
            "permissions": permissions or ["read", "answer"],
            "sees": sees,
            "builtin": False,
            "position": 9,
            "created_at": clock.now(),
        }
        await tx.run("update members set role = 'viewer' where id = %s", (member,))
        await tx.run("delete from roles where key = %s and not exists (select from members where role = key)", (key,))
        if not await tx.value("select true from roles where key = %s", (key,)):
            await tx.insert("roles", [row])
        await tx.run("update members set role = %s where id = %s", (key, member))
