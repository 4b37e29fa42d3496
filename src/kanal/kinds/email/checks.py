"""Authentication of a mail while its sender waits at the door: in threads, with one bound on the time of all of it."""

from __future__ import annotations

import asyncio
import logging
import time
from concurrent.futures import ThreadPoolExecutor

from kanal.kinds.email import authentication
from kanal.kinds.email.authentication import Lookup, authenticate

log = logging.getLogger(__name__)

BOUND = 5.0
"""Seconds that a mail may wait for its results."""
SLOW = 1.0
PAUSE = 30.0
"""Name servers that took longer than SLOW to say nothing, twice in a row, are left alone for PAUSE seconds: mail must
come in all the same."""
NOT_KNOWN = {"spf": "temperror", "dkim": "temperror", "arc": "temperror", "dmarc": "temperror"}


class Checks:
    def __init__(self, lookup: Lookup | None = None) -> None:
        self._lookup = lookup
        self._threads = ThreadPoolExecutor(32, thread_name_prefix="mail-checks")
        self._slow = 0
        self._paused_until = 0.0

    async def of(self, body: bytes, client: str, helo: str, mail_from: str) -> dict[str, str]:
        """As `authenticate`; `temperror` for what could not be found out in time."""
        began = time.monotonic()
        seconds = authentication.SECONDS if began >= self._paused_until else 0.0
        loop = asyncio.get_running_loop()
        work = loop.run_in_executor(self._threads, authenticate, body, client, helo, mail_from, self._lookup, seconds)
        try:
            async with asyncio.timeout(BOUND):
                results = await work
        except TimeoutError:
            results = NOT_KNOWN
        if seconds:
            self._note("temperror" in results.values() and time.monotonic() - began > SLOW)
        return results

    def _note(self, slow: bool) -> None:
        self._slow = self._slow + 1 if slow else 0
        if self._slow >= 2:
            self._slow = 0
            self._paused_until = time.monotonic() + PAUSE
            log.warning("name servers do not answer; mail comes in unauthenticated for %d s", int(PAUSE))

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
