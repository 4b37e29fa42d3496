"""Telling the member whose job it is how far it is."""

from __future__ import annotations

from datetime import timedelta

from kanal.bulk.models import Job
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Transaction

BETWEEN = timedelta(milliseconds=400)


async def tell(tx: Transaction, job: Job) -> None:
    """At its end always, before that now and then."""
    if not job.is_over and job.told_at is not None and clock.now() - job.told_at < BETWEEN:
        return
    await tx.run("update bulk_jobs set told_at = %s where id = %s", (clock.now(), job.id))
    data = {
        "job_id": str(job.id),
        "member_id": str(job.member_id),
        "done": job.done,
        "total": job.total,
        "state": job.state,
    }
    events.emit(tx, Event(name="bulk.progressed", actor_id=job.member_id, data=data))
