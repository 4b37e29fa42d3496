"""Writing the ledger: what the server lists, what of it is here, what could not be fetched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from kanal.channelkit.ledger import MARKED, Entry, Listed
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.inboxes.ledger.models import Stored
from kanal.kit import clock
from kanal.kit.db import Transaction

BACK_OFF = [60, 300, 1_200, 3_600, 21_600]
"""Seconds until an entry that could not be fetched is tried again; the last one for ever after."""
KEPT = timedelta(days=90)
"""As long it is remembered of what is on the server no more."""


async def list_entries(tx: Transaction, channel_id: UUID, folder: str, listed: Sequence[Listed], at: datetime) -> None:
    """New entries as the kind means them; of known ones only that they are still there, and whether a mark of
    deletion was taken back."""
    if not listed:
        return
    keys = sorted({each.key for each in listed})
    known = await tx.value(
        "select count(*) from ledger where channel_id = %s and folder = %s and key = any(%s) and gone_at is null",
        (channel_id, folder, keys),
    )
    await tx.run(
        """
        insert into ledger (account_id, channel_id, folder, key, state, reason, history, size, server_at, listed_at)
        select distinct on (n.key) %(account)s, %(channel)s, %(folder)s, n.key, n.state, n.why, n.history, n.size,
               coalesce(n.at, %(now)s), %(now)s
        from unnest(%(keys)s::text[], %(states)s::text[], %(whys)s::text[], %(history)s::boolean[],
                    %(sizes)s::bigint[], %(at)s::timestamptz[]) as n (key, state, why, history, size, at)
        on conflict (account_id, channel_id, folder, key) do update
          set listed_at = excluded.listed_at, gone_at = null,
              state = case when ledger.reason = %(marked)s then excluded.state else ledger.state end,
              reason = case when ledger.reason = %(marked)s then excluded.reason else ledger.reason end,
              history = case when ledger.reason = %(marked)s then excluded.history else ledger.history end
          where ledger.listed_at < excluded.listed_at or ledger.gone_at is not null
        """,
        {
            "account": tx.account,
            "channel": channel_id,
            "folder": folder,
            "now": at,
            "marked": MARKED,
            "keys": [each.key for each in listed],
            "states": [each.state for each in listed],
            "whys": [each.why for each in listed],
            "history": [each.history for each in listed],
            "sizes": [each.size for each in listed],
            "at": [each.at for each in listed],
        },
    )
    if len(keys) > known:
        await _count(tx, channel_id, folder, len(keys) - known)
        tell(tx, channel_id)


async def _count(tx: Transaction, channel_id: UUID, folder: str, more: int) -> None:
    await tx.run(
        """
        insert into ledger_folders as f (account_id, channel_id, folder, on_server) values (%s, %s, %s, %s)
        on conflict (account_id, channel_id, folder) do update set on_server = f.on_server + excluded.on_server
        """,
        (tx.account, channel_id, folder, more),
    )


async def end_listing(tx: Transaction, channel_id: UUID, folder: str, began: datetime) -> None:
    """What was not listed since `began` is on the server no more, and forgotten in the end; what is there is counted
    afresh."""
    now = clock.now()
    gone = await tx.run(
        """
        update ledger set gone_at = %s
        where channel_id = %s and folder = %s and listed_at < %s and gone_at is null
        """,
        (now, channel_id, folder, began),
    )
    await tx.run(
        "delete from ledger where channel_id = %s and folder = %s and gone_at < %s", (channel_id, folder, now - KEPT)
    )
    await tx.run(
        """
        insert into ledger_folders (account_id, channel_id, folder, on_server, swept_at)
        select %(account)s, %(channel)s, %(folder)s, count(*), %(now)s
        from ledger where channel_id = %(channel)s and folder = %(folder)s and gone_at is null
        on conflict (account_id, channel_id, folder) do update
          set on_server = excluded.on_server, swept_at = excluded.swept_at
        """,
        {"account": tx.account, "channel": channel_id, "folder": folder, "now": now},
    )
    if gone:
        tell(tx, channel_id)


async def reads_only(tx: Transaction, channel_id: UUID, folders: Sequence[str]) -> None:
    """What lies in other folders counts as gone, until one of them is listed again."""
    now, read = clock.now(), list(folders)
    left = await tx.values(
        "delete from ledger_folders where channel_id = %s and folder <> all(%s) returning folder", (channel_id, read)
    )
    await tx.run(
        "update ledger set gone_at = %s where channel_id = %s and folder = any(%s) and gone_at is null",
        (now, channel_id, left),
    )
    await tx.run(
        "delete from ledger where channel_id = %s and folder <> all(%s) and gone_at < %s",
        (channel_id, read, now - KEPT),
    )
    if left:
        tell(tx, channel_id)


async def forget_entries(tx: Transaction, channel_id: UUID) -> datetime | None:
    """All of the channel, since its keys mean other messages from now on; what is here already stays. Returns when a
    folder was last gone through."""
    read_at: datetime | None = await tx.value(
        "select max(swept_at) from ledger_folders where channel_id = %s", (channel_id,)
    )
    await tx.run("delete from ledger where channel_id = %s", (channel_id,))
    await tx.run("delete from ledger_folders where channel_id = %s", (channel_id,))
    tell(tx, channel_id)
    return read_at


async def stored(tx: Transaction, entries: Sequence[Stored]) -> None:
    """They are here: from now on the raw event says what became of each."""
    if not entries:
        return
    await tx.run(
        """
        insert into ledger (account_id, channel_id, folder, key, state, size, raw_event_id, server_at, listed_at)
        select distinct on (n.channel_id, n.folder, n.key) %(account)s, n.channel_id, n.folder, n.key, 'stored',
               n.size, n.raw_event_id, %(now)s, %(now)s
        from unnest(%(channels)s::uuid[], %(folders)s::text[], %(keys)s::text[], %(sizes)s::bigint[], %(raws)s::uuid[])
             as n (channel_id, folder, key, size, raw_event_id)
        on conflict (account_id, channel_id, folder, key) do update
          set state = 'stored', reason = '', raw_event_id = excluded.raw_event_id, next_try_at = null
        """,
        {
            "account": tx.account,
            "now": clock.now(),
            "channels": [each.channel_id for each in entries],
            "folders": [each.entry.folder for each in entries],
            "keys": [each.entry.key for each in entries],
            "sizes": [each.size for each in entries],
            "raws": [each.raw_event_id for each in entries],
        },
    )
    for channel_id in sorted({each.channel_id for each in entries}):
        tell(tx, channel_id)


async def not_fetched(tx: Transaction, channel_id: UUID, entries: Sequence[Entry], why: str, *, skip: bool) -> None:
    """To be tried again after a while, longer each time; with `skip` never, by the rule `why`."""
    changed = await tx.run(
        """
        update ledger l set state = %(state)s, reason = %(why)s, tries = l.tries + 1,
               history = l.history and not %(skip)s,
               next_try_at = case when not %(skip)s then %(now)s::timestamptz
                 + make_interval(secs => (%(waits)s::float[])[least(l.tries + 1, cardinality(%(waits)s::float[]))]) end
        from unnest(%(folders)s::text[], %(keys)s::text[]) as n (folder, key)
        where l.channel_id = %(channel)s and l.folder = n.folder and l.key = n.key and l.state <> 'stored'
        """,
        {
            "state": "skipped" if skip else "failed",
            "skip": skip,
            "why": why[:1000],
            "now": clock.now(),
            "waits": BACK_OFF,
            "channel": channel_id,
            "folders": [entry.folder for entry in entries],
            "keys": [entry.key for entry in entries],
        },
    )
    if changed:
        tell(tx, channel_id)


def tell(tx: Transaction, channel_id: UUID) -> None:
    """Once a transaction."""
    if all(event.channel_id != channel_id for event in events.told(tx, "ledger.changed")):
        events.emit(tx, Event(name="ledger.changed", channel_id=channel_id))
