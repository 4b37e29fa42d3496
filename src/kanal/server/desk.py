"""The desk as kinds see it (channelkit.desk.Desk), bound to the database: who answers for an address, what arrived, how
a channel is doing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from kanal.channelkit.contract import Channel
from kanal.channelkit.desk import Arrival, ChannelRef
from kanal.inboxes import actions as inboxes
from kanal.inboxes import queries
from kanal.inboxes.models import ChannelRow
from kanal.inboxes.rules import as_kind_sees
from kanal.intake import receive
from kanal.kit.crypto import Keyring
from kanal.kit.db import Database
from kanal.kit.storage import Storage


class BoundDesk:
    def __init__(self, db: Database, storage: Storage, keyring: Keyring, mail_domain: str) -> None:
        self.mail_domain = mail_domain
        self._db = db
        self._storage = storage
        self._keyring = keyring

    async def receive(self, arrivals: Sequence[Arrival], state: dict[str, Any] | None = None) -> None:
        for account in {arrival.channel.account_id for arrival in arrivals}:
            await self._note_who_we_are(account, [a for a in arrivals if a.channel.account_id == account])
        await receive.store(self._db, self._storage, arrivals, state)

    async def _note_who_we_are(self, account: int, arrivals: Sequence[Arrival]) -> None:
        """As it was on that day: a replay judges by the same addresses."""
        async with self._db.transaction(account) as tx:
            kinds = await queries.addresses_by_kind(tx, [arrival.channel.channel_id for arrival in arrivals])
        for arrival in arrivals:
            arrival.door.account_addresses = kinds.get(arrival.channel.channel_id, [])

    async def find(self, space: str, keys: Sequence[str]) -> dict[str, ChannelRef]:
        async with self._db.transaction(None) as tx:
            return await queries.by_address(tx, space, keys)

    async def channel(self, ref: ChannelRef) -> Channel:
        return self._as_kind_sees(await self._row(ref))

    async def channels(self, kind: str) -> Sequence[Channel]:
        async with self._db.transaction(None) as tx:
            refs = await queries.of_kind(tx, kind)
        return [await self.channel(ref) for ref in refs]

    async def state(self, ref: ChannelRef) -> dict[str, Any]:
        return (await self._row(ref)).state

    async def health(self, ref: ChannelRef, state: Literal["ok", "waiting", "attention"], why: str = "") -> None:
        async with self._db.transaction(ref.account_id) as tx:
            await inboxes.health(tx, ref.channel_id, state, why)

    async def availability(self, ref: ChannelRef) -> bool:
        """Somebody who can answer sees this channel."""
        async with self._db.transaction(ref.account_id) as tx:
            return bool(await queries.answerers(tx, ref.channel_id))

    async def who_rings(self, ref: ChannelRef, caller: str) -> Sequence[UUID]:
        async with self._db.transaction(ref.account_id) as tx:
            return await queries.answerers(tx, ref.channel_id)

    async def _row(self, ref: ChannelRef) -> ChannelRow:
        async with self._db.transaction(ref.account_id) as tx:
            return await queries.channel(tx, ref.channel_id)

    def _as_kind_sees(self, row: ChannelRow) -> Channel:
        return as_kind_sees(row, self._keyring, self.mail_domain)
