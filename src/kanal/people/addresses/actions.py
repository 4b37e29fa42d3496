"""Saying that an address is one's own, and proving it. Whether another holds it is for the caller to know: of all
addresses of the installation `inboxes` keeps the book."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from uuid import UUID

from kanal.events.actions import emit
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.crypto import Keyring
from kanal.kit.db import NotFound, Transaction
from kanal.kit.mail import normalise
from kanal.people.addresses.errors import CodeNotAccepted
from kanal.people.addresses.models import Asked
from kanal.people.errors import NotAccepted

SPACE = "email"
GOOD_FOR = timedelta(minutes=15)
MOST_TRIES = 5
MOST_ADDRESSES = 20
HASH_BYTES = 16


def key_of(typed: str) -> str:
    key = normalise(typed)
    if not key:
        raise NotAccepted("address", "That is no address; one looks like ana@example.com.")
    return key


async def ask(tx: Transaction, keyring: Keyring, member: UUID, typed: str) -> str:
    """The code that proves the address; one that was mailed before is good no longer."""
    key = key_of(typed)
    held = await tx.values(
        "select key from addresses where space = %s and account_id = %s and member_id = %s",
        (SPACE, tx.account, member),
    )
    if key in held:
        raise NotAccepted("address", "It is yours already.")
    waiting = await tx.values("select key from address_codes where member_id = %s and key <> %s", (member, key))
    if len(held) + len(waiting) >= MOST_ADDRESSES:
        raise NotAccepted("address", f"At most {MOST_ADDRESSES} addresses are possible; take one away first.")
    code = f"{secrets.randbelow(1_000_000):06}"
    now = clock.now()
    await tx.run(
        """
        insert into address_codes (account_id, member_id, space, key, address, code_hash, created_at, expires_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s)
        on conflict (account_id, member_id, space, key) do update set
          address = excluded.address, code_hash = excluded.code_hash, tries = 0, created_at = excluded.created_at,
          expires_at = excluded.expires_at
        """,
        (tx.account, member, SPACE, key, typed.strip(), _hash(keyring, member, key, code), now, now + GOOD_FOR),
    )
    return code


async def check(tx: Transaction, keyring: Keyring, member: UUID, key: str, code: str) -> CodeNotAccepted | None:
    """What is wrong with the code, None when it is the one. A try is counted either way, so this is to be committed
    also when it was wrong. Raises NotFound where none is awaited."""
    asked = await tx.maybe(
        Asked,
        """
        update address_codes set tries = tries + 1 where member_id = %s and space = %s and key = %s
        returning address, code_hash, tries, expires_at
        """,
        (member, SPACE, key),
    )
    if asked is None:
        raise NotFound("address")
    if asked.expires_at <= clock.now():
        return CodeNotAccepted("expired")
    if asked.tries > MOST_TRIES:
        return CodeNotAccepted("too_many")
    if not hmac.compare_digest(asked.code_hash, _hash(keyring, member, key, code.replace(" ", ""))):
        left = MOST_TRIES - asked.tries
        return CodeNotAccepted("wrong", left) if left else CodeNotAccepted("too_many")
    return None


async def proved(tx: Transaction, member: UUID, key: str) -> None:
    """After it was entered in the book of addresses."""
    await _forget_code(tx, member, key)
    _tell(tx, member)


async def remove(tx: Transaction, member: UUID, key: str) -> None:
    """Proved or not. Raises NotFound."""
    held = await tx.run(
        "delete from addresses where space = %s and key = %s and account_id = %s and member_id = %s",
        (SPACE, key, tx.account, member),
    )
    if not await _forget_code(tx, member, key) and not held:
        raise NotFound("address")
    if held:
        _tell(tx, member)


async def _forget_code(tx: Transaction, member: UUID, key: str) -> int:
    return await tx.run(
        "delete from address_codes where member_id = %s and space = %s and key = %s", (member, SPACE, key)
    )


def _hash(keyring: Keyring, member: UUID, key: str, code: str) -> bytes:
    return keyring.mac("address-code", member.bytes + key.encode() + b"\0" + code.encode(), HASH_BYTES)


def _tell(tx: Transaction, member: UUID) -> None:
    data = {"member_id": str(member), "fields": ["addresses"]}
    emit(tx, Event(name="member.changed", actor_id=member, data=data))
