"""What can be told from a submission alone, and what is kept of where it came from: keyed hashes, never the address."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from kanal.kit.crypto import Keyring

How = Literal["hosted", "embed", "plain", "api"]
HONEYPOT = "_website"
"""A field that people do not see."""

STARTED = "_started"
"""When the page was shown, signed by us."""
SHORTEST = timedelta(seconds=2)
"""Between seeing a form and sending it."""

FILLED_IN = "filled in what people do not see"
NO_START = "was not sent from the form's page"
TOO_FAST = "sent faster than people write"
OFTEN_FROM_ADDRESS = "too many from one address"
OFTEN_FROM_NETWORK = "too many from one network"
NO_CAPTCHA = "captcha not solved"
VIRUS = "virus found in a file"
"""Reasons, as they stand in `form_submissions.caught` and after "quarantined: "; the app has them in its languages."""


class Sender(msgspec.Struct, kw_only=True, frozen=True):
    """Where a submission came from, behind trusted proxies."""

    address: str
    """Of the client, IPv4 or IPv6."""


def is_filled_in(given: Mapping[str, Sequence[str]]) -> bool:
    return any(value.strip() for value in given.get(HONEYPOT, ()))


def hasty(shown_at: datetime | None, started: str, how: How, now: datetime) -> str:
    """Why nobody can have filled in the form in the time since `shown_at`, what we read of `started`; "" when somebody
    can. Our own pages always say when they were shown; others need not, but what they say has to be true."""
    if shown_at is None:
        return NO_START if started or how in ("hosted", "embed") else ""
    return TOO_FAST if now - shown_at < SHORTEST else ""


def address_hash(keyring: Keyring, sender: Sender) -> bytes:
    """16 bytes that stand for one IPv4 address, or for the network that one IPv6 customer gets."""
    return _hash(keyring, sender, v4=32, v6=64)


def network_hash(keyring: Keyring, sender: Sender) -> bytes:
    """16 bytes that stand for the /24 or, in IPv6, the /56 around it."""
    return _hash(keyring, sender, v4=24, v6=56)


def _hash(keyring: Keyring, sender: Sender, *, v4: int, v6: int) -> bytes:
    address = ipaddress.ip_address(sender.address)
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    bits = v4 if address.version == 4 else v6
    network = int(address) >> (address.max_prefixlen - bits)
    return keyring.mac("form-address", f"{address.version}/{bits}/{network}".encode(), 16)
