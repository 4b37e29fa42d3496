"""Sends the mails that prove whose an address is, as inboxes.proofs asks for them: `channels.prove_at` is the promise.
What comes of it is said by the channel's health; the mail itself comes back through intake/drain.py."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import structlog

from kanal.channelkit.contract import Channel, Claim, Kind
from kanal.channelkit.errors import ChannelError, RetryLater
from kanal.delivery.models import Carriers
from kanal.inboxes import health, proofs, queries, rules
from kanal.inboxes.models import ChannelRow
from kanal.kit import clock
from kanal.kit.db import Database, Transaction
from kanal.kit.rounds import Rounds

AT_ONCE = 4
BATCH = 20
REPAIR_SECONDS = 10.0
LONGEST_SEND = 90.0
LEASE = timedelta(minutes=5)
"""As long nobody else tries; longer than any try."""
AGAIN = timedelta(minutes=10)
NOT_SENT = "The verification mail could not be sent: "

log = structlog.get_logger()


class Prover:
    """Runs until cancelled. `wake` is called by whoever listens to the topic `prove`."""

    def __init__(self, db: Database, carriers: Carriers) -> None:
        self._db = db
        self._carriers = carriers
        self._rounds = Rounds("verification mails", self._round)
        self.wake = self._rounds.wake

    async def run(self) -> None:
        await self._rounds.run()

    async def run_once(self) -> bool:
        """Send what is due; False when nothing was."""
        async with self._db.transaction(None) as tx:
            due = await tx.all(_Due, "select account_id, id from channels_to_prove(%s, %s)", (clock.now(), BATCH))
        room = asyncio.Semaphore(AT_ONCE)

        async def one(each: _Due) -> None:
            async with room:
                await self._prove(each)

        async with asyncio.TaskGroup() as group:
            for each in due:
                group.create_task(one(each))
        return bool(due)

    async def _round(self) -> float:
        return 0.0 if await self.run_once() else REPAIR_SECONDS

    async def _prove(self, due: _Due) -> None:
        errand = await self._claim(due)
        if errand is None:
            return
        try:
            async with asyncio.timeout(LONGEST_SEND):
                await errand.kind.prove(errand.channel, errand.token)
        except RetryLater as trouble:
            await self._settle(due, trouble.why, again=clock.now() + (trouble.after or AGAIN))
        except ChannelError as trouble:
            await self._settle(due, trouble.why)
        except Exception as error:  # noqa: BLE001 - a fault of one kind must not stop the others
            log.error("proving.fault", channel_id=str(due.id), error=type(error).__name__)
            await self._settle(due, f"it failed ({type(error).__name__})", again=clock.now() + AGAIN)
        else:
            await self._settle(due, "")

    async def _claim(self, due: _Due) -> _Errand | None:
        """Ours for a while; None where there is nothing to send, nothing to send it by, or another was faster."""
        now = clock.now()
        async with self._db.transaction(due.account_id) as tx:
            if not await tx.run(
                "update channels set prove_at = %s where id = %s and prove_at <= %s", (now + LEASE, due.id, now)
            ):
                return None
            row = await queries.channel(tx, due.id)
            kind = self._carriers.kinds.get(row.kind)
            main = await _main(tx, kind, row) if kind and row.deleted_at is None else None
            if kind is None or main is None or kind.obstacle(row.settings):
                await _done(tx, due.id)
                return None
        channel = rules.as_kind_sees(row, self._carriers.keyring, self._carriers.mail_domain)
        return _Errand(
            kind=kind, channel=channel, token=proofs.token(self._carriers.keyring, row.id, main.space, main.key)
        )

    async def _settle(self, due: _Due, trouble: str, again: datetime | None = None) -> None:
        async with self._db.transaction(due.account_id) as tx:
            await _done(tx, due.id, again)
            row = await queries.channel_to_change(tx, due.id)
            if row.deleted_at is None and _may_say(row):
                if not trouble:
                    await health.well(tx, due.id)
                elif row.unproved:
                    await health.say(tx, due.id, "waiting" if again else "attention", NOT_SENT + trouble)


class _Due(msgspec.Struct, kw_only=True):
    account_id: int
    id: UUID


class _Errand(msgspec.Struct, kw_only=True):
    kind: Kind
    channel: Channel
    token: str


async def _main(tx: Transaction, kind: Kind, row: ChannelRow) -> Claim | None:
    """The address to prove; None where there is none, or it has gone to another account."""
    claims = kind.claims(row.settings)
    if proofs.state(claims, await proofs.addresses(tx, [row.id])) not in ("waiting", "proved"):
        return None
    return next(claim for claim in claims if not claim.proved)


async def _done(tx: Transaction, channel_id: UUID, again: datetime | None = None) -> None:
    await tx.run("update channels set prove_at = %s where id = %s", (again, channel_id))


def _may_say(row: ChannelRow) -> bool:
    """What else is wrong with the channel is said first."""
    return row.health != "attention" or row.health_why.startswith(NOT_SENT)
