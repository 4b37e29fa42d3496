"""Whose an address is: a mail that we sent to it has to come in by the channel that claims it. The mail is sent by
delivery/proving.py and recognised by the kind; here its token is made and verified."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from kanal.channelkit.contract import Claim
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.crypto import Keyring
from kanal.kit.db import Transaction

PREFIX = "proof-"
MAC_BYTES = 15
PURPOSE = "channel-proof"
TOPIC = "prove"
Proved = Literal["proved", "waiting", "lost"]
"""How far the proof of an address is; `lost` to another account."""


class Address(msgspec.Struct, kw_only=True):
    """An address that a channel answers for."""

    channel_id: UUID
    space: str
    key: str
    proved_at: datetime | None


def token(keyring: Keyring, channel_id: UUID, space: str, key: str) -> str:
    """Shows that this address leads to this channel; survives folding of case."""
    proof = keyring.mac(PURPOSE, _claimed(channel_id, space, key), MAC_BYTES)
    return PREFIX + base64.b32encode(proof).decode().lower()


async def ask(tx: Transaction, channel_id: UUID) -> None:
    """Have a verification mail sent, now."""
    await tx.run("update channels set prove_at = %s where id = %s", (clock.now(), channel_id))
    tx.wake(TOPIC)


async def verify(tx: Transaction, keyring: Keyring, channel_id: UUID, tokens: Sequence[str]) -> bool:
    """Whether one of these, which came in by the channel, shows that an address of it leads here; then it is proved."""
    for address in await addresses(tx, [channel_id]):
        if any(_holds(keyring, address, each) for each in tokens):
            await _prove(tx, address)
            return True
    return False


async def addresses(tx: Transaction, channel_ids: Sequence[UUID]) -> list[Address]:
    return await tx.all(
        Address,
        """
        select channel_id, space, key, proved_at from addresses
        where channel_id = any(%s) and account_id = %s order by claimed_at, key
        """,
        (list(channel_ids), tx.account),
    )


def state(claims: Sequence[Claim], held: Sequence[Address]) -> Proved | None:
    """Of a channel's own address; None where there is nothing to prove."""
    main = next((claim for claim in claims if not claim.proved), None)
    if main is None:
        return None
    mine = next((each for each in held if (each.space, each.key) == (main.space, main.key)), None)
    if mine is None:
        return "lost"
    return "proved" if mine.proved_at else "waiting"


def _holds(keyring: Keyring, address: Address, given: str) -> bool:
    try:
        proof = base64.b32decode(given.removeprefix(PREFIX).upper())
    except ValueError:
        return False
    named = _claimed(address.channel_id, address.space, address.key)
    return len(proof) == MAC_BYTES and keyring.mac_holds(PURPOSE, named, proof)


def _claimed(channel_id: UUID, space: str, key: str) -> bytes:
    return channel_id.bytes + f"{space}\0{key}".encode()


async def _prove(tx: Transaction, address: Address) -> None:
    # The channel before its addresses, as whoever changes it does.
    await tx.run("select from channels where id = %s for no key update", (address.channel_id,))
    changed = await tx.run(
        "update addresses set proved_at = %s where space = %s and key = %s and channel_id = %s and proved_at is null",
        (clock.now(), address.space, address.key, address.channel_id),
    )
    if changed:
        events.emit(tx, Event(name="address.proved", channel_id=address.channel_id))
