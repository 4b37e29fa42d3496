"""Reads each account's events in their order and lets the rules of the channels run on them. At least once: how far it
came is noted with what was done, and a rule runs once on an event."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from kanal.automation import checking, queries, rules, running
from kanal.automation.models import Happened, Rule
from kanal.delivery.models import Carriers
from kanal.events import actions as events
from kanal.events import queries as reading
from kanal.events.following import Follower
from kanal.events.models import Recorded
from kanal.kit.db import Database, Transaction

CONSUMER = "automation"
BATCH = 500


class Due(msgspec.Struct, kw_only=True):
    """Something that happened, and the rules to ask, in their order."""

    happened: Happened
    rules: list[Rule]


class Automator:
    def __init__(self, db: Database, carriers: Carriers) -> None:
        self._db, self._carriers = db, carriers
        self._follower = Follower(db, CONSUMER, self.run_once)
        self.wake, self.run = self._follower.wake, self._follower.run

    async def run_once(self, account: int) -> bool:
        """One batch of an account; False when there was nothing new."""
        async with self._db.transaction(account) as tx:
            fresh = await reading.after(tx, await reading.position(tx, CONSUMER), BATCH)
            due = await _due(tx, fresh)
        if not fresh:
            return False
        for each in due:
            await self._one(account, each)
        async with self._db.transaction(account) as tx:
            await _come_to(tx, fresh[-1].seq)
        return True

    async def _one(self, account: int, due: Due) -> None:
        """A transaction of its own, so that only one ticket is held at a time."""
        async with self._db.transaction(account) as tx:
            if not await _come_to(tx, due.happened.seq):
                return
            desk = await checking.desk(tx)
            for rule in due.rules:
                await running.run(tx, self._carriers, desk, rule, due.happened)


async def _come_to(tx: Transaction, seq: int) -> bool:
    """Note that everything up to there is done; False when another process has come as far. Held until the commit."""
    await tx.lock(f"{CONSUMER}/{tx.account}")
    if await reading.position(tx, CONSUMER) >= seq:
        return False
    await events.remember(tx, CONSUMER, seq)
    return True


async def _due(tx: Transaction, fresh: Sequence[Recorded]) -> list[Due]:
    told = [(event, trigger) for event in fresh if (trigger := rules.trigger_of(event))]
    known = await queries.active(tx) if told else {}
    if not known:
        return []
    channels = await queries.channels_of(tx, {event.ticket_id for event, _ in told if event.ticket_id})
    found = []
    for event, trigger in told:
        channel = channels.get(event.ticket_id) if event.ticket_id else None
        asked = known.get((channel, trigger), []) if channel else []
        asked = [rule for rule in asked if event.at >= rule.active_since]
        if channel and asked:
            found.append(Due(happened=rules.happened(event, trigger, channel), rules=asked))
    return found
