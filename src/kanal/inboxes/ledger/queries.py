"""Reading the ledger: what is to be fetched, and whether it balances. Its list is read by listing.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kanal.channelkit.ledger import Wanted
from kanal.inboxes.ledger.models import Balance, Import
from kanal.kit.db import Transaction


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
