"""Answering a meeting that a message invites to: a mail to its organizer that their calendar understands. It is an
answer like any other, and can be taken back like one."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import msgspec

from kanal.channelkit.messages import Invitation
from kanal.delivery import answered, send
from kanal.delivery.errors import InvalidReply
from kanal.delivery.models import Carriers, Queued, Reply
from kanal.delivery.prospect import way_out
from kanal.delivery.ways import Asked
from kanal.kit import clock, itip
from kanal.kit.db import NotFound, Transaction
from kanal.kit.itip import Answer
from kanal.people import queries as people

NONE = "The message invites to nothing that could be answered."
_WORDS: dict[Answer, str] = {
    "accepted": "{who} accepts: {what}",
    "tentative": "{who} may come: {what}",
    "declined": "{who} declines: {what}",
}


async def answer(
    tx: Transaction,
    carriers: Carriers,
    message: UUID,
    given: Answer,
    comment: str,
    *,
    author: UUID,
    undoable: bool = False,
    hidden_channels: Collection[UUID] = (),
) -> Queued:
    """Queue the answer, and note it on the invitation."""
    about = await answered.message(tx, message)
    if about.ticket_id is None:
        raise NotFound("ticket")
    asked = msgspec.convert(about.invitation, Invitation | None)
    if asked is None or asked.method != "request" or not asked.organizer or about.direction != "in":
        raise InvalidReply("answer", NONE)
    name = (await people.member(tx, author)).name
    wanted = Asked(answers=message, author=author)
    way = await way_out(tx, carriers, about.ticket_id, hidden_channels, wanted)
    attendee = asked.attendee or (way.sender.address if way.sender else "")
    try:
        source = itip.reply(asked.source, attendee, name, given, comment, clock.now())
    except ValueError as wrong:
        raise InvalidReply("answer", NONE) from wrong
    reply = Reply(
        ticket_id=about.ticket_id,
        author_id=author,
        text="\n\n".join(filter(None, [comment, _WORDS[given].format(who=name, what=asked.summary)])),
        to=[asked.organizer],
        cc=[],
        answers=message,
        undoable=undoable,
        invitation=msgspec.structs.replace(asked, method="reply", attendee=attendee, source=source, answer=given),
    )
    queued = await send.reply(tx, carriers, reply, hidden_channels)
    await tx.run(
        "update messages set invitation = jsonb_set(invitation, '{answer}', to_jsonb(%s::text)) where id = %s",
        (given, message),
    )
    return queued
