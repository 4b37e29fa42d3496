"""How often something may be tried, counted in the database so that it holds across processes. Keys are hashed: the
table tells nobody who tried."""

from __future__ import annotations

import hashlib
import ipaddress
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from kanal.kit import clock
from kanal.kit.db import Database, Transaction


class Limit(msgspec.Struct, frozen=True):
    name: str
    most: int
    window: timedelta


SIGN_IN_OF_ADDRESS = Limit("sign-in-address", 10, timedelta(minutes=15))
"""Per email and client, so that nobody locks out somebody else from afar."""
SIGN_IN_OF_CLIENT = Limit("sign-in-client", 100, timedelta(minutes=15))
CHECK_OF_USER = Limit("check-user", 10, timedelta(minutes=15))
"""Passwords and codes asked of somebody who is signed in."""
RESET_OF_ADDRESS = Limit("reset-address", 5, timedelta(hours=1))
RESET_OF_CLIENT = Limit("reset-client", 20, timedelta(hours=1))
ADDRESS_CODES = Limit("address-codes", 5, timedelta(hours=1))
"""Mailed to addresses that a member says are theirs; per member."""
PROOFS = Limit("channel-proofs", 10, timedelta(hours=1))
"""Verification mails to the address of one channel, which may be somebody else's."""
LONGEST = timedelta(days=1)


class RateLimited(Exception):
    """Tried too often; `after` seconds from now it may be tried again."""

    def __init__(self, after: int) -> None:
        super().__init__(after)
        self.after = after


async def count(db: Database, limit: Limit, *who: str) -> None:
    """Count one try, in a transaction of its own: what it guards may be rolled back, the count may not."""
    async with db.transaction(None) as tx:
        [hits] = await tries_of(tx, limit, [who])
    if hits > limit.most:
        raise RateLimited(seconds_left(limit))


def seconds_left(limit: Limit) -> int:
    """Until the next window."""
    now = clock.now()
    return max(1, int((_start_of_window(now, limit.window) + limit.window - now).total_seconds()) + 1)


async def tries_of(tx: Transaction, limit: Limit, whos: Sequence[tuple[str, ...]]) -> list[int]:
    """Count one try of each of these; returns for each how many there were in this window with it."""
    keys = [_key(limit, who) for who in whos]
    counts = Counter(keys)
    rows = await tx.dicts(
        """
        insert into rate_limits as r (key, bucket, hits)
        select key, %s, hits from unnest(%s::text[], %s::int[]) as n (key, hits) order by key
        on conflict (key, bucket) do update set hits = r.hits + excluded.hits
        returning key, hits
        """,
        (_start_of_window(clock.now(), limit.window), list(counts), list(counts.values())),
    )
    before = {row["key"]: row["hits"] - counts[row["key"]] for row in rows}
    found = []
    for key in keys:
        before[key] += 1
        found.append(before[key])
    return found


async def forget(tx: Transaction, limit: Limit, *who: str) -> None:
    """After a success the count starts anew."""
    await tx.run("delete from rate_limits where key = %s", (_key(limit, who),))


def client(ip: str) -> str:
    """Whom an address stands for: one IPv4 address, or the network that one IPv6 customer gets."""
    address = ipaddress.ip_address(ip)
    if address.version == 4:
        return ip
    return str(ipaddress.ip_network((address, 64), strict=False))


def _start_of_window(now: datetime, window: timedelta) -> datetime:
    seconds = int(window.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)


def _key(limit: Limit, who: tuple[str, ...]) -> str:
    return hashlib.sha256("\0".join((limit.name, *who)).encode()).hexdigest()[:32]
