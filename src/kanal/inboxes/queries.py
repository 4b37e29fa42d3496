"""Reading channels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import LiteralString
from uuid import UUID

import msgspec

from kanal.channelkit.desk import ChannelRef
from kanal.inboxes.models import ChannelRow
from kanal.kit.db import Transaction

_CHANNELS: LiteralString = """
  select c.account_id, c.id, c.inbox_id, i.kind as inbox_kind, i.name as inbox_name, c.kind, c.name, c.settings,
         c.secrets, c.routing, c.state, c.active, c.authorized, c.open_to,
         array(select ct.team_id from channel_teams ct where ct.channel_id = c.id order by ct.team_id) as team_ids,
         c.health, c.health_why, c.health_since, c.first_received_at, c.created_at, c.deleted_at,
         c.last_in_at, c.last_out_at, c.forwards_belong_to, c.acknowledgement, c.accepted_by, c.accepted_at,
         exists (select from addresses a where a.account_id = c.account_id and a.channel_id = c.id
                                           and a.proved_at is null) as unproved,
         exists (select from ledger_folders f where f.channel_id = c.id) as is_fetched
  from channels c join inboxes i on i.account_id = c.account_id and i.id = c.inbox_id
"""
HELD_AT_MOST = 10_000


async def channel(tx: Transaction, channel_id: UUID) -> ChannelRow:
    """Also one that was deleted; raises NotFound."""
    return await tx.one(ChannelRow, _CHANNELS + " where c.id = %s", (channel_id,))


async def channel_to_change(tx: Transaction, channel_id: UUID) -> ChannelRow:
    """Held against other changes, but not against what comes in: on a busy channel that never ends."""
    return await tx.one(ChannelRow, _CHANNELS + " where c.id = %s for no key update of c", (channel_id,))


async def channels(
    tx: Transaction, *, hidden: Sequence[UUID] = (), after: UUID | None = None, most: int | None = None
) -> list[ChannelRow]:
    """All that are connected, oldest first."""
    return await tx.all(
        ChannelRow,
        _CHANNELS
        + """
        where c.deleted_at is null and c.id <> all (%(hidden)s) and (%(after)s::uuid is null or c.id > %(after)s)
        order by c.id limit %(most)s
        """,
        {"hidden": list(hidden), "after": after, "most": most},
    )


async def these(tx: Transaction, channel_ids: Sequence[UUID]) -> list[ChannelRow]:
    return await tx.all(ChannelRow, _CHANNELS + " where c.id = any(%s) order by c.id", (list(channel_ids),))


async def fallback(tx: Transaction) -> UUID | None:
    """The channel by which the account answers where nothing else is chosen."""
    found: UUID | None = await tx.value("select fallback_channel_id from desk_settings")
    return found


class _Found(msgspec.Struct):
    key: str
    account_id: int
    channel_id: UUID


async def by_address(tx: Transaction, space: str, keys: Sequence[str]) -> dict[str, ChannelRef]:
    """Over all accounts: which channel answers for which of these addresses."""
    found = await tx.all(
        _Found,
        """
        select key, account_id, channel_id from addresses
        where space = %s and key = any(%s) and channel_id is not null
        """,
        (space, list(keys)),
    )
    return {row.key: ChannelRef(account_id=row.account_id, channel_id=row.channel_id) for row in found}


async def of_kind(tx: Transaction, kind: str) -> list[ChannelRef]:
    """Over all accounts."""
    return await tx.all(ChannelRef, "select account_id, id as channel_id from channels_of_kind(%s)", (kind,))


async def addresses_by_kind(tx: Transaction, channel_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """For each of these channels, what it and the account's other channels of its kind answer for."""
    rows = await tx.dicts(
        """
        select c.id, array(
          select a.key from channels o join addresses a on a.account_id = o.account_id and a.channel_id = o.id
          where o.kind = c.kind order by a.key) as keys
        from channels c where c.id = any(%s)
        """,
        (list(channel_ids),),
    )
    return {row["id"]: row["keys"] for row in rows}


async def answerers(tx: Transaction, channel_id: UUID) -> list[UUID]:
    """The members with a seat to whom the channel is open."""
    return await tx.values(
        """
        select m.id from members m join channels c on c.id = %s
        where m.has_seat and m.deactivated_at is null and (c.open_to = 'account' or exists (
          select from channel_teams ct join team_members tm on tm.account_id = ct.account_id and tm.team_id = ct.team_id
          where ct.channel_id = c.id and tm.member_id = m.id))
        order by m.id
        """,
        (channel_id,),
    )


async def held(tx: Transaction, channel_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many raw events each channel keeps back, counted up to a limit."""
    rows = await tx.dicts(
        """
        select c.id, h.n from unnest(%(ids)s::uuid[]) as c (id) cross join lateral (
          select count(*) as n from (
            select from raw_events r where r.channel_id = c.id and r.state = 'held' limit %(most)s) counted) h
        """,
        {"ids": list(channel_ids), "most": HELD_AT_MOST},
    )
    return {row["id"]: row["n"] for row in rows}


async def routing_versions(tx: Transaction, channel_ids: Sequence[UUID]) -> dict[UUID, int]:
    """The number of the routing that each channel has now."""
    rows = await tx.dicts(
        "select channel_id, version from routing_versions where channel_id = any(%s) and to_at is null",
        (list(channel_ids),),
    )
    return {row["channel_id"]: row["version"] for row in rows}
