"""The door's side of the way in: store the untouched bytes, wake the drain, commit. When `store` returns, the provider
may be told that we have it; the row is the job that intake/drain.py takes from here."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec
from psycopg.types.json import Jsonb

from kanal.channelkit.desk import Arrival
from kanal.kit import clock
from kanal.kit.db import Database, Transaction, document
from kanal.kit.ids import new_id
from kanal.kit.storage import Storage

IN_ROW = 256_000
"""Larger bodies stand in storage, written before the row."""


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
        for arrival in by_account:
            if tx.account != arrival.channel.account_id:
                await tx.enter_account(arrival.channel.account_id)
            await _store_one(tx, arrival, blobs.get(arrival.body))
            if state is not None:
                await tx.run("update channels set state = %s where id = %s", (Jsonb(state), arrival.channel.channel_id))


async def _store_one(tx: Transaction, arrival: Arrival, blob: str | None) -> None:
    await tx.run(
        """
        insert into raw_events (account_id, id, channel_id, external_id, body, blob, size, door, received_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s)
        on conflict (account_id, channel_id, external_id) do nothing
        """,
        (
            tx.account,
            new_id(),
            arrival.channel.channel_id,
            arrival.external_id or hashlib.sha256(arrival.body).hexdigest(),
            None if blob else arrival.body,
            blob,
            len(arrival.body),
            document(msgspec.to_builtins(arrival.door)),
            clock.now(),
        ),
    )
    tx.wake(f"raw:{tx.account}:{arrival.channel.channel_id}")
