"""A contact as members see it: handles, and those of its tickets that this member may see."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kanal.kit.db import NotFound, Transaction
from kanal.views.models import Contact, ContactHandle, ContactTicket, ShownStatus
from kanal.views.visible import viewer

MOST_TICKETS = 100


class _Row(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    owner_id: UUID | None
    custom: dict[str, Any]
    created_at: datetime


class _TicketRow(msgspec.Struct, kw_only=True):
    id: UUID
    number: int
    subject: str
    status_id: UUID
    key: str
    name: str
    is_closed: bool
    created_at: datetime


async def one(tx: Transaction, member: UUID | None, contact: UUID) -> Contact:
    row = await tx.maybe(_Row, "select id, name, owner_id, custom, created_at from contacts where id = %s", (contact,))
    if row is None:
        raise NotFound("contact")
    return Contact(
        id=row.id,
        name=row.name,
        owner_id=row.owner_id,
        custom=row.custom,
        created_at=row.created_at,
        handles=await _handles(tx, contact),
        tickets=await _tickets(tx, member, contact),
    )


class FoundContact(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    email: str


LAST = "\U0010ffff"
"""Stands behind every other sign."""


async def beginning(tx: Transaction, typed: str, most: int) -> list[FoundContact]:
    """Those with an email address that begins so, in the order of the addresses."""
    key = typed.strip().lower()
    return await tx.all(
        FoundContact,
        """
        select c.id, c.name, h.address as email from handles h join contacts c on c.id = h.contact_id
        where h.space = 'email' and h.key >= %(key)s and h.key < %(beyond)s
        order by h.key limit %(most)s
        """,
        {"key": key, "beyond": key + LAST, "most": most},
    )


async def _handles(tx: Transaction, contact: UUID) -> list[ContactHandle]:
    return await tx.all(
        ContactHandle,
        "select id, space as kind, address from handles where contact_id = %s order by created_at, id",
        (contact,),
    )


async def _tickets(tx: Transaction, member: UUID | None, contact: UUID) -> list[ContactTicket]:
    """The newest."""
    who = await viewer(tx, member)
    rows = await tx.all(
        _TicketRow,
        f"""
        select t.id, t.number, t.subject, t.status_id, s.key, s.name, s.is_closed, t.created_at
        from (
          select t.* from tickets t where t.contact_id = %(contact)s and {who.visible}
          order by t.last_message_at desc, t.id desc limit %(most)s
        ) t join statuses s on s.id = t.status_id
        order by t.last_message_at desc, t.id desc
        """,  # noqa: S608 - our own fragment
        {"contact": contact, "most": MOST_TICKETS, **who.params},
    )
    return [
        ContactTicket(
            id=row.id,
            number=row.number,
            subject=row.subject,
            status=ShownStatus(id=row.status_id, key=row.key, name=row.name, is_closed=row.is_closed),
            created_at=row.created_at,
        )
        for row in rows
    ]
