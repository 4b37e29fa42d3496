"""Passwords as argon2id, worked out in a thread. Two at a time: each takes 64 MB."""

from __future__ import annotations

import functools

import anyio
import anyio.to_thread
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = anyio.CapacityLimiter(2)
HASHER = PasswordHasher()


async def make(password: str) -> str:
    return await anyio.to_thread.run_sync(HASHER.hash, password, limiter=AT_ONCE)


async def matches(password: str, password_hash: str | None) -> bool:
    """Takes as long for somebody without a password, or nobody at all, as for anybody."""
    good = await anyio.to_thread.run_sync(_verify, password_hash, password, limiter=AT_ONCE)
    return good and password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Made with weaker parameters than we use now."""
    return HASHER.check_needs_rehash(password_hash)


def _verify(password_hash: str | None, password: str) -> bool:
    try:
        return HASHER.verify(password_hash or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False


@functools.cache
def _nobodys() -> str:
    return HASHER.hash("nobody has this password")
