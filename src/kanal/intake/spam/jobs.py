"""Regular work: what has been spam for 90 days is forgotten (EML-45): messages, files, raw bytes, and the ticket that
had nothing else. The contact stays (K11)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from kanal.conversations.rules import SPAM_KEPT
from kanal.intake.forgetting import empty, erase_raw, files_of
from kanal.intake.queries import Ref
from kanal.kit import clock
from kanal.kit.db import Database, Transaction
from kanal.kit.storage import Storage

BATCH = 200
GONE = "it was spam and was forgotten after 90 days"


async def forget_spam(db: Database, storage: Storage) -> None:
    while True:
        before = clock.now() - SPAM_KEPT
        async with db.transaction(None) as tx:
            refs = await tx.all(Ref, "select account_id, id from spam_to_forget(%s, %s)", (before, BATCH))
        for account in sorted({ref.account_id for ref in refs}):
            async with db.transaction(account) as tx:
                blobs = await _forget(tx, [ref.id for ref in refs if ref.account_id == account], before)
            await empty(db, storage, blobs)
        if len(refs) < BATCH:
            return


async def _forget(tx: Transaction, wanted: Collection[UUID], before: datetime) -> set[str]:
    """Those that nobody brought back meanwhile; what may be taken out of storage once this is committed."""
    doomed = await tx.values(
        "select id from conversations where id = any(%s) and spam_at < %s for update", (list(wanted), before)
    )
    tickets = await tx.values(
        """
        select ticket_id from conversations where ticket_id in (select ticket_id from conversations where id = any(%s))
        group by ticket_id having bool_and(id = any(%s))
        """,
        (doomed, doomed),
    )
    blobs = await erase_raw(tx, doomed, tickets, GONE, state="spam")
    blobs += await files_of(tx, doomed, tickets)
    await tx.run("delete from conversations where id = any(%s)", (doomed,))
    await tx.run("delete from tickets where id = any(%s)", (tickets,))
    return set(blobs)
