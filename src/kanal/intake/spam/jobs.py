"""Regular work: what has been spam for 90 days is forgotten (EML-45): messages, files, raw bytes, and the ticket that
had nothing else. The contact stays (K11)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from kanal.conversations.rules import SPAM_KEPT
from kanal.intake.forgetting import erase_raw, files_of, forget_all
from kanal.kit.db import Database, Transaction
from kanal.kit.storage import Storage

GONE = "it was spam and was forgotten after 90 days"


async def forget_spam(db: Database, storage: Storage) -> None:
    due: LiteralString = "select account_id, id from spam_to_forget(%(before)s, %(most)s)"
    await forget_all(db, storage, due, kept=SPAM_KEPT, forget=_forget)


async def _forget(tx: Transaction, wanted: Collection[UUID], before: datetime) -> set[str]:
    """Those that nobody brought back meanwhile."""
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
