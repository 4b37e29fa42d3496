"""rspamd, asked by its own HTTP protocol (`POST /checkv2`) what it thinks of a mail. It may be away: mail is then taken
as if it had said nothing, and is never kept waiting for it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from time import monotonic
from urllib.parse import urlsplit

import httpx2
import msgspec
import structlog

from kanal.channelkit.messages import Door, Inbound, Raw, Said
from kanal.kit.http import ForbiddenAddress, TooLarge, safe_client

SPAM = frozenset({"reject", "add header", "rewrite subject"})
"""Actions that mean: spam. `greylist` and `soft reject` ask a sender to come again, who is long gone here."""
SECONDS = 8.0
AT_ONCE = 8
REST_SECONDS = 30.0
"""After no answer it is not asked again for so long."""
MOST_SYMBOLS = 3
LARGEST = 1_000_000
"""Bytes of its answer."""
log = structlog.get_logger("kanal.intake")


class Rspamd:
    """One for the process; `url` is the address of its worker, such as `http://127.0.0.1:11333`."""

    def __init__(self, url: str) -> None:
        self._url = f"{url.rstrip('/')}/checkv2"
        self._room = asyncio.Semaphore(AT_ONCE)
        self._away_until = 0.0

    async def look(self, mails: Sequence[Raw], said: Sequence[Sequence[Inbound]]) -> None:
        """Notes on what was said in each mail what speaks against it: rspamd's strongest symbols. What a person let in,
        what we sent, and what was there before is not asked about."""
        asked = [(mail, each) for mail, inbound in zip(mails, said, strict=True) if (each := _new_words(mail, inbound))]
        if not asked:
            return
        # The installation's operator chose the address, so it may be in our own network.
        host = urlsplit(self._url).hostname or ""
        async with safe_client(allow=[host], seconds=SECONDS, max_bytes=LARGEST) as client:
            answers = await asyncio.gather(*(self._one(client, mail) for mail, _ in asked))
        for (_, each), against in zip(asked, answers, strict=True):
            each.spam = each.spam or against

    async def _one(self, client: httpx2.AsyncClient, mail: Raw) -> str:
        async with self._room:
            if monotonic() < self._away_until:
                return ""
            try:
                response = await client.post(self._url, content=mail.body, headers=_headers(mail.door))
                response.raise_for_status()
                return _against(msgspec.json.decode(response.content, type=_Answer))
            except (httpx2.HTTPError, ForbiddenAddress, TooLarge, msgspec.MsgspecError) as trouble:
                self._away_until = monotonic() + REST_SECONDS
                log.warning("rspamd.no_answer", error=type(trouble).__name__)
                return ""


def _new_words(mail: Raw, inbound: Sequence[Inbound]) -> Said | None:
    if mail.door.outgoing or mail.door.history or mail.door.believed:
        return None
    return next((each for each in inbound if isinstance(each, Said)), None)


class _Symbol(msgspec.Struct):
    name: str = ""
    score: float = 0.0


class _Answer(msgspec.Struct):
    action: str
    symbols: dict[str, _Symbol] = {}
    is_skipped: bool = False


def _against(answer: _Answer) -> str:
    if answer.is_skipped or answer.action not in SPAM:
        return ""
    worst = sorted(answer.symbols.items(), key=lambda item: (-item[1].score, item[0]))
    named = [name for name, symbol in worst if symbol.score > 0][:MOST_SYMBOLS]
    return f"rspamd, {', '.join(named)}" if named else "rspamd"


def _headers(door: Door) -> list[tuple[bytes, bytes]]:
    """What the door knew; a mail that was fetched from a mailbox has less."""
    given = [("From", door.mail_from), ("Ip", door.client), ("Helo", door.helo)]
    given += [("Rcpt", recipient) for recipient in door.rcpt_to]
    return [(name.encode(), _value(value)) for name, value in given if value]


def _value(text: str) -> bytes:
    return " ".join(text.split()).encode("utf-8", "replace")
