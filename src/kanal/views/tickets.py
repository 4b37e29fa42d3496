"""Lists of tickets: one select builder for whatever is asked, keyset pages that cost the same at any depth."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, LiteralString
from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.tickets.models import Priority
from kanal.views import cursor
from kanal.views.filters.asking import Mark
from kanal.views.lanes import few, merged, of_each, own
from kanal.views.models import MergedInto, Named, Page, ShownChannel, ShownContact, ShownStatus, Ticket
from kanal.views.orders import ORDERS, Order, Place, place_of
from kanal.views.questions import Question
from kanal.views.visible import Viewer, viewer

COLUMNS: LiteralString = """
  t.id, t.number, t.subject, t.priority, t.version, t.created_at, t.last_message_at, t.closed_at, t.waiting_since,
  t.snoozed_until, t.deleted_at, t.last_direction, t.snippet, t.has_failed_reply, t.custom, t.pipeline_id,
  line.name as pipeline_name,
  s.id as status_id, s.key as status_key, s.name as status_name, s.is_closed as status_is_closed,
  t.team_id, team.name as team_name, t.assignee_id, person.name as assignee_name,
  t.contact_id, who.name as contact_name, mail.address as contact_email,
  t.channel_id, ch.kind as channel_kind, ch.name as channel_name, ch.deleted_at is not null as channel_deleted,
  array(select g.name from ticket_tags tt join tags g on g.id = tt.tag_id where tt.ticket_id = t.id order by g.key)
    as tags,
  t.merged_into, (select p.number from tickets p where p.id = t.merged_into) as merged_number,
  t.last_direction is not distinct from 'in' and t.version > coalesce(seen.version, 0) as unread,
  fan.member_id is not null as following
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
  left join ticket_followers fan on fan.ticket_id = t.id and fan.member_id = %(viewer)s
"""
MARKS: dict[Mark, LiteralString] = {
    "failed": "t.has_failed_reply",
    "waiting": "t.waits_from < timestamptz '9999-01-01 00:00Z'",
    "snoozed": "(t.is_open and t.snoozed_until is not null)",
    "deleted": "t.deleted_at is not null and t.merged_into is null",
    "mentions": "t.id in (select m.ticket_id from mentions m where m.member_id = %(viewer)s)",
    "following": "t.id in (select w.ticket_id from ticket_followers w where w.member_id = %(viewer)s)",
}


WATCHED: dict[Mark, LiteralString] = {"mentions": "mentions", "following": "ticket_followers"}
"""Where those tickets stand with which the viewer has something to do."""


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
    snoozed_until: datetime | None
    deleted_at: datetime | None
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
    merged_into: UUID | None
    merged_number: int | None


async def page(
    tx: Transaction, member: UUID | None, question: Question, *, after: str | None = None, limit: int = 50
) -> Page[Ticket]:
    """The next tickets after a cursor, as this member may see them."""
    start = cursor.read(question.lasting, after, Place) if after else None
    sql, params = statement(await viewer(tx, member), question, start, limit + 1)
    rows = await tx.all(Row, sql, params)
    shown = rows[:limit]
    return Page(
        items=[as_ticket(row) for row in shown],
        next=cursor.write(question.lasting, place_of(shown[-1], question.sort)) if len(rows) > limit else None,
    )


def statement(who: Viewer, question: Question, start: Place | None, most: int) -> tuple[LiteralString, dict[str, Any]]:
    """The page as SQL: tickets are found first, on one index, and described after that.

    Where how many are wanted stands in the text, the server keeps its plan; as a parameter it plans anew each time,
    which takes longer than the page. That is right for the tickets of one person, some have few, some very many, and
    for those that are named."""
    by = ORDERS[question.sort].by.format(t="t")
    inner, params = found(who, question, start)
    sql = f"select {COLUMNS} from ({inner}) t {JOINS} order by {by}"  # noqa: S608 - our own fragments
    params["most"] = most
    return sql if _of_one_person(question) or question.among is not None else sql.replace("%(most)s", str(most)), params


def found(who: Viewer, question: Question, start: Place | None) -> tuple[LiteralString, dict[str, Any]]:
    """Whole rows of the first `%(most)s` tickets behind `start`, as SQL."""
    order = ORDERS[question.sort]
    asked, params = conditions(question)
    if question.where:
        asked.append(question.where)
        params |= question.params
    if start is not None:
        asked.append(order.beyond)
        params |= {"at": start.at, "id": start.id, "rank": start.rank}
    return _found(question, who, asked, order), params | who.params


def as_ticket(row: Row) -> Ticket:
    return Ticket(
        id=row.id,
        number=row.number,
        subject=row.subject,
        pipeline=Named(id=row.pipeline_id, name=row.pipeline_name),
        status=ShownStatus(id=row.status_id, key=row.status_key, name=row.status_name, is_closed=row.status_is_closed),
        priority=row.priority,
        team=Named(id=row.team_id, name=row.team_name or "") if row.team_id else None,
        assignee=Named(id=row.assignee_id, name=row.assignee_name or "") if row.assignee_id else None,
        contact=ShownContact(id=row.contact_id, name=row.contact_name or "", email=row.contact_email)
        if row.contact_id
        else None,
        channel=ShownChannel(
            id=row.channel_id, kind=row.channel_kind or "", name=row.channel_name or "", deleted=row.channel_deleted
        )
        if row.channel_id
        else None,
        version=row.version,
        created_at=row.created_at,
        last_message_at=row.last_message_at,
        closed_at=row.closed_at,
        waiting_since=row.waiting_since,
        snoozed_until=row.snoozed_until,
        deleted_at=row.deleted_at,
        last_direction=row.last_direction,
        snippet=row.snippet,
        has_failed_reply=row.has_failed_reply,
        custom=row.custom,
        tags=row.tags,
        unread=row.unread,
        following=row.following,
        merged_into=MergedInto(id=row.merged_into, number=row.merged_number or 0) if row.merged_into else None,
    )


def described(row: Row) -> dict[str, Any]:
    """The fields of a `Ticket`."""
    return msgspec.structs.asdict(as_ticket(row))


def conditions(question: Question) -> tuple[list[LiteralString], dict[str, Any]]:
    """Everything asked that there are indexes for."""
    asked: list[LiteralString] = []
    params: dict[str, Any] = {}
    if question.state is not None:
        asked.append("t.is_active" if question.state == "active" else "not t.is_open")
    asked += [MARKS[mark] for mark in question.marks]
    if question.assignee is None:
        asked.append("t.assignee_id is null")
    for name, wanted in (("assignee", question.assignee), ("channel", question.channel), ("contact", question.contact)):
        if isinstance(wanted, UUID):
            asked.append(f"t.{name}_id = %({name})s")
            params[name] = wanted
    if question.among is not None:
        asked.append("t.id = any(%(among)s)")
        params["among"] = list(question.among)
    for name, several in (("status", question.statuses), ("team", question.teams)):
        if several is not None:
            single = len(several) == 1
            asked.append(f"t.{name}_id = %({name})s" if single else f"t.{name}_id = any(%({name})s)")
            params[name] = several[0] if single else list(several)
    return asked, params


def _found(question: Question, who: Viewer, asked: list[LiteralString], order: Order) -> LiteralString:
    """One of several statuses or teams is a lane of its own: each is walked in order on its index, then merged. Whoever
    sees their teams' tickets walks those of each mate and each team, unless what is asked finds fewer."""
    newest = "last_message_at" in question.sort
    longest = question.sort == "waiting_since" and question.marks == ("waiting",)
    if who.sees == "teams" and (newest or longest) and not _finds_few(question, who):
        return merged(who, asked, order, state=question.state, unassigned=question.assignee is None)
    if watched := [WATCHED[mark] for mark in question.marks if mark in WATCHED]:
        return of_each(watched[0], [visible(question, who), *asked], order)
    if who.sees == "own" and newest and question.contact is None and not question.marks:
        return own(who, asked, order, state=question.state)
    wanted = [visible(question, who), *asked]
    if who.sees == "own" and question.state == "active":
        return few([part for part in wanted if part != order.beyond], order, behind=order.beyond in wanted)
    lane = next(
        (name for name, several in (("team", question.teams), ("status", question.statuses)) if len(several or ()) > 1),
        None,
    )
    if lane is None or who.sees == "own":
        return f"""
          select t.* from tickets t where {" and ".join(wanted)}
          order by {order.by.format(t="t")} limit %(most)s
        """  # noqa: S608 - our own fragments
    rest = [condition for condition in wanted if condition != f"t.{lane}_id = any(%({lane})s)"]
    return f"""
      select f.* from unnest(%({lane})s::uuid[]) as lane (id) cross join lateral (
        select t.* from tickets t where t.{lane}_id = lane.id and {" and ".join(rest)}
        order by {order.by.format(t="t")} limit %(most)s
      ) f
      order by {order.by.format(t="f")} limit %(most)s
    """  # noqa: S608 - our own fragments


def visible(question: Question, who: Viewer) -> LiteralString:
    """Keeps the tickets that the viewer may see, among those that are asked for."""
    if "deleted" in question.marks:
        return who.visible_deleted
    return who.visible_active if question.state == "active" and not question.marks else who.visible


def _finds_few(question: Question, who: Viewer) -> bool:
    """Whether one index leads to little beside what the viewer may see."""
    of_own_teams = question.teams is not None and set(question.teams) <= set(who.teams)
    marked = bool({*question.marks} - {"waiting"})
    return of_own_teams or marked or question.among is not None or _of_one_person(question)


def _of_one_person(question: Question) -> bool:
    return isinstance(question.assignee, UUID) or question.contact is not None
