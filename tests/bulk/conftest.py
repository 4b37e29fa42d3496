"""An account with tickets, an agent who changes many at once, and the worker that does it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from kanal.bulk import asking, queries
from kanal.bulk.jobs import Bulk
from kanal.bulk.models import BulkAction, BulkWhich, Job, Skipped
from kanal.kit.db import Database
from tests.make.site import Site
from tests.make.tickets import ticket


class Many:
    def __init__(self, site: Site, agent: UUID) -> None:
        self.site, self.db, self.account, self.agent = site, site.db, site.account, agent

    async def make(self, count: int, **more: Any) -> list[UUID]:
        return [await ticket(self.db, self.account, f"Lamp {n}", **more) for n in range(count)]

    async def ask(self, which: list[UUID] | dict[str, Any], member: UUID | None = None, **action: Any) -> UUID:
        given = which if isinstance(which, dict) else {"tickets": which}
        async with self.db.transaction(self.account) as tx:
            wanted = msgspec.convert(given, BulkWhich), msgspec.convert(action, BulkAction)
            return await asking.ask(tx, member or self.agent, *wanted)

    async def do(self, which: list[UUID] | dict[str, Any], member: UUID | None = None, **action: Any) -> Job:
        job = await self.ask(which, member, **action)
        await self.work()
        return await self.job(job)

    async def undo(self, job: Job) -> Job:
        async with self.db.transaction(self.account) as tx:
            back = await asking.undo(tx, job.id, self.agent)
        await self.work()
        return await self.job(back)

    async def work(self) -> None:
        await Bulk(self.db).run_once()

    async def job(self, job: UUID) -> Job:
        async with self.db.transaction(self.account) as tx:
            return await queries.job(tx, job)

    async def skipped(self, job: Job) -> list[Skipped]:
        async with self.db.transaction(self.account) as tx:
            return await queries.skipped(tx, job.id, self.agent, 100)

    async def rows(self, sql: Any, params: Any = None) -> list[dict[str, Any]]:
        async with self.db.transaction(self.account) as tx:
            return await tx.dicts(sql, params)

    async def run(self, sql: Any, params: Any = None) -> None:
        async with self.db.transaction(self.account) as tx:
            await tx.run(sql, params)

    async def stand(self) -> list[dict[str, Any]]:
        """All that a job may change of all tickets."""
        return await self.rows(
            """
            select t.number, s.key as status, t.pipeline_id, t.is_open, t.closed_at, t.waiting_since, t.priority,
                   t.team_id, t.assignee_id, t.custom, t.spam_at, t.snoozed_until, t.deleted_at, t.merged_into,
                   array(select g.name from ticket_tags x join tags g on g.id = x.tag_id where x.ticket_id = t.id
                         order by g.key) as tags,
                   array(select row(c.state, c.closed_at, c.spam_at)::text from conversations c
                         where c.ticket_id = t.id order by c.id) as conversations,
                   array(select f.member_id from ticket_followers f where f.ticket_id = t.id) as followers,
                   array(select row(r.member_id, r.version)::text from ticket_reads r where r.ticket_id = t.id)
                     as reads,
                   exists (select from queue q where q.ticket_id = t.id) as queued
            from tickets t join statuses s on s.id = t.status_id order by t.number
            """
        )


@pytest.fixture
async def many(db: Database, tmp_path: Path) -> Many:
    site = await Site(db, tmp_path).open()
    return Many(site, await site.member("ann"))
