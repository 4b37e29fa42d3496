"""Working through the simulations that were asked for, one at a time. Whoever works on one holds its lock, which dies
with the process: what is found running and unlocked was left behind, and is begun anew."""

from __future__ import annotations

import time
from uuid import UUID

import msgspec
import structlog

from kanal.kit import clock
from kanal.kit.db import Database, Transaction, is_passing
from kanal.kit.rounds import Rounds
from kanal.routing.simulation import actions, queries
from kanal.routing.simulation.run import run

REPAIR = 30.0
"""Seconds after which it looks without having been woken."""
BETWEEN_NEWS = 0.5
"""Seconds between two words on how far it is."""

log = structlog.get_logger("kanal.routing")


class Unwanted(Exception):
    """It was cancelled."""


class _Waiting(msgspec.Struct):
    account_id: int
    id: UUID


class Simulator:
    """Runs until cancelled. Whoever listens to the topics `simulate` and `sweep` calls `wake`."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._rounds = Rounds("simulations", self._round)
        self.wake = self._rounds.wake

    async def run(self) -> None:
        await self._rounds.run()

    async def run_once(self) -> None:
        """All that wait now."""
        async with self._db.transaction(None) as tx:
            waiting = await tx.all(_Waiting, "select account_id, id from waiting_simulations()")
        for each in waiting:
            await self._try(each.account_id, each.id)

    async def _round(self) -> float:
        await self.run_once()
        return REPAIR

    async def _try(self, account: int, simulation: UUID) -> None:
        """What goes wrong in one is told there, and stops no other."""
        try:
            async with self._db.transaction(account) as reading:
                if await _mine(reading, simulation):
                    await self._work(reading, account, simulation)
        except Unwanted:
            log.info("simulation.cancelled", account_id=account, simulation_id=str(simulation))
        except Exception as error:
            if is_passing(error):
                raise
            log.exception("simulation.failed", account_id=account, simulation_id=str(simulation))
            async with self._db.transaction(account) as tx:
                await actions.fail(tx, simulation, type(error).__name__)

    async def _work(self, reading: Transaction, account: int, simulation: UUID) -> None:
        """Reads in one transaction, which holds the lock, and tells how far it is in others."""
        async with self._db.transaction(account) as tx:
            if not await actions.begin(tx, simulation):
                return
        asked = await queries.one(reading, simulation)
        told = 0.0

        async def progress(done: int, total: int) -> None:
            nonlocal told
            if time.monotonic() - told < BETWEEN_NEWS and done < total:
                return
            told = time.monotonic()
            async with self._db.transaction(account) as tx:
                if not await actions.progress(tx, simulation, done, total):
                    raise Unwanted

        tally = await run(reading, asked, clock.now(), progress)
        async with self._db.transaction(account) as tx:
            await actions.finish(tx, simulation, tally.result())


async def _mine(tx: Transaction, simulation: UUID) -> bool:
    """Nobody else works on it; held until the end of the transaction."""
    return bool(
        await tx.value("select pg_try_advisory_xact_lock(hashtextextended(%s, 0))", (f"simulation/{simulation}",))
    )
