"""A deleted ticket leaves all lists, can be restored for 30 days, and is then forgotten with what was said in it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from kanal.intake.deleted import forget_deleted
from kanal.kit import clock
from kanal.kit.db import Database
from kanal.kit.ids import new_id
from kanal.kit.storage import Storage
from kanal.tickets import actions
from kanal.tickets.errors import TicketMerged
from tests.make.merging import Office, office, picture


async def restore(desk: Office, *tickets: UUID) -> None:
    async with desk.db.transaction(desk.account) as tx:
        await actions.restore(tx, tickets, desk.ann)


async def long_ago(desk: Office, days: int) -> None:
    at = clock.now() - timedelta(days=days)
    await desk.run("update tickets set deleted_at = %s where deleted_at is not null", at)


async def test_it_is_open_to_nobody_and_comes_back_as_it_was(db: Database) -> None:
    desk = await office(db)
    ticket = await desk.wrote()
    await desk.change(ticket, assignee_id=desk.ann, priority="high")
    before = await picture(desk)
    await desk.delete(ticket)
    gone = await desk.ticket(ticket)
    assert (gone["listed"], gone["is_open"]) == (False, False)
    assert await desk.rows("select ticket_id from work_spans where to_at is null") == []
    await restore(desk, ticket)
    assert await picture(desk) == before


async def test_a_closed_one_comes_back_closed(db: Database) -> None:
    desk = await office(db)
    ticket = await desk.wrote()
    await desk.change(ticket, status_key="closed")
    await desk.delete(ticket)
    await restore(desk, ticket)
    assert ((await desk.ticket(ticket))["is_open"], (await desk.ticket(ticket))["listed"]) == (False, True)


async def test_what_the_customer_writes_to_it_restores_it(db: Database) -> None:
    desk = await office(db)
    ticket = await desk.wrote()
    token = await desk.token(ticket)
    await desk.delete(ticket)
    await desk.wrote("Out of office", token=token, automatic="auto_reply")
    assert (await desk.ticket(ticket))["listed"] is False
    assert await desk.wrote("Hello?", token=token) == ticket
    back = await desk.ticket(ticket)
    assert (back["listed"], back["is_open"], back["status"]) == (True, True, "new")
    [told] = await desk.told("ticket.restored")
    assert told["data"] == {"why": "customer"}


async def test_deleting_twice_tells_of_it_once(db: Database) -> None:
    desk = await office(db)
    ticket = await desk.wrote()
    await desk.delete(ticket)
    await desk.delete(ticket)
    assert len(await desk.told("ticket.deleted")) == 1


async def test_a_merged_one_is_deleted_with_what_it_is_part_of(db: Database) -> None:
    desk = await office(db)
    first, second = await desk.wrote("The lamp"), await desk.wrote("The cable", "bo@kund.example")
    await desk.merge(second, first)
    with pytest.raises(TicketMerged) as refused:
        await desk.delete(second)
    assert refused.value.into == first


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
async def test_it_is_forgotten_after_30_days(db: Database, tmp_path: Path, days: int, left: int) -> None:
    desk = await office(db)
    await desk.delete(await desk.wrote())
    await long_ago(desk, days)
    await forget_deleted(db, Storage(str(tmp_path)))
    for table in ("tickets", "conversations", "messages"):
        assert (await desk.row(f"select count(*) as n from {table}"))["n"] == left, table
    assert len(await desk.rows("select id from contacts")) == 1


async def test_with_it_go_those_merged_into_it_its_files_and_the_raw_bytes(db: Database, tmp_path: Path) -> None:
    desk, storage = await office(db), Storage(str(tmp_path))
    first, second = await desk.wrote("The lamp"), await desk.wrote("The cable", "bo@kund.example")
    kept = await desk.wrote("A bill", "cy@kund.example")
    blob = await storage.put(b"a picture")
    async with db.transaction(desk.account) as tx:
        remark = await actions.comment(tx, second, author=desk.ann, text="See", html="")
        file = {"id": new_id(), "comment_id": remark, "blob": blob, "name": "a.png", "content_type": "image/png"}
        await tx.insert("attachments", [file | {"size": 9, "created_at": clock.now()}])
        await tx.run("update raw_events set body = 'x'")
    await desk.merge(second, first)
    await desk.delete(first)
    await long_ago(desk, 31)
    await forget_deleted(db, storage)
    assert [row["id"] for row in await desk.rows("select id from tickets")] == [kept]
    assert not await storage.exists(blob)
    raw = await desk.rows("select body is null as erased, count(*) as n from raw_events group by 1 order by 1")
    assert [(row["erased"], row["n"]) for row in raw] == [(False, 1), (True, 2)]


async def test_what_is_answered_after_that_opens_a_new_ticket(db: Database, tmp_path: Path) -> None:
    desk = await office(db)
    ticket = await desk.wrote()
    token = await desk.token(ticket)
    await desk.delete(ticket)
    await long_ago(desk, 31)
    await forget_deleted(db, Storage(str(tmp_path)))
    assert await desk.wrote("Hello?", token=token) != ticket
