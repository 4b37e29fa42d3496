"""Members who want to hear of a ticket that is not theirs."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal
from uuid import UUID

import msgspec

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Transaction


class _Of(msgspec.Struct, kw_only=True):
    id: UUID
    channel_id: UUID | None


async def follow(tx: Transaction, tickets: Collection[UUID], member: UUID) -> list[UUID]:
    """Returns those that the member did not follow yet."""
    fresh = await tx.all(
        _Of,
        """
        with fresh as (
          insert into ticket_followers (account_id, ticket_id, member_id, created_at)
          select %(account)s, t.id, %(member)s, %(now)s from tickets t where t.id = any(%(tickets)s)
          on conflict do nothing returning ticket_id
        )
        select t.id, t.channel_id from tickets t join fresh on fresh.ticket_id = t.id
        """,
        {"account": tx.account, "member": member, "now": clock.now(), "tickets": list(tickets)},
    )
    for each in fresh:
        _tell(tx, "ticket.followed", each, member)
    return [each.id for each in fresh]


async def unfollow(tx: Transaction, tickets: Collection[UUID], member: UUID) -> list[UUID]:
    """Returns those that the member followed until now."""
    left = await tx.all(
        _Of,
        """
        delete from ticket_followers f using tickets t
        where f.ticket_id = any(%s) and f.member_id = %s and t.id = f.ticket_id
        returning t.id, t.channel_id
        """,
        (list(tickets), member),
    )
    for each in left:
        _tell(tx, "ticket.unfollowed", each, member)
    return [each.id for each in left]


def _tell(tx: Transaction, name: Literal["ticket.followed", "ticket.unfollowed"], of: _Of, member: UUID) -> None:
    data = {"member_id": str(member)}
    events.emit(tx, Event(name=name, actor_id=member, ticket_id=of.id, channel_id=of.channel_id, data=data))
