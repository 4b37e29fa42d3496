"""What is remembered of a mailbox between two runs: which it is, and since when each of its folders is read, so that
mail which came later is never taken for old. Everything else stands in the ledger."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time

import msgspec

from kanal.channelkit.desk import ChannelRef, Desk
from kanal.kinds.email.imap.folders import Opened
from kanal.kinds.email.imap.listing import Mail
from kanal.kinds.email.settings import Imap
from kanal.kit import clock


def start_of(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), UTC) if day else None


class Beginning(msgspec.Struct, kw_only=True, frozen=True):
    """A mail is old when it has both a UID below `before_uid` and a date before `since`."""

    uidvalidity: int
    before_uid: int
    since: datetime

    def has_old(self, mail: Mail) -> bool:
        return mail.uid < self.before_uid and (mail.at is None or mail.at < self.since)


class Remembered(msgspec.Struct, kw_only=True):
    folders: dict[str, Beginning] = {}
    history: str = ""
    """From which day on old mail was asked for last."""
    user: str = ""
    host: str = ""
    """Whose folders these are, and where."""
    since: datetime | None = None
    """Mail before then is old in a mailbox that took the place of another; None: before the channel was connected."""


class Cursor:
    """Of one channel; shared by the tasks that read its folders."""

    def __init__(self, desk: Desk, ref: ChannelRef, connected_at: datetime | None, imap: Imap) -> None:
        self._desk = desk
        self._ref = ref
        self._connected_at = connected_at
        self._user, self._host = imap.user, imap.host.lower()
        self._turning = asyncio.Lock()
        self._remembered = Remembered()
        self._is_new = False

    async def load(self) -> None:
        self._remembered = msgspec.convert(await self._desk.state(self._ref), Remembered)
        self._is_new = not self._remembered.folders

    async def turn_to_mailbox(self) -> None:
        """To be called once it is signed in. Another mailbox than before begins anew, for its numbers have nothing to
        do with those of the other."""
        async with self._turning:
            before = self._remembered
            if (before.user, before.host) == (self._user, self._host):
                return
            if before.user and before.folders:
                self._remembered = await self._anew(before)
                self._is_new = True
            self._remembered.user, self._remembered.host = self._user, self._host
            await self._save()

    async def _anew(self, before: Remembered) -> Remembered:
        """The same user at another host has moved, perhaps days ago: what came there meanwhile is not old, and what
        was moved along is known by its bytes. In the mailbox of another user old is what came while the one before
        was read."""
        read_at = await self._desk.forget_entries(self._ref)
        has_moved = before.user == self._user
        since = before.since if has_moved else read_at or clock.now()
        return Remembered(history=before.history, since=since)

    async def beginning(self, opened: Opened, now: datetime) -> Beginning:
        """Written down before anything else is done with a folder that is new, or was numbered anew by its server. A
        folder that was chosen later begins when it is first seen."""
        known = self._remembered.folders.get(opened.name)
        if known is not None and known.uidvalidity == opened.uidvalidity:
            return known
        from_the_start = (self._remembered.since or self._connected_at) if self._is_new else None
        since = known.since if known else (from_the_start or now).replace(microsecond=0)  # servers count in seconds
        begun = Beginning(uidvalidity=opened.uidvalidity, before_uid=opened.uidnext or 1 << 32, since=since)
        self._remembered.folders[opened.name] = begun
        await self._save()
        return begun

    async def ask_for_history(self, since: date | None) -> None:
        """Of the old mail that is listed already; readers see to what is listed later."""
        wanted = since.isoformat() if since else ""
        if wanted != self._remembered.history:
            await self._desk.want_history(self._ref, start_of(since))
            self._remembered.history = wanted
            await self._save()

    async def _save(self) -> None:
        await self._desk.remember(self._ref, msgspec.to_builtins(self._remembered))
