"""What a user does concerns every account they are a member of: each gets the event in its own log."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kanal.events.actions import emit
from kanal.events.models import Event, Name
from kanal.kit.db import Transaction
from kanal.people import queries


async def tell_accounts(tx: Transaction, user_id: UUID, name: Name, **data: Any) -> None:
    """The transaction goes on as the last of them."""
    for membership in await queries.memberships(tx, user_id):
        await tx.enter_account(membership.account_id)
        emit(tx, Event(name=name, actor_id=membership.member_id, data=data))
