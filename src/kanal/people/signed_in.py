"""Whether sessions and tokens are still good, for those who let somebody in once and keep the line open."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import msgspec

from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.people.models import Permission, Role


class StillSignedIn(msgspec.Struct, kw_only=True):
    id: UUID
    """Of the session or token."""
    member_id: UUID
    role: Role
    has_seat: bool
    permissions: list[Permission]


async def members_of(tx: Transaction, ids: Collection[UUID]) -> dict[UUID, StillSignedIn]:
    """The members of this account that these sessions and tokens stand for now; those that ended are left out."""
    rows = await tx.all(
        StillSignedIn,
        """
        select good.id, m.id as member_id, m.role, m.has_seat, r.permissions
        from (
          select s.id, s.user_id from sessions s where s.id = any(%(ids)s) and s.expires_at > %(now)s
          union all
          select t.id, t.user_id from api_tokens t
          where t.id = any(%(ids)s) and t.revoked_at is null and (t.expires_at is null or t.expires_at > %(now)s)
        ) good
        join users u on u.id = good.user_id and u.deactivated_at is null
        join members m on m.user_id = u.id and m.deactivated_at is null
        join roles r on r.key = m.role
        """,
        {"ids": list(ids), "now": clock.now()},
    )
    return {row.id: row for row in rows}
