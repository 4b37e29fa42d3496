"""Writes down one message that goes out, with its files and the promise to deliver it. Answers, forwards, new mail and
receipts decide what it says and to whom, and what it does to the ticket; `dispatch` takes it from here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kanal.conversations import actions as conversations
from kanal.conversations.actions import Heard
from kanal.conversations.models import Thread
from kanal.delivery import actions, body, waking
from kanal.delivery.models import Addressee, Carriers
from kanal.delivery.quoting import NO_QUOTE, Quote, Reader
from kanal.delivery.ways import WayOut
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.inboxes.rules import as_kind_sees
from kanal.kit.db import Transaction
from kanal.kit.ids import new_id
from kanal.people import queries as people


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message as it leaves, all of it decided."""

    way: WayOut
    ticket_id: UUID | None
    conversation_id: UUID
    author_id: UUID
    recipients: list[Addressee]
    written: body.Written
    thread: Thread
    at: datetime
    due_at: datetime
    send_at: datetime | None = None
    subject: str | None = None
    """None: that of the way."""
    quote: Quote = NO_QUOTE
    about_id: UUID | None = None
    aside: bool = False
    """It does not go to the contact: the ticket waits as before."""
    more: dict[str, Any] = field(default_factory=dict)
    """Further columns of the message."""


async def put(tx: Transaction, carriers: Carriers, letter: Letter) -> tuple[UUID, UUID]:
    """The message and its delivery."""
    message = await _insert(tx, carriers, letter)
    await body.bind(tx, message, letter.written.files)
    heard = Heard(conversation_id=letter.conversation_id, at=letter.at, direction="out", human=False)
    await conversations.hear(tx, [heard])
    await waking.wake_conversation(tx, letter.conversation_id, behind_another=False)
    delivery = await actions.queue(tx, message, letter.way.channel.id, letter.due_at, letter.send_at)
    return message, delivery


def tell(tx: Transaction, letter: Letter, message: UUID, delivery: UUID, version: int) -> None:
    data: dict[str, Any] = {"message_id": str(message), "delivery_id": str(delivery), "version": version}
    if letter.aside:
        data["aside"] = True
    if letter.more.get("automatic"):
        data["automatic"] = True
    events.emit(
        tx,
        Event(
            name="message.queued",
            actor_id=letter.author_id,
            ticket_id=letter.ticket_id,
            conversation_id=letter.conversation_id,
            channel_id=letter.way.channel.id,
            contact_id=letter.way.contact_id,
            data=data,
        ),
    )


async def reader(tx: Transaction, author: UUID) -> Reader:
    """In whose language and time the line above a quote stands."""

    class Row(msgspec.Struct):
        locale: str
        timezone: str

    row = await tx.one(
        Row, "select u.locale, m.timezone from members m join users u on u.id = m.user_id where m.id = %s", (author,)
    )
    return Reader(language="sv" if row.locale == "sv" else "en", timezone=row.timezone or "UTC")


async def _insert(tx: Transaction, carriers: Carriers, letter: Letter) -> UUID:
    message, way = new_id(), letter.way
    channel = as_kind_sees(way.channel, carriers.keyring, carriers.mail_domain)
    row = {
        "id": message,
        "conversation_id": letter.conversation_id,
        "channel_id": way.channel.id,
        "direction": "out",
        "author_id": letter.author_id,
        "space": way.sender.space if way.sender else "",
        "from_key": way.sender.key if way.sender else "",
        "from_address": way.sender.address if way.sender else "",
        "from_name": (await people.member(tx, letter.author_id)).name,
        "recipients": [msgspec.to_builtins(each) for each in letter.recipients],
        "subject": way.subject if letter.subject is None else letter.subject,
        "body_text": letter.written.text,
        "body_html": letter.written.html,
        "quoted_text": letter.quote.text,
        "quoted_html": letter.quote.html if way.kind.capabilities.rich_text else "",
        "external_id": way.kind.name_message(channel),
        "in_reply_to": letter.thread.in_reply_to,
        "refs": letter.thread.references,
        "about_id": letter.about_id,
        "created_at": letter.at,
    }
    await tx.insert("messages", [row | letter.more])
    return message
