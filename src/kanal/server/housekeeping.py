"""What the worker does once an hour: forgetting what has expired, over all accounts. Done twice at once it does no
harm."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import structlog

from kanal.api.http import idempotency
from kanal.automation import jobs as automation
from kanal.bulk import jobs as bulk
from kanal.delivery import acknowledging
from kanal.delivery import jobs as delivery
from kanal.forms.submissions import jobs as submissions
from kanal.intake import jobs as intake
from kanal.intake.deleted import forget_deleted
from kanal.intake.spam import jobs as spam
from kanal.kit.db import Database, is_passing
from kanal.kit.storage import Storage
from kanal.macros import jobs as macros
from kanal.people import jobs as people

EVERY = timedelta(hours=1)
log = structlog.get_logger()


async def run(db: Database, storage: Storage) -> None:
    """Until cancelled."""
    while True:
        try:
            await people.forget_expired(db)
            await idempotency.forget_old(db)
            await intake.forget_raw(db, storage)
            await spam.forget_spam(db, storage)
            await forget_deleted(db, storage)
            await delivery.forget_loose_files(db, storage)
            await submissions.forget_addresses(db)
            await acknowledging.forget_old(db)
            await automation.forget_old(db)
            await bulk.forget_old(db)
            await macros.forget_deleted(db)
        except Exception as trouble:
            if not is_passing(trouble):
                raise
            log.warning("housekeeping.database_away")
        await asyncio.sleep(EVERY.total_seconds())
