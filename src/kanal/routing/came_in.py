"""Stored messages that came in, with what rules may ask of them and of who wrote them: one for the preview, many for
the simulator. On the way in the same is known without reading it again (intake/routing.py)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.routing.facts import Words, Writer
from kanal.tickets.rules import called


class CameIn(msgspec.Struct, kw_only=True):
    message_id: UUID
    subject: str
    """What the ticket is called that the message opens."""
    words: Words
    writer: Writer


async def came_in(tx: Transaction, messages: Collection[UUID], *, with_text: bool = True) -> dict[UUID, CameIn]:
    """By message. Contacts are as they are now; whether they were new is as it was then. Without its text a message
    cannot be called by its first words."""
    rows = await tx.all(
        _Row,
        """
        select m.id, m.subject, case when %(with_text)s then m.body_text else '' end as text, m.from_address,
               m.from_name, m.recipients, m.trust = 'pass' as proved, r.door->'rcpt_to' as rcpt_to,
               exists (select from attachments a where a.message_id = m.id and not a.inline) as has_attachments,
               c.id as contact_id, coalesce(c.name, m.from_name) as name, c.owner_id,
               coalesce(c.custom, '{}') as custom,
               (select h.key from handles h where h.contact_id = c.id and h.space = 'email'
                order by h.created_at, h.id limit 1) as email,
               c.id is null or not exists (
                 select from messages e where e.contact_id = c.id and e.direction = 'in'
                   and (e.created_at, e.id) < (m.created_at, m.id)) as is_new
        from messages m
        left join contacts c on c.id = m.contact_id
        left join raw_events r on r.id = m.raw_event_id
        where m.id = any(%(messages)s)
        """,
        {"messages": list(messages), "with_text": with_text},
    )
    return {row.id: _came_in(row) for row in rows}


class _Row(msgspec.Struct, kw_only=True):
    id: UUID
    subject: str
    text: str
    from_address: str
    from_name: str
    recipients: list[dict[str, Any]]
    proved: bool
    rcpt_to: list[str] | None
    has_attachments: bool
    contact_id: UUID | None
    name: str
    owner_id: UUID | None
    custom: dict[str, Any]
    email: str | None
    is_new: bool


def _came_in(row: _Row) -> CameIn:
    named = [str(each.get("key") or each["address"]) for each in row.recipients if each["field"] in ("to", "cc")]
    return CameIn(
        message_id=row.id,
        subject=called(row.subject, row.text),
        words=Words(
            sender=row.from_address,
            subject=row.subject,
            text=row.text,
            to=list(dict.fromkeys([*named, *(row.rcpt_to or [])])),
            has_attachments=row.has_attachments,
            proved=row.proved,
        ),
        writer=Writer(
            id=row.contact_id,
            name=row.name,
            email=row.email,
            owner_id=row.owner_id,
            custom=row.custom,
            is_new=row.is_new,
        ),
    )
