"""What a batch costs: as many statements for many messages and members as for few, and only what indexes hold."""

from __future__ import annotations

from uuid import UUID

from kanal.intake import queries as intake
from kanal.intake.pipeline import ingest
from kanal.kit import clock
from kanal.kit.db import Database, document
from kanal.kit.ids import new_id
from kanal.routing.models import Routing, Rule, Targets
from kanal.tickets import actions as tickets
from kanal.tickets.models import Assignment
from tests.make import accounts, channels
from tests.make.said import CARRIERS, raw_item, said
from tests.make.statements import counted
from tests.make.tickets import fill, plan


async def test_routing_asks_nothing_for_each_candidate_or_message(db: Database) -> None:
    few = await _statements(db, "few", members=3, messages=2)
    many = await _statements(db, "many", members=40, messages=30)
    assert many == few


async def _statements(db: Database, slug: str, *, members: int, messages: int) -> int:
    account = await accounts.account(db, slug)
    people = [await accounts.member(db, account, f"m{number}@{slug}.example") for number in range(members)]
    channel = await channels.email_channel(db, account, f"support@{slug}.example")
    rule = Rule(
        id="1", when={"field": "message.text", "operator": "contains", "value": "lamp"}, to=Targets(users=people)
    )
    async with db.transaction(account) as tx:
        await tx.run("update channels set routing = %s", (document(Routing(rules=[rule])),))
    async with db.transaction(account) as tx:
        row = await intake.channel(tx, channel)
        assert row is not None
        items = [
            await raw_item(tx, channel, said("A lamp", f"c{at}@kund.example"), clock.now()) for at in range(messages)
        ]
        with counted(tx) as ran:
            await ingest(tx, CARRIERS, row, items)
        assert await tx.value("select count(*) from tickets where assignee_id is not null") == messages
    return len(ran)


async def test_keeping_loads_reads_the_tickets_of_a_batch_and_no_others(db: Database, database_url: str) -> None:
    account = await accounts.account(db)
    member = await accounts.member(db, account)
    fill(database_url, account, 20_000, waiting_since="now()")
    async with db.transaction(account) as tx:
        batch: list[UUID] = await tx.values("select id from tickets where is_open order by number limit 200")
        await tickets.assign_many(
            tx, [Assignment(ticket_id=id_, assignee_id=member) for id_ in batch], None, cause="hand"
        )
        await tx.run("analyze work_spans")
        assert await tx.value("select count(*) from work_spans where to_at is null") == 133
    closing = await plan(
        db,
        account,
        """
        update work_spans w set to_at = %(now)s
        where w.ticket_id = any(%(tickets)s) and w.to_at is null and not exists (
          select from tickets t join statuses s on s.id = t.status_id
          where t.id = w.ticket_id and t.assignee_id = w.member_id and t.is_open and t.waiting_since is not null
            and s.counts)
        """,
        {"tickets": batch, "now": clock.now()},
    )
    assert closing.rows_read <= 200
    assert all(scan.startswith("Index") for scan in closing.scans)


async def test_boards_that_say_the_same_are_kept_once(db: Database) -> None:
    account = await accounts.account(db)
    channel = await channels.email_channel(db, account)
    async with db.transaction(account) as tx:
        routing = Routing(assign="members", to=Targets(users=[await _away(db, account)]))
        await tx.run("update channels set routing = %s", (document(routing),))
    for number in range(3):
        async with db.transaction(account) as tx:
            row = await intake.channel(tx, channel)
            assert row is not None
            await ingest(tx, CARRIERS, row, [await raw_item(tx, channel, said(f"{number}"), clock.now())])
    async with db.transaction(account) as tx:
        assert await tx.value("select count(*) from routing_decisions where board_id is not null") == 3
        assert await tx.value("select count(*) from routing_boards") == 1


async def _away(db: Database, account: int) -> UUID:
    return await accounts.member(db, account, f"{new_id()}@example.com", has_seat=False)
