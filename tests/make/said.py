"""Neutral messages as a kind would parse them, and the pipeline called with them."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kanal.channelkit.contract import Threading
from kanal.channelkit.messages import Door, Evidence, Handle, Party, Recipient, Said
from kanal.delivery.models import Carriers
from kanal.intake import actions, queries
from kanal.intake.models import Fate, Item
from kanal.intake.pipeline import ingest
from kanal.kit import clock
from kanal.kit.crypto import Keyring
from kanal.kit.db import Database, Transaction, document
from kanal.kit.ids import new_id

KEYRING = Keyring(["a key for tests"])
CARRIERS = Carriers(kinds={}, keyring=KEYRING, mail_domain="in.example")


def party(address: str, name: str = "", space: str = "email") -> Party:
    return Party(handle=Handle(kind=space, key=address.lower(), address=address), name=name)


def said(
    text: str = "The lamp is broken",
    sender: str = "eva@kund.example",
    *,
    subject: str = "Lamp",
    external_id: str = "",
    in_reply_to: str = "",
    references: tuple[str, ...] = (),
    token: str = "",
    thread_key: str = "",
    cc: tuple[str, ...] = (),
    **more: Any,
) -> Said:
    external_id = external_id or f"{new_id()}@kund.example"
    return Said(
        external_id=external_id,
        digest=hashlib.sha256(f"{sender} {text}".encode("utf-8", "replace")).hexdigest(),
        sender=party(sender, more.pop("name", "Eva Ek")),
        recipients=[Recipient(field="cc", party=party(address)) for address in cc],
        subject=subject,
        text=text,
        evidence=Evidence(
            tokens=[token] if token else [],
            in_reply_to=[in_reply_to] if in_reply_to else [],
            references=list(references),
            thread_key=thread_key,
            subject_key=subject.lower().removeprefix("re: "),
        ),
        **more,
    )


async def hear(
    db: Database,
    account: int,
    channel: UUID,
    *things: Said,
    at: datetime | None = None,
    threading: Threading = "references",
    one_shot: bool = False,
    history: bool = False,
    door: Door | None = None,
    carriers: Carriers = CARRIERS,
) -> list[Fate]:
    """Store raw events for these and take them through the pipeline as one batch; fates in their order."""
    async with db.transaction(account) as tx:
        row = await queries.channel(tx, channel)
        assert row is not None
        row.threading, row.one_shot = threading, one_shot
        door = door or Door(history=history)
        items = [await raw_item(tx, channel, each, at or clock.now(), door) for each in things]
        fates = {fate.raw_id: fate for fate in await ingest(tx, carriers, row, items)}
        await actions.settle(tx, channel, list(fates.values()))
    return [fates[item.raw_id] for item in items]


async def raw_item(tx: Transaction, channel: UUID, thing: Said, at: datetime, door: Door | None = None) -> Item:
    raw_id, door = new_id(), door or Door()
    await tx.run(
        """
        insert into raw_events (account_id, id, channel_id, external_id, body, size, door, received_at)
        values (%s, %s, %s, %s, '', 0, %s::jsonb, %s)
        """,
        (tx.account, raw_id, channel, str(raw_id), document(msgspec.to_builtins(door)), at),
    )
    return Item(raw_id=raw_id, received_at=at, door=door, said=thing)
