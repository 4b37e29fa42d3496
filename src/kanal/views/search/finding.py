"""The tickets that hold what was asked for, each with its newest hit: entries are walked from the newest on, so that a
common word costs no more than a rare one, and which tickets may be seen is asked of those alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.views import cursor, tickets
from kanal.views.models import Count, Ticket
from kanal.views.search import marking, meaning
from kanal.views.search.meaning import Meaning
from kanal.views.search.models import Answer, Asked, Found
from kanal.views.search.parsing import NUMBER, parse
from kanal.views.visible import Viewer, viewer

FIRST_STEP = 120
"""Entries looked at for the first page: what there are fewer of is counted."""
STEP = 100
"""Entries looked at in each step of a later page."""
MOST_STEPS = 6
"""After which the walk stops for this page, with what it has found."""
MOST_COUNTED = 1_000
MOST_EXACT = 10


class Place(msgspec.Struct, array_like=True, frozen=True):
    """Where a page ended, and which tickets stood on top of the first."""

    at: datetime
    id: UUID
    exact: list[UUID]


class Match(msgspec.Struct, kw_only=True):
    """An entry, and its ticket."""

    id: UUID
    part: int
    what: str
    ticket_id: UUID
    at: datetime


class _Matched(msgspec.Struct, kw_only=True):
    matches: list[Match]
    more: Place | None
    total: Count


async def search(
    tx: Transaction, member: UUID | None, typed: str, *, after: str | None = None, limit: int = 25
) -> Answer:
    """What is found is newest first, but for a number, a subject, a name or an address that is just what was typed."""
    who = await viewer(tx, member)
    asked = parse(typed)
    start = cursor.read(typed, after, Place) if after else None
    means = await meaning.understand(tx, who, asked)
    means.params |= who.params
    if not asked.terms:
        return Answer(items=[], next=None, total=Count(n=0, capped=False), hints=means.hints)
    exact = [] if start else (await _exact(tx, who, asked, means))[:limit]
    skip = start.exact if start else [match.ticket_id for match in exact]
    if means.words is None:
        found = await _by_filters(tx, who, means, start, skip, limit - len(exact))
    else:
        found = await _by_words(tx, who, means, start, skip, limit - len(exact))
    return Answer(
        items=await _shown(tx, who, asked, means, [*exact, *found.matches]),
        next=cursor.write(typed, found.more) if found.more else None,
        total=found.total,
        hints=means.hints,
    )


def _visible(who: Viewer, means: Meaning) -> LiteralString:
    shown: LiteralString = f"({who.visible_or_spam} and {means.shown})" if means.shown else who.visible
    return " and ".join([shown, *means.of_ticket])


# Just what was typed


async def _exact(tx: Transaction, who: Viewer, asked: Asked, means: Meaning) -> list[Match]:
    """Tickets of that number, subject, contact or address; of a ticket that became part of another, that one."""
    if not asked.plain:
        return []
    number = NUMBER.fullmatch(asked.plain)
    given = means.params | {"plain": asked.plain, "number": number and int(number[1]), "most": MOST_EXACT}
    of_hit = "".join(f" and {each.format(e='e')}" for each in means.of_hit)
    sql: LiteralString = f"""
      select t.id, 0 as part, 'ticket' as what, t.id as ticket_id, t.created_at as at
      from (
        select coalesce(n.merged_into, n.id) as id, true as by_number from tickets n where n.number = %(number)s
        union
        select e.id, false
        from search_newest(('''' || search_exactly(%(plain)s) || '''')::tsquery, null, null, 200) e
        where true {of_hit}
      ) f
      join tickets t on t.id = f.id
      where {_visible(who, means)}
      group by t.id, t.created_at, t.last_message_at
      order by bool_or(f.by_number) desc, t.last_message_at desc, t.id limit %(most)s
    """  # noqa: S608 - our own fragments
    return await tx.all(Match, sql, given)


# By words


async def _by_words(
    tx: Transaction, who: Viewer, means: Meaning, start: Place | None, skip: list[UUID], limit: int
) -> _Matched:
    """Step by step, until the page is full."""
    sql = _step(who, means, is_later=start is not None)
    at, id_ = (start.at, start.id) if start else (means.before, UUID(int=0))
    most = STEP if start else FIRST_STEP
    found: list[Match] = []
    counted, ended = len(skip), False
    for _ in range(MOST_STEPS):
        given = {"at": at, "id": id_, "step": most, "skip": skip + [match.ticket_id for match in found]}
        rows = await tx.dicts(sql, means.params | given | {"most": limit + 1 - len(found)})
        found += [msgspec.convert(row, Match) for row in rows if row["ticket_id"] is not None]
        counted += rows[0]["tickets"]
        ended = rows[0]["entries"] < most
        if ended or len(found) > limit:
            break
        at, id_ = rows[0]["last_at"], rows[0]["last_id"]
    stopped = None if ended or at is None else Place(at, id_, skip)
    more = _more(found, limit, skip) or stopped
    return _Matched(matches=found[:limit], more=more, total=Count(n=min(counted, MOST_COUNTED), capped=not ended))


def _step(who: Viewer, means: Meaning, *, is_later: bool) -> LiteralString:
    """What was shown on an earlier page had a newer hit."""
    newer: LiteralString = f"""
      where not exists (
        select from search_entries n where n.ticket_id = k.ticket_id and (n.at, n.id) >= (%(at)s, %(id)s)
          and n.words @@ ({means.words}) {_of_hit(means, "n")})
    """
    return f"""
      with f as materialized (select * from search_newest({means.words}, %(at)s, %(id)s, %(step)s)),
      kept as materialized (
        select distinct on (f.ticket_id) f.id, f.part, f.what, f.ticket_id, f.at
        from f {_entries(means)} join tickets t on t.id = f.ticket_id
        where t.id <> all (%(skip)s) and {_visible(who, means)} {_of_hit(means, "f")}
        order by f.ticket_id, f.at desc, f.id desc
      )
      select told.*, k.*
      from (
        select (select count(*) from f) as entries, (select count(*) from kept) as tickets,
          l.at as last_at, l.id as last_id
        from (select) one left join lateral (select f.at, f.id from f order by f.at, f.id limit 1) l on true
      ) told
      left join lateral (
        select k.* from kept k {newer if is_later else ""} order by k.at desc, k.id desc limit %(most)s
      ) k on true
      order by k.at desc, k.id desc
    """  # noqa: S608 - our own fragments


def _entries(means: Meaning) -> LiteralString:
    """The entries themselves, where the places of words in them count."""
    if not means.phrases:
        return ""
    phrases = " and ".join(f"w.words @@ {phrase}" for phrase in means.phrases)
    return f"join search_entries w on w.id = f.id and w.part = f.part and {phrases}"


def _of_hit(means: Meaning, entry: LiteralString) -> LiteralString:
    return "".join(f" and {each.format(e=entry)}" for each in means.of_hit)


# By filters alone


async def _by_filters(
    tx: Transaction, who: Viewer, means: Meaning, start: Place | None, skip: list[UUID], limit: int
) -> _Matched:
    conditions = " and ".join([_visible(who, means), *means.of_ticket_alone])
    beyond: LiteralString = "and (t.last_message_at, t.id) < (%(at)s, %(id)s)" if start else ""
    given = means.params | {"most": limit + 1, "cap": MOST_COUNTED + 1, "skip": skip}
    given |= {"at": start.at, "id": start.id} if start else {}
    matches = await tx.all(
        Match,
        f"""
        select t.id, 0 as part, 'ticket' as what, t.id as ticket_id, t.last_message_at as at from tickets t
        where {conditions} and t.id <> all (%(skip)s) {beyond}
        order by t.last_message_at desc, t.id desc limit %(most)s
        """,  # noqa: S608 - our own fragments
        given,
    )
    n = await tx.value(f"select count(*) from (select from tickets t where {conditions} limit %(cap)s) c", given)  # noqa: S608
    total = Count(n=min(n, MOST_COUNTED), capped=n > MOST_COUNTED)
    return _Matched(matches=matches[:limit], more=_more(matches, limit, skip), total=total)


def _more(matches: list[Match], limit: int, skip: list[UUID]) -> Place | None:
    if len(matches) <= limit:
        return None
    if limit == 0:
        return Place(datetime.max.replace(tzinfo=UTC), UUID(int=2**128 - 1), skip)
    last = matches[limit - 1]
    return Place(last.at, last.id, skip)


# As it is shown


async def _shown(tx: Transaction, who: Viewer, asked: Asked, means: Meaning, matches: list[Match]) -> list[Found]:
    described = await _tickets(tx, who, [match.ticket_id for match in matches])
    marks = await marking.marks(tx, asked, means.params["languages"])
    hits = await marking.hits(tx, marks, [(match.what, match.id, match.ticket_id, match.at) for match in matches])
    return [Found(ticket=described[match.ticket_id], hit=hits[match.id]) for match in matches]


async def _tickets(tx: Transaction, who: Viewer, ids: list[UUID]) -> dict[UUID, Ticket]:
    params: dict[str, Any] = {"ids": ids, **who.params}
    sql: LiteralString = f"""
      select {tickets.COLUMNS} from (select t.* from tickets t where t.id = any(%(ids)s)) t {tickets.JOINS}
    """  # noqa: S608 - our own fragments
    return {row.id: tickets.as_ticket(row) for row in await tx.all(tickets.Row, sql, params)}
