"""Reading the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from kanal.channelkit.ledger import Entry, Wanted
from kanal.inboxes.ledger.models import Balance, Import, Item, Place
from kanal.inboxes.raw_events import STATES as FATES
from kanal.kit.db import Transaction

STATES = ("all", "unexplained", "wanted", "skipped", *FATES)
"""What a list may be asked for; `failed` is both what could not be fetched and what could not be taken in."""
_ITEMS: LiteralString = """
  select l.folder, l.key, coalesce(r.state, l.state) as state, coalesce(r.reason, l.reason) as reason,
         l.server_at as at, l.size, l.raw_event_id, r.ticket_id, t.number as ticket_number,
         r.message_id is not null as placed
  from ledger l
  left join raw_events r on r.id = l.raw_event_id
  left join tickets t on t.id = r.ticket_id
  where l.channel_id = %(channel)s and l.gone_at is null
"""


async def wanted(tx: Transaction, channel_id: UUID, folder: str, most: int, now: datetime) -> Sequence[Wanted]:
    """What is due to be fetched: new mail before history, then in the order of the numbers in their keys; nothing for a
    channel that was deleted."""
    return await tx.all(
        Wanted,
        """
        select folder, key, size, server_at as at, history, tries from ledger
        where channel_id = %(channel)s and folder = %(folder)s
          and state in ('wanted', 'failed') and gone_at is null and (next_try_at is null or next_try_at <= %(now)s)
          and exists (select from channels c where c.id = %(channel)s and c.deleted_at is null)
        order by history, length(key), key limit %(most)s
        """,
        {"channel": channel_id, "folder": folder, "now": now, "most": most},
    )


async def balance(tx: Transaction, channel_id: UUID) -> list[Balance]:
    """By folder. What waits here to be taken in, or could not be, is not explained yet."""
    return await tx.all(
        Balance,
        """
        with here as (
          select l.folder, count(*) as n
          from raw_events r join ledger l on l.raw_event_id = r.id and l.channel_id = r.channel_id
          where r.channel_id = %(channel)s and r.state in ('waiting', 'failed') and l.gone_at is null
          group by l.folder
        ), there as (
          select folder, count(*) as n from ledger
          where channel_id = %(channel)s and state in ('wanted', 'failed') and gone_at is null
          group by folder
        )
        select f.folder, f.on_server, coalesce(here.n, 0) + coalesce(there.n, 0) as unexplained, f.swept_at
        from ledger_folders f
        left join here on here.folder = f.folder
        left join there on there.folder = f.folder
        where f.channel_id = %(channel)s order by f.folder
        """,
        {"channel": channel_id},
    )


async def history(tx: Transaction, channel_id: UUID) -> Import | None:
    """None where nobody asked for old mail."""
    return await tx.maybe(
        Import,
        """
        select c.history_from as since, n.total, n.done
        from channels c cross join lateral (
          select count(*) as total, count(*) filter (where l.state = 'stored') as done
          from ledger l where l.channel_id = c.id and l.history and l.state in ('wanted', 'failed', 'stored')) n
        where c.id = %s and c.history_from is not null
        """,
        (channel_id,),
    )


async def items(
    tx: Transaction, channel_id: UUID, *, state: str, folder: str | None, after: Place | None, most: int
) -> list[Item]:
    """What is on the server, newest first; `state` is one of STATES, `after` the last one of the page before."""
    return await tx.all(
        Item,
        _ITEMS
        + _OF_STATE.get(state, _OF_FATE)
        + """
          and (%(folder)s::text is null or l.folder = %(folder)s)
          and (%(at)s::timestamptz is null or (l.server_at, l.folder, l.key) < (%(at)s, %(in)s, %(key)s))
        order by l.server_at desc, l.folder desc, l.key desc limit %(most)s
        """,
        {
            "channel": channel_id,
            "state": state,
            "folder": folder,
            "at": after and after.at,
            "in": after and after.folder,
            "key": after and after.key,
            "most": most,
        },
    )


async def item(tx: Transaction, channel_id: UUID, entry: Entry) -> Item:
    """Raises NotFound, also when it is on the server no more."""
    return await tx.one(
        Item,
        _ITEMS + " and l.folder = %(folder)s and l.key = %(key)s",
        {"channel": channel_id, "folder": entry.folder, "key": entry.key},
    )


_OF_FATE: LiteralString = "and r.state = %(state)s"
_OF_STATE: dict[str, LiteralString] = {
    "all": "",
    "unexplained": "and (l.state in ('wanted', 'failed') or r.state in ('waiting', 'failed'))",
    "wanted": "and l.state = 'wanted'",
    "skipped": "and l.state = 'skipped'",
    "failed": "and (l.state = 'failed' or r.state = 'failed')",
}
