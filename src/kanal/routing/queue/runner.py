"""Hears of what may let somebody take what waits, and looks at the queue of that account. What a process that died had
heard is found by the others, which look at everything now and then; a look for nothing changes nothing."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta

import structlog

from kanal.events import actions as events
from kanal.events import queries
from kanal.kit import clock
from kanal.kit.db import Database, is_passing
from kanal.kit.rounds import Rounds
from kanal.routing.queue.looking import look_once

CONSUMER = "queue"
BATCH = 500
REPAIR_SECONDS = 30.0
APART = 0.05
"""Seconds of rest after a round at the least: what happens fast is read in fewer, larger ones."""
SOON = 0.25
"""Seconds until it looks again for what somebody was changing."""
MAY_HELP = (
    "member.",
    "team.",
    "role.",
    "skill.",
    "channel.",
    "desk.",
    "pipeline.",
    "hand_over.",
    "ticket.assigned",
    "ticket.status_changed",
    "ticket.reopened",
    "ticket.priority_changed",
    "ticket.queued",
    "ticket.woke",
    "ticket.deleted",
    "ticket.merged",
    "message.queued",
    "message.cancelled",
)
"""Beginnings of the names of events after which somebody may be able, or a ticket may have to leave or move up."""
NO_HELP = frozenset({"member.signed_in", "member.signed_out"})

log = structlog.get_logger()


class Queue:
    """Runs until cancelled. `wake` is called by whoever listens to the topics `queue`, `events:` and `sweep`."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._behind: set[int] = set()
        """Accounts with events to read."""
        self._look: set[int] = set()
        """Accounts whose queue is to be looked at."""
        self._sweep_at = 0.0
        """When all that waits anywhere is looked at: something may have been missed."""
        self._looked_until = datetime.min.replace(tzinfo=UTC)
        self._rounds = Rounds("the queue", self._round, self._look_at_all)

    def wake(self, topic: str) -> None:
        """Take note of `events:<account>:<seq>`, of `queue:<account>` (there is room now), or of `sweep`."""
        if topic.startswith("events:"):
            self._behind.add(int(topic.split(":")[1]))
        elif topic.startswith("queue:"):
            self._look.add(int(topic.split(":")[1]))
        else:
            self._look_at_all()
        self._rounds.wake()

    async def run(self) -> None:
        await self._rounds.run()

    async def run_once(self, account: int) -> bool:
        """Read what happened and give out what can be given; whether it was held up."""
        while await self._helped(account):
            pass
        return await self._give_out(account)

    async def _round(self) -> float:
        """Others need the lock too: a long look is followed by as long a rest."""
        began = time.monotonic()
        pause = await self._look_round()
        await asyncio.sleep(min(1.0, max(APART, time.monotonic() - began)))
        return pause

    async def _look_round(self) -> float:
        """Seconds until there is something to do again."""
        await self._find()
        for account in list(self._behind):
            self._behind.discard(account)
            if await self._helped(account):
                self._behind.add(account)
        held_up = set()
        while self._look:
            account = self._look.pop()
            if await self._give_out(account):
                held_up.add(account)
        self._look |= held_up
        return 0.0 if self._behind else await self._pause()

    async def _find(self) -> None:
        """Accounts whose moment has come; at times all that are behind, and all in which anything waits."""
        now = clock.now()
        async with self._db.transaction(None) as tx:
            if time.monotonic() >= self._sweep_at:
                self._sweep_at = time.monotonic() + REPAIR_SECONDS
                self._behind.update(await tx.values("select account_id from accounts_behind(%s)", (CONSUMER,)))
                self._look.update(await tx.values("select account_id from queues()"))
            due = await tx.values("select account_id from queues_due(%s, %s)", (self._looked_until, now))
            self._look.update(due)
        self._looked_until = now

    async def _helped(self, account: int) -> bool:
        """Read a batch of events; False when there was nothing new."""
        async with self._db.transaction(account) as tx:
            await tx.lock(f"{CONSUMER}/{account}")
            fresh = await queries.after(tx, await queries.position(tx, CONSUMER), BATCH)
            if not fresh:
                return False
            await events.remember(tx, CONSUMER, fresh[-1].seq)
        if any(event.name.startswith(MAY_HELP) and event.name not in NO_HELP for event in fresh):
            self._look.add(account)
        return True

    async def _give_out(self, account: int) -> bool:
        """As long as there is somebody for something; whether a ticket was just being changed."""
        while True:
            try:
                async with self._db.transaction(account) as tx:
                    if not await tx.value("select exists (select from queue)"):
                        return False
                    looked = await look_once(tx)
            except Exception as error:
                if is_passing(error):
                    self._look.add(account)
                    raise
                # What goes wrong in one account is not to stop the others'.
                log.exception("the queue could not be given out", account_id=account)
                return False
            if not looked.given:
                return looked.held_up

    async def _pause(self) -> float:
        async with self._db.transaction(None) as tx:
            next_at: datetime | None = await tx.value("select next_queue_at(%s)", (self._looked_until,))
        pause = SOON if self._look else self._sweep_at - time.monotonic()
        if next_at is not None:
            pause = min(pause, (next_at - clock.now()) / timedelta(seconds=1))
        return max(0.0, pause)

    def _look_at_all(self) -> None:
        self._sweep_at = 0.0
