"""The desk as kinds see it (channelkit.desk.Desk), bound to the database: who answers for an address, what arrived, how
a channel is doing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, Literal
from uuid import UUID

import structlog

from kanal.channelkit.contract import Channel
from kanal.channelkit.desk import Arrival, ChannelRef
from kanal.channelkit.ledger import Entry, Listed, Wanted
from kanal.delivery.waking import wake_channel
from kanal.inboxes import actions as inboxes
from kanal.inboxes import health, queries
from kanal.inboxes.ledger import actions as ledger
from kanal.inboxes.ledger import queries as reading
from kanal.inboxes.ledger import wanting
from kanal.inboxes.models import ChannelRow
from kanal.inboxes.rules import as_kind_sees
from kanal.intake import receive
from kanal.kit import clock
from kanal.kit.crypto import Keyring, Undecryptable
from kanal.kit.db import Database, Transaction
from kanal.kit.storage import Storage
from kanal.server.leases import Leases

UNREADABLE = (
    "The stored password cannot be read with the keys of this installation. "
    "Put the key that was used before back into KANAL_SECRET_KEY."
)

log = structlog.get_logger()


class BoundDesk:
    def __init__(self, db: Database, storage: Storage, keyring: Keyring, mail_domain: str) -> None:
        self.mail_domain = mail_domain
        self._db = db
        self._storage = storage
        self._keyring = keyring
        self._leases = Leases(db)
        self._wakes: list[Callable[[], None]] = []

    async def close(self) -> None:
        """Let go of all leases."""
        await self._leases.close()

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
        """One query for each account that has any."""
        found: list[ChannelRow] = []
        async with self._db.transaction(None) as tx:
            refs = sorted(await queries.of_kind(tx, kind), key=lambda ref: ref.account_id)
            for account, theirs in groupby(refs, lambda ref: ref.account_id):
                await tx.enter_account(account)
                found += await queries.these(tx, [ref.channel_id for ref in theirs])
        return [channel for row in found if (channel := await self._if_readable(row)) is not None]

    async def _if_readable(self, row: ChannelRow) -> Channel | None:
        """One whose secrets cannot be read must not keep the others from being worked for."""
        try:
            return self._as_kind_sees(row)
        except Undecryptable:
            log.error("channel.secrets_unreadable", channel=str(row.id))
            await self.health(ChannelRef(row.account_id, row.id), "attention", UNREADABLE)
            return None

    async def state(self, ref: ChannelRef) -> dict[str, Any]:
        return (await self._row(ref)).state

    async def remember(self, ref: ChannelRef, state: dict[str, Any]) -> None:
        async with self._db.transaction(ref.account_id) as tx:
            await inboxes.remember(tx, [ref.channel_id], state)

    def on_change(self, wake: Callable[[], None]) -> None:
        self._wakes.append(wake)

    def channels_changed(self, _topic: str = "") -> None:
        """Called by whoever listens to the topic `channels`."""
        for wake in self._wakes:
            wake()

    async def lease(self, ref: ChannelRef) -> bool:
        if (await self._row(ref)).deleted_at is not None:
            await self.let_go(ref)
            return False
        return await self._leases.take(_lease(ref))

    async def let_go(self, ref: ChannelRef) -> None:
        await self._leases.let_go(_lease(ref))

    async def list_entries(self, ref: ChannelRef, folder: str, listed: Sequence[Listed], at: datetime) -> None:
        async with self._db.transaction(ref.account_id) as tx:
            await ledger.list_entries(tx, ref.channel_id, folder, listed, at)

    async def end_listing(self, ref: ChannelRef, folder: str, began: datetime) -> None:
        async with self._db.transaction(ref.account_id) as tx:
            await ledger.end_listing(tx, ref.channel_id, folder, began)

    async def reads_only(self, ref: ChannelRef, folders: Sequence[str]) -> None:
        async with self._db.transaction(ref.account_id) as tx:
            await ledger.reads_only(tx, ref.channel_id, folders)

    async def forget_entries(self, ref: ChannelRef) -> datetime | None:
        async with self._db.transaction(ref.account_id) as tx:
            return await ledger.forget_entries(tx, ref.channel_id)

    async def wanted(self, ref: ChannelRef, folder: str, most: int) -> Sequence[Wanted]:
        async with self._db.transaction(ref.account_id) as tx:
            return await reading.wanted(tx, ref.channel_id, folder, most, clock.now())

    async def not_fetched(self, ref: ChannelRef, entries: Sequence[Entry], why: str, *, skip: bool = False) -> None:
        async with self._db.transaction(ref.account_id) as tx:
            await ledger.not_fetched(tx, ref.channel_id, entries, why, skip=skip)

    async def want_history(self, ref: ChannelRef, since: datetime | None) -> None:
        async with self._db.transaction(ref.account_id) as tx:
            await wanting.want_history(tx, ref.channel_id, since)

    async def authorized(self, ref: ChannelRef, granted: bool, why: str = "") -> None:
        """That a mailbox can be read does not say that mail may leave."""
        async with self._db.transaction(ref.account_id) as tx:
            if granted and _is_about_way_out(await queries.channel(tx, ref.channel_id)):
                return
            if await health.authorize(tx, ref.channel_id, granted, why) and granted:
                await wake_channel(tx, ref.channel_id)

    async def health(self, ref: ChannelRef, state: Literal["ok", "waiting", "attention"], why: str = "") -> None:
        async with self._db.transaction(ref.account_id) as tx:
            if state == "ok":
                await self._well(tx, ref.channel_id)
            else:
                await health.say(tx, ref.channel_id, state, why)

    async def _well(self, tx: Transaction, channel_id: UUID) -> None:
        """As far as the kind's runner can tell: whether mail leaves is for the way out to say."""
        row = await queries.channel(tx, channel_id)
        if row.authorized and not _is_about_way_out(row):
            await health.well(tx, channel_id)

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


def _is_about_way_out(row: ChannelRow) -> bool:
    return row.health == "attention" and row.health_why.startswith(health.WAY_OUT)


def _lease(ref: ChannelRef) -> str:
    return f"fetch {ref.account_id}/{ref.channel_id}"
