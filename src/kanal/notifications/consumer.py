"""Reads each account's events in their order and makes notices of them. At least once: how far it came is noted in the
same commit, and a second reading makes nothing new."""

from __future__ import annotations

import time
from uuid import UUID

import structlog

from kanal.events import actions as events
from kanal.events import queries
from kanal.events.models import Recorded
from kanal.kit.db import Database, Transaction, is_passing
from kanal.kit.rounds import Rounds
from kanal.notifications import actions, channels, rules
from kanal.notifications import queries as reading

CONSUMER = "notifications"
BATCH = 500
REPAIR_SECONDS = 10.0

log = structlog.get_logger()


class Notifier:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._behind: set[int] = set()
        self._sweep_at = 0.0
        """When all accounts are looked at: a wake-up may have been lost."""
        self._rounds = Rounds("notices", self._round, self._look_at_all)

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
            await tx.lock(f"{CONSUMER}/{account}")
            position = await queries.position(tx, CONSUMER)
            fresh = await queries.after(tx, position, BATCH)
            if not fresh:
                return False
            await _notify(tx, fresh)
            await events.remember(tx, CONSUMER, fresh[-1].seq)
        return True

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
                log.exception("notices could not be made", account_id=account)
        return max(0.0, self._sweep_at - time.monotonic())

    def _look_at_all(self) -> None:
        self._sweep_at = 0.0


async def _notify(tx: Transaction, fresh: list[Recorded]) -> None:
    assignees = await _assignees(tx, [event.ticket_id for event in fresh if event.name == "message.received"])
    told_late = any(event.name == "ticket.waited_too_long" for event in fresh)
    leads = await reading.leads(tx) if told_late else []
    owners = await _owners(tx, [event.ticket_id for event in fresh if event.name == "message.received"])
    concerns = [concern for event in fresh for concern in rules.concerns(event, assignees, leads, owners)]
    if concerns:
        await actions.make(tx, concerns)
    await channels.tell(tx, fresh)


async def _assignees(tx: Transaction, tickets: list[UUID | None]) -> dict[UUID, UUID]:
    if not tickets:
        return {}
    rows = await tx.dicts(
        "select id, assignee_id from tickets where id = any(%s) and assignee_id is not null", (tickets,)
    )
    return {row["id"]: row["assignee_id"] for row in rows}


async def _owners(tx: Transaction, tickets: list[UUID | None]) -> dict[UUID, UUID]:
    """For which contact owners these tickets wait."""
    if not tickets:
        return {}
    rows = await tx.dicts(
        "select ticket_id, owner_id from queue where ticket_id = any(%s) and owner_id is not null", (tickets,)
    )
    return {row["ticket_id"]: row["owner_id"] for row in rows}
