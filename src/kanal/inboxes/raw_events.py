"""The log of what channels received, with the fate of each, and doing one again. The pipeline that decides the fates is
intake; here a row is put down, read, or put back to wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.inboxes import rules
from kanal.inboxes.errors import NotReplayable
from kanal.inboxes.models import NewRawEvent, RawBytes, RawEvent, Replayed
from kanal.kit.db import Transaction, document

STATES = (
    *("waiting", "ticket", "reply", "comment", "receipt", "duplicate", "quarantined", "held", "failed"),
    *("spam", "outgoing", "conversation"),
)
COUNTED_AT_MOST = 10_000
IN_ROW = 256_000
"""Bytes; larger bodies stand in storage, written before the row."""


async def put(tx: Transaction, new: Sequence[NewRawEvent]) -> set[UUID]:
    """Store what came for channels of this account, and wake their drains; the row is the job. Returns the ids of those
    that were not there yet: what a channel has under the same external id is the same delivery, said again."""
    stored = await tx.values(
        """
        insert into raw_events (account_id, id, channel_id, external_id, body, blob, size, door, received_at)
        select %s, n.*
        from unnest(%s::uuid[], %s::uuid[], %s::text[], %s::bytea[], %s::text[], %s::bigint[], %s::jsonb[],
                    %s::timestamptz[]) as n
        on conflict (account_id, channel_id, external_id) do nothing
        returning id
        """,
        (
            tx.account,
            [each.id for each in new],
            [each.channel_id for each in new],
            [each.external_id for each in new],
            [None if each.blob else each.body for each in new],
            [each.blob for each in new],
            [len(each.body) for each in new],
            [document(msgspec.to_builtins(each.door)) for each in new],
            [each.received_at for each in new],
        ),
    )
    for channel in {each.channel_id for each in new}:
        tx.wake(f"raw:{tx.account}:{channel}")
    return set(stored)


class _Known(msgspec.Struct):
    channel_id: UUID
    external_id: str
    id: UUID


async def ids(tx: Transaction, wanted: Sequence[tuple[UUID, str]]) -> dict[tuple[UUID, str], UUID]:
    """Of raw events by channel and external id; unknown ones are left out."""
    found = await tx.all(
        _Known,
        """
        select r.channel_id, r.external_id, r.id
        from unnest(%s::uuid[], %s::text[]) as w (channel_id, external_id)
        join raw_events r on r.channel_id = w.channel_id and r.external_id = w.external_id
        """,
        ([channel for channel, _ in wanted], [external for _, external in wanted]),
    )
    return {(row.channel_id, row.external_id): row.id for row in found}


class Sight(msgspec.Struct, frozen=True):
    """Which raw events `r` somebody may see: a condition and its parameters."""

    condition: LiteralString
    params: dict[str, Any]


ALL = Sight("true", {})
"""For whoever has been let in already."""


async def newest(
    tx: Transaction,
    sight: Sight,
    *,
    channel: UUID | None,
    state: str | None,
    after: tuple[datetime, UUID] | None,
    most: int,
) -> list[RawEvent]:
    """Newest first; `after` is the last one of the page before."""
    return await tx.all(
        RawEvent,
        f"""
        select r.id, r.channel_id, c.name as channel_name, r.external_id, r.size, r.door, r.received_at, r.state,
               r.reason, r.next_try_at, r.ticket_id, t.number as ticket_number, v.id as conversation_id,
               v.inbox_id, i.name as inbox_name
        from raw_events r
        join channels c on c.account_id = r.account_id and c.id = r.channel_id
        left join tickets t on t.account_id = r.account_id and t.id = r.ticket_id
        left join messages m on m.account_id = r.account_id and m.id = r.message_id
        left join conversations v on v.account_id = m.account_id and v.id = m.conversation_id and v.apart
        left join inboxes i on i.account_id = v.account_id and i.id = v.inbox_id
        where {sight.condition}
          and (%(channel)s::uuid is null or r.channel_id = %(channel)s)
          and (%(state)s::text is null or r.state = %(state)s)
          and (%(at)s::timestamptz is null or (r.received_at, r.id) < (%(at)s, %(id)s::uuid))
        order by r.received_at desc, r.id desc
        limit %(most)s
        """,  # noqa: S608 - our own fragment
        {
            **sight.params,
            "channel": channel,
            "state": state,
            "at": after[0] if after else None,
            "id": after[1] if after else None,
            "most": most,
        },
    )


async def counts(tx: Transaction, sight: Sight) -> dict[str, int]:
    """How many there are of each fate, counted up to a limit."""
    rows = await tx.dicts(
        f"""
        select s.state, n.n from unnest(%(states)s::text[]) as s (state) cross join lateral (
          select count(*) as n from (
            select from raw_events r where r.state = s.state and {sight.condition} limit %(most)s) counted) n
        """,  # noqa: S608 - our own fragment
        {"states": list(STATES), "most": COUNTED_AT_MOST, **sight.params},
    )
    return {row["state"]: row["n"] for row in rows}


async def raw_bytes(tx: Transaction, raw_id: UUID, sight: Sight) -> RawBytes:
    return await tx.one(
        RawBytes,
        f"select r.channel_id, r.body, r.blob from raw_events r where r.id = %(id)s and {sight.condition}",  # noqa: S608 - our own fragment
        {"id": raw_id, **sight.params},
    )


async def replay(tx: Transaction, raw_id: UUID, sight: Sight, *, actor: UUID | None) -> None:
    """Put it back to wait: the pipeline takes it in as if it had just come. What the door did not believe is believed
    from now on, since a person looked at it. Raises NotReplayable."""
    row = await tx.one(
        Replayed,
        f"""
        select r.channel_id, r.state, c.active, c.deleted_at is not null as deleted,
               exists (select from messages m where m.account_id = r.account_id and m.id = r.message_id and m.raw_only)
                 as raw_only,
               r.message_id is not null as placed, r.body is null and r.blob is null as erased
        from raw_events r join channels c on c.account_id = r.account_id and c.id = r.channel_id
        where r.id = %(id)s and {sight.condition} for update of r
        """,  # noqa: S608 - our own fragment
        {"id": raw_id, **sight.params},
    )
    if why := rules.not_replayable(row):
        raise NotReplayable(why)
    await tx.run(
        """
        update raw_events set state = 'waiting', reason = '', settled_at = null, next_try_at = null, tries = 0,
               door = case when jsonb_exists(door, 'suspicion') then door || '{"believed": true}' else door end
        where id = %s
        """,
        (raw_id,),
    )
    tx.wake(f"raw:{tx.account}:{row.channel_id}")
    data = {"raw_event_id": str(raw_id), "state": "waiting"}
    events.emit(tx, Event(name="raw_event.stored", actor_id=actor, channel_id=row.channel_id, data=data))
