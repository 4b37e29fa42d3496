"""Routing on a desk in the database: how fast the queue gives out what waits when people come, and how long the
simulator takes for a month of a large desk."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

import psycopg

from kanal.accounts import actions as accounts
from kanal.cli.bench.ingest import KEYRING, Note
from kanal.cli.bench.row import Row, below
from kanal.events import actions as events
from kanal.inboxes import actions as inboxes
from kanal.inboxes.models import NewChannel
from kanal.kit import clock
from kanal.kit.db import Database
from kanal.people import actions as people
from kanal.people import spans
from kanal.people.availability import actions as availability
from kanal.routing import actions, history, rules
from kanal.routing.models import Asked
from kanal.routing.queue import Queue
from kanal.routing.simulation import actions as simulations
from kanal.routing.simulation import queries
from kanal.routing.simulation.jobs import Simulator
from kanal.tickets import actions as tickets
from kanal.tickets.models import NewTicket

WAITING = 1_000
WAITED_FOR = 50
MEMBERS = 500
TICKETS = 10_000


async def measure(url: str, *, quick: bool) -> list[Row]:
    db = Database(url, events.write)
    await db.open()
    try:
        return [await _queue(db, WAITING // 5 if quick else WAITING), await _month(db, url, quick=quick)]
    finally:
        await db.close()


async def _queue(db: Database, count: int) -> Row:
    """Everybody comes at once, and each may have as many as there are."""
    desk = await _desk(db, "queue", WAITED_FOR)
    limit = {"total": -(-count // WAITED_FOR)}
    async with db.transaction(desk.account) as tx:
        await tx.run("update members set capacity = jsonb_build_object('total', %(total)s::int)", limit)
        await spans.follow(tx, desk.members)
        for member in desk.members:
            await availability.set_by_hand(tx, member, "away", None)
    await _arrive(db, desk, count)
    async with db.transaction(desk.account) as tx:
        for member in desk.members:
            await availability.set_by_hand(tx, member, "available", None)
    began = time.perf_counter()
    queue = Queue(db)
    await queue.run_once(desk.account)
    seconds = time.perf_counter() - began
    async with db.transaction(desk.account) as tx:
        left = await tx.value("select count(*) from queue")
    if left:
        raise RuntimeError(f"{left} tickets still wait")
    what = f"the queue gives out {count:,} tickets to {WAITED_FOR} who come"
    return below(what, count / seconds, None, "tickets/s", f"{seconds * 1_000:,.0f} ms")


async def _month(db: Database, url: str, *, quick: bool) -> Row:
    desk = await _desk(db, "month", MEMBERS // 5 if quick else MEMBERS)
    count = TICKETS // 5 if quick else TICKETS
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in _PAST:
            connection.execute(statement.encode(), {"account": desk.account, "channel": desk.channel, "count": count})
        connection.execute("vacuum analyze")
    changed = desk.routing | {"to": {"users": [str(each) for each in desk.members[::2]], "teams": []}}
    async with db.transaction(desk.account) as tx:
        simulation = await simulations.ask(tx, desk.channel, changed, actor=None)
    began = time.perf_counter()
    await Simulator(db).run_once()
    seconds = time.perf_counter() - began
    async with db.transaction(desk.account) as tx:
        found = await queries.one(tx, simulation)
    result: dict[str, Any] = found.result or {}
    if found.state != "done" or result["missing_history"] or not result["elsewhere"]:
        raise RuntimeError(f"the simulation is {found.state}: {found.reason}")
    return below(
        f"the simulator decides {count:,} tickets of 30 days anew, {len(desk.members)} members",
        seconds,
        60,
        "s",
        f"{count / seconds:,.0f} tickets/s, {result['elsewhere']:,} go elsewhere",
        1,
    )


class _Desk:
    def __init__(self, account: int, channel: UUID, members: list[UUID], routing: dict[str, Any]) -> None:
        self.account, self.channel, self.members, self.routing = account, channel, members, routing


async def _desk(db: Database, slug: str, size: int) -> _Desk:
    """A channel whose tickets go to all of its members."""
    async with db.transaction(None) as tx:
        account = (await accounts.create(tx, slug, slug)).id
    async with db.transaction(account) as tx:
        members = []
        for number in range(size):
            user = await people.add_user(tx, f"agent{number}@{slug}.example", f"Agent {number}", password_hash="!")  # noqa: S106 - nobody signs in by it
            members.append((await people.add_member(tx, user, "agent", has_seat=True)).id)
        new = NewChannel(name="Bench", settings={})
        channel = await inboxes.connect(tx, Note(), new, keyring=KEYRING, mail_domain="bench.localhost", actor=None)
        routing: dict[str, Any] = {"assign": "members", "to": {"users": [str(each) for each in members], "teams": []}}
        await history.store(tx, channel, routing, actor=None)
    return _Desk(account, channel, members, routing)


async def _arrive(db: Database, desk: _Desk, count: int) -> None:
    for _ in range(0, count, 200):
        async with db.transaction(desk.account) as tx:
            now = clock.now()
            new = [NewTicket(subject="Lamp", source="message", at=now, channel_id=desk.channel) for _ in range(200)]
            asked = [Asked(ticket_id=ref.id, at=now, since=now, facts={}) for ref in await tickets.open_many(tx, new)]
            await actions.arrived(tx, desk.channel, rules.parse(desk.routing), asked)


_AT = "now() - interval '30 days' + g * (interval '30 days' / %(count)s)"
_MEMBER = "(select array_agg(id order by id) from members where account_id = %(account)s)"
_PAST = (
    """
    update routing_versions set from_at = now() - interval '40 days', to_at = case when to_at is null then null
      else now() - interval '39 days' end
    where account_id = %(account)s and version = 1
    """,
    "update routing_versions set from_at = now() - interval '39 days' where account_id = %(account)s and version = 2",
    "update member_spans set from_at = now() - interval '40 days' where account_id = %(account)s",
    # Everybody is there from 8 to 18 and at lunch somewhere in between, each at minutes of their own.
    """
    delete from availability where account_id = %(account)s
    """,
    """
    insert into availability (account_id, member_id, from_at, to_at, state, why)
    select %(account)s, m.id, s.at, lead(s.at) over (partition by m.id order by s.at), s.state, 'hand'
    from (select id, row_number() over (order by id) as n from members where account_id = %(account)s) m
    cross join lateral (
      select date_trunc('day', now()) - d * interval '1 day' + h.at + m.n * interval '7 seconds' as at, h.state
      from generate_series(1, 40) d, (values (interval '8 hours', 'available'), (interval '12 hours', 'away'),
        (interval '13 hours', 'available'), (interval '18 hours', 'away')) h (at, state)
    ) s
    """,
    f"""
    insert into tickets (account_id, id, number, subject, pipeline_id, status_id, is_open, source, channel_id,
                         created_at, updated_at, last_message_at, assignee_id)
    select %(account)s, md5('t' || g)::uuid, g, 'Mail ' || g, s.pipeline_id, s.id, true, 'message', %(channel)s,
           {_AT}, now(), {_AT}, p.ids[1 + g %% cardinality(p.ids)]
    from generate_series(1, %(count)s) g,
         (select pipeline_id, id from statuses where account_id = %(account)s and key = 'new') s,
         (select {_MEMBER} as ids) p
    """,  # noqa: S608 - our own text
    """
    insert into conversations (account_id, id, inbox_id, channel_id, ticket_id, subject, subject_key, created_at,
                               last_message_at)
    select account_id, md5('v' || number)::uuid,
           (select id from inboxes where account_id = %(account)s and kind = 'help_desk'), channel_id, id, subject, '',
           created_at, created_at
    from tickets where account_id = %(account)s
    """,
    """
    insert into messages (account_id, id, conversation_id, channel_id, direction, space, from_key, from_address,
                          from_name, subject, body_text, external_id, created_at)
    select account_id, md5('m' || number)::uuid, md5('v' || number)::uuid, channel_id, 'in', 'note', 'k' || number,
           'k' || number || '@firma.example', 'Kund', subject, repeat('The lamp does not light up. ', 40),
           'm' || number, created_at
    from tickets where account_id = %(account)s
    """,
    """
    insert into routing_decisions (account_id, id, ticket_id, channel_id, cause, outcome, why, assignee_id, at)
    select account_id, md5('d' || number)::uuid, id, channel_id, 'arrival', 'assigned', 'chosen', assignee_id,
           created_at
    from tickets where account_id = %(account)s
    """,
    """
    insert into work_spans (account_id, ticket_id, member_id, work, ticket_created_at, from_at, to_at)
    select t.account_id, t.id, t.assignee_id, 'email', t.created_at, s.from_at, s.from_at + interval '3 hours'
    from tickets t cross join lateral (
      values (t.created_at + interval '1 millisecond'), (t.created_at + interval '20 hours')) s (from_at)
    where t.account_id = %(account)s
    """,
)
"""A month of mail, given to everybody in turn; each is answered after three hours, and once more a day later."""
