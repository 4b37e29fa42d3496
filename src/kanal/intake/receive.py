"""The door's side of the way in: store the untouched bytes, wake the drain, commit. When `store` returns, the provider
may be told that we have it; the row is the job that intake/drain.py takes from here."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from kanal.channelkit.desk import Arrival
from kanal.inboxes import actions as inboxes
from kanal.inboxes import raw_events
from kanal.inboxes.ledger import actions as ledger
from kanal.inboxes.ledger.models import Stored
from kanal.inboxes.models import NewRawEvent
from kanal.inboxes.raw_events import IN_ROW
from kanal.kit import clock
from kanal.kit.db import Database, Transaction
from kanal.kit.ids import new_id
from kanal.kit.storage import Storage


async def store(
    db: Database, storage: Storage, arrivals: Sequence[Arrival], state: dict[str, Any] | None = None
) -> None:
    """Store deliveries for any number of channels and accounts in one commit. A second copy of the same bytes for the
    same channel is the same delivery, said again."""
    if not arrivals:
        return
    blobs = {arrival.body: await storage.put(arrival.body) for arrival in arrivals if len(arrival.body) > IN_ROW}
    by_account = sorted(arrivals, key=lambda arrival: (arrival.channel.account_id, arrival.channel.channel_id))
    async with db.transaction(by_account[0].channel.account_id) as tx:
        for account, theirs in groupby(by_account, lambda arrival: arrival.channel.account_id):
            if tx.account != account:
                await tx.enter_account(account)
            mine = list(theirs)
            rows = [_row(arrival, blobs) for arrival in mine]
            await raw_events.put(tx, rows)
            await _explain(tx, mine, rows)
            if state is not None:
                await inboxes.remember(tx, sorted({row.channel_id for row in rows}), state)


async def _explain(tx: Transaction, arrivals: Sequence[Arrival], rows: Sequence[NewRawEvent]) -> None:
    """What lies on a server is explained by its raw event, also by one that was there already."""
    listed = [(arrival.entry, row) for arrival, row in zip(arrivals, rows, strict=True) if arrival.entry]
    if listed:
        ids = await raw_events.ids(tx, [(row.channel_id, row.external_id) for _, row in listed])
        await ledger.stored(
            tx,
            [
                Stored(
                    channel_id=row.channel_id,
                    entry=entry,
                    raw_event_id=ids[row.channel_id, row.external_id],
                    size=len(row.body),
                )
                for entry, row in listed
            ],
        )


def _row(arrival: Arrival, blobs: Mapping[bytes, str]) -> NewRawEvent:
    return NewRawEvent(
        id=new_id(),
        channel_id=arrival.channel.channel_id,
        external_id=arrival.external_id or hashlib.sha256(arrival.body).hexdigest(),
        body=arrival.body,
        blob=blobs.get(arrival.body),
        door=arrival.door,
        received_at=clock.now(),
    )
