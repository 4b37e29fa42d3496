"""Mails to members, promised in the transaction that makes them true. The row is the promise; `notifications.mailer`
words it when it is sent."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from kanal.kit import clock
from kanal.kit.db import Transaction, document
from kanal.kit.ids import new_id

MailKind = Literal[
    "assigned",
    "returned",
    "waiting_too_long",
    "customer_answered",
    "reply_failed",
    "contact_owner",
    "invitation",
    "automation",
    "channel_attention",
    "mentioned",
    "followed_activity",
    "snooze_over",
    "digest",
]
TOPIC = "mails"


async def put(
    tx: Transaction,
    member: UUID,
    kind: MailKind,
    *,
    once: str,
    ticket_id: UUID | None = None,
    message_id: UUID | None = None,
    conversation_id: UUID | None = None,
    comment_id: UUID | None = None,
    channel_id: UUID | None = None,
    not_before: datetime | None = None,
    words: dict[str, str] | None = None,
) -> None:
    """Promise a member a mail, at once unless `not_before` says later. `once` names what it is about: a second promise
    of the same is not made. `words` are `subject` and `text` of one that a rule words, `state` of one about a
    channel."""
    now = clock.now()
    made = await tx.run(
        """
        insert into member_mails
          (account_id, id, member_id, kind, ticket_id, message_id, conversation_id, comment_id, channel_id, words, once,
           created_at, next_try_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        on conflict (account_id, member_id, once) do nothing
        """,
        (
            tx.account,
            new_id(),
            member,
            kind,
            ticket_id,
            message_id,
            conversation_id,
            comment_id,
            channel_id,
            words and document(words),
            once,
            now,
            not_before or now,
        ),
    )
    if made:
        tx.wake(TOPIC)
