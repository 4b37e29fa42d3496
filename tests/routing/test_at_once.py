"""Several workers assign at the same moment: no capacity is exceeded, and nothing is assigned twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from uuid import UUID

from kanal.kit import clock
from kanal.kit.db import Database, document
from kanal.people import spans
from kanal.routing import actions as routing
from kanal.routing.models import Routing, Targets
from kanal.routing.queue import Queue
from kanal.tickets import actions as tickets
from kanal.tickets.models import TicketChange
from tests.make import accounts, channels
from tests.make.availability import People
from tests.make.said import hear, said

CAPACITY = 5
BATCH = 5
TICKETS = 200


async def test_two_workers_never_exceed_a_capacity_and_never_assign_twice(db: Database) -> None:
    account = await accounts.account(db)
    members = [await _member(db, account, number) for number in range(8)]
    desks = [await _channel(db, account, number, members) for number in range(4)]
    await asyncio.gather(*(_hear_many(db, account, channel, TICKETS // len(desks)) for channel in desks))
    await _check(db, account, expected=len(members) * CAPACITY)
    await asyncio.gather(
        *(_answer(db, account, member, 3) for member in members), _look(db, account), _look(db, account)
    )
    await _look(db, account)
    await _check(db, account, expected=len(members) * CAPACITY)


async def test_answers_the_queue_and_people_at_once_never_wait_for_each_other_in_a_circle(db: Database) -> None:
    account = await accounts.account(db)
    members = [await _member(db, account, number) for number in range(4)]
    desks = [await _channel(db, account, number, members) for number in range(3)]
    firsts = [[said("Hello", f"c{at}{desk.hex}@kund.example") for at in range(8)] for desk in desks]
    for desk, things in zip(desks, firsts, strict=True):
        await hear(db, account, desk, *things)
    for member in members[:2]:
        await People(db, account).set(member, "away")
    answers = [
        [said("And?", thing.sender.handle.address, in_reply_to=thing.external_id) for thing in things]
        for things in firsts
    ]
    async with asyncio.timeout(60):
        await asyncio.gather(
            *(hear(db, account, desk, *things) for desk, things in zip(desks, answers, strict=True)),
            _look(db, account),
            _look(db, account),
            *(_take_by_hand(db, account, member) for member in members[2:]),
        )
    async with db.transaction(account) as tx:
        away = await tx.value("select count(*) from tickets where assignee_id = any(%s)", (members[:2],))
        both = await tx.values(
            "select q.ticket_id from queue q join tickets t on t.id = q.ticket_id where t.assignee_id is not null"
        )
    assert (away, both) == (0, [])


async def _take_by_hand(db: Database, account: int, member: UUID) -> None:
    for number in range(3, 24, 4):
        async with db.transaction(account) as tx:
            ticket = await tx.value("select id from tickets where number = %s", (number,))
            await tickets.change(tx, ticket, TicketChange(assignee_id=member), member)
            await routing.by_hand(tx, [ticket], member)


async def _check(db: Database, account: int, *, expected: int) -> None:
    async with db.transaction(account) as tx:
        open_ = await tx.dicts("select ticket_id, member_id from work_spans where to_at is null")
        twice = await tx.values("select ticket_id from work_spans where to_at is null group by 1 having count(*) > 1")
        wrong = await tx.values(
            """
            select t.id from tickets t left join work_spans w on w.ticket_id = t.id and w.to_at is null
            where t.waiting_since is not null and t.assignee_id is distinct from w.member_id
            """
        )
        waiting = set(await tx.values("select ticket_id from queue"))
        free = set(await tx.values("select id from tickets where assignee_id is null"))
        given = await tx.values("select ticket_id from routing_decisions where outcome = 'assigned'")
    assert (twice, wrong) == ([], [])
    assert max(Counter(row["member_id"] for row in open_).values()) == CAPACITY
    assert len(open_) == expected
    assert waiting == free
    assert max(Counter(given).values()) == 1


async def _hear_many(db: Database, account: int, channel: UUID, count: int) -> None:
    for start in range(0, count, BATCH):
        things = [said("Hello", f"c{channel.hex}{number}@kund.example") for number in range(start, start + BATCH)]
        await hear(db, account, channel, *things)


async def _answer(db: Database, account: int, member: UUID, count: int) -> None:
    """Its tickets wait for the customer, one after the other, while the queue is looking."""
    for _ in range(count):
        async with db.transaction(account) as tx:
            ticket = await tx.value(
                "select id from tickets where assignee_id = %s and waiting_since is not null limit 1", (member,)
            )
            await tickets.touch_out(tx, ticket, author=member, at=clock.now(), text="Done")


async def _look(db: Database, account: int) -> None:
    for _ in range(5):
        await Queue(db).run_once(account)


async def _member(db: Database, account: int, number: int) -> UUID:
    member = await accounts.member(db, account, f"m{number}@example.com")
    async with db.transaction(account) as tx:
        await tx.run("update members set capacity = %s where id = %s", (document({"total": CAPACITY}), member))
        await spans.follow(tx, [member])
    return member


async def _channel(db: Database, account: int, number: int, members: list[UUID]) -> UUID:
    channel = await channels.email_channel(db, account, f"s{number}@demo.example", name=f"S{number}")
    wanted = Routing(assign="members", to=Targets(users=members))
    async with db.transaction(account) as tx:
        await tx.run("update channels set routing = %s where id = %s", (document(wanted), channel))
    return channel
