"""The settings of a mail channel: what an admin gives, what we complete (the forwarding address), and what is refused.
Read by kind.py, by send.py when a mail is written, and by imap/ when a mailbox is read."""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

import msgspec

from kanal.channelkit.errors import InvalidSettings
from kanal.kinds.email import signature
from kanal.kit import mail

SPACE = "email"
"""The address space in which channels claim their addresses and contacts have theirs."""
FORWARDING_RANDOM = re.compile(r"[a-z2-7]{12}")
MOST_FOLDERS = 50

Port = Annotated[int, msgspec.Meta(ge=1, le=65535)]
Security = Literal["tls", "starttls", "none"]
Method = Literal["imap", "forwarding"]


class Smtp(msgspec.Struct, kw_only=True):
    """The server by which this channel's mail leaves."""

    host: str
    port: Port = 465
    security: Security = "tls"
    user: str = ""
    password: str = ""
    certificate: str = ""
    """As for IMAP."""


class Imap(msgspec.Struct, kw_only=True):
    """The mailbox that this channel reads."""

    host: str
    port: Port = 993
    security: Security = "tls"
    user: str = ""
    """Completed with the channel's address."""
    password: str = ""
    auth: Literal["password", "xoauth2"] = "password"
    token: str = ""
    """Access token, for `xoauth2`."""
    folders: list[str] = msgspec.field(default_factory=lambda: ["INBOX"])
    """Whose mail becomes tickets; names as people read them, not in the encoding of the protocol."""
    sent_folder: str = ""
    """"": the one that the server marks as such."""
    save_sent: bool = True
    """A copy of what we send is put there; False where the provider does so itself."""
    history_from: date | None = None
    """Mail of that day and later is imported, although it was there before the channel was connected."""
    certificate: str = ""
    """SHA-256 of a certificate that nobody vouches for and a person accepted; 64 hex digits."""
    authserv: str = ""
    """Whose topmost Authentication-Results is believed (its authserv-id); "": nobody's."""


class FromName(msgspec.Struct, kw_only=True):
    mode: Literal["agent_company", "company"] = "agent_company"
    company: str = ""


class EmailSettings(msgspec.Struct, kw_only=True):
    method: Method = "forwarding"
    address: str
    """The mailbox that customers know; mail leaves in its name. As typed: its domain may be an international one."""
    forwarding_address: str = ""
    """Where its mail host forwards to; made by us and hard to guess."""
    from_name: FromName = msgspec.field(default_factory=FromName)
    signature_html: str = ""
    quoting: bool = True
    """Answers carry what they answer."""
    plus: bool = False
    """The mailbox takes mail to `name+anything@domain` too."""
    smtp: Smtp | None = None
    """None: the installation's outgoing server."""
    imap: Imap | None = None
    """Of the method `imap` alone."""


def read(settings: Mapping[str, Any]) -> EmailSettings:
    """Settings as they were stored."""
    return msgspec.convert(settings, EmailSettings)


def check(settings: Mapping[str, Any], mail_domain: str) -> dict[str, Any]:
    """Settings as a person gave them, validated and completed."""
    given = _converted(settings)
    given.address = _mailbox(given.address)
    given.forwarding_address = _forwarding(given.forwarding_address, mail_domain)
    given.from_name.company = _one_line("from_name.company", given.from_name.company, 200)
    if given.from_name.mode == "company" and not given.from_name.company:
        raise InvalidSettings("from_name.company", "Type the company name: it is all that recipients will see.")
    given.signature_html = signature.checked(given.signature_html)
    if given.smtp is not None:
        given.smtp = _outgoing(given.smtp)
    given.imap = _incoming(given)
    completed: dict[str, Any] = msgspec.to_builtins(given)
    return completed


def servers(settings: Mapping[str, Any]) -> EmailSettings:
    """Only what is needed to reach the servers, of settings that may be unfinished; raises InvalidSettings."""
    names = ("method", "address", "smtp", "imap")
    given = _converted({"address": "", **{name: settings[name] for name in names if name in settings}})
    given.smtp = _outgoing(given.smtp) if given.smtp else None
    given.imap = _incoming(given)
    return given


def preview(settings: Mapping[str, Any], author: str) -> dict[str, str]:
    """What recipients will see, of settings that may be unfinished; raises InvalidSettings."""
    given = _converted({"address": "", **settings, "smtp": None, "imap": None})
    company = given.from_name.company
    name = from_name(given, author, company)
    signed = signature.resolved(signature.checked(given.signature_html), author, company or author)
    return {
        "from": f"{name} <{given.address}>" if name and given.address else name or given.address,
        "signature_html": signed,
    }


def from_name(settings: EmailSettings, author: str, otherwise: str) -> str:
    """What recipients read beside the address."""
    company = settings.from_name.company
    if settings.from_name.mode == "company" or not author.strip():
        return company or otherwise
    return f"{author.strip()} ({company})" if company else author.strip()


def tagged(address: str, tag: str) -> str:
    """`support@x` → `support+tag@x`."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{tag}@{domain}"


def _converted(settings: Mapping[str, Any]) -> EmailSettings:
    try:
        return msgspec.convert(settings, EmailSettings)
    except msgspec.ValidationError as wrong:
        raise _naming_the_field(wrong) from wrong


def _naming_the_field(wrong: msgspec.ValidationError) -> InvalidSettings:
    text = str(wrong)
    why, _, path = text.partition(" - at `$.")
    missing = re.search(r"missing required field `(\w+)`", why)
    field = ".".join(part for part in (path.rstrip("`"), missing.group(1) if missing else "") if part)
    return InvalidSettings(field or "settings", "This is needed." if missing else f"{why}.")


def _mailbox(given: str) -> str:
    address = given.strip()
    local = address.rpartition("@")[0]
    if not mail.normalise(address) or not local.isascii() or len(local) > 64 or len(address) > 254:
        raise InvalidSettings("address", f"{address[:100]!r} is not an email address such as support@example.com.")
    return address


def _forwarding(given: str, mail_domain: str) -> str:
    """Kept once made; it follows the mail domain when that changes."""
    random = given.partition("@")[0]
    if not FORWARDING_RANDOM.fullmatch(random):
        random = base64.b32encode(secrets.token_bytes(8)).decode().lower()[:12]
    return f"{random}@{mail_domain}"


def _one_line(field: str, given: str, most: int) -> str:
    value = given.strip()
    if len(value) > most or any(not c.isprintable() for c in value):
        raise InvalidSettings(field, f"Write one line of at most {most} characters.")
    return value


def _incoming(given: EmailSettings) -> Imap | None:
    if given.method != "imap":
        return None
    if given.imap is None:
        raise InvalidSettings("imap.host", "This is needed.")
    imap = _server("imap", msgspec.structs.replace(given.imap, user=given.imap.user.strip() or given.address))
    if imap.auth == "password" and not imap.password:
        raise InvalidSettings("imap.password", "Type the password of the mailbox.")
    if imap.auth == "xoauth2" and not imap.token:
        raise InvalidSettings("imap.token", "An access token is needed to sign in by OAuth.")
    imap.folders = _folders(imap.folders)
    imap.sent_folder = _one_line("imap.sent_folder", imap.sent_folder, 500)
    imap.authserv = _one_line("imap.authserv", imap.authserv, 253).lower()
    return imap


def _folders(given: list[str]) -> list[str]:
    names = list(dict.fromkeys(_one_line("imap.folders", name, 500) for name in given))
    if not 0 < len(names) <= MOST_FOLDERS or "" in names:
        raise InvalidSettings("imap.folders", f"Choose between one and {MOST_FOLDERS} folders.")
    return names


def _outgoing(smtp: Smtp) -> Smtp:
    checked = _server("smtp", smtp)
    if checked.user and not checked.password:
        raise InvalidSettings("smtp.password", "Type the password that belongs to this user name.")
    return checked


S = TypeVar("S", Smtp, Imap)


def _server(part: str, server: S) -> S:
    """What both ways have in common."""
    host = server.host.strip().rstrip(".")
    if not host or len(host) > 253 or not re.fullmatch(r"[\w.:-]+", host):
        raise InvalidSettings(f"{part}.host", f"Write the name of a mail server, such as {part}.example.com.")
    secrets_of = {"user": server.user, "password": server.password}
    for field, value in secrets_of.items():
        if any(ord(c) < 32 or ord(c) == 127 for c in value):
            raise InvalidSettings(f"{part}.{field}", "Control characters cannot be part of this.")
    fingerprint = re.sub(r"[\s:]", "", server.certificate).lower()
    if not re.fullmatch(r"([0-9a-f]{64})?", fingerprint):
        raise InvalidSettings(f"{part}.certificate", "A SHA-256 fingerprint has 64 hexadecimal digits.")
    return msgspec.structs.replace(server, host=host, certificate=fingerprint)
