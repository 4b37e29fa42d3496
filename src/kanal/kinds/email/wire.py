"""How names, addresses and texts stand on the wire: nothing that a person typed breaks out of its line. Used by
whatever writes a mail."""

from __future__ import annotations

import re
from email.header import Header

from kanal.kit.mail import domain_of, normalise

_PLAIN_PHRASE = re.compile(r"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]*")


def mailbox(name: str, address: str) -> str:
    phrase = _phrase(name)
    return f"{phrase} <{address}>" if phrase else address


def on_the_wire(address: str) -> str:
    """As SMTP carries it, its domain in ASCII; "" when it is none."""
    key = normalise(address)
    local = address.strip().rpartition("@")[0]
    wire = f"{local}@{domain_of(key)}"
    fits = key and wire.isprintable() and len(local.encode()) <= 64 and len(wire.encode()) <= 254
    return wire if fits else ""


def one_line(value: str) -> str:
    harmless = "".join(c if c.isprintable() else " " for c in value)
    return " ".join(harmless.split())


def _phrase(name: str) -> str:
    plain = one_line(name)[:200]
    if not plain.isascii() or "=?" in plain:
        return Header(plain, "utf-8", maxlinelen=70).encode(linesep="\r\n")
    if _PLAIN_PHRASE.fullmatch(plain):
        return plain
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
