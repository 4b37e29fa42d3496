"""K21: from a contact one can list every row and file that holds their data, and no table is forgotten."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from kanal.accounts.models import INSTALLATION_WIDE
from kanal.channelkit.messages import Forwarded
from kanal.contacts.senders import actions as senders
from kanal.contacts.senders.models import NewSenderRule
from kanal.kit import clock
from kanal.kit.db import Database, NotFound, Transaction
from kanal.kit.ids import new_id
from kanal.people import outbox
from kanal.tickets import actions as tickets
from kanal.tickets.models import TicketChange
from kanal.views import held
from kanal.views.models import Held
from tests.make.channels import email_kind
from tests.make.desk import Desk, desk
from tests.make.said import party, said


@pytest.fixture
async def place(db: Database, tmp_path: Path) -> Desk:
    return await desk(db, tmp_path, email_kind())


async def about(place: Desk, address: str) -> list[Held]:
    async with place.db.transaction(place.account) as tx:
        contact = await tx.value("select contact_id from handles where key = %s", (address,))
        return await held.of_contact(tx, contact)


def test_k21_every_table_of_an_account_is_placed(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        found = {
            name
            for (name,) in connection.execute(
                "select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace "
                "where n.nspname = 'public' and relkind = 'r'"
            )
        }
    placed = {*held.HOLDS, *held.HOLDS_NONE} - {"files"}
    assert found - INSTALLATION_WIDE - {"alembic_version"} == placed
    assert not held.HOLDS.keys() & held.HOLDS_NONE.keys()


async def test_k21_each_kind_of_row_is_found(place: Desk) -> None:
    await _fill(place)
    found = await about(place, "eva@kund.example")
    assert {item.table for item in found} == set(held.HOLDS)
    assert all(item.id and item.what and item.at for item in found)


async def test_k21_what_was_handed_on_is_held_about_whoever_wrote_it(place: Desk) -> None:
    await place.hear(said("hello", "frida@kund.example"))
    handed_on = Forwarded(sender=party("frida@kund.example", "Frida"), text="hello")
    (fate,) = await place.hear(said("See below", "olle@kund.example", forwarded=handed_on))
    found = [item.id for item in await about(place, "frida@kund.example") if item.table == "messages"]
    assert str(fate.message_id) in found
    assert len(found) == 2


async def test_k21_another_contacts_rows_are_not_theirs(place: Desk) -> None:
    await place.hear(said("mine", "olle@kund.example", subject="Mine"))
    eva, olle = await about(place, "eva@kund.example"), await about(place, "olle@kund.example")
    assert not {(i.table, i.id) for i in eva} & {(i.table, i.id) for i in olle}


async def test_k21_who_was_copied_in_has_a_share_in_the_conversation(place: Desk) -> None:
    await place.hear(said("two of us", subject="Both", cc=("olle@kund.example",)), said("o", "olle@kund.example"))
    tables = [item.table for item in await about(place, "olle@kund.example")]
    assert tables.count("messages") == tables.count("tickets") == tables.count("conversations") == 2


async def test_k21_what_was_never_let_in_is_found_by_its_sender(place: Desk) -> None:
    async with place.db.transaction(place.account) as tx:
        raw = {"id": new_id(), "channel_id": place.channel, "external_id": "x", "state": "quarantined", "size": 1}
        door = {"door": {"mail_from": "Eva@kund.example"}, "received_at": clock.now(), "reason": "", "tries": 0}
        await tx.insert("raw_events", [raw | door])
    found = {item.id for item in await about(place, "eva@kund.example") if item.table == "raw_events"}
    assert str(raw["id"]) in found


async def test_k21_a_form_that_was_caught_is_found_by_the_address_in_it(place: Desk) -> None:
    async with place.db.transaction(place.account) as tx:
        answers = {"email": "Eva@kund.example"}
        caught = await _filled_in(tx, None, answers=answers, caught="too fast")
        await _filled_in(tx, None, answers={}, caught="too fast")
    found = {item.id for item in await about(place, "eva@kund.example") if item.table == "form_submissions"}
    assert found == {str(caught)}


async def test_nobody_is_not_found(place: Desk) -> None:
    async with place.db.transaction(place.account) as tx:
        with pytest.raises(NotFound):
            await held.of_contact(tx, uuid4())


async def _fill(place: Desk) -> None:
    """A row of every table for Eva's ticket."""
    await place.reply()
    async with place.db.transaction(place.account) as tx:
        await tickets.comment(tx, place.ticket, author=place.agent, text="She called", html="")
        await tickets.change(tx, place.ticket, TicketChange(assignee_id=place.agent), None)
        message = await tx.value("select id from messages where direction = 'in'")
        await _insert(tx, "attachments", message_id=message, blob="sha", name="lamp.png", content_type="image/png")
        picture = {"message_id": message, "n": 0, "blob": "remote", "content_type": "image/png", "size": 1}
        await tx.insert("remote_images", [picture | {"fetched_at": clock.now()}])
        draft = {"ticket_id": place.ticket, "member_id": place.agent, "mode": "reply", "html": "<p>Dear Eva</p>"}
        thread = {"conversation_id": await tx.value("select id from conversations"), "ticket_id": None}
        begun = {key: value for key, value in (draft | thread).items() if value is not None}
        more = {"recipients": {}, "attachments": [], "updated_at": clock.now()}
        await tx.insert("conversation_drafts", [begun | more])
        await tx.insert("drafts", [draft | {"recipients": {}, "attachments": [], "updated_at": clock.now()}])
        await tx.run(
            """
            insert into idempotency_keys (account_id, caller, key, body_hash, response, created_at)
            values (%s, 'a', 'b', '', %s, %s)
            """,
            (tx.account, b'{"to": ["eva@kund.example"]}', clock.now()),
        )
        await tx.run(
            """
            insert into notices (account_id, id, member_id, kind, ticket_id, event_seq, created_at)
            values (%s, %s, %s, 'assigned', %s, 1, %s)
            """,
            (tx.account, new_id(), place.agent, place.ticket, clock.now()),
        )
        await senders.put(tx, NewSenderRule(verdict="allow", entry="eva@kund.example"), None)
        await outbox.put(tx, place.agent, "contact_owner", once="x", ticket_id=place.ticket, message_id=message)
        await _automated(tx, place)
        await _routed(tx, place)
        await _filled_in(tx, await tx.value("select id from contacts"))


async def _automated(tx: Transaction, place: Desk) -> None:
    """A mailbox has her mail, she was told that it arrived, and a rule put a tag on its ticket."""
    now, rule, tag = clock.now(), new_id(), new_id()
    raw = await tx.value("select id from raw_events where ticket_id = %s", (place.ticket,))
    listed = {"channel_id": place.channel, "folder": "INBOX", "key": "1:1", "state": "stored", "reason": ""}
    listed |= {"history": False, "size": 1, "server_at": now, "raw_event_id": raw, "tries": 0, "listed_at": now}
    await tx.insert("ledger", [listed])
    told = {"channel_id": place.channel, "space": "email", "key": "eva@kund.example", "at": now}
    await tx.insert("acknowledgements", [told])
    await tx.insert("tags", [{"id": tag, "name": "Lamp", "key": "lamp", "created_at": now}])
    await tx.insert("ticket_tags", [{"ticket_id": place.ticket, "tag_id": tag, "created_at": now}])
    what = {"id": rule, "channel_id": place.channel, "position": 0, "name": "Tag it", "active": True}
    what |= {"trigger": "created", "condition": {}, "actions": [], "created_at": now, "updated_at": now}
    await tx.insert("automation_rules", [what | {"active_since": now}])
    did = {"id": new_id(), "rule_id": rule, "ticket_id": place.ticket, "event_seq": 1, "outcome": "done", "why": ""}
    await tx.insert("automation_runs", [did | {"did": [], "depth": 1, "at": now}])


async def _routed(tx: Transaction, place: Desk) -> None:
    """It had been Ann's to do, waited for somebody else, and was handed over."""
    now, ticket, over = clock.now(), place.ticket, new_id()
    waiting = {"channel_id": place.channel, "rank": 2, "arrived_at": now, "queued_at": now, "why": "nobody_available"}
    await tx.insert("queue", [{"ticket_id": ticket, **waiting}])
    decided = {"cause": "arrival", "outcome": "waiting", "why": "nobody_available", "since_board": {}, "at": now}
    await tx.insert("routing_decisions", [{"id": new_id(), "ticket_id": ticket, **decided}])
    await tx.insert("hand_overs", [{"id": over, "from_member_id": place.agent, "why": "ill", "created_at": now}])
    await tx.insert("hand_over_tickets", [{"hand_over_id": over, "ticket_id": ticket}])
    job = {"id": new_id(), "member_id": place.agent, "action": {}, "state": "done", "reason": "", "created_at": now}
    await tx.insert("bulk_jobs", [job | dict.fromkeys(("total", "done", "changed", "skipped"), 1)])
    item = {"job_id": job["id"], "position": 0, "ticket_id": ticket, "state": "same", "why": "", "detail": ""}
    await tx.insert("bulk_items", [item])
    span = {"work": "email", "ticket_created_at": now, "from_at": now - timedelta(hours=1), "to_at": now}
    await tx.insert("work_spans", [{"ticket_id": ticket, "member_id": place.agent, **span}])


async def _filled_in(tx: Transaction, contact: UUID | None, **what: Any) -> UUID:
    """A form with a file, sent once."""
    form, submission, now = new_id(), new_id(), clock.now()
    dates = {"created_at": now, "updated_at": now}
    await tx.insert("forms", [{"id": form, "key": str(form), "name": "Returns", "version": 1, **dates}])
    version = {"form_id": form, "version": 1, "name": "Returns", "fields": [], "options": {}, "created_at": now}
    await tx.insert("form_versions", [version])
    filled = {"form_id": form, "version": 1, "token": "t", "answers": {}, "extra": {}, "source": "api", "page": ""}
    kept = {"language": "en", "visitor": "", "caught": "", "contact_id": contact, "received_at": now}
    await tx.insert("form_submissions", [{"id": submission, **filled, **kept, **what}])
    file = {"submission_id": submission, "field": "photo", "blob": "lamp", "name": "lamp.png", "virus": ""}
    await tx.insert(
        "form_files",
        [file | {"id": new_id(), "position": 0, "content_type": "image/png"} | {"size": 1, "created_at": now}],
    )
    return submission


async def _insert(tx: Any, table: Any, **row: Any) -> UUID:
    common = {"id": new_id(), "size": 1, "created_at": clock.now(), "position": 0, "inline": False, "content_id": ""}
    await tx.insert(table, [common | row])
    return UUID(str(common["id"]))
