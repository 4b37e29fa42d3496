"""Making tickets of what was sent before a channel carried the form: batch by batch, oldest first, each batch handed to
the channel as it would have been when it came. What is done stands in the same commit, so any process can go on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kanal.channelkit.submissions import SubmittedFile
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.forms.definitions.queries import carrier, definition_of
from kanal.forms.models import Value
from kanal.forms.submissions import raw
from kanal.forms.submissions.errors import NotCarried
from kanal.inboxes import raw_events
from kanal.inboxes.models import NewRawEvent
from kanal.kit import clock
from kanal.kit.db import Database, NotFound, Transaction
from kanal.kit.storage import Storage

BATCH = 200
TOPIC = "forms"


async def begin(tx: Transaction, form: UUID, actor: UUID | None) -> int:
    """Ask for tickets of all that has none yet; returns how many that are. Raises NotFound and NotCarried."""
    if not await tx.value("select true from forms where id = %s and deleted_at is null for update", (form,)):
        raise NotFound("form")
    channel = await carrier(tx, form)
    if channel is None:
        raise NotCarried
    now = clock.now()
    await tx.run("update forms set hand_in_before = %s where id = %s", (now, form))
    left = await tx.value(f"select count(*) {_LEFT}", {"form": form, "before": now})
    _tell(tx, form, channel, actor)
    tx.wake(TOPIC)
    return int(left)


async def hand_in(db: Database, storage: Storage, account: int, form: UUID) -> bool:
    """One batch; False when nothing is left, or nothing carries the form any more."""
    async with db.transaction(account) as tx:
        before = await tx.value("select hand_in_before from forms where id = %s for update", (form,))
        if before is None:
            return False
        channel = await carrier(tx, form)
        batch = await _batch(tx, form, before) if channel is not None else []
        if channel is None or not batch:
            await tx.run("update forms set hand_in_before = null where id = %s", (form,))
            _tell(tx, form, channel, None)
            return False
        await _hand_in(tx, storage, channel, batch)
        return True


def _tell(tx: Transaction, form: UUID, channel: UUID | None, actor: UUID | None) -> None:
    data = {"form_id": str(form), "fields": ["handing_in"]}
    events.emit(tx, Event(name="form.changed", actor_id=actor, channel_id=channel, data=data))


class _Row(msgspec.Struct, kw_only=True):
    id: UUID
    form_id: UUID
    version: int
    answers: dict[str, Value]
    extra: dict[str, Any]
    page: str
    visitor: str
    received_at: datetime


_LEFT = """
  from form_submissions s
  where s.form_id = %(form)s and s.raw_event_id is null and s.caught = '' and s.received_at <= %(before)s
"""


async def _batch(tx: Transaction, form: UUID, before: datetime) -> list[_Row]:
    return await tx.all(
        _Row,
        f"""
        select s.id, s.form_id, s.version, s.answers, s.extra, s.page, s.visitor, s.received_at {_LEFT}
        order by s.received_at, s.id limit %(most)s for update
        """,
        {"form": form, "before": before, "most": BATCH},
    )


async def _hand_in(tx: Transaction, storage: Storage, channel: UUID, batch: Sequence[_Row]) -> None:
    """Received when it was sent, which is when we received it: the ticket is as old as the question."""
    files = await _files(tx, [row.id for row in batch])
    new = [await _raw(tx, storage, channel, row, files[row.id]) for row in batch]
    await raw_events.put(tx, new)
    await tx.run(
        """
        update form_submissions s set channel_id = %s, raw_event_id = r.id
        from unnest(%s::uuid[]) as n (id)
        join raw_events r on r.channel_id = %s and r.external_id = n.id::text
        where s.id = n.id
        """,
        (channel, [row.id for row in batch], channel),
    )


async def _raw(
    tx: Transaction, storage: Storage, channel: UUID, row: _Row, files: dict[str, list[SubmittedFile]]
) -> NewRawEvent:
    """Without a confirmation: whoever sent it does not expect one any more."""
    definition = await definition_of(tx, row.form_id, row.version)
    submission = raw.submission(
        definition,
        row.id,
        answers=row.answers,
        files=files,
        extra=row.extra,
        page=row.page,
        visitor=row.visitor,
        at=row.received_at,
        confirm=False,
    )
    return await raw.raw_event(storage, channel, submission)


class _File(msgspec.Struct, kw_only=True):
    submission_id: UUID
    field: str
    name: str
    content_type: str
    size: int
    blob: str


async def _files(tx: Transaction, submissions: Sequence[UUID]) -> dict[UUID, dict[str, list[SubmittedFile]]]:
    """Without those that the virus scanner found something in."""
    found = await tx.all(
        _File,
        """
        select submission_id, field, name, content_type, size, blob from form_files
        where submission_id = any(%s) and virus = '' order by position, id
        """,
        (list(submissions),),
    )
    files: defaultdict[UUID, dict[str, list[SubmittedFile]]] = defaultdict(dict)
    for each in found:
        file = SubmittedFile(name=each.name, content_type=each.content_type, size=each.size, blob=each.blob)
        files[each.submission_id].setdefault(each.field, []).append(file)
    return files
