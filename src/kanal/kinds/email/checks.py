"""Authentication of a mail while its sender waits at the door: in threads, with one bound on the time of all of it."""

from __future__ import annotations

import asyncio
import logging
import time
from concurrent.futures import ThreadPoolExecutor

from kanal.kinds.email.authentication import authenticate

log = logging.getLogger(__name__)

BOUND = 5.0
"""Seconds that a mail may wait for its results."""
PAUSE = 30.0
"""Seconds without a check after name servers did not answer twice in a row: mail must come in all the same."""
UNKNOWN = {"spf": "temperror", "dkim": "temperror", "dmarc": "temperror", "arc": "temperror"}


class Checks:
    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(8, thread_name_prefix="mail-checks")
        self._late = 0
        self._paused_until = 0.0

    async def of(self, body: bytes, client: str, helo: str, mail_from: str) -> dict[str, str]:
        """spf, dkim, dmarc and arc of one mail, each a word of RFC 8601; `temperror` when it took too long."""
        if time.monotonic() < self._paused_until:
            return UNKNOWN
        work = asyncio.get_running_loop().run_in_executor(self._threads, authenticate, body, client, helo, mail_from)
        try:
            results = await asyncio.wait_for(work, BOUND)
        except TimeoutError:
            self._was_late()
            return UNKNOWN
        except Exception:
            log.exception("a mail could not be authenticated")
            return UNKNOWN
        self._late = 0
        return results

    def _was_late(self) -> None:
        self._late += 1
        if self._late >= 2:
            self._paused_until = time.monotonic() + PAUSE

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
