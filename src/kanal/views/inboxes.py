"""Inboxes as members see them, and what stands in the conversations inboxes: lists by keyset, counts up to the cap, one
conversation with those who take part. Seen by the rule of tickets: by channel, and by who has it (K17)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, LiteralString
from uuid import UUID

import msgspec

from kanal.conversations.apart import State
from kanal.kit.db import NotFound, Transaction
from kanal.views import cursor
from kanal.views.errors import InvalidQuestion
from kanal.views.models import Count, Named, Page, Participant, ShownChannel, ShownContact, ShownMember
from kanal.views.visible import viewer

CAP = 10_000
Lane = Literal["open", "mine", "unassigned", "closed"]


class InboxChannel(msgspec.Struct, kw_only=True):
    id: UUID
    kind: str
    name: str


class Inbox(msgspec.Struct, kw_only=True):
    id: UUID
    kind: Literal["help_desk", "conversations"]
    name: str
    channels: list[InboxChannel]
    """Those that the caller may see."""
    counts: InboxCounts | None
    """Of a conversations inbox."""


class InboxCounts(msgspec.Struct, kw_only=True):
    open: Count
    mine: Count
    unassigned: Count


class MadeTicket(msgspec.Struct, kw_only=True):
    id: UUID
    number: int


class InboxConversation(msgspec.Struct, kw_only=True):
    """A conversation of a conversations inbox, as its list shows it."""

    id: UUID
    inbox_id: UUID
    subject: str
    snippet: str
    state: State
    contact: ShownContact | None
    channel: ShownChannel
    assignee: ShownMember | None
    team: Named | None
    version: int
    unread: bool
    last_direction: Literal["in", "out"] | None
    last_message_at: datetime
    waiting_since: datetime | None
    has_failed_reply: bool
    created_at: datetime
    closed_at: datetime | None
    ticket: MadeTicket | None
    """The one that was made of it."""


class WholeConversation(InboxConversation, kw_only=True):
    inbox: Named
    participants: list[Participant]


class _Row(msgspec.Struct, kw_only=True):
    id: UUID
    inbox_id: UUID
    inbox_name: str
    subject: str
    snippet: str
    state: State
    contact_id: UUID | None
    contact_name: str | None
    contact_email: str | None
    channel_id: UUID
    channel_kind: str
    channel_name: str
    channel_deleted: bool
    assignee_id: UUID | None
    assignee_name: str | None
    team_id: UUID | None
    team_name: str | None
    version: int
    unread: bool
    last_direction: Literal["in", "out"] | None
    last_message_at: datetime
    waiting_since: datetime | None
    has_failed_reply: bool
    created_at: datetime
    closed_at: datetime | None
    ticket_id: UUID | None
    ticket_number: int | None


ROWS: LiteralString = """
  select t.id, t.inbox_id, i.name as inbox_name, t.subject, t.snippet, t.state, t.contact_id, c.name as contact_name,
         (select h.address from handles h where h.contact_id = t.contact_id and h.space = 'email'
          order by h.created_at, h.id limit 1) as contact_email,
         t.channel_id, ch.kind as channel_kind, ch.name as channel_name, ch.deleted_at is not null as channel_deleted,
         t.assignee_id, u.name as assignee_name, t.team_id, tm.name as team_name, t.version,
         coalesce(r.version, 0) < t.version as unread, t.last_direction, t.last_message_at, t.waiting_since,
         t.has_failed_reply, t.created_at, t.closed_at, k.id as ticket_id, k.number as ticket_number
  from kept t
  join inboxes i on i.id = t.inbox_id
  join channels ch on ch.id = t.channel_id
  left join contacts c on c.id = t.contact_id
  left join members a on a.id = t.assignee_id
  left join users u on u.id = a.user_id
  left join teams tm on tm.id = t.team_id
  left join tickets k on k.id = t.ticket_id
  left join conversation_reads r on r.conversation_id = t.id and r.member_id = %(viewer)s
"""


async def every(tx: Transaction, member: UUID) -> list[Inbox]:
    """The help desk first, then by age."""
    who = await viewer(tx, member)
    inboxes = await tx.dicts("select id, kind, name from inboxes order by kind = 'conversations', created_at, id")
    channels = await tx.dicts(
        """
        select id, kind, name, inbox_id from channels
        where deleted_at is null and id <> all (%(hidden)s) order by created_at, id
        """,
        {"hidden": who.hidden},
    )
    counts = await _counts(tx, member, [row["id"] for row in inboxes if row["kind"] == "conversations"])
    return [
        Inbox(
            id=row["id"],
            kind=row["kind"],
            name=row["name"],
            channels=[
                InboxChannel(id=each["id"], kind=each["kind"], name=each["name"])
                for each in channels
                if each["inbox_id"] == row["id"]
            ],
            counts=counts.get(row["id"]),
        )
        for row in inboxes
    ]


async def one(tx: Transaction, member: UUID, inbox: UUID) -> Inbox:
    found = next((each for each in await every(tx, member) if each.id == inbox), None)
    if found is None:
        raise NotFound("inbox")
    return found


async def _counts(tx: Transaction, member: UUID, inboxes: list[UUID]) -> dict[UUID, InboxCounts]:
    if not inboxes:
        return {}
    who = await viewer(tx, member)
    lanes: dict[Lane, LiteralString] = {
        "open": "true",
        "mine": "t.assignee_id = %(viewer)s",
        "unassigned": "t.assignee_id is null",
    }
    counted: LiteralString = ", ".join(
        f"""(select count(*) from (
               select from conversations t
               where t.apart and t.inbox_id = i.id and t.state = 'open' and {lane} and {who.visible_conversation}
               limit %(most)s) n) as {name}"""  # noqa: S608 - our own fragments
        for name, lane in lanes.items()
    )
    rows = await tx.dicts(
        f"select i.id, {counted} from unnest(%(inboxes)s::uuid[]) as i (id)",  # noqa: S608 - our own fragments
        {"inboxes": inboxes, "most": CAP + 1, **who.params},
    )
    return {
        row["id"]: InboxCounts(open=_count(row["open"]), mine=_count(row["mine"]), unassigned=_count(row["unassigned"]))
        for row in rows
    }


def _count(n: int) -> Count:
    return Count(n=min(n, CAP), capped=n > CAP)


async def page(
    tx: Transaction,
    member: UUID,
    inbox: UUID,
    *,
    state: State = "open",
    assignee: str | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page[InboxConversation]:
    """What was last written in comes first. `assignee` is a member's id, `me` or `none`. Raises NotFound,
    InvalidQuestion."""
    if not await tx.value("select true from inboxes where id = %s and kind = 'conversations'", (inbox,)):
        raise NotFound("inbox")
    who = await viewer(tx, member)
    asked = {"inbox": str(inbox), "state": state, "assignee": assignee}
    start = cursor.read(asked, after, cursor.Position) if after else None
    whose, params = _whose(assignee)
    rows = await tx.all(
        _Row,
        f"""
        with kept as materialized (
          select t.* from conversations t
          where t.apart and t.inbox_id = %(inbox)s and t.state = %(state)s and {whose} and {who.visible_conversation}
            and (%(at)s::timestamptz is null or (t.last_message_at, t.id) < (%(at)s, %(id)s))
          order by t.last_message_at desc, t.id desc limit %(most)s
        )
        {ROWS} order by t.last_message_at desc, t.id desc
        """,  # noqa: S608 - our own fragments
        {
            **who.params,
            **params,
            "inbox": inbox,
            "state": state,
            "at": start and start.at,
            "id": start and start.id,
            "most": limit + 1,
        },
    )
    items = rows[:limit]
    last = cursor.Position(items[-1].last_message_at, items[-1].id) if len(rows) > limit else None
    return Page(items=[_shown(row) for row in items], next=cursor.write(asked, last) if last else None)


def _whose(assignee: str | None) -> tuple[LiteralString, dict[str, Any]]:
    match assignee:
        case None:
            return "true", {}
        case "me":
            return "t.assignee_id = %(viewer)s", {}
        case "none":
            return "t.assignee_id is null", {}
    try:
        return "t.assignee_id = %(assignee)s", {"assignee": UUID(assignee)}
    except ValueError:
        raise InvalidQuestion("assignee", "a member's id, me or none") from None


async def conversation(tx: Transaction, member: UUID, wanted: UUID, *, just_changed: bool = False) -> WholeConversation:
    """One with its people; whoever has just changed it sees how it stands now, even where that takes it out of their
    sight. Raises NotFound."""
    who = await viewer(tx, member)
    visible: LiteralString = "true" if just_changed else who.visible_conversation
    row = await tx.maybe(
        _Row,
        f"""
        with kept as materialized (
          select t.* from conversations t where t.id = %(wanted)s and t.apart and {visible})
        {ROWS}
        """,  # noqa: S608 - our own fragments
        {"wanted": wanted, **who.params},
    )
    if row is None:
        raise NotFound("conversation")
    people = await tx.all(
        Participant,
        """
        select name, address, role from participants
        where conversation_id = %s order by joined_at, role = 'contact' desc, key
        """,
        (wanted,),
    )
    return WholeConversation(
        **msgspec.structs.asdict(_shown(row)),
        inbox=Named(id=row.inbox_id, name=row.inbox_name),
        participants=people,
    )


async def may_see(tx: Transaction, member: UUID, wanted: UUID) -> bool:
    """A conversation of a conversations inbox that is no spam."""
    who = await viewer(tx, member)
    return bool(
        await tx.value(
            f"select true from conversations t where t.id = %(id)s and t.apart and {who.visible_conversation}",  # noqa: S608 - our own
            {"id": wanted, **who.params},
        )
    )


def _shown(row: _Row) -> InboxConversation:
    return InboxConversation(
        id=row.id,
        inbox_id=row.inbox_id,
        subject=row.subject,
        snippet=row.snippet,
        state=row.state,
        contact=ShownContact(id=row.contact_id, name=row.contact_name or "", email=row.contact_email)
        if row.contact_id
        else None,
        channel=ShownChannel(
            id=row.channel_id, kind=row.channel_kind, name=row.channel_name, deleted=row.channel_deleted
        ),
        assignee=ShownMember(member_id=row.assignee_id, name=row.assignee_name or "") if row.assignee_id else None,
        team=Named(id=row.team_id, name=row.team_name or "") if row.team_id else None,
        version=row.version,
        unread=row.unread,
        last_direction=row.last_direction,
        last_message_at=row.last_message_at,
        waiting_since=row.waiting_since,
        has_failed_reply=row.has_failed_reply,
        created_at=row.created_at,
        closed_at=row.closed_at,
        ticket=MadeTicket(id=row.ticket_id, number=row.ticket_number or 0) if row.ticket_id else None,
    )
