"""Telling a sender that their message was read, because they asked and a person pressed for it: once for each message,
never by itself."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from kanal.conversations.models import Thread
from kanal.delivery import actions, answered, putting
from kanal.delivery.body import Written
from kanal.delivery.errors import AlreadyReceipted, InvalidReply
from kanal.delivery.models import Addressee, Carriers, Queued
from kanal.delivery.prospect import way_out
from kanal.delivery.putting import Letter
from kanal.delivery.ways import Asked
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction
from kanal.kit.mail import normalise
from kanal.tickets import actions as tickets

NOT_ASKED = "Its sender asks for no read receipt."
SUBJECT = "Read: {subject}"
TEXT = "Your message “{subject}” was displayed. This is no promise that it was understood."
AUTOMATIC = "auto_reply"
FLAG = "receipt"


async def send(
    tx: Transaction, carriers: Carriers, message: UUID, author: UUID, hidden_channels: Collection[UUID] = ()
) -> Queued:
    about = await answered.message(tx, message)
    key = normalise(about.receipt_to)
    if about.direction != "in" or not key or not about.external_id:
        raise InvalidReply("message", NOT_ASKED)
    if about.ticket_id is None:
        raise NotFound("ticket")
    at = clock.now()
    if not await tx.run(
        "update messages set receipt_sent_at = %s where id = %s and receipt_sent_at is null", (at, message)
    ):
        raise AlreadyReceipted
    wanted = Asked(answers=message, channel=about.channel_id, author=author)
    way = await way_out(tx, carriers, about.ticket_id, hidden_channels, wanted)
    letter = Letter(
        way=way,
        ticket_id=about.ticket_id,
        conversation_id=about.conversation_id,
        author_id=author,
        recipients=[Addressee(field="to", space=about.space, key=key, address=about.receipt_to)],
        written=Written(text=TEXT.format(subject=about.subject), html="", files=[]),
        thread=Thread(in_reply_to=about.external_id, references=[about.external_id]),
        at=at,
        due_at=at,
        subject=SUBJECT.format(subject=about.subject),
        about_id=about.id,
        aside=True,
        more={"automatic": AUTOMATIC, "flags": [FLAG]},
    )
    queued, delivery = await putting.put(tx, carriers, letter)
    version = await tickets.touch_aside(tx, about.ticket_id)
    putting.tell(tx, letter, queued, delivery, version)
    await actions.tell_queued(tx, delivery, author)
    return Queued(message_id=queued, delivery_id=delivery, version=version)
