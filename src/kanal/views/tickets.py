"""Lists of tickets: one select builder for whatever is asked, keyset pages that cost the same at any depth, and counts
that stop at a cap."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, LiteralString
from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.tickets.models import Priority
from kanal.views import cursor
from kanal.views.lanes import Queue, counted, merged, own
from kanal.views.models import Count, Counts, Named, Page, ShownChannel, ShownContact, ShownStatus, Ticket, TicketRef
from kanal.views.questions import Question, Sort
from kanal.views.visible import Viewer, viewer

CAP = 10_000

COLUMNS: LiteralString = """
  t.id, t.number, t.subject, t.priority, t.version, t.created_at, t.last_message_at, t.closed_at, t.waiting_since,
  t.last_direction, t.snippet, t.has_failed_reply, t.custom, t.pipeline_id, line.name as pipeline_name,
  s.id as status_id, s.key as status_key, s.name as status_name, s.is_closed as status_is_closed,
  t.team_id, team.name as team_name, t.assignee_id, person.name as assignee_name,
  t.contact_id, who.name as contact_name, mail.address as contact_email,
  t.channel_id, ch.kind as channel_kind, ch.name as channel_name, ch.deleted_at is not null as channel_deleted,
  array(select g.name from ticket_tags tt join tags g on g.id = tt.tag_id where tt.ticket_id = t.id order by g.key)
    as tags,
  exists (select from ticket_followers f where f.ticket_id = t.id and f.member_id = %(viewer)s) as following,
  t.snoozed_until, t.deleted_at, t.merged_into,
  (select p.number from tickets p where p.id = t.merged_into) as merged_number,
  t.last_direction is not distinct from 'in' and t.version > coalesce(seen.version, 0) as unread
"""
JOINS: LiteralString = """
  join statuses s on s.id = t.status_id
  join pipelines line on line.id = t.pipeline_id
  left join teams team on team.id = t.team_id
  left join members m on m.id = t.assignee_id
  left join users person on person.id = m.user_id
  left join contacts who on who.id = t.contact_id
  left join lateral (
    select h.address from handles h where h.contact_id = t.contact_id and h.space = 'email'
    order by h.created_at, h.id limit 1
  ) mail on true
  left join channels ch on ch.id = t.channel_id
  left join ticket_reads seen on seen.ticket_id = t.id and seen.member_id = %(viewer)s
"""
ORDERS: dict[Sort, tuple[LiteralString, LiteralString]] = {
    "-last_message_at": ("{t}.last_message_at desc, {t}.id desc", "(t.last_message_at, t.id) < (%(at)s, %(id)s)"),
    "last_message_at": ("{t}.last_message_at, {t}.id", "(t.last_message_at, t.id) > (%(at)s, %(id)s)"),
    "-created_at": ("{t}.created_at desc, {t}.id desc", "(t.created_at, t.id) < (%(at)s, %(id)s)"),
    "created_at": ("{t}.created_at, {t}.id", "(t.created_at, t.id) > (%(at)s, %(id)s)"),
}


class Row(msgspec.Struct, kw_only=True):
    id: UUID
    number: int
    subject: str
    priority: Priority
    version: int
    created_at: datetime
    last_message_at: datetime
    closed_at: datetime | None
    waiting_since: datetime | None
    last_direction: Literal["in", "out"] | None
    snippet: str
    has_failed_reply: bool
    custom: dict[str, Any]
    pipeline_id: UUID
    pipeline_name: str
    status_id: UUID
    status_key: str
    status_name: str
    status_is_closed: bool
    team_id: UUID | None
    team_name: str | None
    assignee_id: UUID | None
    assignee_name: str | None
    contact_id: UUID | None
    contact_name: str | None
    contact_email: str | None
    channel_id: UUID | None
    channel_kind: str | None
    channel_name: str | None
    channel_deleted: bool
    tags: list[str]
    unread: bool
    following: bool
    snoozed_until: datetime | None
    deleted_at: datetime | None
    merged_into: UUID | None
    merged_number: int | None


async def page(
    tx: Transaction, member: UUID | None, question: Question, *, after: str | None = None, limit: int = 50
) -> Page[Ticket]:
    """The next tickets after a cursor, as this member may see them."""
    start = cursor.read(question, after, cursor.Position) if after else None
    sql, params = statement(await viewer(tx, member), question, start, limit + 1)
    rows = await tx.all(Row, sql, params)
    shown = rows[:limit]
    return Page(
        items=[as_ticket(row) for row in shown],
        next=cursor.write(question, _position(shown[-1], question.sort)) if len(rows) > limit else None,
    )


def statement(
    who: Viewer, question: Question, start: cursor.Position | None, most: int
) -> tuple[LiteralString, dict[str, Any]]:
    """The page as SQL: tickets are found first, on one index, and described after that.

    Where how many are wanted stands in the text, the server keeps its plan; as a parameter it plans anew each time,
    which takes longer than the page. That is right for the tickets of one person: some have few, some very many."""
    order, beyond = ORDERS[question.sort]
    asked, params = _conditions(question)
    if start is not None:
        asked.append(beyond)
        params |= {"at": start.at, "id": start.id}
    found = _found(question, who, asked, order)
    sql = f"select {COLUMNS} from ({found}) t {JOINS} order by {order.format(t='t')}"  # noqa: S608 - our own fragments
    params |= who.params | {"most": most}
    return sql if _of_one_person(question) else sql.replace("%(most)s", str(most)), params


async def counts(tx: Transaction, member: UUID | None) -> Counts:
    """What stands beside the views of the help desk, each counted up to the cap, in one round trip."""
    who = await viewer(tx, member)
    queues: dict[Queue, LiteralString] = {
        "open": "t.is_active",
        "mine": "t.is_active and t.assignee_id = %(viewer)s",
        "unassigned": "t.is_active and t.assignee_id is null",
        "team": "t.is_active and t.team_id in (select team_id from team_members where member_id = %(viewer)s)",
        "failed": "t.has_failed_reply",
        "closed": "not t.is_open",
    }
    columns = ", ".join(
        f"(select count(*) from ({counted(who, name, which)} limit %(most)s) c) as {name}"  # noqa: S608 - our own
        for name, which in queues.items()
    )
    [row] = await tx.dicts(f"select {columns}", {**who.params, "most": CAP + 1})
    return Counts(**{name: Count(n=min(n, CAP), capped=n > CAP) for name, n in row.items()})


def as_ticket(row: Row) -> Ticket:
    return Ticket(**described(row))


def described(row: Row) -> dict[str, Any]:
    """The fields of a `Ticket`."""
    return {
        "id": row.id,
        "number": row.number,
        "subject": row.subject,
        "pipeline": Named(id=row.pipeline_id, name=row.pipeline_name),
        "status": ShownStatus(
            id=row.status_id, key=row.status_key, name=row.status_name, is_closed=row.status_is_closed
        ),
        "priority": row.priority,
        "team": Named(id=row.team_id, name=row.team_name or "") if row.team_id else None,
        "assignee": Named(id=row.assignee_id, name=row.assignee_name or "") if row.assignee_id else None,
        "contact": row.contact_id
        and ShownContact(id=row.contact_id, name=row.contact_name or "", email=row.contact_email),
        "channel": row.channel_id
        and ShownChannel(
            id=row.channel_id,
            kind=row.channel_kind or "",
            name=row.channel_name or "",
            deleted=row.channel_deleted,
        ),
        "version": row.version,
        "created_at": row.created_at,
        "last_message_at": row.last_message_at,
        "closed_at": row.closed_at,
        "waiting_since": row.waiting_since,
        "last_direction": row.last_direction,
        "snippet": row.snippet,
        "has_failed_reply": row.has_failed_reply,
        "custom": row.custom,
        "tags": row.tags,
        "unread": row.unread,
        "following": row.following,
        "snoozed_until": row.snoozed_until,
        "deleted_at": row.deleted_at,
        "merged_into": TicketRef(id=row.merged_into, number=row.merged_number or 0) if row.merged_into else None,
    }


def _conditions(question: Question) -> tuple[list[LiteralString], dict[str, Any]]:
    """Everything asked but what is walked in lanes."""
    conditions: list[LiteralString] = []
    params: dict[str, Any] = {}
    if question.is_open is not None and not _walks_statuses(question):
        conditions.append("t.is_active" if question.is_open else "not t.is_open")
    if question.failed:
        conditions.append("t.has_failed_reply")
    if question.assignee is None:
        conditions.append("t.assignee_id is null")
    for name, wanted in (("assignee", question.assignee), ("channel", question.channel), ("contact", question.contact)):
        if isinstance(wanted, UUID):
            conditions.append(f"t.{name}_id = %({name})s")
            params[name] = wanted
    for name, several in (("status", question.statuses), ("team", question.teams)):
        if several is not None:
            single = len(several) == 1
            conditions.append(f"t.{name}_id = %({name})s" if single else f"t.{name}_id = any(%({name})s)")
            params[name] = several[0] if single else list(several)
    return conditions, params


def _walks_statuses(question: Question) -> bool:
    """Whether the index on statuses serves: with "open" beside it PostgreSQL thinks that few match, and sorts."""
    elsewhere = (question.assignee is not msgspec.UNSET, question.teams is not None, question.channel, question.contact)
    return question.statuses is not None and not any(elsewhere)


def _found(question: Question, who: Viewer, asked: list[LiteralString], order: LiteralString) -> LiteralString:
    """One of several statuses or teams is a lane of its own: each is walked in order on its index, then merged. Whoever
    sees their teams' tickets walks those of each mate and each team, unless what is asked finds fewer."""
    if who.sees == "teams" and "created" not in question.sort and not _finds_few(question, who):
        return merged(asked, order, is_open=question.is_open, unassigned=question.assignee is None)
    if who.sees == "own" and "created" not in question.sort and question.contact is None and not question.failed:
        return own(asked, order)
    conditions = [who.visible, *asked]
    lane = next(
        (name for name, several in (("team", question.teams), ("status", question.statuses)) if len(several or ()) > 1),
        None,
    )
    if lane is None or who.sees == "own":
        return f"""
          select t.* from tickets t where {" and ".join(conditions)}
          order by {order.format(t="t")} limit %(most)s
        """  # noqa: S608 - our own fragments
    rest = [condition for condition in conditions if condition != f"t.{lane}_id = any(%({lane})s)"]
    return f"""
      select f.* from unnest(%({lane})s::uuid[]) as lane (id) cross join lateral (
        select t.* from tickets t where t.{lane}_id = lane.id and {" and ".join(rest)}
        order by {order.format(t="t")} limit %(most)s
      ) f
      order by {order.format(t="f")} limit %(most)s
    """  # noqa: S608 - our own fragments


def _finds_few(question: Question, who: Viewer) -> bool:
    """Whether one index leads to little beside what the viewer may see."""
    of_own_teams = question.teams is not None and set(question.teams) <= set(who.teams)
    return of_own_teams or question.failed or _of_one_person(question)


def _of_one_person(question: Question) -> bool:
    return isinstance(question.assignee, UUID) or question.contact is not None


def _position(last: Row, sort: Sort) -> cursor.Position:
    return cursor.Position(last.created_at if "created_at" in sort else last.last_message_at, last.id)
