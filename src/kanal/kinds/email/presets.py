"""Providers whose servers and rules are known: by the domain of an address, or by the servers that take mail for it.
discovery.py asks here first."""

from __future__ import annotations

import msgspec

from kanal.kinds.email.settings import Method, Security


class Place(msgspec.Struct, frozen=True):
    """A server as the provider publishes it."""

    host: str
    port: int
    security: Security = "tls"


class Preset(msgspec.Struct, kw_only=True, frozen=True):
    name: str
    """As people know it."""
    domains: frozenset[str] = frozenset()
    """Of addresses that only it gives out."""
    mx: tuple[str, ...] = ()
    """Ends of the names of the servers that take mail for its customers' domains."""
    method: Method = "imap"
    imap: Place | None = None
    smtp: Place | None = None
    plus: bool = False
    """Mail to `name+anything@` reaches `name@`."""
    saves_sent: bool = False
    """What leaves by its SMTP server stands in the Sent folder without our doing."""
    authserv: str = ""
    """As Authentication-Results of its servers begins."""
    note: str = ""
    """What it asks for besides; whole sentences."""


PRESETS: tuple[Preset, ...] = (
    Preset(
        name="Google",
        domains=frozenset({"gmail.com", "googlemail.com"}),
        mx=("google.com", "googlemail.com", "psmtp.com"),
        imap=Place("imap.gmail.com", 993),
        smtp=Place("smtp.gmail.com", 465),
        plus=True,
        saves_sent=True,
        authserv="mx.google.com",
        note="Signing in with Google follows. Until then Google takes an app password: switch on 2-step verification "
        "and make one under Security, App passwords. Or let the mailbox forward its mail.",
    ),
    Preset(
        name="Microsoft 365",
        domains=frozenset({"outlook.com", "hotmail.com", "live.com", "msn.com", "hotmail.se", "live.se", "outlook.de"}),
        mx=("mail.protection.outlook.com", "olc.protection.outlook.com", "mx.microsoft"),
        method="forwarding",
        plus=True,
        note="Signing in with Microsoft follows. Microsoft takes no passwords for IMAP any more, so let the mailbox "
        "forward its mail until then.",
    ),
)


def of_domain(domain: str) -> Preset | None:
    return next((preset for preset in PRESETS if domain in preset.domains), None)


def of_servers(mx: list[str]) -> Preset | None:
    """By the names of the servers that take mail for a domain, the preferred one first."""
    for host in mx:
        for preset in PRESETS:
            if any(host == end or host.endswith(f".{end}") for end in preset.mx):
                return preset
    return None
