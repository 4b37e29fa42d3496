"""What discovery.py asks of the world beyond this machine: name servers, web pages, and whether a mail server answers.
None of it raises; what does not answer in time says nothing."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from typing import Protocol

import dns.asyncresolver
import dns.exception
import httpx2

from kanal.kinds.email import certificates
from kanal.kinds.email.autoconfig import Record
from kanal.kinds.email.presets import Place
from kanal.kit.http import ForbiddenAddress, TooLarge, safe_client

SECONDS = 2.5
"""For one question."""
MOST = 200_000
"""Bytes of a page."""


class Outside(Protocol):
    async def services(self, name: str) -> Sequence[Record]:
        """SRV records."""

    async def exchangers(self, domain: str) -> Sequence[str]:
        """The servers that take mail for a domain, the preferred one first; lower case."""

    async def page(self, url: str) -> bytes:
        """What stands there; b"" without an answer."""

    async def answers(self, place: Place) -> int:
        """2: a mail server answers there as it should; 1: one does, with a certificate that nobody vouches for; 0."""


class Internet:
    def __init__(self) -> None:
        self._judging = certificates.context("")
        self._taking = certificates.context("any")

    async def services(self, name: str) -> Sequence[Record]:
        found = await _resolve(name, "SRV")
        return [Record(r.priority, r.weight, r.port, r.target.to_text(True).lower().strip(".")) for r in found]

    async def exchangers(self, domain: str) -> Sequence[str]:
        found = sorted(await _resolve(domain, "MX"), key=lambda record: record.preference)
        return [record.exchange.to_text(True).lower() for record in found]

    async def page(self, url: str) -> bytes:
        try:
            async with safe_client(follow_redirects=True, max_bytes=MOST, seconds=SECONDS) as client:
                answer = await client.get(url)
                return answer.content if answer.status_code == 200 else b""
        except (httpx2.HTTPError, httpx2.InvalidURL, ForbiddenAddress, TooLarge):
            return b""

    async def answers(self, place: Place) -> int:
        if await _greets(place, self._judging):
            return 2
        return 1 if place.security == "tls" and await _greets(place, self._taking) else 0


async def _resolve(name: str, kind: str) -> list:  # type: ignore[type-arg]  # records of dnspython, which has no types for them
    try:
        return list(await dns.asyncresolver.resolve(name, kind, lifetime=SECONDS))
    except (dns.exception.DNSException, OSError):
        return []


async def _greets(place: Place, context: ssl.SSLContext) -> bool:
    """Whether a mail server says hello in time. Nothing is said to it."""
    asking = asyncio.create_task(_hello(place, context))
    _asking.add(asking)
    asking.add_done_callback(_asking.discard)
    # Not cancelled: the event loop would report a name that is looked up until then as a fault that nobody cared for.
    await asyncio.wait([asking], timeout=SECONDS / 2)
    return asking.done() and asking.result()


_asking: set[asyncio.Task[bool]] = set()


async def _hello(place: Place, context: ssl.SSLContext) -> bool:
    try:
        reader, writer = await asyncio.open_connection(
            place.host, place.port, ssl=context if place.security == "tls" else None
        )
        try:
            async with asyncio.timeout(SECONDS):
                return (await reader.readline()).startswith((b"* OK", b"* PREAUTH", b"220"))
        finally:
            writer.transport.abort()
    except (OSError, ValueError):  # TimeoutError is an OSError; ValueError: an over-long line, or a name that is none
        return False
