"""The ledger as a list: every message on the server with what became of it, newest first. Of a million it has to find
the few of a rare fate as fast as the newest of a common one, whichever plan the database would choose; so each part of
the list names the index that it walks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, LiteralString
from uuid import UUID

from kanal.channelkit.ledger import Entry
from kanal.inboxes.ledger.models import Item, Place
from kanal.inboxes.raw_events import STATES as FATES
from kanal.kit.db import Transaction

ENTRY_STATES = ("wanted", "failed", "skipped")
STATES = ("all", "unexplained", "wanted", "skipped", *FATES)
"""What the list may be asked for; `failed` is both what could not be fetched and what could not be taken in."""
FEW = 2_000
"""So many of a fate are sorted; of more the newest are soon found among all."""


async def items(
    tx: Transaction, channel_id: UUID, *, state: str, folder: str | None, after: Place | None, most: int
) -> list[Item]:
    """What is on the server; `state` is one of STATES, `after` the last one of the page before."""
    asked: dict[str, Any] = {
        "channel": channel_id,
        "folder": folder,
        "most": most,
        "at": "infinity",
        "in": "",
        "key": "",
    }
    if after is not None:
        asked |= {"at": after.at, "in": after.folder, "key": after.key}
    found: list[Item] = []
    for each in _entry_states(state):
        found += await _of_state(tx, asked | {"state": each})
    for each in _fates(state):
        found += await _of_fate(tx, asked | {"state": each})
    return sorted(found, key=lambda item: (item.at, item.folder, item.key), reverse=True)[:most]


async def item(tx: Transaction, channel_id: UUID, entry: Entry) -> Item:
    """Raises NotFound, also when it is on the server no more."""
    return await tx.one(
        Item,
        f"""
        select {_SHOWN} from ledger l {_WITH_FATE}
        where l.channel_id = %s and l.folder = %s and l.key = %s and l.gone_at is null
        """,  # noqa: S608 - our own fragments
        (channel_id, entry.folder, entry.key),
    )


def _entry_states(state: str) -> Sequence[str]:
    if state == "all":
        return (*ENTRY_STATES, "stored")
    if state == "unexplained":
        return ("wanted", "failed")
    return (state,) if state in ENTRY_STATES else ()


def _fates(state: str) -> Sequence[str]:
    if state == "unexplained":
        return ("waiting", "failed")
    return (state,) if state in FATES else ()


_SHOWN: LiteralString = """
  l.folder, l.key, coalesce(r.state, l.state) as state, coalesce(r.reason, l.reason) as reason, l.server_at as at,
  l.size, l.raw_event_id, r.ticket_id, t.number as ticket_number, r.message_id is not null as placed
"""
_WITH_FATE: LiteralString = """
  left join raw_events r on r.id = l.raw_event_id
  left join tickets t on t.id = r.ticket_id
"""
_FURTHER: LiteralString = """
  l.gone_at is null and (%(folder)s::text is null or l.folder = %(folder)s)
  and (l.server_at, l.folder, l.key) < (%(at)s::timestamptz, %(in)s, %(key)s)
"""
_NEWEST: LiteralString = "order by l.server_at desc, l.folder desc, l.key desc limit %(most)s"


async def _of_state(tx: Transaction, asked: dict[str, Any]) -> list[Item]:
    return await tx.all(
        Item,
        f"""
        select {_SHOWN}
        from (select * from ledger l
              where l.channel_id = %(channel)s and l.state = %(state)s and {_FURTHER} {_NEWEST}) l
        {_WITH_FATE}
        """,  # noqa: S608 - our own fragments
        asked,
    )


async def _of_fate(tx: Transaction, asked: dict[str, Any]) -> list[Item]:
    count: int = await tx.value(
        """
        select count(*) from (select from raw_events where channel_id = %(channel)s and state = %(state)s
                              limit %(few)s) counted
        """,
        asked | {"few": FEW},
    )
    return await tx.all(Item, _COMMON if count == FEW else _RARE, asked)


# The offset keeps each part from being turned around: what stands first is walked first.
_COMMON: LiteralString = f"""
  select {_SHOWN}
  from ledger l
  cross join lateral (select * from raw_events e
                      where e.id = l.raw_event_id and e.state = %(state)s offset 0) r
  left join tickets t on t.id = r.ticket_id
  where l.channel_id = %(channel)s and l.state = 'stored' and {_FURTHER} {_NEWEST}
"""  # noqa: S608 - our own fragments
_RARE: LiteralString = f"""
  with r as materialized (
    select id, state, reason, ticket_id, message_id from raw_events
    where channel_id = %(channel)s and state = %(state)s)
  select {_SHOWN}
  from r
  cross join lateral (select * from ledger e where e.raw_event_id = r.id offset 0) l
  left join tickets t on t.id = r.ticket_id
  where l.channel_id = %(channel)s and l.state = 'stored' and {_FURTHER} {_NEWEST}
"""  # noqa: S608 - our own fragments
