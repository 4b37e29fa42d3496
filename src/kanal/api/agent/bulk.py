"""/bulk: many tickets changed at once, by jobs that can be watched, stopped and taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import get, post

from kanal.api.http.given import Db, FromPath, FromQuery, JSONBody, Limit
from kanal.api.http.pages import Page
from kanal.api.http.signin import Caller, DeskRequest, require
from kanal.bulk import asking, queries
from kanal.bulk.models import BulkAction, BulkWhich, Job, Reason, Skipped, State
from kanal.kit.db import NotFound, Transaction

MOST_TOLD = 500


class BulkIn(msgspec.Struct, forbid_unknown_fields=True):
    which: BulkWhich
    action: BulkAction


class BulkOut(msgspec.Struct, kw_only=True):
    """`done` are those that it has come to; of these `changed` were changed, `skipped` passed over for a reason, and
    the others were so already."""

    id: UUID
    state: State
    reason: Reason
    action: dict[str, Any]
    total: int
    """0 until it has looked which tickets a view has."""
    done: int
    changed: int
    skipped: int
    failed: list[Skipped]
    """What was passed over, the first 500; only where one job is asked for."""
    can_undo: bool
    undoes: UUID | None
    undone_by: UUID | None
    created_at: datetime
    ended_at: datetime | None


@post("/bulk", status_code=202)
async def start_bulk(request: DeskRequest, data: JSONBody[BulkIn], db: Db) -> BulkOut:
    """How far it is comes by the live event `bulk.progressed`."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        job = await asking.ask(tx, caller.member, data.which, data.action)
        return _out(await queries.job(tx, job), [])


@get("/bulk", guards=[require("read")])
async def list_bulk(
    request: DeskRequest, db: Db, limit: Limit = 50, after: FromQuery[UUID | None] = None
) -> Page[BulkOut]:
    """The caller's own, newest first, of the last 30 days."""
    async with db.transaction(request.user.account) as tx:
        jobs = await queries.jobs_of(tx, request.user.member, after, limit + 1)
        shown = jobs[:limit]
        return Page([_out(job, []) for job in shown], str(shown[-1].id) if len(jobs) > limit else None)


@get("/bulk/{job_id:uuid}", guards=[require("read")])
async def get_bulk(request: DeskRequest, db: Db, job_id: FromPath[UUID]) -> BulkOut:
    async with db.transaction(request.user.account) as tx:
        job = await _own(tx, request.user, job_id)
        return _out(job, await queries.skipped(tx, job_id, request.user.member, MOST_TOLD))


@post("/bulk/{job_id:uuid}/undo", status_code=202)
async def undo_bulk(request: DeskRequest, db: Db, job_id: FromPath[UUID]) -> BulkOut:
    """Another job, which takes back what this one changed and nobody changed since; once."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        await _own(tx, caller, job_id)
        back = await asking.undo(tx, job_id, caller.member)
        return _out(await queries.job(tx, back), [])


@post("/bulk/{job_id:uuid}/stop", status_code=200)
async def stop_bulk(request: DeskRequest, db: Db, job_id: FromPath[UUID]) -> BulkOut:
    """What it has changed stays, and can be taken back."""
    async with db.transaction(request.user.account) as tx:
        await _own(tx, request.user, job_id)
        await asking.stop(tx, job_id)
        return _out(await queries.job(tx, job_id), await queries.skipped(tx, job_id, request.user.member, MOST_TOLD))


async def _own(tx: Transaction, caller: Caller, wanted: UUID) -> Job:
    """Jobs are nobody else's business."""
    job = await queries.job(tx, wanted)
    if job.member_id != caller.member:
        raise NotFound("job")
    return job


def _out(job: Job, skipped: list[Skipped]) -> BulkOut:
    return BulkOut(
        id=job.id,
        state=job.state,
        reason=job.reason,
        action=job.action,
        total=job.total,
        done=job.done,
        changed=job.changed,
        skipped=job.skipped,
        failed=skipped,
        can_undo=job.can_undo,
        undoes=job.undoes,
        undone_by=job.undone_by,
        created_at=job.created_at,
        ended_at=job.ended_at,
    )
