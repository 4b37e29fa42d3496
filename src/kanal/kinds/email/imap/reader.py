"""One folder, brought up to date: what the server lists is written into the ledger, what the ledger wants is fetched
and handed to the desk. line.py calls it whenever something may have changed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec

from kanal.channelkit.desk import Arrival, ChannelRef, Desk
from kanal.channelkit.ledger import BEFORE, MARKED, Entry, Listed, Wanted
from kanal.kinds.email.imap import fetching, folders, listing, words
from kanal.kinds.email.imap.cursor import Beginning, Cursor
from kanal.kinds.email.imap.door import door_of
from kanal.kinds.email.imap.errors import Broken, Refused
from kanal.kinds.email.imap.folders import Opened
from kanal.kinds.email.imap.listing import Mail
from kanal.kinds.email.imap.session import Session
from kanal.kit import clock

TOGETHER = 8_000_000
"""Bytes fetched at once, unless a single mail is larger; that much is held in memory and stored in one commit."""
AT_ONCE = 200
LEAP = 20_000
"""Numbers that may be new at once; beyond, the folder is listed by position."""
VANISHED = "another program moved or deleted it before it was fetched"
NUMBERED_ANEW = "its server numbered the folder anew; it is listed under its new number"


class Reading(msgspec.Struct, kw_only=True, frozen=True):
    """What the readers of one channel share."""

    desk: Desk
    ref: ChannelRef
    cursor: Cursor
    address: str
    authserv: str
    largest: int
    """Bytes of a mail that is still taken."""
    history_from: datetime | None
    """Old mail is fetched from then on."""
    sweep: float
    """Seconds between two comparisons of the whole folder with the ledger."""


class Reader:
    """Of one folder."""

    def __init__(self, reading: Reading, name: str, *, outgoing: bool) -> None:
        self.name = name
        self.has_failed = False
        """Something could not be fetched at the last time and is due again soon."""
        self.has_swept = False
        """The whole folder was listed at the last time."""
        self._of = reading
        self._outgoing = outgoing
        self._uidvalidity = 0
        self._next_uid = 0
        """At least what the next new mail will have."""
        self._messages = 0
        """How many there were when it was listed last."""
        self._next_sweep = 0.0
        self._one_by_one = 0

    @property
    def is_due(self) -> bool:
        """Whether there is something to do even though the server names no change."""
        return self.has_failed or asyncio.get_running_loop().time() >= self._next_sweep

    def must_sweep(self) -> None:
        """As after a connection that was lost: anything may have happened meanwhile."""
        self._next_sweep = 0.0

    async def catch_up(self, session: Session) -> bool:
        """Whether there is more to fetch at once. Raises NoMailbox, Broken, Refused."""
        opened = await folders.examine(session, self.name)
        begun = await self._of.cursor.beginning(opened, clock.now())
        self.has_swept = self._must_list_all(opened)
        if self.has_swept:
            await self._sweep(session, opened, begun)
        elif opened.uidnext == 0 or opened.uidnext > self._next_uid:
            await self._list_new(session, opened, begun)
        if self._messages != opened.messages <= listing.PAGE:  # some have left, and a small folder is soon compared
            await self._sweep(session, opened, begun)
        return await self._fetch(session, opened)

    def _must_list_all(self, opened: Opened) -> bool:
        is_due = asyncio.get_running_loop().time() >= self._next_sweep
        return is_due or opened.uidvalidity != self._uidvalidity or opened.uidnext - self._next_uid > LEAP

    async def _sweep(self, session: Session, opened: Opened, begun: Beginning) -> None:
        began, last = clock.now(), opened.uidnext - 1
        async for page in listing.everything(session, opened):
            await self._write_down(page, opened, begun, began)
            last = max([last, *(mail.uid for mail in page)])
        await self._of.desk.end_listing(self._of.ref, self.name, began)
        self._uidvalidity, self._next_uid, self._messages = opened.uidvalidity, last + 1, opened.messages
        self._next_sweep = asyncio.get_running_loop().time() + self._of.sweep

    async def _list_new(self, session: Session, opened: Opened, begun: Beginning) -> None:
        found = await listing.since(session, self._next_uid)
        await self._write_down(found, opened, begun, clock.now())
        self._next_uid = max([self._next_uid, opened.uidnext, *(mail.uid + 1 for mail in found)])
        self._messages += len(found)

    async def _write_down(self, mails: Sequence[Mail], opened: Opened, begun: Beginning, at: datetime) -> None:
        listed = [self._listed(mail, opened, begun) for mail in mails]
        await self._of.desk.list_entries(self._of.ref, self.name, listed, at)

    def _listed(self, mail: Mail, opened: Opened, begun: Beginning) -> Listed:
        old, rule = begun.has_old(mail), self._rule(mail)
        if old and not rule and not self._is_asked_for(mail):
            rule = BEFORE
        return Listed(
            key=f"{opened.uidvalidity}:{mail.uid}",
            size=mail.size,
            at=mail.at,
            state="skipped" if rule else "wanted",
            why=rule,
            history=old and rule in ("", BEFORE) and not self._outgoing,
        )

    def _is_asked_for(self, mail: Mail) -> bool:
        """Though it is old. What was sent before is nobody's question any more."""
        since = self._of.history_from
        return since is not None and mail.at is not None and mail.at >= since and not self._outgoing

    def _rule(self, mail: Mail) -> str:
        """By which it is not fetched, however new it is."""
        if mail.size > self._of.largest:
            return f"it is larger than the {self._of.largest // 1_000_000} MB that this installation takes"
        return MARKED if mail.deleted else ""

    async def _fetch(self, session: Session, opened: Opened) -> bool:
        """Two batches of what is wanted, so that new mail is never behind much of the old."""
        self.has_failed = False
        wanted = await self._of.desk.wanted(self._of.ref, self.name, AT_ONCE)
        here = [each for each in wanted if _uidvalidity(each) == opened.uidvalidity]
        if len(here) < len(wanted):
            elsewhere = [_entry(each) for each in wanted if each not in here]
            await self._of.desk.not_fetched(self._of.ref, elsewhere, NUMBERED_ANEW, skip=True)
        batches = list(self._batches(here))
        for batch in batches[:2]:
            await self._fetch_batch(session, batch)
        return len(batches) > 2 or len(wanted) == AT_ONCE

    def _batches(self, wanted: Sequence[Wanted]) -> Iterator[list[Wanted]]:
        batch: list[Wanted] = []
        for each in wanted:
            together = sum(one.size for one in batch) + each.size
            if batch and (together > TOGETHER or self._one_by_one):
                yield batch
                batch = []
            batch.append(each)
        if batch:
            yield batch

    async def _fetch_batch(self, session: Session, batch: list[Wanted]) -> None:
        try:
            bodies = await fetching.bodies(session, [_uid(each) for each in batch], sum(each.size for each in batch))
        except Refused as refused:
            await self._after_refusal(session, batch, refused)
            return
        except Broken:
            await self._after_break(batch)
            raise
        self._one_by_one = max(0, self._one_by_one - len(batch))
        await self._hand_in([each for each in batch if _uid(each) in bodies], bodies)
        await self._explain_missing(session, [each for each in batch if _uid(each) not in bodies])

    async def _hand_in(self, got: Sequence[Wanted], bodies: dict[int, bytes]) -> None:
        if got:
            await self._of.desk.receive([self._arrival(each, bodies[_uid(each)]) for each in got])

    def _arrival(self, each: Wanted, body: bytes) -> Arrival:
        of = self._of
        door = door_of(body, address=of.address, authserv=of.authserv, outgoing=self._outgoing, history=each.history)
        return Arrival(channel=of.ref, body=body, door=door, entry=_entry(each))

    async def _after_refusal(self, session: Session, batch: list[Wanted], refused: Refused) -> None:
        """One mail that the server cannot give must not hold back the others."""
        if words.is_for_now(refused):
            raise words.not_now(session.imap, refused.text) from refused
        if len(batch) > 1:
            for each in batch:
                await self._fetch_batch(session, [each])
        else:
            await self._not_fetched(batch, f"the server said: {refused.text}"[:300])

    async def _after_break(self, batch: list[Wanted]) -> None:
        """There are mails over which a server dies every time: those of this batch are asked for one by one."""
        if len(batch) == 1:
            await self._not_fetched(batch, "the connection broke while it was fetched")
        else:
            self._one_by_one = len(batch)

    async def _explain_missing(self, session: Session, missing: list[Wanted]) -> None:
        if not missing:
            return
        there = await fetching.still_there(session, [_uid(each) for each in missing])
        vanished = [_entry(each) for each in missing if _uid(each) not in there]
        await self._of.desk.not_fetched(self._of.ref, vanished, VANISHED, skip=True)
        await self._not_fetched([each for each in missing if _uid(each) in there], "the server does not give it out")

    async def _not_fetched(self, which: Sequence[Wanted], why: str) -> None:
        if which:
            self.has_failed = True
            await self._of.desk.not_fetched(self._of.ref, [_entry(each) for each in which], why)


def _entry(wanted: Wanted) -> Entry:
    return Entry(folder=wanted.folder, key=wanted.key)


def _uidvalidity(wanted: Wanted) -> int:
    return int(wanted.key.partition(":")[0])


def _uid(wanted: Wanted) -> int:
    return int(wanted.key.partition(":")[2])
