"""Internal comments, with the files their author uploaded before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction
from kanal.kit.ids import new_id
from kanal.tickets.errors import UnknownReference


async def comment(
    tx: Transaction,
    ticket: UUID,
    *,
    author: UUID | None,
    text: str,
    html: str,
    attachments: Sequence[UUID] = (),
    mentions: Sequence[UUID] = (),
    raw_event: UUID | None = None,
) -> UUID:
    """Add an internal comment, with files its author uploaded before. `mentions` are members who may see the ticket;
    they are told of it, and nobody is written to (WS-6, K14)."""
    comment_id = new_id()
    touched = await tx.dicts(
        "update tickets set version = version + 1, updated_at = %s where id = %s returning channel_id",
        (clock.now(), ticket),
    )
    if not touched:
        raise NotFound("ticket")
    await tx.insert(
        "comments",
        [
            {
                "id": comment_id,
                "ticket_id": ticket,
                "author_id": author,
                "body_text": text,
                "body_html": html,
                "raw_event_id": raw_event,
                "created_at": clock.now(),
            }
        ],
    )
    await _bind_attachments(tx, comment_id, author, attachments)
    await _mention(tx, ticket, comment_id, mentions)
    data: dict[str, Any] = {"comment_id": str(comment_id)}
    if mentions:
        data["mentions"] = [str(member) for member in mentions]
    channel = touched[0]["channel_id"]
    events.emit(tx, Event(name="comment.added", actor_id=author, ticket_id=ticket, channel_id=channel, data=data))
    return comment_id


async def _mention(tx: Transaction, ticket: UUID, comment_id: UUID, members: Sequence[UUID]) -> None:
    if not members:
        return
    now = clock.now()
    await tx.insert(
        "mentions",
        [{"comment_id": comment_id, "member_id": member, "ticket_id": ticket, "at": now} for member in members],
    )


async def _bind_attachments(
    tx: Transaction, comment_id: UUID, author: UUID | None, attachments: Sequence[UUID]
) -> None:
    bound = await tx.run(
        """
        update attachments set comment_id = %s
        where id = any(%s) and uploader_id = %s and message_id is null and comment_id is null
        """,
        (comment_id, list(attachments), author),
    )
    if bound != len(set(attachments)):
        raise UnknownReference("attachments", "one of the files is not there or was sent already; upload it again")
