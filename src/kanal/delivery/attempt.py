"""One attempt to deliver, in three steps that never share a transaction: claim, network, result. Between them the
process may die; `recovery` says what is done with what it leaves."""

from __future__ import annotations

import asyncio
import traceback
from datetime import timedelta
from random import SystemRandom
from uuid import UUID

import psycopg
import structlog

from kanal.channelkit.contract import Channel, Kind
from kanal.channelkit.errors import ChannelError
from kanal.channelkit.messages import Outbound
from kanal.delivery import actions, outbound, queries, rules, waking
from kanal.delivery.errors import Superseded
from kanal.delivery.models import Carriers, Change, Claim, Row
from kanal.inboxes import health
from kanal.inboxes import queries as channels
from kanal.inboxes.models import ChannelRow
from kanal.inboxes.rules import as_kind_sees
from kanal.kit import clock
from kanal.kit.db import Database, Transaction, is_passing
from kanal.kit.storage import Storage

log = structlog.get_logger()

LONGEST_SEND = 600.0
"""Seconds that a kind may take for one message."""
LONGEST_LOOK = 60.0
BEHIND_ANOTHER = timedelta(seconds=5)
"""It is woken as soon as the one before it is settled."""
PAUSES_BETWEEN_WRITES = (0.2, 1.0, 5.0, 20.0)
"""Seconds between tries to write down a result that the database would not take."""


class Attempts:
    """Makes attempts for one process."""

    def __init__(self, db: Database, carriers: Carriers, storage: Storage) -> None:
        self._db = db
        self._carriers = carriers
        self._storage = storage

    async def make(self, account: int, delivery: UUID, mark: str) -> None:
        """Deliver, unless somebody else does or it has to wait."""
        claim = await self._claim(account, delivery, mark)
        if claim is not None:
            change = await self._hand_over(claim)
            if change is not None:
                await self._write(claim, change)

    async def look_up(self, account: int, delivery: UUID) -> None:
        """Ask the provider about a delivery of unknown fate, where it can be asked."""
        async with self._db.transaction(account) as tx:
            claim = await queries.claim(tx, delivery)
        change = await self._ask(claim)
        if change is not None:
            await self._write(claim, change)

    async def _claim(self, account: int, delivery: UUID, mark: str) -> Claim | None:
        async with self._db.transaction(account) as tx:
            row = await queries.row(tx, delivery)
            if row is None:
                return None
            await tx.lock(f"deliver {row.conversation_id}")
            if not await queries.hold(tx, delivery, clock.now()):
                return None
            waits = await self._must_wait(tx, row)
            if waits is None:
                return await actions.claim(tx, row, mark)
            await actions.move(tx, delivery, waits)
            return None

    async def _must_wait(self, tx: Transaction, row: Row) -> Change | None:
        channel = await channels.channel(tx, row.channel_id)
        if channel.deleted_at is not None:
            return Change(to="failed", reason=rules.DELETED)
        if why := self._closed(channel):
            return rules.held(why, clock.now())
        ahead = await queries.ahead(tx, row)
        if ahead is None:
            return None
        soon = clock.now() + BEHIND_ANOTHER
        return Change(to="queued", reason=rules.WAITS, next_try_at=max(soon, ahead.next_try_at or soon))

    def _closed(self, channel: ChannelRow) -> str:
        if channel.kind not in self._carriers.kinds:
            return rules.NO_KIND
        if not channel.active:
            return rules.SWITCHED_OFF
        return "" if channel.authorized else rules.NOT_AUTHORIZED

    async def _hand_over(self, claim: Claim) -> Change | None:
        """What became of it; None when another process took it over."""
        handed_over = False

        async def data_leaves() -> None:
            nonlocal handed_over
            async with self._db.transaction(claim.account_id) as tx:
                if not await actions.data_leaves(tx, claim):
                    raise Superseded
            handed_over = True

        try:
            kind, channel, out = await self._prepare(claim)
            async with asyncio.timeout(LONGEST_SEND):
                return rules.taken(await kind.send(out, channel, data_leaves))
        except Superseded:
            return None
        except Exception as error:  # noqa: BLE001 - whatever a kind raises decides over this delivery alone
            return await self._after(error, handed_over, claim)

    async def _prepare(self, claim: Claim) -> tuple[Kind, Channel, Outbound]:
        async with self._db.transaction(claim.account_id) as tx:
            row = await channels.channel(tx, claim.row.channel_id)
            stored = await outbound.load(tx, claim.row.message_id)
        channel = as_kind_sees(row, self._carriers.keyring, self._carriers.mail_domain)
        out = await outbound.build(stored, claim, self._carriers.keyring, self._storage)
        return self._carriers.kinds[row.kind], channel, out

    async def _after(self, error: Exception, handed_over: bool, claim: Claim) -> Change:
        if not isinstance(error, ChannelError):
            _log_fault(error, claim)
        change = rules.not_taken(
            error, handed_over=handed_over, tries=claim.tries, now=clock.now(), chance=SystemRandom().random()
        )
        if change.to != "unknown":
            return change
        return await self._ask(claim) or change

    async def _ask(self, claim: Claim) -> Change | None:
        """The provider's word on a message of unknown fate; None when it cannot be asked, or does not answer."""
        try:
            kind, channel, out = await self._prepare(claim)
            if not kind.capabilities.looks_up:
                return None
            async with asyncio.timeout(LONGEST_LOOK):
                sent = await kind.look_up(out, channel)
        except Exception as error:  # noqa: BLE001 - the delivery stays unknown, and a person sees that
            _log_fault(error, claim)
            return None
        return rules.taken(sent) if sent else Change(to="queued", next_try_at=clock.now())

    async def _write(self, claim: Claim, change: Change) -> None:
        """Write the result down, also when the database is away for a moment: it is not known a second time."""
        for pause in PAUSES_BETWEEN_WRITES:
            try:
                await self._write_once(claim, change)
            except psycopg.OperationalError as error:
                if not is_passing(error):
                    raise
                _log_fault(error, claim)
                await asyncio.sleep(pause)
            else:
                return
        await self._write_once(claim, change)

    async def _write_once(self, claim: Claim, change: Change) -> None:
        async with self._db.transaction(claim.account_id) as tx:
            if await actions.move(tx, claim.row.id, change, mark=claim.mark) is None:
                return
            if change.external_id:
                await actions.name_message(tx, claim.row.message_id, change.external_id)
            if change.to == "sent":
                await health.sent(tx, claim.row.channel_id)
                await waking.way_out_works(tx, claim.row.channel_id)
            elif change.somebody_must_act:
                await _needs_somebody(tx, claim.row.channel_id, change)


async def _needs_somebody(tx: Transaction, channel: UUID, change: Change) -> None:
    why = health.WAY_OUT + change.reason
    if not change.signed_out:
        await health.say(tx, channel, "attention", why)
    elif (await channels.channel(tx, channel)).authorized:
        await health.authorize(tx, channel, False, why)


def _log_fault(error: Exception, claim: Claim) -> None:
    """Where it happened, without the error's words, which may hold addresses."""
    log.error(
        "delivery.fault",
        delivery_id=str(claim.row.id),
        channel_id=str(claim.row.channel_id),
        error=type(error).__name__,
        where=traceback.format_tb(error.__traceback__)[-4:],
    )
