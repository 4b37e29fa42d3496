"""What a domain publishes about its mail servers for mail programs: SRV records (RFC 6186, RFC 8314) and the XML that
Thunderbird made common. Pure; discovery.py asks for both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kanal.kinds.email.presets import Place
from kanal.kinds.email.settings import Security
from kanal.kit.mail import domain_of

SERVICES: tuple[tuple[str, str, Security], ...] = (
    ("imap", "_imaps._tcp", "tls"),
    ("imap", "_imap._tcp", "starttls"),
    ("smtp", "_submissions._tcp", "tls"),
    ("smtp", "_submission._tcp", "starttls"),
)
"""Encrypted from the first byte goes first."""
_SOCKETS: dict[str, Security] = {"ssl": "tls", "starttls": "starttls"}
_PASSWORDS = {"", "password-cleartext", "plain", "password-encrypted", "secure"}


class Servers(NamedTuple):
    imap: Place | None = None
    smtp: Place | None = None
    imap_user: str = ""
    smtp_user: str = ""
    """As one signs in to them; "" leaves it to the address."""


class Record(NamedTuple):
    """An SRV record."""

    priority: int
    weight: int
    port: int
    target: str


def pages(address: str) -> list[str]:
    """Where the XML may stand, by https alone: whoever can change it on the way gets the password."""
    domain = domain_of(address)
    return [
        f"https://autoconfig.{domain}/mail/config-v1.1.xml?emailaddress={address.replace('@', '%40')}",
        f"https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml",
    ]


def of_records(found: dict[str, Sequence[Record]]) -> Servers | None:
    """`found` by service name; a target of "" says that there is no such service."""
    places: dict[str, Place] = {}
    for part, service, security in SERVICES:
        records = sorted((r for r in found.get(service, ()) if r.target), key=lambda r: (r.priority, -r.weight))
        if records and part not in places:
            places[part] = Place(records[0].target, records[0].port, security)
    return Servers(places["imap"], places.get("smtp")) if "imap" in places else None


def of_xml(xml: bytes, address: str) -> Servers | None:
    """Read as leniently as HTML, and with none of XML's powers."""
    tree = LexborHTMLParser(xml)
    imap = _first(tree.css("incomingserver[type=imap]"), address)
    smtp = _first(tree.css("outgoingserver"), address)
    return Servers(imap[0], smtp[0] if smtp else None, imap[1], smtp[1] if smtp else "") if imap else None


def _first(nodes: Sequence[LexborNode], address: str) -> tuple[Place, str] | None:
    """The first that is encrypted and takes a password."""
    for node in nodes:
        host, port = _said(node, "hostname", address).lower(), _said(node, "port", address)
        security = _SOCKETS.get(_said(node, "sockettype", address).lower())
        ways = {way.text(strip=True).lower() for way in node.css("authentication")} or {""}
        if host and security and ways & _PASSWORDS and port.isdecimal() and 0 < int(port) < 65536:
            return Place(host, int(port), security), _said(node, "username", address)
    return None


def _said(node: LexborNode, name: str, address: str) -> str:
    child: Any = node.css_first(name)
    text = child.text(strip=True)[:253] if child is not None else ""
    local, _, domain = address.partition("@")
    for mark, value in (("ADDRESS", address), ("LOCALPART", local), ("DOMAIN", domain)):
        text = text.replace(f"%EMAIL{mark}%", value)
    return str(text)
