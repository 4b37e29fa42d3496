"""Regular work: what was deleted 30 days ago is forgotten: the ticket with those merged into it, what was said in it,
files and raw bytes. The contact stays."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from kanal.intake.forgetting import erase_raw, files_of, forget_all
from kanal.kit.db import Database, Transaction
from kanal.kit.storage import Storage
from kanal.tickets.rules import DELETED_KEPT

GONE = "its ticket was deleted and was forgotten after 30 days"


async def forget_deleted(db: Database, storage: Storage) -> None:
    due: LiteralString = "select account_id, id from deleted_tickets_to_forget(%(before)s, %(most)s)"
    await forget_all(db, storage, due, kept=DELETED_KEPT, forget=_forget)


async def _forget(tx: Transaction, wanted: Collection[UUID], before: datetime) -> set[str]:
    """Those that nobody restored meanwhile."""
    tickets = await tx.values(
        """
        with recursive doomed as (
          select id from (
            select id from tickets where id = any(%s) and deleted_at < %s order by id for update) held
          union
          select t.id from doomed join tickets t on t.merged_into = doomed.id
        )
        select id from doomed
        """,
        (list(wanted), before),
    )
    conversations = await tx.values("select id from conversations where ticket_id = any(%s)", (tickets,))
    blobs = await erase_raw(tx, conversations, tickets, GONE)
    blobs += await files_of(tx, conversations, tickets)
    await tx.run("delete from conversations where id = any(%s)", (conversations,))
    await tx.run("delete from tickets where id = any(%s)", (tickets,))
    return set(blobs)
