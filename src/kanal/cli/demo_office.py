"""The demo's conversations inbox: mail to the office, which is answered and makes no tickets."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from kanal.conversations import apart
from kanal.conversations.apart import Change
from kanal.inboxes import actions as channels
from kanal.inboxes import inboxes
from kanal.inboxes.models import NewChannel
from kanal.kit.db import Transaction
from kanal.server.process import Process

ADDRESS = "office@demo.example"


async def set_up(tx: Transaction, process: Process) -> None:
    office = await inboxes.create(tx, "Office", None)
    new = NewChannel(name="Office mail", settings={"method": "forwarding", "address": ADDRESS}, inbox_id=office)
    await channels.connect(
        tx,
        process.kinds["email"],
        new,
        keyring=process.keyring,
        mail_domain=process.settings.mail_domain,
        actor=None,
    )


async def work(process: Process, account: int, members: Mapping[str, UUID]) -> None:
    """One is somebody's, one is done with."""
    async with process.db.transaction(account) as tx:
        found = await tx.values("select id from conversations where apart order by created_at, id")
        await apart.change(tx, found[0], Change(assignee_id=members["Alva"]), None)
        await apart.comment(tx, found[0], author=members["Ana"], text="The 12th is free.", html="")
        await apart.change(tx, found[-1], Change(state="closed"), members["Ana"])
