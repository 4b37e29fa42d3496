"""Who may make whom what: nobody gives away what they may not do themselves, nobody touches those who may do more, and
somebody always manages members."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import msgspec

from kanal.kit.db import NotFound, Transaction
from kanal.people import queries
from kanal.people.errors import BeyondReach, LastSuperAdmin, NotAccepted
from kanal.people.models import Permission, Role, RoleRow, Sees
from kanal.people.rules import sees_as_much


class Power(msgspec.Struct, frozen=True):
    permissions: frozenset[Permission]
    sees: Sees

    def covers(self, permissions: Collection[Permission], sees: Sees) -> bool:
        return self.permissions.issuperset(permissions) and sees_as_much(self.sees, sees)


async def lock(tx: Transaction) -> None:
    """One change of powers at a time: of the last two super admins, both may want to demote the other."""
    await tx.lock(f"powers/{tx.account}")


async def check_gift(tx: Transaction, role: Role, actor: UUID | None) -> None:
    """Whether `actor` (None: whoever runs the installation) may make somebody this."""
    try:
        given = await queries.role(tx, role)
    except NotFound:
        raise NotAccepted("role", "There is no such role.") from None
    await check_contents(tx, "role", given.permissions, given.sees, actor)


async def check_contents(
    tx: Transaction, field: str, permissions: Collection[Permission], sees: Sees, actor: UUID | None
) -> None:
    """Whether `actor` may hand out these permissions and this sight."""
    if actor is None:
        return
    own = await _of(tx, actor)
    if beyond := sorted(set(permissions) - own.permissions):
        raise NotAccepted(field, f"You cannot give what you may not do yourself: {', '.join(beyond)}.")
    if not sees_as_much(own.sees, sees):
        raise NotAccepted("sees" if field == "permissions" else field, "You cannot let others see more than you do.")


async def check_reach(tx: Transaction, role: Role, actor: UUID | None) -> None:
    """Whether `actor` may change, close out or let in somebody with this role."""
    if actor is not None and not (await _of(tx, actor)).covers(*_contents(await queries.role(tx, role))):
        raise BeyondReach


async def check_somebody_manages(tx: Transaction) -> None:
    """After a change: a super admin who can sign in is left."""
    left = await tx.value(
        """
        select true from members
        where role = 'super_admin' and deactivated_at is null and joined_at is not null limit 1
        """
    )
    if not left:
        raise LastSuperAdmin


async def _of(tx: Transaction, member: UUID) -> Power:
    row = await queries.role(tx, (await queries.member(tx, member)).role)
    return Power(frozenset(row.permissions), row.sees)


def _contents(row: RoleRow) -> tuple[Collection[Permission], Sees]:
    return row.permissions, row.sees
