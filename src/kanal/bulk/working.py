"""One batch of a job, in one transaction: what became of each ticket is written with it, so that a process that is
killed leaves nothing half done and nothing is done twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from kanal.bulk import doing, queries, rules, undoing
from kanal.bulk.chosen import TooMany, collect
from kanal.bulk.models import BulkWhich, Item, Job, Outcome, Reason, State
from kanal.bulk.progress import tell
from kanal.kit import clock
from kanal.kit.db import Transaction, document
from kanal.people import rules as people
from kanal.views.errors import InvalidQuestion
from kanal.views.saved.errors import ViewIsBroken

BATCH = 100


async def batch(tx: Transaction, wanted: UUID) -> bool:
    """Whether there was something to do: false too while somebody else works on it."""
    mine = await tx.value(
        "select id from bulk_jobs where id = %s and state in ('waiting', 'running') for update skip locked", (wanted,)
    )
    if mine is None:
        return False
    job = await queries.job(tx, wanted)
    if not await _may(tx, job):
        await _end(tx, job, "failed", "no_permission")
    elif job.state == "waiting":
        await _begin(tx, job)
    else:
        await _go_on(tx, job)
    return True


async def fail(tx: Transaction, wanted: UUID, reason: Reason) -> None:
    await _end(tx, await queries.job(tx, wanted), "failed", reason)


async def _may(tx: Transaction, job: Job) -> bool:
    return people.may(*await queries.members_permissions(tx, job.member_id), "answer")


async def _begin(tx: Transaction, job: Job) -> None:
    if job.view is not None:
        try:
            async with tx.savepoint():
                job.total = await collect(tx, job.id, job.member_id, msgspec.convert(job.view, BulkWhich))
        except TooMany:
            await _end(tx, job, "failed", "too_many")
            return
        except (InvalidQuestion, ViewIsBroken):
            await _end(tx, job, "failed", "no_view")
            return
    await tx.run("update bulk_jobs set state = 'running', total = %s where id = %s", (job.total, job.id))
    job.state = "running"
    await (_go_on(tx, job) if job.view is None else tell(tx, job))


async def _go_on(tx: Transaction, job: Job) -> None:
    items = await queries.waiting(tx, job.id, BATCH)
    if job.undoes is None:
        outcomes = await _change(tx, job, items)
    else:
        outcomes = await undoing.undo(tx, items, job.member_id)
    await _write(tx, job, items, outcomes)
    if len(items) < BATCH:
        await _end(tx, job, "done", "")
    else:
        await tell(tx, job)


async def _change(tx: Transaction, job: Job, items: Sequence[Item]) -> dict[UUID, Outcome]:
    # What is to be restored is out of everybody's sight.
    hidden_too = "restore" in job.action
    before = await queries.held(tx, [item.ticket_id for item in items], job.member_id, hidden_too=hidden_too)
    found: dict[UUID, Outcome] = {}
    for item in items:
        standing = before.get(item.ticket_id)
        if standing is None:
            found[item.ticket_id] = Outcome(state="skipped", why="gone")
        elif item.version is not None and standing.version > item.version:
            found[item.ticket_id] = Outcome(state="skipped", why="answered")
    on = {id_: standing for id_, standing in before.items() if id_ not in found}
    refused = await doing.do(tx, job.action, on, job.member_id)
    after = await queries.standing(tx, on, job.member_id)
    for id_, standing in on.items():
        was, became = rules.difference(standing, after[id_])
        if id_ in refused:
            found[id_] = doing.outcome(refused[id_])
        else:
            found[id_] = Outcome(state="changed" if was else "same", was=was or None, became=became or None)
    return found


async def _write(tx: Transaction, job: Job, items: Sequence[Item], outcomes: Mapping[UUID, Outcome]) -> None:
    rows = [_row(item, outcomes[item.ticket_id]) for item in items]
    await tx.run(
        """
        update bulk_items i set state = n.state, why = n.why, detail = n.detail, was = n.was, became = n.became
        from json_to_recordset(%s) as n (position int, state text, why text, detail text, was jsonb, became jsonb)
        where i.job_id = %s and i.position = n.position
        """,
        (document(rows), job.id),
    )
    states = [outcome.state for outcome in outcomes.values()]
    job.done += len(items)
    job.changed += states.count("changed")
    job.skipped += states.count("skipped")
    await tx.run(
        "update bulk_jobs set done = %s, changed = %s, skipped = %s where id = %s",
        (job.done, job.changed, job.skipped, job.id),
    )


def _row(item: Item, outcome: Outcome) -> dict[str, Any]:
    return {"position": item.position, **msgspec.structs.asdict(outcome)}


async def _end(tx: Transaction, job: Job, state: State, reason: Reason) -> None:
    job.state, job.reason = state, reason
    await tx.run(
        "update bulk_jobs set state = %s, reason = %s, ended_at = %s where id = %s",
        (state, reason, clock.now(), job.id),
    )
    await tell(tx, job)
