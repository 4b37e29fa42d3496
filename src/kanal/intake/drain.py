"""The worker's side of the way in. A raw row is its own job: woken by a NOTIFY, or found by the repair query, each
channel is drained batch after batch, parsed outside any transaction and ingested in one, under the channel's lock."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from uuid import UUID

import msgspec
import structlog

from kanal.channelkit.contract import Kind
from kanal.channelkit.errors import RetryLater
from kanal.channelkit.messages import Attachment, Door, Inbound, Proof, Raw, Receipt, Refused, Said
from kanal.delivery import receipts
from kanal.delivery.models import Carriers
from kanal.inboxes import health, proofs
from kanal.inboxes import queries as inboxes
from kanal.inboxes.rules import as_kind_sees
from kanal.intake import actions, queries
from kanal.intake.history import date
from kanal.intake.models import ChannelRow, Fate, Item, Parsed, StoredFile, Waiting
from kanal.intake.parsing import Parser
from kanal.intake.pipeline import ingest
from kanal.intake.spam.rspamd import Rspamd
from kanal.kit import clock
from kanal.kit.crypto import Keyring
from kanal.kit.db import Database, Transaction, is_passing
from kanal.kit.storage import BlobMissing, Storage

REPAIR_SECONDS = 1.0
FILES_AT_ONCE = 16
"""Most of the time that storing a file takes is waiting for the disk."""
PART_BYTES = 1_000_000
Target = tuple[int, UUID]
Readable = tuple[Waiting, Raw]
log = structlog.get_logger()


class Drain:
    """Drains channels, each by one task at a time; any number of processes may do so at once."""

    def __init__(self, db: Database, carriers: Carriers, storage: Storage, filter_: Rspamd | None = None) -> None:
        self.db = db
        self.filter = filter_
        self.storage = storage
        self.carriers = carriers
        self.parser = Parser()
        self._dirty: set[Target] = set()
        self._busy: set[Target] = set()
        self._wake = asyncio.Event()
        self._filing = asyncio.Semaphore(FILES_AT_ONCE)

    def wake(self, topic: str) -> None:
        """Take note of `raw:<account>:<channel>`, or of `sweep`: look yourself."""
        if topic.startswith("raw:"):
            _, account, channel = topic.split(":")
            self._dirty.add((int(account), UUID(channel)))
        self._wake.set()

    async def run(self) -> None:
        """Until cancelled."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self.parser.warm(self.carriers.kinds.values()))
                while True:
                    await self._look()
                    for target in self._dirty - self._busy:
                        self._dirty.discard(target)
                        self._busy.add(target)
                        group.create_task(self._drain_target(target))
                    self._wake.clear()
                    if not self._dirty - self._busy:
                        await self._sleep()
        finally:
            self.parser.close()

    async def drain_once(self, account: int, channel: UUID) -> bool:
        """One batch of a channel; False when nothing waited."""
        async with self.db.transaction(account) as tx:
            row = await queries.channel(tx, channel)
            kind = self.carriers.kinds.get(row.kind) if row else None
            if row is None or await self._set_aside(tx, row, kind):
                return False
            waiting = await queries.next_batch(tx, channel)
        if not waiting or kind is None:
            return False
        row.threading = kind.capabilities.threading
        row.one_shot = kind.capabilities.one_shot
        await self._take_in(account, row, kind, waiting)
        return True

    async def _set_aside(self, tx: Transaction, channel: ChannelRow, kind: Kind | None) -> bool:
        if channel.deleted:
            await actions.hold_all(tx, channel.id, "quarantined", "the channel was deleted")
        elif not channel.active:
            await actions.hold_all(tx, channel.id, "held", "channel is off")
        elif kind is None:
            await actions.hold_all(tx, channel.id, "held", f"the kind {channel.kind} is not installed")
        else:
            return False
        return True

    async def _take_in(self, account: int, channel: ChannelRow, kind: Kind, waiting: list[Waiting]) -> None:
        """A batch, in parts: while one goes into the database, the next is parsed and its files go to storage."""
        parts = _parts(await self._read(account, channel, waiting))
        ahead = [asyncio.create_task(self._prepare(account, channel, kind, part)) for part in parts]
        tries = {row.id: row.tries for row in waiting}
        try:
            for each in ahead:
                await self._take_in_part(account, channel, await each, tries)
        finally:
            for each in ahead:
                each.cancel()
            await asyncio.gather(*ahead, return_exceptions=True)

    async def _prepare(self, account: int, channel: ChannelRow, kind: Kind, part: list[Readable]) -> list[Parsed]:
        said = await self._understand(kind, part)
        if self.filter is not None and kind.capabilities.filtered:
            await self.filter.look([raw for _, raw in part], said)
        fetched = await asyncio.gather(
            *(self._files(account, channel, kind, row, each) for (row, _), each in zip(part, said, strict=True))
        )
        return [
            Parsed(id=row.id, received_at=row.received_at, door=raw.door, inbound=inbound, files=files)
            for (row, raw), inbound, files in zip(part, said, fetched, strict=True)
            if files is not None
        ]

    async def _understand(self, kind: Kind, part: list[Readable]) -> list[list[Inbound]]:
        """What was said in each. What the door did not believe is not even read, until a person lets it in."""
        believed = [raw for _, raw in part if not _doubt(raw.door)]
        said = iter(await self.parser.parse(kind, believed))
        return [[Refused(why=doubt)] if (doubt := _doubt(raw.door)) else next(said) for _, raw in part]

    async def _take_in_part(
        self, account: int, channel: ChannelRow, parsed: list[Parsed], tries: Mapping[UUID, int]
    ) -> None:
        """All together, or one by one where that fails: one bad message never stops another."""
        try:
            await self._ingest(account, channel, parsed)
        except Exception as fault:
            if is_passing(fault):
                raise
            log.exception("drain.batch_failed", account=account, channel=str(channel.id), size=len(parsed))
            for each in parsed:
                await self._ingest_alone(account, channel, each, tries[each.id])

    async def _ingest_alone(self, account: int, channel: ChannelRow, parsed: Parsed, tries: int) -> None:
        try:
            await self._ingest(account, channel, [parsed])
        except Exception as fault:
            if is_passing(fault):
                raise
            log.exception("drain.message_failed", account=account, raw_event=str(parsed.id))
            why = f"it could not be taken in: {type(fault).__name__}"
            await self._fail(account, channel, parsed.id, why, tries)

    async def _fail(self, account: int, channel: ChannelRow, raw_id: UUID, why: str, tries: int) -> None:
        async with self.db.transaction(account) as tx:
            await actions.fail(tx, channel.id, raw_id, why, tries)

    async def _read(self, account: int, channel: ChannelRow, waiting: Sequence[Waiting]) -> list[Readable]:
        """The bytes of each; those that storage cannot give now fail alone, with the reason."""
        readable = []
        for row in waiting:
            try:
                body = row.body if row.body is not None else await self.storage.get(row.blob or "")
            except (BlobMissing, OSError) as trouble:
                why = f"its bytes could not be read from storage: {type(trouble).__name__}"
                await self._fail(account, channel, row.id, why, row.tries)
                continue
            door = msgspec.convert(row.door, Door)
            readable.append((row, Raw(body=body, received_at=row.received_at, door=door)))
        return readable

    async def _files(
        self, account: int, channel: ChannelRow, kind: Kind, row: Waiting, inbound: Sequence[Inbound]
    ) -> dict[int, list[StoredFile]] | None:
        """The files of each thing said, in storage. None when one of them cannot be had now: then the raw event is
        tried again later, so that no message comes in without what was sent with it."""
        try:
            return {
                position: [await self._store(account, channel, kind, file) for file in said.attachments]
                for position, each in enumerate(inbound)
                if (said := _said(each))
            }
        except RetryLater as trouble:
            await self._fail(account, channel, row.id, f"a file could not be fetched: {trouble.why}", row.tries)
            return None

    async def _store(self, account: int, channel: ChannelRow, kind: Kind, file: Attachment) -> StoredFile:
        if file.blob:
            return _stored(file, file.blob, file.size)
        async with self._filing:
            data = await self._fetch(account, channel, kind, file.fetch) if file.fetch else file.data
            return _stored(file, await self.storage.put(data), len(data))

    async def _fetch(self, account: int, channel: ChannelRow, kind: Kind, reference: str) -> bytes:
        async with self.db.transaction(account) as tx:
            row = await inboxes.channel(tx, channel.id)
        return await kind.fetch(reference, as_kind_sees(row, self.carriers.keyring, self.carriers.mail_domain))

    async def _ingest(self, account: int, channel: ChannelRow, parsed: Sequence[Parsed]) -> None:
        async with self.db.transaction(account) as tx:
            await tx.lock(f"drain/{channel.id}")
            current = await queries.still_waiting(tx, [each.id for each in parsed])
            mine = [each for each in parsed if each.id in current]
            fates, items = await _sort(tx, self.carriers.keyring, channel, mine)
            await date(tx, items)
            fates += await ingest(tx, self.carriers, channel, items)
            await actions.settle(tx, channel.id, fates)
            if mine:
                await self._note(tx, channel)

    async def _note(self, tx: Transaction, channel: ChannelRow) -> None:
        """Something came in by the channel, maybe for the first time."""
        if channel.first_received_at is None:
            settings = (await inboxes.channel(tx, channel.id)).settings
            cannot_ask = bool(self.carriers.kinds[channel.kind].obstacle(settings))
            await actions.note_first(tx, channel.id, proves=cannot_ask)
        await health.heard(tx, channel.id)

    async def _look(self) -> None:
        """Find what a lost NOTIFY left behind, and failed rows whose time has come."""
        try:
            async with self.db.transaction(None) as tx:
                again = await queries.due_again(tx, clock.now())
                for ref in again:
                    await tx.enter_account(ref.account_id)
                    await actions.try_again(tx, ref.id)
                self._dirty |= set(await queries.waiting_channels(tx))
        except Exception as trouble:
            if not is_passing(trouble):
                raise
            log.warning("drain.database_away")

    async def _drain_target(self, target: Target) -> None:
        try:
            while await self.drain_once(*target):
                pass
        except Exception as trouble:
            if is_passing(trouble):
                log.warning("drain.interrupted", account=target[0], trouble=type(trouble).__name__)
            else:
                log.exception("drain.stopped", account=target[0], channel=str(target[1]))
            await asyncio.sleep(REPAIR_SECONDS)
        finally:
            self._busy.discard(target)
            self._wake.set()

    async def _sleep(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(REPAIR_SECONDS):
                await self._wake.wait()


def _parts(readable: Sequence[Readable]) -> list[list[Readable]]:
    """Of about a megabyte each, in their order."""
    parts: list[list[Readable]] = []
    size = PART_BYTES
    for row, raw in readable:
        if size >= PART_BYTES:
            parts.append([])
            size = 0
        parts[-1].append((row, raw))
        size += len(raw.body)
    return parts


async def _sort(
    tx: Transaction, keyring: Keyring, channel: ChannelRow, parsed: Sequence[Parsed]
) -> tuple[list[Fate], list[Item]]:
    """Receipts go to what was sent, proofs to the address, refusals to quarantine, the rest on to the pipeline."""
    fates: list[Fate] = []
    items: list[Item] = []
    for each in parsed:
        for position, inbound in enumerate(each.inbound):
            if isinstance(inbound, Refused):
                fates.append(Fate(raw_id=each.id, state="quarantined", reason=inbound.why))
                continue
            if isinstance(inbound, Proof):
                fates.append(await _proof(tx, keyring, channel, each.id, inbound))
                continue
            if isinstance(inbound, Receipt):
                fate = await _receipt(tx, channel, each.id, inbound)
                if fate:
                    fates.append(fate)
                    continue
            said = _said(inbound)
            if said:
                files = each.files.get(position, [])
                items.append(Item(raw_id=each.id, received_at=each.received_at, door=each.door, said=said, files=files))
        if not each.inbound:
            fates.append(Fate(raw_id=each.id, state="quarantined", reason="there was nothing in it"))
    return fates, items


async def _proof(tx: Transaction, keyring: Keyring, channel: ChannelRow, raw_id: UUID, proof: Proof) -> Fate:
    """The verification mail that the desk sent has come all the way round, or one that was never ours."""
    if not await proofs.verify(tx, keyring, channel.id, proof.tokens):
        return Fate(raw_id=raw_id, state="quarantined", reason="a verification mail that this channel never sent")
    await health.well(tx, channel.id)
    return Fate(raw_id=raw_id, state="receipt", reason="it proves that mail to the address comes here")


async def _receipt(tx: Transaction, channel: ChannelRow, raw_id: UUID, receipt: Receipt) -> Fate | None:
    """The fate of a receipt that fits something we sent; one that fits nothing and can be read becomes a ticket."""
    outcome = await receipts.apply(tx, channel.id, receipt)
    if outcome.message_id is not None:
        return Fate(
            raw_id=raw_id,
            state="receipt",
            reason=receipt.state,
            ticket_id=outcome.ticket_id,
            message_id=outcome.message_id,
        )
    if receipt.report is None:
        return Fate(raw_id=raw_id, state="quarantined", reason="a receipt for nothing that we sent")
    return None


def _doubt(door: Door) -> str:
    """Why the door does not believe that a person means it; "" where it does, or where a person looked at it."""
    return "" if door.believed else door.suspicion


def _stored(file: Attachment, blob: str, size: int) -> StoredFile:
    return StoredFile(
        blob=blob,
        name=file.name,
        content_type=file.content_type,
        size=size,
        inline=file.inline,
        content_id=file.content_id,
    )


def _said(inbound: Inbound) -> Said | None:
    if isinstance(inbound, Said):
        return inbound
    return inbound.report if isinstance(inbound, Receipt) else None
