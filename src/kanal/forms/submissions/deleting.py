"""Taking submissions away: the row, its files and the bytes that its channel was handed. The ticket that was made of
one stays, with what was written in it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit.db import Database, NotFound, Transaction
from kanal.kit.storage import Storage


async def delete(
    db: Database, storage: Storage, account: int, form: UUID, submission: UUID, actor: UUID | None
) -> None:
    async with db.transaction(account) as tx:
        doomed = await tx.all(
            _Doomed, f"{_DOOMED} where s.id = %s and s.form_id = %s for update of s", (submission, form)
        )
        if not doomed:
            raise NotFound("submission")
        blobs = await _delete(tx, doomed, actor)
    await _empty(db, storage, blobs)


async def delete_of_contact(db: Database, storage: Storage, account: int, contact: UUID, actor: UUID | None) -> int:
    """All of a contact's, of every form; how many there were."""
    async with db.transaction(account) as tx:
        if not await tx.value("select true from contacts where id = %s", (contact,)):
            raise NotFound("contact")
        doomed = await tx.all(_Doomed, f"{_DOOMED} where s.contact_id = %s order by s.id for update of s", (contact,))
        blobs = await _delete(tx, doomed, actor)
    await _empty(db, storage, blobs)
    return len(doomed)


class _Doomed(msgspec.Struct, kw_only=True):
    id: UUID
    form_id: UUID
    contact_id: UUID | None
    channel_id: UUID | None
    raw_event_id: UUID | None


_DOOMED = "select s.id, s.form_id, s.contact_id, s.channel_id, s.raw_event_id from form_submissions s"


async def _delete(tx: Transaction, doomed: Sequence[_Doomed], actor: UUID | None) -> set[str]:
    """What may be taken out of storage once this is committed."""
    ids = [each.id for each in doomed]
    blobs = set(await tx.values("select blob from form_files where submission_id = any(%s)", (ids,)))
    blobs.update(await _erase(tx, [each.raw_event_id for each in doomed if each.raw_event_id is not None]))
    await tx.run("delete from form_submissions where id = any(%s)", (ids,))
    for each in doomed:
        data = {"form_id": str(each.form_id), "submission_id": str(each.id)}
        events.emit(
            tx,
            Event(
                name="submission.deleted",
                actor_id=actor,
                contact_id=each.contact_id,
                channel_id=each.channel_id,
                data=data,
            ),
        )
    return blobs


async def _erase(tx: Transaction, raw_events: Sequence[UUID]) -> list[str]:
    """Their bytes go and their fate stays; what has none yet is not to become a ticket any more."""
    stored: list[str] = await tx.values(
        "select blob from raw_events where id = any(%s) and blob is not null", (list(raw_events),)
    )
    await tx.run(
        """
        update raw_events set body = null, blob = null,
          next_try_at = null,
          reason = case when state in ('waiting', 'held', 'failed') then 'the submission was deleted' else reason end,
          state = case when state in ('waiting', 'held', 'failed') then 'quarantined' else state end
        where id = any(%s)
        """,
        (list(raw_events),),
    )
    return stored


async def _empty(db: Database, storage: Storage, blobs: set[str]) -> None:
    """Files that nothing else has; a message of the ticket may have the same."""
    for blob in sorted(blobs):
        async with db.transaction(None) as tx:
            in_use = await tx.value("select blob_in_use(%s)", (blob,))
        if not in_use:
            await storage.delete(blob)
