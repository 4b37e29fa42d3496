"""What was said and done in a ticket: messages, comments and events in one line, oldest first. The newest 200 at once,
older ones behind a cursor; the number of statements does not depend on the length."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any, Literal, LiteralString
from uuid import UUID

import msgspec

from kanal.kit.db import NotFound, Transaction
from kanal.views import cursor
from kanal.views.models import (
    EventText,
    HandedOn,
    Item,
    Named,
    Person,
    Quoted,
    SenderSignals,
    ShownAddress,
    ShownAnswer,
    ShownAttachment,
    ShownComment,
    ShownEvent,
    ShownInvitation,
    ShownMember,
    ShownMessage,
    Timeline,
    Trust,
)
from kanal.views.visible import viewer

MOST = 200
SHOWN_EVENTS = [
    "ticket.created",
    "ticket.assigned",
    "ticket.status_changed",
    "ticket.priority_changed",
    "ticket.reopened",
    "ticket.linked",
    "ticket.unlinked",
    "ticket.snoozed",
    "ticket.woke",
    "ticket.merged",
    "ticket.unmerged",
    "ticket.split",
    "ticket.deleted",
    "ticket.restored",
    "ticket.changed",
    "ticket.tagged",
    "ticket.untagged",
    "message.not_confirmed",
    "message.sender_changed",
    "conversation.spam_changed",
]
SHOWN_STATES = ["failed", "bounced", "unknown"]
"""Of deliveries: what went wrong stands in the timeline, all else beside the message."""
EVENT_AT: LiteralString = "case when e.name = 'ticket.created' then t.created_at else e.at end"
"""A ticket begins with its first message, though others may have come in with it before that was written down."""
MENTIONS: LiteralString = """
          coalesce((
            select jsonb_agg(jsonb_build_object('member_id', n.member_id, 'name', nu.name) order by nu.name)
            from mentions n join members nm on nm.id = n.member_id join users nu on nu.id = nm.user_id
            where n.comment_id = c.id), '[]') as mentions
"""
"""Of comments `c`: whom they name."""
RASTER = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp"})


class Place(msgspec.Struct, array_like=True, frozen=True, order=True):
    """Where an item stands: by time, then messages before comments before events."""

    at: datetime
    rank: int
    id: str


async def read(
    tx: Transaction, member: UUID | None, ticket: UUID, *, before: str | None = None, most: int = MOST
) -> Timeline:
    """The newest items, or those before a cursor."""
    end = cursor.read(str(ticket), before, Place, "before") if before else None
    version = await _version(tx, member, ticket)
    placed = [
        *await _messages(tx, member, OF_TICKET, ticket, end, most + 1),
        *await _comments(tx, ticket, end, most + 1),
        *await _events(tx, ticket, end, most + 1),
    ]
    placed.sort(key=lambda pair: pair[0])
    kept = placed[-most:]
    return Timeline(
        version=version,
        items=[item for _, item in kept],
        next=cursor.write(str(ticket), kept[0][0]) if len(placed) > most else None,
    )


async def newer(tx: Transaction, member: UUID | None, ticket: UUID, seen_version: int) -> list[Item]:
    """What was said since somebody saw the ticket: each message and each comment raised its version by one."""
    recent = await read(tx, member, ticket)
    said: list[Item] = [item for item in recent.items if not isinstance(item, ShownEvent)]
    missed = recent.version - seen_version
    return said[-missed:] if missed > 0 else []


async def of_conversation(tx: Transaction, member: UUID | None, conversation: UUID, most: int = MOST) -> list[Item]:
    """The newest messages of one conversation, oldest first; whether it may be seen is for the caller to know."""
    of: LiteralString = "v.id = %(of)s"
    placed = await _messages(tx, member, of, conversation, None, most)
    return [item for _, item in sorted(placed, key=lambda pair: pair[0])]


async def of_inbox(
    tx: Transaction, member: UUID | None, conversation: UUID, *, before: str | None = None, most: int = MOST
) -> Timeline:
    """The same of a conversation of a conversations inbox; that it may be seen is for the caller to know."""
    end = cursor.read(str(conversation), before, Place, "before") if before else None
    version = await tx.value("select version from conversations where id = %s", (conversation,))
    of: LiteralString = "v.id = %(of)s"
    placed = [
        *await _messages(tx, member, of, conversation, end, most + 1),
        *await _comments(tx, conversation, end, most + 1, OF_CONVERSATION),
        *await _changes(tx, conversation, end, most + 1),
    ]
    placed.sort(key=lambda pair: pair[0])
    kept = placed[-most:]
    return Timeline(
        version=version,
        items=[item for _, item in kept],
        next=cursor.write(str(conversation), kept[0][0]) if len(placed) > most else None,
    )


async def newer_apart(tx: Transaction, member: UUID | None, conversation: UUID, missed: int) -> list[Item]:
    """What was said in one since somebody saw it, `missed` versions ago: each message and comment raised it by one."""
    items = (await of_inbox(tx, member, conversation)).items if missed > 0 else []
    said: list[Item] = [item for item in items if not isinstance(item, ShownEvent)]
    return said[-missed:]


async def comment(tx: Transaction, wanted: UUID) -> ShownComment:
    """One comment as the timeline shows it."""
    row = await tx.one(
        _CommentRow,
        f"""
        select c.id, c.created_at, c.body_text, c.body_html, c.author_id, u.name as author_name, {MENTIONS}
        from comments c
        left join members a on a.id = c.author_id
        left join users u on u.id = a.user_id
        where c.id = %s
        """,  # noqa: S608 - our own fragment
        (wanted,),
    )
    return _comment(row, (await _attachments(tx, "comment_id", [wanted]))[wanted])


class _MessageRow(msgspec.Struct, kw_only=True):
    id: UUID
    conversation_id: UUID
    direction: Literal["in", "out"]
    created_at: datetime
    body_text: str
    body_html: str
    quoted_text: str
    quoted_html: str
    from_name: str
    from_address: str
    author_id: UUID | None
    author_name: str | None
    contact_id: UUID | None
    recipients: list[dict[str, Any]]
    subject: str
    channel_id: UUID
    channel_name: str
    automatic: Literal["auto_reply", "machine", "list", "bounce"] | None
    trust: Literal["pass", "fail", "none"]
    door_auth: dict[str, str]
    new_person: bool
    remote_images: int
    raw_event_id: UUID | None
    raw_only: bool
    flags: list[str]
    answers: list[dict[str, str]]
    forwarded: dict[str, Any] | None
    signals: dict[str, Any]
    invitation: dict[str, Any] | None
    receipt_to: str
    receipt_sent_at: datetime | None
    sent_elsewhere: bool
    about_id: UUID | None
    is_forward: bool


class _CommentRow(msgspec.Struct, kw_only=True):
    id: UUID
    created_at: datetime
    body_text: str
    body_html: str
    author_id: UUID | None
    author_name: str | None
    mentions: list[dict[str, str]]


class _EventRow(msgspec.Struct, kw_only=True):
    seq: int
    at: datetime
    name: str
    actor_id: UUID | None
    actor_name: str | None
    data: dict[str, Any]


class _AttachmentRow(msgspec.Struct, kw_only=True):
    of: UUID
    id: UUID
    name: str
    content_type: str
    size: int
    inline: bool
    content_id: str


Placed = list[tuple[Place, Item]]


async def _version(tx: Transaction, member: UUID | None, ticket: UUID) -> int:
    who = await viewer(tx, member)
    version = await tx.value(
        f"select t.version from tickets t where t.id = %(ticket)s and {who.visible_or_spam}",  # noqa: S608 - our own fragment
        {"ticket": ticket, **who.params},
    )
    if version is None:
        raise NotFound("ticket")
    return int(version)


OF_TICKET: LiteralString = "v.ticket_id = %(of)s and v.spam_at is null"
"""A ticket may have one conversation that is spam beside others."""


async def _messages(
    tx: Transaction, member: UUID | None, which: LiteralString, of: UUID, end: Place | None, most: int
) -> Placed:
    who = await viewer(tx, member)
    rows = await tx.all(
        _MessageRow,
        f"""
        select m.id, m.conversation_id, m.direction, m.created_at, m.body_text, m.body_html, m.quoted_text,
               m.quoted_html, m.from_name, m.from_address, m.author_id, u.name as author_name, m.contact_id,
               m.recipients, m.subject,
               m.channel_id, ch.name as channel_name, m.automatic, m.trust, m.door_auth, m.new_person,
               m.remote_images, m.raw_event_id, m.raw_only, m.flags, m.answers, m.forwarded, m.signals, m.invitation,
               m.receipt_to, m.receipt_sent_at, m.sent_elsewhere, m.about_id, m.is_forward
        from conversations v
        join messages m on m.conversation_id = v.id
        join channels ch on ch.id = m.channel_id
        left join members a on a.id = m.author_id
        left join users u on u.id = a.user_id
        where {which} and v.channel_id <> all (%(hidden)s)
          and {_earlier("m.created_at", 0, "m.id::text")}
        order by m.created_at desc, m.id desc limit %(most)s
        """,  # noqa: S608 - our own fragments
        {"hidden": who.hidden, "of": of, "most": most, **_end(end)},
    )
    files = await _attachments(tx, "message_id", [row.id for row in rows])
    return [(Place(row.created_at, 0, str(row.id)), _message(row, files[row.id])) for row in rows]


OF_CONVERSATION: LiteralString = """
  (c.conversation_id = %(of)s or c.ticket_id = (select ticket_id from conversations where id = %(of)s))
"""


async def _comments(
    tx: Transaction, of: UUID, end: Place | None, most: int, which: LiteralString = "c.ticket_id = %(of)s"
) -> Placed:
    rows = await tx.all(
        _CommentRow,
        f"""
        select c.id, c.created_at, c.body_text, c.body_html, c.author_id, u.name as author_name, {MENTIONS}
        from comments c
        left join members a on a.id = c.author_id
        left join users u on u.id = a.user_id
        where {which} and {_earlier("c.created_at", 1, "c.id::text")}
        order by c.created_at desc, c.id desc limit %(most)s
        """,  # noqa: S608 - our own fragments
        {"of": of, "most": most, **_end(end)},
    )
    files = await _attachments(tx, "comment_id", [row.id for row in rows])
    return [(Place(row.created_at, 1, str(row.id)), _comment(row, files[row.id])) for row in rows]


async def _events(tx: Transaction, ticket: UUID, end: Place | None, most: int) -> Placed:
    rows = await tx.all(
        _EventRow,
        f"""
        select e.seq, e.name, e.actor_id, u.name as actor_name, e.data,
               {EVENT_AT} as at
        from events e
        join tickets t on t.id = e.ticket_id
        left join members a on a.id = e.actor_id
        left join users u on u.id = a.user_id
        where e.ticket_id = %(ticket)s
          and (e.name = any(%(names)s) or e.name = 'delivery.changed' and e.data->>'state' = any(%(states)s)
               or e.name = 'automation.ran' and (e.data->>'outcome' <> 'done' or e.data->>'mailed' <> '0'))
          and {_earlier(EVENT_AT, 2, "lpad(e.seq::text, 20, '0')")}
        order by e.seq desc limit %(most)s
        """,  # noqa: S608 - our own fragments
        {"ticket": ticket, "names": SHOWN_EVENTS, "states": SHOWN_STATES, "most": most, **_end(end)},
    )
    names = await _names(tx, rows)
    return [(Place(row.at, 2, f"{row.seq:020}"), _event(row, names)) for row in rows]


async def _changes(tx: Transaction, conversation: UUID, end: Place | None, most: int) -> Placed:
    """Who got a conversation, and when it was closed and opened."""
    rows = await tx.all(
        _EventRow,
        f"""
        select e.seq, e.name, e.actor_id, u.name as actor_name, e.data, e.at
        from events e
        left join members a on a.id = e.actor_id
        left join users u on u.id = a.user_id
        where e.conversation_id = %(of)s and e.name = 'conversation.changed'
          and {_earlier("e.at", 2, "lpad(e.seq::text, 20, '0')")}
        order by e.seq desc limit %(most)s
        """,  # noqa: S608 - our own fragments
        {"of": conversation, "most": most, **_end(end)},
    )
    names = await _names(tx, rows)
    return [(Place(row.at, 2, f"{row.seq:020}"), _event(row, names)) for row in rows]


def _earlier(at: LiteralString, rank: int, id_: LiteralString) -> LiteralString:
    return f"(%(end_at)s::timestamptz is null or ({at}, {rank}, {id_}) < (%(end_at)s, %(end_rank)s, %(end_id)s))"


def _end(end: Place | None) -> dict[str, Any]:
    return {
        "end_at": end.at if end else None,
        "end_rank": end.rank if end else 0,
        "end_id": end.id if end else "",
    }


async def _attachments(tx: Transaction, of: LiteralString, ids: list[UUID]) -> dict[UUID, list[ShownAttachment]]:
    rows = await tx.all(
        _AttachmentRow,
        f"""
        select {of} as of, id, name, content_type, size, inline, content_id from attachments
        where {of} = any(%s) order by position, id
        """,  # noqa: S608 - one of two columns
        (ids,),
    )
    files: dict[UUID, list[ShownAttachment]] = defaultdict(list)
    for row in rows:
        files[row.of].append(
            ShownAttachment(
                id=row.id,
                name=row.name,
                content_type=row.content_type,
                size=row.size,
                inline=row.inline,
                content_id=row.content_id,
                url=f"/api/v1/attachments/{row.id}",
                is_image=row.content_type in RASTER,
            )
        )
    return files


async def _names(tx: Transaction, rows: list[_EventRow]) -> dict[str, str]:
    """What the statuses, teams, members, tickets and contacts in these events' data are called now, by id, and custom
    properties by field."""
    ids = sorted({value for row in rows for value in (*row.data.values(), _rule_id(row)) if _is_id(value)})
    fields = sorted({field for row in rows for field in _custom_fields(row)})
    if not ids and not fields:
        return {}
    pairs = await tx.dicts(
        """
        select id::text, name from statuses where id = any(%(ids)s::uuid[])
        union all select id::text, name from teams where id = any(%(ids)s::uuid[])
        union all select m.id::text, u.name from members m join users u on u.id = m.user_id
          where m.id = any(%(ids)s::uuid[])
        union all select id::text, '#' || number from tickets where id = any(%(ids)s::uuid[])
        union all select id::text, name from contacts where id = any(%(ids)s::uuid[])
        union all select id::text, name from tags where id = any(%(ids)s::uuid[])
        union all select id::text, name from automation_rules where id = any(%(ids)s::uuid[])
        union all select 'custom.' || key, label from properties
          where object = 'ticket' and 'custom.' || key = any(%(fields)s::text[])
        """,
        {"ids": ids, "fields": fields},
    )
    return {pair["id"]: pair["name"] for pair in pairs}


def _rule_id(row: _EventRow) -> str | None:
    """The last of the rules that led to it, or the one that ran."""
    by_rules = row.data.get("by_rules") or [row.data.get("rule_id")]
    return str(by_rules[-1]) if by_rules[-1] else None


def _custom_fields(row: _EventRow) -> list[str]:
    return [field for field in row.data.get("fields", []) if field.startswith("custom.")]


def _is_id(value: object) -> bool:
    return isinstance(value, str) and len(value) == 36 and value.count("-") == 4


def _message(row: _MessageRow, files: list[ShownAttachment]) -> ShownMessage:
    has_quote = row.quoted_text or row.quoted_html
    return ShownMessage(
        id=row.id,
        conversation_id=row.conversation_id,
        direction=row.direction,
        at=row.created_at,
        text=row.body_text,
        html=row.body_html or None,
        quoted=Quoted(text=row.quoted_text, html=row.quoted_html) if has_quote else None,
        sender=Person(
            name=row.author_name or row.from_name,
            address=row.from_address,
            member_id=row.author_id,
            contact_id=row.contact_id if row.direction == "in" else None,
        ),
        to=_addresses(row, "to"),
        cc=_addresses(row, "cc"),
        bcc=_addresses(row, "bcc"),
        subject=row.subject,
        channel=Named(id=row.channel_id, name=row.channel_name),
        attachments=files,
        auto=row.automatic,
        trust=Trust(
            spf=row.door_auth.get("spf", "none"),
            dkim=row.door_auth.get("dkim", "none"),
            dmarc=row.door_auth.get("dmarc", "none"),
            verdict=row.trust,
        ),
        new_person=row.new_person,
        remote_images=row.remote_images,
        raw_event_id=row.raw_event_id,
        raw_only=row.raw_only,
        flags=row.flags,
        answers=[ShownAnswer(label=each["label"], value=each["value"]) for each in row.answers],
        forwarded=msgspec.convert(row.forwarded, HandedOn) if row.forwarded else None,
        signals=msgspec.convert(_NO_SIGNALS | row.signals, SenderSignals),
        invitation=msgspec.convert(row.invitation, ShownInvitation) if row.invitation else None,
        receipt_to=row.receipt_to,
        receipt_sent_at=row.receipt_sent_at,
        sent_elsewhere=row.sent_elsewhere,
        about_id=row.about_id,
        is_forward=row.is_forward,
    )


_NO_SIGNALS = {"first_time": False, "reply_to": "", "hidden_behind": "", "looks_like": ""}


def _addresses(row: _MessageRow, field: str) -> list[ShownAddress]:
    return [
        ShownAddress(name=each.get("name", ""), address=each["address"])
        for each in row.recipients
        if each["field"] == field
    ]


def _comment(row: _CommentRow, files: list[ShownAttachment]) -> ShownComment:
    return ShownComment(
        id=row.id,
        at=row.created_at,
        text=row.body_text,
        html=row.body_html or None,
        author=_member(row.author_id, row.author_name),
        attachments=files,
        mentions=msgspec.convert(row.mentions, list[ShownMember]),
    )


def _event(row: _EventRow, names: dict[str, str]) -> ShownEvent:
    name = f"delivery.{row.data['state']}" if row.name == "delivery.changed" else row.name
    return ShownEvent(
        id=f"e{row.seq}",
        at=row.at,
        name=name,
        actor=_member(row.actor_id, row.actor_name),
        rule=_rule(row, names),
        data=row.data,
        text=_text(row, names),
    )


def _rule(row: _EventRow, names: dict[str, str]) -> Named | None:
    id_ = _rule_id(row)
    return Named(id=UUID(id_), name=names.get(id_, "")) if id_ else None


def _member(id_: UUID | None, name: str | None) -> ShownMember | None:
    return ShownMember(member_id=id_, name=name or "") if id_ else None


def _text(row: _EventRow, names: dict[str, str]) -> EventText:
    def called(*keys: str) -> str | None:
        given = [row.data[key] for key in keys if row.data.get(key)]
        return ", ".join(names.get(str(value), "" if _is_id(value) else str(value)) for value in given) or None

    if row.name in ("ticket.assigned", "conversation.changed"):
        return EventText(before=called("from_assignee_id", "from_team_id"), after=called("assignee_id", "team_id"))
    if row.name == "ticket.changed":
        return EventText(before=None, after=", ".join(names.get(field, field) for field in _custom_fields(row)) or None)
    if row.name in ("ticket.tagged", "ticket.untagged"):
        return EventText(before=None, after=called("tag_id"))
    if row.name == "message.sender_changed":
        return EventText(before=called("from_contact_id"), after=called("contact_id"))
    if row.name in ("ticket.linked", "ticket.unlinked", "ticket.split"):
        return EventText(before=None, after=called("other_id"))
    if row.name in ("ticket.merged", "ticket.unmerged"):
        return EventText(before=None, after=called("into_id", "merged_id", "from_id", "unmerged_id"))
    if row.name == "ticket.snoozed":
        return EventText(before=None, after=None)
    if row.name == "ticket.woke":
        return EventText(before=called("member_id"), after=None)
    return EventText(before=called("from"), after=called("to"))
