"""Forms in the database: what visitors are shown, counts, what a channel may carry, and what is told of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from kanal.events.actions import told
from kanal.forms.definitions import actions, queries, rules
from kanal.forms.definitions.models import FormChange, OptionsChange
from kanal.forms.errors import FormCarried, FormDeleted
from kanal.kit import clock
from kanal.kit.db import Database, NotFound
from tests.make import accounts
from tests.make.forms import connect_form, field, make_form, put_submissions
from tests.make.statements import counted


@pytest.fixture
async def account(db: Database) -> int:
    return await accounts.account(db)


async def test_the_key_leads_visitors_to_the_published_version(db: Database, account: int) -> None:
    other = await accounts.account(db, "b")
    made = await make_form(db, account, field("asked"))
    async with db.transaction(account) as tx:
        await actions.change(tx, made.form_id, FormChange(name="Newer"), None)
    async with db.transaction(other) as tx:
        found = await queries.published(tx, made.key)
        assert (found.account_id, found.form_id, found.version, found.name) == (account, made.form_id, 2, "Newer")
        assert tx.account == account
        assert (await queries.definition_of(tx, made.form_id, 1)).name == "Contact us"
        with pytest.raises(NotFound):
            await queries.published(tx, "nobodyknows23456")


async def test_a_version_is_read_once_in_a_process(db: Database, account: int) -> None:
    made = await make_form(db, account, field("asked"))
    async with db.transaction(None) as tx:
        first = await queries.published(tx, made.key)
        with counted(tx) as ran:
            assert await queries.published(tx, made.key) is first
    assert len([sql for sql in ran if "form" in sql]) == 1


async def test_a_form_of_another_account_is_nobodys(db: Database, account: int) -> None:
    made = await make_form(db, account, field("asked"))
    other = await accounts.account(db, "b")
    async with db.transaction(other) as tx:
        assert await queries.listed(tx, limit=10) == []
        for ask in (queries.one(tx, made.form_id), queries.definition_of(tx, made.form_id, 1)):
            with pytest.raises(NotFound):
                await ask
        assert await queries.reference_problem(tx, made.form_id) == "There is no such form; choose another one."


async def test_a_closed_form_says_so_to_visitors(db: Database, account: int) -> None:
    made = await make_form(db, account, field("asked"), closes_at="2026-01-01T00:00:00Z")
    assert rules.is_closed(made.options, clock.now())
    async with db.transaction(account) as tx:
        await actions.change(tx, made.form_id, FormChange(options=OptionsChange(closes_at=None)), None)
        opened = await queries.published(tx, made.key)
        assert not rules.is_closed(opened.options, clock.now())
        await actions.change(tx, made.form_id, FormChange(options=OptionsChange(closed=True)), None)
        assert rules.is_closed((await queries.published(tx, made.key)).options, clock.now())


async def test_a_deleted_form_says_so_in_its_language(db: Database, account: int) -> None:
    made = await make_form(db, account, field("asked"), language="sv")
    async with db.transaction(account) as tx:
        await actions.delete(tx, made.form_id, "Contact us", None)
        with pytest.raises(FormDeleted) as deleted:
            await queries.published(tx, made.key)
        assert deleted.value.language == "sv"
        assert (await queries.definition_of(tx, made.form_id, 1)).name == "Contact us"
        assert await queries.reference_problem(tx, made.form_id) == "The form was deleted; choose another one."


async def test_a_form_is_carried_by_one_channel(db: Database, account: int) -> None:
    made = await make_form(db, account, field("asked"))
    async with db.transaction(account) as tx:
        assert await queries.reference_problem(tx, made.form_id) == ""
    channel = await connect_form(db, account, made.form_id)
    async with db.transaction(account) as tx:
        assert await queries.reference_problem(tx, made.form_id, channel) == ""
        assert "Another channel carries this form" in await queries.reference_problem(tx, made.form_id)
        with pytest.raises(FormCarried):
            await actions.delete(tx, made.form_id, "Contact us", None)


async def test_a_form_whose_channel_was_deleted_is_free_again(db: Database, account: int) -> None:
    made = await make_form(db, account, field("asked"))
    await connect_form(db, account, made.form_id)
    async with db.transaction(account) as tx:
        await tx.run("update channels set deleted_at = %s", (clock.now(),))
        assert await queries.reference_problem(tx, made.form_id) == ""
        assert (await queries.one(tx, made.form_id)).channel is None


async def test_submissions_are_counted_by_what_became_of_them(db: Database, account: int) -> None:
    made = await make_form(db, account, field("asked"))
    accepted = await put_submissions(db, made, 3)
    await put_submissions(db, made, 2, caught="too fast")
    async with db.transaction(account) as tx:
        form = await queries.one(tx, made.form_id)
        newest = await tx.value("select received_at from form_submissions where id = %s", (accepted[-1],))
    assert (form.submissions, form.caught, form.waiting_to_hand_in, form.last_submission_at) == (3, 2, 0, newest)
    await connect_form(db, account, made.form_id)
    async with db.transaction(account) as tx:
        assert (await queries.one(tx, made.form_id)).waiting_to_hand_in == 3


async def test_a_list_of_any_length_takes_one_statement(db: Database, account: int) -> None:
    for number in range(5):
        await put_submissions(db, await make_form(db, account, name=f"Form {number}"), number)
    async with db.transaction(account) as tx:
        with counted(tx) as ran:
            found = await queries.listed(tx, limit=50)
    assert [form.submissions for form in found] == [4, 3, 2, 1, 0]
    assert len(ran) == 1


async def test_k21_what_is_told_holds_ids_names_of_parts_and_counts(db: Database, account: int) -> None:
    made = await make_form(db, account, field("asked"))
    await connect_form(db, account, made.form_id)
    async with db.transaction(account) as tx:
        change = FormChange(name="Secret", fields=[field("secret")], options=OptionsChange(thanks="Secret"))
        await actions.change(tx, made.form_id, change, None)
        await actions.change(tx, made.form_id, change, None)
        await tx.run("delete from addresses where space = 'form'")
        await actions.delete(tx, made.form_id, "Secret", None)
        happened: list[Any] = [told(tx, "form.changed"), told(tx, "form.deleted")]
    id_ = str(made.form_id)
    assert [[event.data for event in events] for events in happened] == [
        [{"form_id": id_, "version": 2, "fields": ["name", "fields", "options.thanks"]}],
        [{"form_id": id_, "version": 2}],
    ]


async def test_who_made_it_may_leave(db: Database, account: int) -> None:
    member: UUID = await accounts.member(db, account)
    made = await make_form(db, account, field("asked"), actor=member)
    async with db.transaction(account) as tx:
        await tx.run("delete from members where id = %s", (member,))
        assert [version.by for version in await queries.versions(tx, made.form_id)] == [None]
