"""Providers whose servers and rules are known: by the domain of an address, by the servers that take mail for it, or by
the server that one reads it from. discovery.py asks here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from kanal.kinds.email.settings import Method, Security


class Place(msgspec.Struct, frozen=True):
    """A server as its provider publishes it."""

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


def _tls(host: str) -> Place:
    return Place(host, 993)


def _tls_out(host: str) -> Place:
    return Place(host, 465)


def _starttls_out(host: str) -> Place:
    return Place(host, 587, "starttls")


GOOGLE = (
    "Signing in with Google follows. Until then Google takes an app password: switch on 2-step verification in the "
    "Google account and make one under Security, App passwords. Or choose forwarding."
)
MICROSOFT = (
    "Signing in with Microsoft follows. Microsoft takes no passwords for IMAP any more, so let the mailbox forward its "
    "mail until then."
)
APP_PASSWORD = "This provider takes an app password, which you make in your account there, instead of your own."  # noqa: S105 - a note
SWITCH_ON = "IMAP is off until you allow it in the settings of the mailbox, under POP3 and IMAP."
BRIDGE = (
    "Proton shows its mail only to Proton Mail Bridge. Choose forwarding, or run the Bridge beside Kanal and choose "
    "IMAP with host 127.0.0.1, port 1143 and STARTTLS, SMTP port 1025, and the password that the Bridge shows."
)
PRESETS: tuple[Preset, ...] = (
    Preset(
        name="Google",
        domains=frozenset({"gmail.com", "googlemail.com"}),
        mx=("google.com", "googlemail.com"),
        imap=_tls("imap.gmail.com"),
        smtp=_tls_out("smtp.gmail.com"),
        plus=True,
        saves_sent=True,
        authserv="mx.google.com",
        note=GOOGLE,
    ),
    Preset(
        name="Microsoft 365",
        domains=frozenset(
            {"outlook.com", "outlook.de", "outlook.fr", "outlook.dk", "hotmail.com", "hotmail.se", "hotmail.co.uk"}
            | {"hotmail.de", "hotmail.fr", "live.com", "live.se", "live.dk", "live.no", "msn.com", "passport.com"}
        ),
        mx=("outlook.com", "mx.microsoft", "hotmail.com"),
        method="forwarding",
        imap=_tls("outlook.office365.com"),
        smtp=_starttls_out("smtp.office365.com"),
        plus=True,
        saves_sent=True,
        note=MICROSOFT,
    ),
    Preset(
        name="iCloud",
        domains=frozenset({"icloud.com", "me.com", "mac.com"}),
        mx=("mail.icloud.com",),
        imap=_tls("imap.mail.me.com"),
        smtp=_starttls_out("smtp.mail.me.com"),
        plus=True,
        note=APP_PASSWORD,
    ),
    Preset(
        name="Fastmail",
        domains=frozenset({"fastmail.com", "fastmail.fm", "messagingengine.com", "fastmail.se", "sent.com"}),
        mx=("messagingengine.com",),
        imap=_tls("imap.fastmail.com"),
        smtp=_tls_out("smtp.fastmail.com"),
        plus=True,
        note=APP_PASSWORD,
    ),
    Preset(
        name="Yahoo",
        domains=frozenset(
            {"yahoo.com", "yahoo.se", "yahoo.co.uk", "yahoo.de", "yahoo.fr", "yahoo.no", "yahoo.dk", "ymail.com"}
            | {"rocketmail.com", "myyahoo.com"}
        ),
        mx=("yahoodns.net",),
        imap=_tls("imap.mail.yahoo.com"),
        smtp=_tls_out("smtp.mail.yahoo.com"),
        note=APP_PASSWORD,
    ),
    Preset(
        name="AOL",
        domains=frozenset({"aol.com", "aol.de", "aol.co.uk"}),
        imap=_tls("imap.aol.com"),
        smtp=_tls_out("smtp.aol.com"),
        note=APP_PASSWORD,
    ),
    Preset(
        name="Zoho",
        domains=frozenset({"zohomail.eu"}),
        mx=("zoho.eu",),
        imap=_tls("imappro.zoho.eu"),
        smtp=_tls_out("smtppro.zoho.eu"),
        plus=True,
        note=SWITCH_ON,
    ),
    Preset(
        name="Zoho",
        domains=frozenset({"zoho.com", "zohomail.com"}),
        mx=("zoho.com", "zohomail.com"),
        imap=_tls("imappro.zoho.com"),
        smtp=_tls_out("smtppro.zoho.com"),
        plus=True,
        note=SWITCH_ON,
    ),
    Preset(
        name="GMX",
        domains=frozenset({"gmx.de", "gmx.net", "gmx.at", "gmx.ch", "gmx.eu"}),
        mx=("gmx.net",),
        imap=_tls("imap.gmx.net"),
        smtp=_tls_out("mail.gmx.net"),
        plus=False,
        note=SWITCH_ON,
    ),
    Preset(
        name="GMX",
        domains=frozenset({"gmx.com", "gmx.us", "gmx.co.uk", "gmx.fr"}),
        imap=_tls("imap.gmx.com"),
        smtp=_starttls_out("mail.gmx.com"),
        note=SWITCH_ON,
    ),
    Preset(
        name="WEB.DE",
        domains=frozenset({"web.de", "email.de"}),
        imap=_tls("imap.web.de"),
        smtp=_starttls_out("smtp.web.de"),
        note=SWITCH_ON,
    ),
    Preset(
        name="Proton",
        domains=frozenset({"proton.me", "protonmail.com", "protonmail.ch", "pm.me"}),
        mx=("protonmail.ch",),
        method="forwarding",
        plus=True,
        note=BRIDGE,
    ),
    Preset(name="one.com", mx=("one.com",), imap=_tls("imap.one.com"), smtp=_tls_out("send.one.com")),
    Preset(
        name="Loopia",
        mx=("loopia.se", "loopia.com"),
        imap=_tls("mailcluster.loopia.se"),
        smtp=_tls_out("mailcluster.loopia.se"),
    ),
    Preset(
        name="Telia",
        domains=frozenset({"telia.com"}),
        imap=_tls("mailin.telia.com"),
        smtp=_tls_out("mailout.telia.com"),
    ),
    Preset(name="Simply.com", mx=("simply.com",), imap=_tls("imap.simply.com"), smtp=_tls_out("smtp.simply.com")),
    Preset(name="OVHcloud", mx=("mail.ovh.net", "ovh.net"), imap=_tls("ssl0.ovh.net"), smtp=_tls_out("ssl0.ovh.net")),
    Preset(
        name="IONOS",
        mx=("ionos.de", "kundenserver.de"),
        imap=_tls("imap.ionos.de"),
        smtp=_tls_out("smtp.ionos.de"),
    ),
    Preset(
        name="IONOS",
        mx=("ionos.com", "perfora.net"),
        imap=_tls("imap.ionos.com"),
        smtp=_tls_out("smtp.ionos.com"),
    ),
    Preset(name="IONOS", mx=("ionos.co.uk",), imap=_tls("imap.ionos.co.uk"), smtp=_tls_out("smtp.ionos.co.uk")),
    Preset(name="IONOS", mx=("ionos.fr",), imap=_tls("imap.ionos.fr"), smtp=_tls_out("smtp.ionos.fr")),
    Preset(name="IONOS", mx=("ionos.es",), imap=_tls("imap.ionos.es"), smtp=_tls_out("smtp.ionos.es")),
    Preset(name="STRATO", mx=("rzone.de",), imap=_tls("imap.strato.de"), smtp=_tls_out("smtp.strato.de")),
    Preset(
        name="Hetzner",
        mx=("your-server.de",),
        imap=_tls("mail.your-server.de"),
        smtp=_tls_out("mail.your-server.de"),
    ),
    Preset(
        name="T-Online",
        domains=frozenset({"t-online.de", "magenta.de"}),
        imap=_tls("secureimap.t-online.de"),
        smtp=_tls_out("securesmtp.t-online.de"),
        note="T-Online takes a password for mail programs, which you make in the customer centre, instead of your own.",
    ),
    Preset(
        name="mailbox.org",
        domains=frozenset({"mailbox.org"}),
        mx=("mailbox.org",),
        imap=_tls("imap.mailbox.org"),
        smtp=_tls_out("smtp.mailbox.org"),
        plus=True,
    ),
    Preset(
        name="Posteo",
        domains=frozenset({"posteo.de", "posteo.net"}),
        mx=("posteo.de",),
        imap=_tls("posteo.de"),
        smtp=_tls_out("posteo.de"),
        plus=True,
    ),
    Preset(
        name="Infomaniak",
        mx=("infomaniak.ch",),
        imap=_tls("mail.infomaniak.com"),
        smtp=_tls_out("mail.infomaniak.com"),
        plus=True,
    ),
    Preset(
        name="Migadu", mx=("migadu.com",), imap=_tls("imap.migadu.com"), smtp=_tls_out("smtp.migadu.com"), plus=True
    ),
    Preset(
        name="Gandi", mx=("mail.gandi.net",), imap=_tls("mail.gandi.net"), smtp=_tls_out("mail.gandi.net"), plus=True
    ),
    Preset(
        name="Rackspace",
        mx=("emailsrvr.com",),
        imap=_tls("secure.emailsrvr.com"),
        smtp=_tls_out("secure.emailsrvr.com"),
    ),
    Preset(
        name="GoDaddy",
        mx=("secureserver.net",),
        imap=_tls("imap.secureserver.net"),
        smtp=_tls_out("smtpout.secureserver.net"),
    ),
    Preset(
        name="Private Email",
        mx=("privateemail.com",),
        imap=_tls("mail.privateemail.com"),
        smtp=_tls_out("mail.privateemail.com"),
    ),
    Preset(
        name="Hostinger", mx=("hostinger.com",), imap=_tls("imap.hostinger.com"), smtp=_tls_out("smtp.hostinger.com")
    ),
)


def of_domain(domain: str, known: Sequence[Preset] = ()) -> Preset | None:
    return next((preset for preset in (*known, *PRESETS) if domain in preset.domains), None)


def of_servers(mx: Iterable[str]) -> Preset | None:
    """By the names of the servers that take mail for a domain, the preferred one first."""
    return next((preset for host in mx for preset in PRESETS if _is_below(host, preset.mx)), None)


def of_mailbox(host: str) -> Preset | None:
    """By the server that mail is read from."""
    return next((preset for preset in PRESETS if preset.imap is not None and preset.imap.host == host), None)


def _is_below(host: str, ends: Iterable[str]) -> bool:
    return any(host == end or host.endswith(f".{end}") for end in ends)
