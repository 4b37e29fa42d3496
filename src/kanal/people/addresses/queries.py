"""Reading members' own addresses."""

from __future__ import annotations

from uuid import UUID

from kanal.kit.db import Transaction
from kanal.people.addresses.models import OwnAddress


async def of_member(tx: Transaction, member: UUID) -> list[OwnAddress]:
    """The proved ones first, then those whose code is awaited."""
    return await tx.all(
        OwnAddress,
        """
        select key as address, proved_at, null::timestamptz as expires_at from addresses
        where account_id = %(account)s and member_id = %(member)s
        union all
        select c.address, null, c.expires_at from address_codes c
        where c.member_id = %(member)s
        order by proved_at nulls last, address
        """,
        {"account": tx.account, "member": member},
    )
