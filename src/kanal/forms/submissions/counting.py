"""How often forms were shown and begun, counted in memory and written each second, without knowing whom. Submissions
are counted where they are stored."""

from __future__ import annotations

import asyncio
from collections import Counter as Numbers
from datetime import date
from itertools import groupby
from uuid import UUID

import psycopg
import structlog

from kanal.forms.models import Definition
from kanal.kit import clock
from kanal.kit.db import Database, is_passing

EVERY = 1.0
"""Seconds; as much is lost when the process is killed."""
log = structlog.get_logger()
Day = tuple[int, UUID, date]
"""Of one account's form."""


class Counter:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._views: Numbers[Day] = Numbers()
        self._starts: Numbers[Day] = Numbers()

    def viewed(self, definition: Definition) -> None:
        self._views[_day(definition)] += 1

    def started(self, definition: Definition) -> None:
        self._starts[_day(definition)] += 1

    async def run(self) -> None:
        """Until cancelled; what is left then is for `flush`."""
        while True:
            await asyncio.sleep(EVERY)
            await self.flush()

    async def flush(self) -> None:
        """Write what was counted; where the database is away, it is kept for the next time."""
        views, self._views = self._views, Numbers()
        starts, self._starts = self._starts, Numbers()
        for account, days in groupby(sorted(views.keys() | starts.keys()), lambda day: day[0]):
            theirs = list(days)
            try:
                await self._write(account, [(day, views[day], starts[day]) for day in theirs])
            except psycopg.Error as trouble:
                log.warning("counts.not_written", error=type(trouble).__name__)
                if is_passing(trouble):
                    self._views.update({day: views[day] for day in theirs})
                    self._starts.update({day: starts[day] for day in theirs})

    async def _write(self, account: int, days: list[tuple[Day, int, int]]) -> None:
        async with self._db.transaction(account) as tx:
            await tx.run(
                """
                insert into form_days as d (account_id, form_id, day, views, starts)
                select %s, n.* from unnest(%s::uuid[], %s::date[], %s::bigint[], %s::bigint[]) as n
                on conflict (account_id, form_id, day) do update
                set views = d.views + excluded.views, starts = d.starts + excluded.starts
                """,
                (
                    account,
                    [form for (_, form, _), _, _ in days],
                    [day for (_, _, day), _, _ in days],
                    [views for _, views, _ in days],
                    [starts for _, _, starts in days],
                ),
            )


def _day(definition: Definition) -> Day:
    return (definition.account_id, definition.form_id, clock.now().date())
