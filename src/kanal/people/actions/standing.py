"""Closing the door of the account behind a member, with everything they did kept, and opening it again."""

from __future__ import annotations

from uuid import UUID

from kanal.events.actions import emit
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.people import powers, queries, spans
from kanal.people.availability import actions as availability
from kanal.people.errors import Oneself


async def deactivate(tx: Transaction, member_id: UUID, *, actor: UUID | None) -> None:
    """From the next request on they do not get in; what they wrote, their tickets and the rules that name them stay.
    Done twice it changes nothing."""
    if member_id == actor:
        raise Oneself
    if await _mark(tx, member_id, active=False, actor=actor):
        await powers.check_somebody_manages(tx)
        emit(tx, Event(name="member.deactivated", actor_id=actor, data={"member_id": str(member_id)}))


async def reactivate(tx: Transaction, member_id: UUID, *, actor: UUID | None) -> None:
    """Let in again, as what they were."""
    if await _mark(tx, member_id, active=True, actor=actor):
        emit(tx, Event(name="member.reactivated", actor_id=actor, data={"member_id": str(member_id)}))


async def _mark(tx: Transaction, member_id: UUID, *, active: bool, actor: UUID | None) -> bool:
    await powers.lock(tx)
    member = await queries.member(tx, member_id)
    if member.active == active:
        return False
    await powers.check_reach(tx, member.role, actor)
    await tx.run("update members set deactivated_at = %s where id = %s", (None if active else clock.now(), member_id))
    await spans.follow(tx, [member_id])
    await availability.refresh(tx, [member_id], actor=actor)
    return True
