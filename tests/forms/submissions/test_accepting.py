"""What is stored with a submission before its sender is thanked."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import msgspec
import psycopg
import pytest

from kanal.channelkit.submissions import Submission, SubmittedFile
from kanal.forms.submissions.accepting import Acceptor
from kanal.forms.submissions.arriving import TakenFile
from kanal.forms.submissions.models import Source
from kanal.kit.db import Database
from tests.make import accounts
from tests.make.forms import connect_form, field, make_form
from tests.make.submitting import EVA, acceptor, new


@pytest.fixture
def door(db: Database, tmp_path: Path) -> Acceptor:
    return acceptor(db, tmp_path)


async def rows(db: Database, account: int, sql: Any) -> list[dict[str, Any]]:
    async with db.transaction(account) as tx:
        return await tx.dicts(sql)


async def test_frm_2_a_form_that_no_channel_carries_collects_submissions_and_contacts(
    db: Database, door: Acceptor
) -> None:
    account = await accounts.account(db)
    form = await make_form(db, account)
    accepted = await door.accept(new(form))
    [stored] = await rows(db, account, "select * from form_submissions")
    assert (stored["id"], stored["form_id"], stored["raw_event_id"]) == (accepted.id, form.form_id, None)
    assert stored["answers"] == EVA
    [contact] = await rows(
        db, account, "select c.id, c.name, h.key from contacts c join handles h on h.contact_id = c.id"
    )
    assert (contact["name"], contact["key"]) == ("Eva Ek", "eva@kund.example")
    assert stored["contact_id"] == contact["id"]
    assert await rows(db, account, "select id from raw_events") == []


async def test_frm_1_where_a_channel_carries_the_form_it_is_handed_over_in_the_same_commit(
    db: Database, door: Acceptor
) -> None:
    account = await accounts.account(db)
    form = await make_form(db, account)
    channel = await connect_form(db, account, form.form_id)
    accepted = await door.accept(new(form))
    [raw] = await rows(db, account, "select id, channel_id, external_id, body, door, state from raw_events")
    [stored] = await rows(db, account, "select raw_event_id, channel_id from form_submissions")
    assert stored == {"raw_event_id": raw["id"], "channel_id": channel}
    assert (raw["channel_id"], raw["external_id"], raw["state"]) == (channel, str(accepted.id), "waiting")
    said = msgspec.json.decode(raw["body"], type=Submission)
    assert (said.id, said.form_id, said.language) == (accepted.id, form.form_id, "en")
    assert {each.name: each.value for each in said.fields if each.value is not None} == EVA
    assert said.confirmation is not None


async def test_a_second_copy_is_the_first_once_more(db: Database, door: Acceptor) -> None:
    account = await accounts.account(db)
    form = await make_form(db, account)
    await connect_form(db, account, form.form_id)
    together = await asyncio.gather(*(door.accept(new(form, token="t1")) for _ in range(3)))
    later = await door.accept(new(form, token="t1"))
    assert len({each.id for each in (*together, later)}) == 1
    assert [each.is_copy for each in (*together, later)] == [False, True, True, True]
    assert len(await rows(db, account, "select id from form_submissions")) == 1
    assert len(await rows(db, account, "select id from raw_events")) == 1


async def test_the_same_page_filled_in_anew_is_no_copy(db: Database, door: Acceptor) -> None:
    """Browsers go back to a page as it was, with its token."""
    account = await accounts.account(db)
    form = await make_form(db, account)
    await door.accept(new(form, token="t1"))
    again = await door.accept(new(form, {**EVA, "description": "And the cable is too short."}, token="t1"))
    assert not again.is_copy
    assert len(await rows(db, account, "select id from form_submissions")) == 2


async def test_without_a_token_each_is_one_of_a_kind(db: Database, door: Acceptor) -> None:
    account = await accounts.account(db)
    form = await make_form(db, account)
    accepted = [await door.accept(new(form)) for _ in range(2)]
    assert [each.is_copy for each in accepted] == [False, False]


async def test_two_processes_make_no_second_copy(db: Database, tmp_path: Path) -> None:
    account = await accounts.account(db)
    form = await make_form(db, account)
    doors = [acceptor(db, tmp_path) for _ in range(4)]
    given = [door.accept(new(form, token=f"t{n}")) for n in range(10) for door in doors]
    accepted = await asyncio.gather(*given)
    assert len({each.id for each in accepted}) == 10
    assert len(await rows(db, account, "select id from form_submissions")) == 10


async def test_what_is_caught_makes_no_contact_and_goes_to_the_channel_with_the_reason(
    db: Database, door: Acceptor
) -> None:
    account = await accounts.account(db)
    form = await make_form(db, account)
    await connect_form(db, account, form.form_id)
    await door.accept(new(form, caught="too many from one address"))
    [raw] = await rows(db, account, "select door, body from raw_events")
    assert raw["door"] == {"suspicion": "too many from one address"}
    assert msgspec.json.decode(raw["body"], type=Submission).confirmation is None
    assert await rows(db, account, "select id from contacts") == []
    assert await rows(db, account, "select submissions, caught from form_days") == [{"submissions": 0, "caught": 1}]


async def test_each_is_told_without_saying_who_or_what(db: Database, door: Acceptor) -> None:
    account = await accounts.account(db)
    form = await make_form(db, account)
    accepted = await door.accept(new(form, source="embed"))
    [told] = await rows(db, account, "select contact_id, data from events where name = 'form.submitted'")
    assert told["contact_id"] is not None
    assert told["data"] == {
        "form_id": str(form.form_id),
        "submission_id": str(accepted.id),
        "source": "embed",
        "caught": False,
    }


async def test_a_stranger_who_types_an_address_changes_nothing_of_its_contact(db: Database, door: Acceptor) -> None:
    account = await accounts.account(db)
    form = await make_form(db, account)
    for name in (None, "Eva Ek", "Mallory"):
        await door.accept(new(form, {**EVA, "name": name}))
    assert await rows(db, account, "select name from contacts") == [{"name": "Eva Ek"}]


async def test_files_are_kept_and_those_with_a_virus_not_handed_over(db: Database, door: Acceptor) -> None:
    account = await accounts.account(db)
    form = await make_form(db, account, field("email", "email"), field("scan", "file", limits={"files": 2}))
    await connect_form(db, account, form.form_id)
    good, bad = (SubmittedFile(name=n, content_type="application/pdf", size=9, blob=n * 9) for n in ("good", "bad"))
    files = {"scan": [TakenFile(file=good), TakenFile(file=bad, virus="Eicar")]}
    await door.accept(new(form, {"email": "e@kund.example"}, files=files))
    kept = await rows(db, account, "select field, position, name, size, blob, virus from form_files order by position")
    assert [(row["name"], row["virus"], row["position"]) for row in kept] == [("good", "", 0), ("bad", "Eicar", 1)]
    [raw] = await rows(db, account, "select body from raw_events")
    said = msgspec.json.decode(raw["body"], type=Submission)
    assert [each.files for each in said.fields] == [[], [good]]


async def test_one_that_the_database_refuses_costs_no_other(db: Database, door: Acceptor) -> None:
    account = await accounts.account(db)
    form = await make_form(db, account)
    nowhere: Source = "nowhere"  # type: ignore[assignment]  # what the table's check refuses
    given = [new(form), new(form, source=nowhere), new(form)]
    answers = await asyncio.gather(*map(door.accept, given), return_exceptions=True)
    assert isinstance(answers[1], psycopg.errors.CheckViolation)
    assert len(await rows(db, account, "select id from form_submissions")) == 2
    assert await rows(db, account, "select submissions from form_days") == [{"submissions": 2}]


async def test_accounts_are_kept_apart(db: Database, door: Acceptor) -> None:
    ours, theirs = await accounts.account(db, "a"), await accounts.account(db, "b")
    forms = [await make_form(db, account) for account in (ours, theirs)]
    await asyncio.gather(*(door.accept(new(form)) for form in forms))
    for account, form in zip((ours, theirs), forms, strict=True):
        assert await rows(db, account, "select form_id from form_submissions") == [{"form_id": form.form_id}]


async def test_what_cannot_be_written_as_text_is_stored_without_it(db: Database, door: Acceptor) -> None:
    account = await accounts.account(db)
    form = await make_form(db, account)
    await connect_form(db, account, form.form_id)
    await door.accept(new(form, {**EVA, "unknown\0": {"a": "\ud800\0b"}}))
    [stored] = await rows(db, account, "select extra from form_submissions")
    assert stored["extra"] == {"unknown": {"a": "?b"}}


async def test_a_large_one_stands_in_storage(db: Database, door: Acceptor) -> None:
    account = await accounts.account(db)
    form = await make_form(db, account)
    await connect_form(db, account, form.form_id)
    await door.accept(new(form, {**EVA, "notes": "x" * 300_000}))
    [raw] = await rows(db, account, "select body, blob, size from raw_events")
    assert raw["body"] is None
    assert raw["blob"]
    assert raw["size"] > 300_000
