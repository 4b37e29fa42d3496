"""The settings of a mail channel: what an admin gives, what we complete (the forwarding address), and what is refused.
Read by kind.py, and by send.py when a mail is written."""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec

from kanal.channelkit.errors import InvalidSettings
from kanal.kinds.email import signature
from kanal.kit import mail

SPACE = "email"
"""The address space in which channels claim their addresses and contacts have theirs."""
FORWARDING_RANDOM = re.compile(r"[a-z2-7]{12}")

Port = Annotated[int, msgspec.Meta(ge=1, le=65535)]
Security = Literal["tls", "starttls", "none"]


class Smtp(msgspec.Struct, kw_only=True):
    """The server by which this channel's mail leaves."""

    host: str
    port: Port = 465
    security: Security = "tls"
    username: str = ""
    password: str = ""


class EmailSettings(msgspec.Struct, kw_only=True):
    method: Literal["forwarding"] = "forwarding"
    address: str
    """The mailbox that customers know; mail leaves in its name. As typed: its domain may be an international one."""
    forwarding_address: str = ""
    """Where its mail host forwards to; made by us and hard to guess."""
    company_name: str = ""
    from_name_mode: Literal["agent_company", "company"] = "agent_company"
    signature_html: str = ""
    smtp: Smtp | None = None


def read(settings: Mapping[str, Any]) -> EmailSettings:
    """Settings as they were stored."""
    return msgspec.convert(settings, EmailSettings)


def check(settings: Mapping[str, Any], mail_domain: str) -> dict[str, Any]:
    """Settings as a person gave them, validated and completed."""
    try:
        given = msgspec.convert(settings, EmailSettings)
    except msgspec.ValidationError as wrong:
        raise _naming_the_field(wrong) from wrong
    given.address = _mailbox(given.address)
    given.forwarding_address = _forwarding(given.forwarding_address, mail_domain)
    given.company_name = _one_line("company_name", given.company_name, 200)
    if given.from_name_mode == "company" and not given.company_name:
        raise InvalidSettings("company_name", "Type the company name: it is all that recipients will see.")
    given.signature_html = signature.checked(given.signature_html)
    if given.smtp is not None:
        given.smtp = _server(given.smtp)
    completed: dict[str, Any] = msgspec.to_builtins(given)
    return completed


def smtp_of(settings: Mapping[str, Any]) -> Smtp | None:
    """The server alone, of settings that may be unfinished; raises InvalidSettings."""
    try:
        smtp = msgspec.convert({"address": "", "smtp": settings.get("smtp")}, EmailSettings).smtp
    except msgspec.ValidationError as wrong:
        raise _naming_the_field(wrong) from wrong
    return _server(smtp) if smtp is not None else None


def preview(settings: Mapping[str, Any], author: str) -> dict[str, str]:
    """What recipients will see, of settings that may be unfinished; raises InvalidSettings."""
    try:
        given = msgspec.convert({"address": "", **settings, "smtp": None}, EmailSettings)
    except msgspec.ValidationError as wrong:
        raise _naming_the_field(wrong) from wrong
    name = from_name(given, author, given.company_name)
    signed = signature.resolved(signature.checked(given.signature_html), author, given.company_name or author)
    return {
        "from": f"{name} <{given.address}>" if name and given.address else name or given.address,
        "signature_html": signed,
    }


def from_name(settings: EmailSettings, author: str, otherwise: str) -> str:
    """What recipients read beside the address."""
    company = settings.company_name
    if settings.from_name_mode == "company" or not author.strip():
        return company or otherwise
    return f"{author.strip()} ({company})" if company else author.strip()


def tagged(address: str, tag: str) -> str:
    """`support@x` → `support+tag@x`."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{tag}@{domain}"


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


def _server(smtp: Smtp) -> Smtp:
    host = smtp.host.strip().rstrip(".")
    if not host or len(host) > 253 or not re.fullmatch(r"[\w.:-]+", host):
        raise InvalidSettings("smtp.host", "Write the name of a mail server, such as smtp.example.com.")
    for field, value in (("username", smtp.username), ("password", smtp.password)):
        if any(ord(c) < 32 or ord(c) == 127 for c in value):
            raise InvalidSettings(f"smtp.{field}", "Control characters cannot be part of this.")
    if smtp.username and not smtp.password:
        raise InvalidSettings("smtp.password", "Type the password that belongs to this user name.")
    return msgspec.structs.replace(smtp, host=host)
