"""Channels, connected as an admin would connect them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from kanal.inboxes import actions
from kanal.inboxes.models import NewChannel
from kanal.kinds.email.kind import EmailKind
from kanal.kit.crypto import Keyring
from kanal.kit.db import Database

KEYRING = Keyring(["a key for tests"])
MAIL_DOMAIN = "in.example"


def email_kind(
    *, default_out: str | None = None, tls: tuple[Path, Path] | None = None, max_bytes: int = 1_000_000
) -> EmailKind:
    return EmailKind(
        mail_domain=MAIL_DOMAIN, listen=("127.0.0.1", 0), default_out=default_out, tls=tls, max_bytes=max_bytes
    )


async def email_channel(
    db: Database,
    account: int,
    address: str = "support@demo.example",
    *,
    name: str = "Support",
    inbox: UUID | None = None,
    keyring: Keyring = KEYRING,
    mail_domain: str = MAIL_DOMAIN,
    **settings: Any,
) -> UUID:
    new = NewChannel(name=name, settings={"method": "forwarding", "address": address, **settings}, inbox_id=inbox)
    async with db.transaction(account) as tx:
        return await actions.connect(tx, email_kind(), new, keyring=keyring, mail_domain=mail_domain, actor=None)
