"""Everything between a contact and us, newest first: forms they filled in, tickets opened and closed, what was said in
each direction. Only what the viewer may see; where a submission stands, the message made of it does not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Literal, LiteralString
from uuid import UUID

import msgspec

from kanal.kit.db import NotFound, Transaction
from kanal.tickets.rules import snippet
from kanal.views import cursor
from kanal.views.models import Named, Page
from kanal.views.visible import Viewer, viewer

Kind = Literal["message", "submission", "ticket", "contact"]
RANKS: dict[Kind, LiteralString] = {"message": "3", "submission": "2", "ticket": "1", "contact": "0"}
"""Of what happened at the same moment: a contact comes to be, then a ticket is opened, then a message stands in it."""
SNIPPET = 400
"""Characters that are read of a message."""


class ContactTicketRef(msgspec.Struct, kw_only=True):
    id: UUID
    number: int
    subject: str


class FilledIn(msgspec.Struct, kw_only=True, tag="submission", tag_field="kind"):
    """A submission; what is in it is read by who keeps forms."""

    at: datetime
    id: UUID


class ContactTicketEvent(msgspec.Struct, kw_only=True, tag="ticket", tag_field="kind"):
    at: datetime
    what: Literal["opened", "closed"]
    ticket: ContactTicketRef
    channel: Named | None


class ContactMessage(msgspec.Struct, kw_only=True, tag="message", tag_field="kind"):
    at: datetime
    id: UUID
    direction: Literal["in", "out"]
    automatic: bool
    """No person wrote it."""
    by: str
    """The name of who wrote it, of ours or of theirs."""
    subject: str
    snippet: str
    ticket: ContactTicketRef | None
    channel: Named


class ContactMade(msgspec.Struct, kw_only=True, tag="contact", tag_field="kind"):
    """Since when we know them."""

    at: datetime


Event = FilledIn | ContactTicketEvent | ContactMessage | ContactMade


class Place(msgspec.Struct, array_like=True, frozen=True, order=True):
    at: datetime
    rank: int
    id: str


async def page(
    tx: Transaction,
    member: UUID | None,
    contact: UUID,
    *,
    all_submissions: bool = False,
    kind: Kind | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page[Event]:
    """`all_submissions`: also of forms that no channel carries, or one that the viewer may not see. `kind` is
    the only sort of things wanted. Raises NotFound."""
    made_at = await _first_known(tx, contact)
    who = await viewer(tx, member)
    end = cursor.read(str(contact), after, Place) if after else None
    asked = {"contact": contact, "most": limit + 1, **_end(end), **who.params}
    placed: Placed = []
    if kind in (None, "submission"):
        placed += await _submissions(tx, who, asked, all_submissions=all_submissions)
    if kind in (None, "ticket"):
        placed += await _tickets(tx, who, asked)
    if kind in (None, "message"):
        placed += await _messages(tx, who, asked)
    if kind in (None, "contact"):
        placed += _made(made_at, contact, end)
    placed.sort(key=lambda pair: pair[0], reverse=True)
    kept = placed[:limit]
    return Page(
        items=[event for _, event in kept],
        next=cursor.write(str(contact), kept[-1][0]) if len(placed) > limit else None,
    )


async def _first_known(tx: Transaction, contact: UUID) -> datetime:
    """They are written down a moment after the first thing they sent has come in. Raises NotFound."""
    known: datetime | None = await tx.value(
        """
        select least(c.created_at,
                     (select min(s.received_at) from form_submissions s where s.contact_id = c.id),
                     (select min(t.created_at) from tickets t where t.contact_id = c.id))
        from contacts c where c.id = %s
        """,
        (contact,),
    )
    if known is None:
        raise NotFound("contact")
    return known


Placed = list[tuple[Place, Event]]


class _Submitted(msgspec.Struct, kw_only=True):
    id: UUID
    at: datetime


async def _submissions(tx: Transaction, who: Viewer, asked: dict[str, Any], *, all_submissions: bool) -> Placed:
    visible: LiteralString = "true" if all_submissions or who.sees == "all" else _submission(who)
    rows = await tx.all(
        _Submitted,
        f"""
        select s.id, s.received_at as at from form_submissions s
        where s.contact_id = %(contact)s and {visible} and {_before("s.received_at", "submission", "s.id::text")}
        order by s.received_at desc, s.id desc limit %(most)s
        """,  # noqa: S608 - our own fragments
        asked,
    )
    return [(Place(row.at, int(RANKS["submission"]), str(row.id)), FilledIn(at=row.at, id=row.id)) for row in rows]


def _submission(who: Viewer) -> LiteralString:
    """Keeps the submissions `s` that the viewer may see: as what they led to."""
    if who.is_narrow:
        return f"""
          exists (
            select from raw_events r join tickets t on t.id = r.ticket_id
            where r.id = s.raw_event_id and {who.visible})
        """
    return "s.channel_id is not null and s.channel_id <> all (%(hidden)s)"


class _TicketRow(msgspec.Struct, kw_only=True):
    at: datetime
    what: Literal["opened", "closed"]
    id: UUID
    number: int
    subject: str
    channel_id: UUID | None
    channel_name: str | None


async def _tickets(tx: Transaction, who: Viewer, asked: dict[str, Any]) -> Placed:
    rows = await tx.all(
        _TicketRow,
        f"""
        select e.at, e.what, t.id, t.number, t.subject, t.channel_id, ch.name as channel_name
        from tickets t
        cross join lateral (values (t.created_at, 'opened'), (t.closed_at, 'closed')) e (at, what)
        left join channels ch on ch.id = t.channel_id
        where t.contact_id = %(contact)s and e.at is not null and {who.visible}
          and {_before("e.at", "ticket", "t.id || e.what")}
        order by e.at desc, t.id || e.what desc limit %(most)s
        """,  # noqa: S608 - our own fragments
        asked,
    )
    return [
        (
            Place(row.at, int(RANKS["ticket"]), f"{row.id}{row.what}"),
            ContactTicketEvent(
                at=row.at,
                what=row.what,
                ticket=ContactTicketRef(id=row.id, number=row.number, subject=row.subject),
                channel=Named(id=row.channel_id, name=row.channel_name or "") if row.channel_id else None,
            ),
        )
        for row in rows
    ]


class _MessageRow(msgspec.Struct, kw_only=True):
    id: UUID
    at: datetime
    direction: Literal["in", "out"]
    automatic: str | None
    author_id: UUID | None
    author_name: str | None
    from_name: str
    from_address: str
    subject: str
    text: str
    ticket_id: UUID | None
    ticket_number: int | None
    ticket_subject: str | None
    channel_id: UUID
    channel_name: str


async def _messages(tx: Transaction, who: Viewer, asked: dict[str, Any]) -> Placed:
    """Of their own conversations all, of those of others what they wrote. The page's messages stand in conversations
    that were going on at its beginning, or in the last ones before that with anything to show: only these are read."""
    of_nobody: LiteralString = "false" if who.is_narrow else "v.ticket_id is null"
    ticket: LiteralString = f"select from tickets t where t.id = v.ticket_id and {who.visible}"
    shown: LiteralString = f"""
      m.conversation_id = v.id and (v.own or m.contact_id = %(contact)s)
      and {_before("m.created_at", "message", "m.id::text")}
      and not exists (select from form_submissions s where s.raw_event_id = m.raw_event_id)
    """
    rows = await tx.all(
        _MessageRow,
        f"""
        with own as materialized (
          select id from conversations where contact_id = %(contact)s
        ), threads as (
          select id, true as own from own
          union all
          select distinct m.conversation_id, false from messages m
          where m.contact_id = %(contact)s and m.conversation_id not in (select id from own)
        ), visible as (
          select v.id, v.ticket_id, v.last_message_at, threads.own
          from threads join conversations v on v.id = threads.id
          where v.created_at <= %(end_at)s and v.channel_id <> all (%(hidden)s) and v.spam_at is null
        ), near as (
          select v.* from visible v
          where v.last_message_at > %(end_at)s and ({of_nobody} or exists ({ticket}))
          union all
          (
            select v.* from visible v
            where v.last_message_at <= %(end_at)s and ({of_nobody} or exists ({ticket}))
              and exists (select from messages m where {shown})
            order by v.last_message_at desc limit %(most)s
          )
        )
        select m.id, m.at, m.direction, m.automatic, m.author_id, u.name as author_name, m.from_name, m.from_address,
               m.subject, m.text, t.id as ticket_id, t.number as ticket_number, t.subject as ticket_subject,
               m.channel_id, ch.name as channel_name
        from (
          select m.*, v.ticket_id
          from near v cross join lateral (
            select m.id, m.created_at as at, m.direction, m.automatic, m.author_id, m.from_name, m.from_address,
                   m.subject, left(m.body_text, %(snippet)s) as text, m.channel_id
            from messages m where {shown}
            order by m.created_at desc, m.id desc limit %(most)s
          ) m
          order by m.at desc, m.id desc limit %(most)s
        ) m
        join channels ch on ch.id = m.channel_id
        left join tickets t on t.id = m.ticket_id
        left join members a on a.id = m.author_id
        left join users u on u.id = a.user_id
        order by m.at desc, m.id desc
        """,  # noqa: S608 - our own fragments
        asked | {"snippet": SNIPPET},
    )
    return [(Place(row.at, int(RANKS["message"]), str(row.id)), _message(row)) for row in rows]


def _message(row: _MessageRow) -> ContactMessage:
    return ContactMessage(
        at=row.at,
        id=row.id,
        direction=row.direction,
        automatic=row.automatic is not None or (row.direction == "out" and row.author_id is None),
        by=row.author_name or row.from_name or row.from_address,
        subject=row.subject,
        snippet=snippet(row.text),
        ticket=ContactTicketRef(id=row.ticket_id, number=row.ticket_number or 0, subject=row.ticket_subject or "")
        if row.ticket_id
        else None,
        channel=Named(id=row.channel_id, name=row.channel_name),
    )


def _made(at: datetime, contact: UUID, end: Place | None) -> Sequence[tuple[Place, Event]]:
    place = Place(at, int(RANKS["contact"]), str(contact))
    return [(place, ContactMade(at=at))] if end is None or place < end else []


def _before(at: LiteralString, kind: Kind, id_: LiteralString) -> LiteralString:
    """The first condition is for the index."""
    return f"({at} <= %(end_at)s and ({at}, {RANKS[kind]}, {id_}) < (%(end_at)s, %(end_rank)s, %(end_id)s))"


def _end(end: Place | None) -> dict[str, Any]:
    """Without a cursor everything is before the end of time."""
    return {
        "end_at": end.at if end else datetime.max.replace(tzinfo=UTC),
        "end_rank": end.rank if end else 0,
        "end_id": end.id if end else "",
    }
