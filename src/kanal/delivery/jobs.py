"""Regular work: files that were uploaded and never sent do not stay for ever (K21)."""

from __future__ import annotations

from kanal.delivery.files import KEPT_LOOSE
from kanal.kit import clock
from kanal.kit.db import Database
from kanal.kit.storage import Storage


async def forget_loose_files(db: Database, storage: Storage) -> None:
    """Forget files that are in no message, comment or draft after 30 days, and their bytes when nothing shares them."""
    async with db.transaction(None) as tx:
        accounts = await tx.values("select id from accounts order by id")
    for account in accounts:
        async with db.transaction(account) as tx:
            blobs = await tx.values(
                """
                delete from attachments a
                where a.message_id is null and a.comment_id is null and a.created_at < %s
                  and not exists (select from drafts d where a.id = any(d.attachments))
                  and not exists (select from conversation_drafts d where a.id = any(d.attachments))
                returning a.blob
                """,
                (clock.now() - KEPT_LOOSE,),
            )
        for blob in set(blobs):
            async with db.transaction(None) as tx:
                if not await tx.value("select blob_in_use(%s)", (blob,)):
                    await storage.delete(blob)
