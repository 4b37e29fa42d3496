"""The folder for what was sent: a copy of what left from here is put there, and a message of unknown fate is looked
for."""

from __future__ import annotations

import asyncio

import structlog

from kanal.channelkit.errors import Unknown
from kanal.kinds.email.imap import folders, grammar
from kanal.kinds.email.imap.errors import Broken, NoMailbox, Refused
from kanal.kinds.email.imap.session import Session, session
from kanal.kinds.email.settings import Imap
from kanal.kit import clock

TRIES = (0.0, 5.0, 30.0)
"""Seconds before each attempt to put a copy there."""
LONGEST = 300.0
"""Seconds that a copy may take to get there."""
LOOK = 60.0
"""Seconds that looking for a message may take."""

log = structlog.get_logger("kanal.imap")


class Copies:
    """Puts copies into folders for sent mail, beside everything else: a message has been sent whether its copy is
    there or not. A copy that cannot be put there is let go of; the desk has the message."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Task[None]] = set()

    def keep(self, imap: Imap, mail: bytes) -> None:
        task = asyncio.create_task(_keep(imap, mail), name="copy to sent")
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def finish(self, seconds: float) -> None:
        """Give those under way so long."""
        under_way = set(self._under_way)
        if under_way:
            await asyncio.wait(under_way, timeout=seconds)
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)


async def is_there(imap: Imap, message_id: str) -> bool:
    """Whether the folder for sent mail holds a message of this id. Raises Unknown when it cannot be read."""
    try:
        async with asyncio.timeout(LOOK), session(imap) as opened:
            name = await folders.sent(opened)
            if not name:
                raise Unknown("the mailbox has no folder for sent mail to look in")
            await folders.examine(opened, name)
            return bool(await _found(opened, message_id))
    except NoMailbox as failed:
        raise Unknown(failed.why) from failed
    except (Broken, Refused, TimeoutError) as failed:
        raise Unknown("the mailbox could not be asked whether the message was sent") from failed


async def append(opened: Session, folder: str, mail: bytes) -> None:
    """Raises Refused, with the code OVERQUOTA when there is no room."""
    command = b"APPEND %b (\\Seen) %b {%d}"
    head = command % (grammar.folder_on_the_wire(folder), grammar.date_on_the_wire(clock.now()), len(mail))
    await opened.wire.run(head, mail)


async def _keep(imap: Imap, mail: bytes) -> None:
    for pause in TRIES:
        await asyncio.sleep(pause)
        try:
            async with asyncio.timeout(LONGEST), session(imap) as opened:
                name = await folders.sent(opened)
                if not name:
                    log.warning("copy.no_folder_for_sent")
                    return
                await append(opened, name, mail)
                return
        except Refused as refused:
            log.warning("copy.refused", code=refused.code)
            return
        except (NoMailbox, Broken, TimeoutError) as failed:
            log.warning("copy.not_kept", error=type(failed).__name__)


async def _found(opened: Session, message_id: str) -> list[int]:
    answer = await opened.wire.run(b"UID SEARCH HEADER Message-ID " + grammar.quoted(f"<{message_id}>"))
    said = [grammar.values(chunks) for chunks in answer.untagged]
    return [grammar.number(each) for words in said if words[:1] == ["SEARCH"] for each in words[1:]]
