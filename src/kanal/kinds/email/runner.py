"""Reads the mailboxes of all channels that are connected by IMAP, each by itself: one that fails, hangs or is refused
never delays another. It runs in every worker; the desk's lease says which of them reads which mailbox."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Literal

import msgspec
import structlog

from kanal.channelkit.contract import Channel
from kanal.channelkit.desk import ChannelRef, Desk
from kanal.kinds.email import settings as email_settings
from kanal.kinds.email.imap.line import Pace
from kanal.kinds.email.imap.mailbox import Mailbox
from kanal.kinds.email.imap.sent import Copies
from kanal.kit.db import is_passing
from kanal.kit.rounds import Rounds

ROUND = 60.0
"""Seconds after which it looks by itself which channels there are."""
AFTER_A_FAULT = 300.0
AT_ONCE = 10
"""Connections to one server that are being opened at the same time."""
LAST_COPIES = 5.0
"""Seconds that copies for the folder of sent mail get when the process ends."""
FAULT = "This mailbox cannot be read because of a fault of Kanal itself; its log says more. It is tried again."

log = structlog.get_logger("kanal.imap")


class Running(msgspec.Struct, kw_only=True):
    settings: Mapping[str, Any]
    mailbox: Mailbox
    task: asyncio.Task[None]


class MailboxRunner:
    """See channelkit.contract.Runner."""

    where: Literal["serve", "worker"] = "worker"
    name = "mailboxes"

    def __init__(self, desk: Desk, copies: Copies, *, largest: int, pace: Pace | None = None) -> None:
        self._desk = desk
        self._copies = copies
        self._largest = largest
        self._pace = pace or Pace()
        self._running: dict[ChannelRef, Running] = {}
        self._gates: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(AT_ONCE))
        self._rounds = Rounds("mailboxes", self._look_round)
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._desk.on_change(self._changed)
        self._task = asyncio.create_task(self._rounds.run(), name=self.name)

    async def stop(self) -> None:
        """What is being stored is either stored or fetched again at the next start."""
        tasks = [running.task for running in self._running.values()] + ([self._task] if self._task else [])
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._copies.finish(LAST_COPIES)

    def _changed(self) -> None:
        for running in self._running.values():
            running.mailbox.wake()
        self._rounds.wake()

    async def _look_round(self) -> float:
        """Nobody waits for this task but `stop`, so a fault of ours must not end it: it is tried again."""
        try:
            await self._follow_channels()
        except Exception as error:
            if is_passing(error):
                raise
            log.exception("mailboxes.fault")
        return ROUND

    async def _follow_channels(self) -> None:
        """Begin to read what was connected, again what was changed, and no more what is gone."""
        channels = await self._desk.channels("email")
        wanted = {_ref(channel): channel for channel in channels if _has_mailbox(channel)}
        for ref in [ref for ref, running in self._running.items() if _is_over(running, wanted.get(ref))]:
            await self._end(ref)
        for ref, channel in wanted.items():
            if ref not in self._running:
                self._begin(ref, channel)

    def _begin(self, ref: ChannelRef, channel: Channel) -> None:
        gate = self._gates[channel.settings["imap"]["host"].lower()]
        mailbox = Mailbox(self._desk, channel, gate, largest=self._largest, pace=self._pace)
        task = asyncio.create_task(self._keep(ref, mailbox), name="mailbox")
        self._running[ref] = Running(settings=channel.settings, mailbox=mailbox, task=task)

    async def _end(self, ref: ChannelRef) -> None:
        task = self._running.pop(ref).task
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def _keep(self, ref: ChannelRef, mailbox: Mailbox) -> None:
        """A fault of ours that one mailbox brings to light must not stop the others."""
        while True:
            try:
                await mailbox.run()
            except Exception:
                log.exception("mailbox.fault", channel=str(ref.channel_id))
                with contextlib.suppress(Exception):  # what brought it about may also keep it from being told
                    await self._desk.health(ref, "attention", FAULT)
                await asyncio.sleep(AFTER_A_FAULT)


def _ref(channel: Channel) -> ChannelRef:
    return ChannelRef(channel.account_id, channel.id)


def _has_mailbox(channel: Channel) -> bool:
    try:
        return email_settings.read(channel.settings).imap is not None
    except msgspec.ValidationError:  # one that was stored by another version must not stop the others
        log.exception("mailbox.settings_not_understood", channel=str(channel.id))
        return False


def _is_over(running: Running, channel: Channel | None) -> bool:
    return channel is None or channel.settings != running.settings or running.task.done()
