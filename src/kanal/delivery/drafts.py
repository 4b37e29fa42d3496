"""What a member has begun to write in a ticket; theirs alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from kanal.delivery import files
from kanal.delivery.files import Loose
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Transaction, document

Mode = Literal["reply", "comment"]


class Draft(msgspec.Struct, kw_only=True):
    mode: Mode
    html: str
    to: list[str]
    cc: list[str]
    bcc: list[str]
    attachments: list[Loose]
    seen_version: int | None
    updated_at: datetime


class NewDraft(msgspec.Struct, kw_only=True):
    mode: Mode = "reply"
    html: str = ""
    to: list[str] = []
    cc: list[str] = []
    bcc: list[str] = []
    attachments: list[UUID] = []
    seen_version: int | None = None


async def find(tx: Transaction, ticket: UUID, member: UUID) -> Draft | None:
    row = await tx.maybe(
        _Row,
        """
        select mode, html, recipients, attachments, seen_version, updated_at, false as begun from drafts
        where ticket_id = %s and member_id = %s
        """,
        (ticket, member),
    )
    return await _draft(tx, member, row) if row else None


async def save(tx: Transaction, ticket: UUID, member: UUID, draft: NewDraft) -> Draft:
    """Keep it as it stands now. Only its beginning is told: every further key stroke is nobody's news."""
    row = await tx.one(
        _Row,
        """
        insert into drafts (account_id, ticket_id, member_id, mode, html, recipients, attachments, seen_version,
                            updated_at)
        values (%(account)s, %(ticket)s, %(member)s, %(mode)s, %(html)s, %(recipients)s, %(attachments)s, %(seen)s,
                %(now)s)
        on conflict (account_id, ticket_id, member_id) do update set
          mode = excluded.mode, html = excluded.html, recipients = excluded.recipients,
          attachments = excluded.attachments, seen_version = excluded.seen_version, updated_at = excluded.updated_at
        returning mode, html, recipients, attachments, seen_version, updated_at, xmax = 0 as begun
        """,
        {
            "account": tx.account,
            "ticket": ticket,
            "member": member,
            "mode": draft.mode,
            "html": draft.html.replace("\0", ""),
            "recipients": document({"to": draft.to, "cc": draft.cc, "bcc": draft.bcc}),
            "attachments": draft.attachments,
            "seen": draft.seen_version,
            "now": clock.now(),
        },
    )
    if row.begun:
        tell(tx, ticket, member)
    return await _draft(tx, member, row)


async def drop(tx: Transaction, ticket: UUID, member: UUID) -> None:
    if await tx.run("delete from drafts where ticket_id = %s and member_id = %s", (ticket, member)):
        tell(tx, ticket, member)


def tell(tx: Transaction, ticket: UUID, member: UUID) -> None:
    """To its owner's other windows."""
    data = {"member_id": str(member)}
    events.emit(tx, Event(name="draft.changed", actor_id=member, ticket_id=ticket, data=data))


class _Row(msgspec.Struct, kw_only=True):
    mode: Mode
    html: str
    recipients: dict[str, Any]
    attachments: list[UUID]
    seen_version: int | None
    updated_at: datetime
    begun: bool
    """It was not there before."""


async def _draft(tx: Transaction, member: UUID, row: _Row) -> Draft:
    return Draft(
        mode=row.mode,
        html=row.html,
        to=row.recipients.get("to", []),
        cc=row.recipients.get("cc", []),
        bcc=row.recipients.get("bcc", []),
        attachments=await files.loose(tx, member, row.attachments),
        seen_version=row.seen_version,
        updated_at=row.updated_at,
    )
