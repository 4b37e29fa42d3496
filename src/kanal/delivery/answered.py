"""The message that somebody answers or hands on: who wrote it to whom, what it says, what it refers to."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, LiteralString
from uuid import UUID

import msgspec

from kanal.channelkit.messages import Field
from kanal.delivery.models import Addressee
from kanal.kit.db import Transaction
from kanal.kit.mail import normalise


class Answered(msgspec.Struct, kw_only=True):
    id: UUID
    conversation_id: UUID
    ticket_id: UUID | None
    channel_id: UUID
    direction: Literal["in", "out"]
    space: str
    from_key: str
    from_address: str
    from_name: str
    recipients: list[dict[str, Any]]
    subject: str
    body_text: str
    body_html: str
    quoted_text: str
    quoted_html: str
    external_id: str
    created_at: datetime
    signals: dict[str, Any]
    invitation: dict[str, Any] | None
    receipt_to: str
    is_forward: bool

    @property
    def sender(self) -> Addressee:
        return Addressee(
            field="to", space=self.space, key=self.from_key, address=self.from_address, name=self.from_name
        )

    def named(self, *fields: Field) -> list[Addressee]:
        """Whom it names in these fields."""
        return [
            Addressee(
                field=each["field"],
                space=self.space,
                key=each.get("key") or normalise(each["address"]),
                address=each["address"],
                name=each.get("name", ""),
            )
            for each in self.recipients
            if each["field"] in fields
        ]


_MESSAGES: LiteralString = """
  select m.id, m.conversation_id, c.ticket_id, m.channel_id, m.direction, m.space, m.from_key, m.from_address,
         m.from_name, m.recipients, m.subject, m.body_text, m.body_html, m.quoted_text, m.quoted_html, m.external_id,
         m.created_at, m.signals, m.invitation, m.receipt_to, m.is_forward
  from messages m join conversations c on c.id = m.conversation_id
"""


async def message(tx: Transaction, wanted: UUID) -> Answered:
    """Raises NotFound."""
    return await tx.one(Answered, _MESSAGES + " where m.id = %s", (wanted,))


async def newest(tx: Transaction, conversation: UUID) -> Answered | None:
    """What an answer answers of which nothing else is said: the last message of those who take part. What somebody
    wrote who came in as a new person is never quoted to the others by itself (K19)."""
    return await tx.maybe(
        Answered,
        _MESSAGES
        + """
        where m.conversation_id = %s and m.direction = 'in' and not exists (
          select from participants p
          where p.conversation_id = m.conversation_id and p.space = m.space and p.key = m.from_key
            and p.role = 'new_person')
        order by m.automatic is null desc, m.created_at desc, m.id desc limit 1
        """,
        (conversation,),
    )
