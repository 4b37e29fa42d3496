"""The demo's mailboxes that a mail host keeps: one is connected and read by IMAP, the other waits for whoever tries the
wizard out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

from kanal.cli import demo_desk
from kanal.inboxes import actions as inboxes
from kanal.inboxes.models import NewChannel
from kanal.kit.db import Transaction
from kanal.routing.actions.editing import checked
from kanal.server.process import Process
from sandbox.app import Sandbox

RETURNS = "returns@demo.example"
STUDIO = "studio@demo.example"
PASSWORDS = {RETURNS: "lampor-hem", STUDIO: "lampor-ute"}


async def connect(tx: Transaction, process: Process, sandbox: Sandbox, actor: UUID) -> None:
    pipeline = await tx.value("select id from pipelines where name = %s", (demo_desk.RETURNS,))
    routing = msgspec.to_builtins(await checked(tx, {"properties": {"pipeline": str(pipeline)}}))
    new = NewChannel(name="Returns", settings=_settings(process, sandbox), routing=routing, accepted=True)
    await inboxes.connect(
        tx,
        process.kinds["email"],
        new,
        keyring=process.keyring,
        mail_domain=process.settings.mail_domain,
        actor=actor,
    )


def _settings(process: Process, sandbox: Sandbox) -> dict[str, Any]:
    """Nothing is encrypted: it is all this machine."""
    sign_in = {"host": "127.0.0.1", "security": "none", "user": RETURNS, "password": PASSWORDS[RETURNS]}
    return {
        "method": "imap",
        "address": RETURNS,
        "from_name": {"mode": "agent_company", "company": "Ljus & Form"},
        "signature_html": "<p>{{agent.full_name}}<br>Ljus &amp; Form, returns</p>",
        "plus": True,
        "imap": sign_in | {"port": process.settings.sandbox_imap.port, "authserv": "mail.demo.example"},
        "smtp": sign_in | {"port": sandbox.smtp_port},
    }
