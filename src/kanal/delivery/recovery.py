"""What a process that died left behind: a delivery of which nothing was handed over is repeated, one that may have been
taken is `unknown`."""

from __future__ import annotations

from collections.abc import Collection
from random import SystemRandom
from uuid import UUID

import msgspec

from kanal.delivery import actions, rules
from kanal.delivery.claimant import is_dead
from kanal.delivery.models import State
from kanal.kit import clock
from kanal.kit.db import Database, Transaction


async def recover(db: Database, me: str, under_way: Collection[UUID]) -> list[tuple[int, UUID]]:
    """Settle what was left behind, also by an attempt of this process that ended without a result. Returns those of
    which the provider may know more."""
    async with db.transaction(None) as tx:
        found = await tx.all(_Id, "select account_id, id from deliveries_left_behind(%s)", (clock.now(),))
    unknown = []
    for each in found:
        if each.id not in under_way:
            async with db.transaction(each.account_id) as tx:
                if await _settle(tx, each.id, me) == "unknown":
                    unknown.append((each.account_id, each.id))
    return unknown


class _Id(msgspec.Struct):
    account_id: int
    id: UUID


class _Left(msgspec.Struct):
    state: State
    receipts: list[str]
    tries: int
    claimed_by: str


async def _settle(tx: Transaction, delivery: UUID, me: str) -> State | None:
    await actions.lock_ticket(tx, delivery)
    left = await tx.maybe(
        _Left,
        "select state, receipts, tries, claimed_by from deliveries where id = %s and state = any(%s) for update",
        (delivery, list(rules.UNDER_WAY)),
    )
    if left is None:
        return None
    if not left.claimed_by.startswith(f"{me}/") and not await is_dead(tx, left.claimed_by):
        return None
    change = rules.left_behind(left.state, left.receipts, left.tries, clock.now(), SystemRandom().random())
    moved = await actions.move(tx, delivery, change, mark=left.claimed_by)
    return change.to if moved else None
