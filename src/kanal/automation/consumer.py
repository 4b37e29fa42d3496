"""Reads each account's events in their order and lets the rules of the channels run on them. At least once: how far it
came is noted with what was done, and a rule runs once on an event."""

from __future__ import annotations

import time
from collections.abc import Sequence

import msgspec
import structlog

from kanal.automation import checking, queries, rules, running
from kanal.automation.models import Happened, Rule
from kanal.delivery.models import Carriers
from kanal.events import actions as events
from kanal.events import queries as reading
from kanal.events.models import Recorded
from kanal.kit.db import Database, Transaction, is_passing
from kanal.kit.rounds import Rounds

CONSUMER = "automation"
BATCH = 500
REPAIR_SECONDS = 10.0

log = structlog.get_logger()


class Due(msgspec.Struct, kw_only=True):
    """Something that happened, and the rules to ask, in their order."""

    happened: Happened
    rules: list[Rule]


class Automator:
    def __init__(self, db: Database, carriers: Carriers) -> None:
        self._db, self._carriers = db, carriers
        self._behind: set[int] = set()
        self._sweep_at = 0.0
        """When all accounts are looked at: a wake-up may have been lost."""
        self._rounds = Rounds("automation", self._round, self._look_at_all)

    def wake(self, topic: str) -> None:
        """Take note of `events:<account>:<seq>`, or of `sweep`."""
        if topic.startswith("events:"):
            self._behind.add(int(topic.split(":")[1]))
        else:
            self._look_at_all()
        self._rounds.wake()

    async def run(self) -> None:
        """Until cancelled."""
        await self._rounds.run()

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

    async def _round(self) -> float:
        if time.monotonic() >= self._sweep_at:
            self._sweep_at = time.monotonic() + REPAIR_SECONDS
            async with self._db.transaction(None) as tx:
                self._behind.update(await tx.values("select account_id from accounts_behind(%s)", (CONSUMER,)))
        while self._behind:
            account = self._behind.pop()
            try:
                if await self.run_once(account):
                    self._behind.add(account)
            except Exception as error:
                if is_passing(error):
                    raise
                # What goes wrong in one account is not to stop the others'; the next look tries it again.
                log.exception("automation.failed", account_id=account)
        return max(0.0, self._sweep_at - time.monotonic())

    def _look_at_all(self) -> None:
        self._sweep_at = 0.0


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
