"""Handing a message of a conversation on to somebody outside of it: with its words, its pictures and its files. They do
not take part by that, and the ticket waits for whom it waited for. Their answer comes in as a new person's (K19)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

import msgspec

from kanal.conversations import apart
from kanal.conversations.models import Thread
from kanal.delivery import actions, answered, body, drafts, putting, quoting, rules, undo
from kanal.delivery.answered import Answered
from kanal.delivery.body import Bound, Written
from kanal.delivery.errors import InvalidReply, NoWayOut
from kanal.delivery.models import Carriers, Forward, Queued
from kanal.delivery.prospect import way_back, way_out
from kanal.delivery.putting import Letter
from kanal.delivery.quoting import Quote
from kanal.delivery.recipients import of_fields
from kanal.delivery.send import note_apart
from kanal.delivery.ways import Asked, WayOut
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction
from kanal.kit.ids import new_id
from kanal.tickets import actions as tickets
from kanal.tickets import queries as ticket_rows

NOT_BY_THIS = "This channel cannot hand messages on."


async def forward(
    tx: Transaction, carriers: Carriers, asked: Forward, hidden_channels: Collection[UUID] = ()
) -> Queued:
    about = await answered.message(tx, asked.message_id)
    ticket = about.ticket_id
    before = await _locked(tx, ticket) if ticket else None
    standing = await apart.find_locked(tx, about.conversation_id)
    if ticket is None and standing is None:
        raise NotFound("ticket")
    wanted = Asked(answers=about.id, channel=asked.channel, author=asked.author_id)
    by = await way(tx, carriers, about, wanted, hidden_channels)
    at = clock.now()
    quote = quoting.of_forward(about, await putting.reader(tx, asked.author_id))
    copies, written = await _written(tx, asked, about, by, quote)
    letter = Letter(
        way=by,
        ticket_id=ticket,
        conversation_id=about.conversation_id,
        author_id=asked.author_id,
        recipients=of_fields(asked, by),
        written=written,
        thread=Thread(in_reply_to="", references=[about.external_id] if about.external_id else []),
        at=at,
        due_at=rules.leaves_at(at, asked.send_at, undoable=asked.undoable),
        send_at=asked.send_at,
        subject=_subject(asked, about, by),
        quote=quote,
        about_id=about.id,
        aside=True,
        more={"is_forward": True},
    )
    message, delivery = await putting.put(tx, carriers, letter)
    await _copy(tx, message, copies, after=len(written.files))
    version = 0
    if ticket is not None and before is not None:
        version = await tickets.touch_aside(tx, ticket)
        await undo.remember(tx, delivery, ticket, before, aside=letter.aside)
        await drafts.drop(tx, ticket, asked.author_id, ["forward"])
    if standing is not None:
        version = await note_apart(tx, standing, letter, delivery, drafted_in="conversation")
        await drafts.drop(tx, standing.id, asked.author_id, ["forward"], "conversation")
    putting.tell(tx, letter, message, delivery, version)
    await actions.tell_queued(tx, delivery, asked.author_id)
    return Queued(message_id=message, delivery_id=delivery, version=version)


async def _locked(tx: Transaction, ticket: UUID) -> undo.Before:
    if ticket not in await ticket_rows.locked(tx, [ticket]):
        raise NotFound("ticket")
    return await undo.before(tx, ticket)


async def way(
    tx: Transaction, carriers: Carriers, about: Answered, asked: Asked, hidden_channels: Collection[UUID]
) -> WayOut:
    """By which channel; raises NoWayOut."""
    if about.ticket_id is not None:
        found = await way_out(tx, carriers, about.ticket_id, hidden_channels, asked)
    else:
        found = await way_back(tx, carriers, about.conversation_id, hidden_channels, asked)
    if not found.kind.capabilities.forwards:
        raise NoWayOut(NOT_BY_THIS)
    return found


class Attached(Bound, kw_only=True):
    """A file of the message that is handed on."""

    blob: str
    content_id: str


class _Words(msgspec.Struct, kw_only=True):
    author_id: UUID
    text: str
    html: str
    attachments: list[UUID]


async def files_of(tx: Transaction, message: UUID) -> list[Attached]:
    return await tx.all(
        Attached,
        """
        select id, name, content_type, size, inline, content_id, blob from attachments
        where message_id = %s order by position, id
        """,
        (message,),
    )


async def _written(
    tx: Transaction, asked: Forward, about: Answered, way: WayOut, quote: Quote
) -> tuple[list[Attached], Written]:
    """The files that go on with it, and what its author wrote above."""
    every = await files_of(tx, about.id)
    shown = [file for file in every if shows(quote.html, file)]
    if asked.attachments is None:
        copies, own = every, []
    else:
        copies = [file for file in every if file.id in asked.attachments or file in shown]
        own = [each for each in asked.attachments if each not in {file.id for file in every}]
    words = _Words(author_id=asked.author_id, text=asked.text, html=asked.html, attachments=own)
    written = await body.written(tx, words, way.kind.capabilities, may_be_empty=True)
    body.check([*written.files, *copies], way.kind.capabilities.limits)
    return copies, written


def shows(markup: str, file: Attached) -> bool:
    """Whether the file is a picture that stands in the words."""
    return file.inline and bool(file.content_id) and f"cid:{file.content_id}" in markup


async def _copy(tx: Transaction, message: UUID, copies: Sequence[Attached], *, after: int) -> None:
    """The same bytes once more; both messages keep theirs when one of them goes."""
    await tx.insert(
        "attachments",
        [
            {
                "id": new_id(),
                "message_id": message,
                "position": after + position,
                "blob": file.blob,
                "name": file.name,
                "content_type": file.content_type,
                "size": file.size,
                "inline": file.inline,
                "content_id": file.content_id,
                "created_at": clock.now(),
            }
            for position, file in enumerate(copies)
        ],
    )


def _subject(asked: Forward, about: Answered, way: WayOut) -> str:
    if not way.kind.capabilities.subject:
        return ""
    given = " ".join((asked.subject or "").split())
    if len(given) > rules.LONGEST_SUBJECT:
        raise InvalidReply("subject", f"At most {rules.LONGEST_SUBJECT} characters.")
    return given or rules.forward_subject(about.subject)
