"""The mailboxes that this mail host keeps for somebody: their mail is filed here and offered to nobody else, and with
the password they can be read by IMAP and written from by SMTP."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime

from sandbox.mail.models import Envelope
from sandbox.mail.reading import address_of, read
from sandbox.mail.store import key


class Hosted:
    def __init__(self, passwords: Mapping[str, str]) -> None:
        self.passwords = {key(address): password for address, password in passwords.items()}

    def opens(self, user: str, password: str) -> bool:
        return secrets.compare_digest(self.passwords.get(key(user), "").encode(), password.encode()) and bool(password)

    def owner(self, address: str) -> str:
        """The mailbox that mail to this address is filed in, `name+anything@` too; "" when it is none of these."""
        local, _, domain = key(address).rpartition("@")
        plain = f"{local.partition('+')[0]}@{domain}"
        return plain if plain in self.passwords else ""


def name_of(address: str) -> str:
    """Of the mail host, as it signs what it found out about a sender."""
    return f"mail.{address.rpartition('@')[2]}"


def stamped(envelope: Envelope, address: str, raw: bytes, at: datetime) -> bytes:
    """A mail as its host files it. All senders here are who they say, as far as the envelope agrees."""
    sender, author = envelope.mail_from, address_of(read(raw).from_)
    aligned = "pass" if _domain(sender) == _domain(author) != "" else "none"
    trace = (
        f"Return-Path: <{sender}>\r\n"
        f"Delivered-To: {address}\r\n"
        f"Authentication-Results: {name_of(address)};\r\n"
        f"\tspf=pass smtp.mailfrom={_domain(sender) or 'sandbox.example'};\r\n"
        f"\tdmarc={aligned} header.from={_domain(author) or 'sandbox.example'}\r\n"
        f"Received: from [192.0.2.10] by {name_of(address)} with ESMTP;\r\n"
        f"\t{format_datetime(at)}\r\n"
    )
    return trace.encode() + raw


def _domain(address: str) -> str:
    return key(address).rpartition("@")[2]
