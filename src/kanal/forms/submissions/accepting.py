"""The door's last step: a submission is stored with all that follows from it (contact, counts, and the raw event that
becomes a ticket where a channel carries the form), and only then is its sender thanked. From the raw event
intake/drain.py takes over."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec

from kanal.channelkit.submissions import SPACE, Submission
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.forms.submissions import raw
from kanal.forms.submissions.arriving import Accepted, NewSubmission
from kanal.forms.submissions.senders import contacts_of
from kanal.inboxes import raw_events
from kanal.kit.db import Database, Transaction, document, is_passing
from kanal.kit.gathering import Gatherer
from kanal.kit.ids import new_id
from kanal.kit.storage import Storage

Key = tuple[UUID, str]
"""Form and token."""


class Acceptor:
    """Submissions that come at the same time are stored in one commit for each account."""

    def __init__(self, db: Database, storage: Storage) -> None:
        self._db = db
        self._storage = storage
        self._gatherer: Gatherer[int, NewSubmission, Accepted] = Gatherer(self._store, splits=_splits)

    async def accept(self, new: NewSubmission) -> Accepted:
        """When it returns, the submission is safe; when it raises, it is not there."""
        return await self._gatherer.ask(new.definition.account_id, new)

    async def stop(self) -> None:
        """Bring what is under way to its end."""
        await self._gatherer.stop()

    async def _store(self, account: int, given: list[NewSubmission]) -> list[Accepted]:
        keys = [_key(new) for new in given]
        async with self._db.transaction(account) as tx:
            known = await _known(tx, keys)
            first = dict(reversed(list(zip(keys, given, strict=True))))
            fresh = [_Fresh(key=key, id=new_id(), new=first[key]) for key in sorted(first) if key not in known]
            if fresh:
                await self._store_fresh(tx, fresh)
        ids = known | {each.key: each.id for each in fresh}
        firsts = {id(each.new) for each in fresh}
        return [Accepted(id=ids[key], is_copy=id(new) not in firsts) for key, new in zip(keys, given, strict=True)]

    async def _store_fresh(self, tx: Transaction, fresh: Sequence[_Fresh]) -> None:
        await _find_contacts(tx, [each for each in fresh if not each.new.caught])
        await self._hand_in(tx, fresh)
        await _insert(tx, fresh)
        await _count(tx, fresh)
        for each in fresh:
            _tell(tx, each)

    async def _hand_in(self, tx: Transaction, fresh: Sequence[_Fresh]) -> None:
        """Make the raw events of those whose form a channel carries."""
        channels = await _channels(tx, {each.key[0] for each in fresh})
        arrived = []
        for each in fresh:
            each.channel = channels.get(each.key[0])
            if each.channel is not None:
                arrived.append(await raw.raw_event(self._storage, each.channel, _submission(each), each.new.caught))
                each.raw_event = arrived[-1].id
        if arrived:
            await raw_events.put(tx, arrived)


class _Raced(Exception):
    """Another process has just stored a copy."""


class _Fresh(msgspec.Struct, kw_only=True):
    """A submission that is not there yet, with what was found for it."""

    key: Key
    id: UUID
    new: NewSubmission
    contact: UUID | None = None
    channel: UUID | None = None
    raw_event: UUID | None = None


def _splits(trouble: Exception) -> bool:
    """Where the database is away, it is so for each; a deadlock is over when each is tried again."""
    return not is_passing(trouble) or str(getattr(trouble, "sqlstate", "")).startswith("40")


def _key(new: NewSubmission) -> Key:
    """The token alone would take a page that is filled in once more, after the way back in the browser, for a copy."""
    if not new.token:
        return (new.definition.form_id, new_id().hex)
    blobs = [stored.file.blob for each in new.files.values() for stored in each]
    content = hashlib.sha256(document([new.filled.answers, new.filled.extra, blobs]).encode())
    return (new.definition.form_id, f"{new.token}:{content.hexdigest()[:16]}")


async def _known(tx: Transaction, keys: Sequence[Key]) -> dict[Key, UUID]:
    rows = await tx.dicts(
        """
        select s.form_id, s.token, s.id
        from unnest(%s::uuid[], %s::text[]) as w (form_id, token)
        join form_submissions s on s.form_id = w.form_id and s.token = w.token
        """,
        ([form for form, _ in keys], [token for _, token in keys]),
    )
    return {(row["form_id"], row["token"]): row["id"] for row in rows}


async def _find_contacts(tx: Transaction, fresh: Sequence[_Fresh]) -> None:
    found = await contacts_of(tx, [(each.new.definition, each.new.filled.answers) for each in fresh])
    for each, contact in zip(fresh, found, strict=True):
        each.contact = contact


async def _channels(tx: Transaction, forms: Iterable[UUID]) -> dict[UUID, UUID]:
    rows = await tx.dicts(
        """
        select a.key, c.id from addresses a join channels c on c.account_id = a.account_id and c.id = a.channel_id
        where a.space = %s and a.key = any(%s) and c.deleted_at is null
        """,
        (SPACE, [str(form) for form in forms]),
    )
    return {UUID(row["key"]): row["id"] for row in rows}


def _submission(each: _Fresh) -> Submission:
    """Without what the scanner found something in."""
    new = each.new
    return raw.submission(
        new.definition,
        each.id,
        answers=new.filled.answers,
        files={name: [s.file for s in stored if not s.virus] for name, stored in new.files.items()},
        extra=new.filled.extra,
        page=new.page,
        visitor=new.visitor,
        at=new.received_at,
        confirm=not new.caught,
    )


async def _insert(tx: Transaction, fresh: Sequence[_Fresh]) -> None:
    stored = await tx.run(
        """
        insert into form_submissions (account_id, id, form_id, version, token, answers, extra, source, page, language,
                                      visitor, address_hash, network_hash, caught, contact_id, channel_id,
                                      raw_event_id, received_at)
        select %s, id, form_id, version, token, answers, extra, source, page, language, visitor, address_hash,
               network_hash, caught, contact_id, channel_id, raw_event_id, received_at
        from json_populate_recordset(null::form_submissions, %s)
        on conflict (account_id, form_id, token) do nothing
        """,
        (tx.account, document([_row(each) for each in fresh])),
    )
    if stored < len(fresh):
        raise _Raced
    await tx.insert("form_files", [row for each in fresh for row in _file_rows(each)])


def _row(each: _Fresh) -> dict[str, Any]:
    new = each.new
    return {
        "id": each.id,
        "form_id": each.key[0],
        "version": new.definition.version,
        "token": each.key[1],
        "answers": new.filled.answers,
        "extra": new.filled.extra,
        "source": new.source,
        "page": new.page,
        "language": new.definition.options.language,
        "visitor": new.visitor,
        "address_hash": _as_hex(new.address_hash),
        "network_hash": _as_hex(new.network_hash),
        "caught": new.caught,
        "contact_id": each.contact,
        "channel_id": each.channel,
        "raw_event_id": each.raw_event,
        "received_at": new.received_at,
    }


def _as_hex(data: bytes | None) -> str | None:
    return None if data is None else f"\\x{data.hex()}"


def _file_rows(each: _Fresh) -> list[dict[str, Any]]:
    return [
        {
            "id": new_id(),
            "submission_id": each.id,
            "field": field,
            "position": position,
            **msgspec.structs.asdict(stored.file),
            "virus": stored.virus,
            "created_at": each.new.received_at,
        }
        for field, files in each.new.files.items()
        for position, stored in enumerate(files)
    ]


async def _count(tx: Transaction, fresh: Sequence[_Fresh]) -> None:
    days = [(each.key[0], each.new.received_at.date()) for each in fresh]
    total = Counter(days)
    caught = Counter(day for each, day in zip(fresh, days, strict=True) if each.new.caught)
    await tx.run(
        """
        insert into form_days as d (account_id, form_id, day, submissions, caught)
        select %s, n.* from unnest(%s::uuid[], %s::date[], %s::bigint[], %s::bigint[]) as n
        on conflict (account_id, form_id, day) do update
        set submissions = d.submissions + excluded.submissions, caught = d.caught + excluded.caught
        """,
        (
            tx.account,
            [form for form, _ in sorted(total)],
            [day for _, day in sorted(total)],
            [total[day] - caught[day] for day in sorted(total)],
            [caught[day] for day in sorted(total)],
        ),
    )


def _tell(tx: Transaction, each: _Fresh) -> None:
    data = {
        "form_id": str(each.key[0]),
        "submission_id": str(each.id),
        "source": each.new.source,
        "caught": bool(each.new.caught),
    }
    events.emit(tx, Event(name="form.submitted", channel_id=each.channel, contact_id=each.contact, data=data))
