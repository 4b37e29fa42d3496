"""Counting without knowing whom."""

from __future__ import annotations

from kanal.forms.submissions.counting import Counter
from kanal.kit.db import Database
from tests.make import accounts
from tests.make.forms import make_form


async def test_views_and_starts_are_added_to_the_day(db: Database) -> None:
    account = await accounts.account(db)
    form = await make_form(db, account)
    counter = Counter(db)
    for _ in range(2):
        for _ in range(3):
            counter.viewed(form)
        counter.started(form)
        await counter.flush()
    async with db.transaction(account) as tx:
        found = await tx.dicts("select form_id, views, starts, submissions from form_days")
    assert found == [{"form_id": form.form_id, "views": 6, "starts": 2, "submissions": 0}]


async def test_what_cannot_be_written_now_is_kept(db: Database) -> None:
    account = await accounts.account(db)
    form = await make_form(db, account)
    counter = Counter(Database("postgresql://127.0.0.1:1/nowhere", db._last_statement))
    counter.viewed(form)
    await counter.flush()
    counter._db = db
    await counter.flush()
    async with db.transaction(account) as tx:
        assert await tx.value("select views from form_days") == 1
