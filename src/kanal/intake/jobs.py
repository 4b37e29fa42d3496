"""Regular work: raw bytes have an end (K21). Those of a message live as long as the message; what was held or
quarantined, what we sent that joined no conversation, and copies go after 90 days; the row stays and says so."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from kanal.intake.queries import Ref
from kanal.kit import clock
from kanal.kit.db import Database
from kanal.kit.storage import Storage

KEPT = timedelta(days=90)
BATCH = 500


async def forget_raw(db: Database, storage: Storage) -> None:
    """Forget the bytes of what was held or quarantined, sent and nowhere here, or a copy, for longer than 90 days."""
    while True:
        async with db.transaction(None) as tx:
            refs = await tx.all(
                Ref, "select account_id, id from raw_events_to_forget(%s, %s)", (clock.now() - KEPT, BATCH)
            )
        for ref in refs:
            await _forget(db, storage, ref)
        if len(refs) < BATCH:
            return


class _Forgotten(msgspec.Struct):
    blob: str | None


async def _forget(db: Database, storage: Storage, ref: Ref) -> None:
    async with db.transaction(ref.account_id) as tx:
        row = await tx.maybe(_Forgotten, "select blob from raw_events where id = %s for update", (ref.id,))
        await tx.run(
            """
            update raw_events set body = null, blob = null, door = '{}', next_try_at = null,
                   state = case when state in ('outgoing', 'duplicate') then state else 'quarantined' end,
                   reason = 'its bytes were kept for 90 days and are gone'
            where id = %s
            """,
            (ref.id,),
        )
    if row and row.blob:
        async with db.transaction(None) as tx:
            if not await tx.value("select blob_in_use(%s)", (row.blob,)):
                await storage.delete(row.blob)
