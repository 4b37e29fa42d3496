"""Parsing in a child process (intake/child.py), so that no mail can hurt the desk. What cannot be parsed comes back as
the kind's `unreadable`, never as nothing. From here it goes on to the pipeline."""

from __future__ import annotations

import asyncio
import os
import pickle
import subprocess
import sys
from collections.abc import Iterable, Sequence

import msgspec
import structlog

from kanal.channelkit.contract import Kind
from kanal.channelkit.messages import Inbound, Raw
from kanal.intake import child

GRACE = 30.0
"""Seconds for starting the child and for carrying a batch there and back."""

log = structlog.get_logger()
_answers = msgspec.msgpack.Decoder(child.Answer)


class ChildLost(Exception):
    """The child died over what it was given."""


class Parser:
    """One child process, for one batch at a time. It stays, since starting one takes half a second."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._turn = asyncio.Lock()

    async def warm(self, kinds: Iterable[Kind]) -> None:
        """Have the child started, with what these kinds import, before there is something to parse."""
        for kind in kinds:
            await self.parse(kind, [])

    async def parse(self, kind: Kind, raws: Sequence[Raw]) -> list[list[Inbound]]:
        """What was said in each of these; in their order."""
        try:
            async with self._turn:
                return await self._ask(kind, raws)
        except (ChildLost, TimeoutError) as trouble:
            if len(raws) != 1:
                return [(await self.parse(kind, [raw]))[0] for raw in raws]
            log.warning("parser.child_lost", kind=kind.name, size=len(raws[0].body), trouble=type(trouble).__name__)
            why = "reading it took too long" if isinstance(trouble, TimeoutError) else "reading it took too much memory"
            return [[kind.unreadable(raws[0], why)]]

    def close(self) -> None:
        if self._child is None:
            return
        self._child.kill()
        self._child.communicate()
        self._child = None

    async def _ask(self, kind: Kind, raws: Sequence[Raw]) -> list[list[Inbound]]:
        answer = asyncio.create_task(asyncio.to_thread(_exchange, self._start(), kind, list(raws)))
        try:
            async with asyncio.timeout(GRACE + child.SECONDS_A_MESSAGE * len(raws)):
                return await asyncio.shield(answer)
        except BaseException:
            await self._give_up(answer)
            raise

    def _start(self) -> subprocess.Popen[bytes]:
        if self._child is None:
            # It ends when our side of the pipe closes, even by `kill -9`. Its own words may quote what people wrote.
            self._child = subprocess.Popen(  # noqa: S603 - this interpreter
                [sys.executable, "-m", child.__name__],
                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._child

    async def _give_up(self, answer: asyncio.Task[list[list[Inbound]]]) -> None:
        """The thread has to let go of the pipes before they are closed."""
        assert self._child is not None
        self._child.kill()
        await asyncio.wait([answer])
        answer.exception()
        self.close()


def _exchange(process: subprocess.Popen[bytes], kind: Kind, raws: list[Raw]) -> list[list[Inbound]]:
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        child.write(process.stdin, pickle.dumps((kind, raws)))
        answer = child.read(process.stdout)
    except OSError as broken:
        raise ChildLost from broken
    if answer is None:
        raise ChildLost
    return _answers.decode(answer)
