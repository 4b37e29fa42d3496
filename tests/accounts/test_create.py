"""A new account can work at once."""

from __future__ import annotations

import pytest

from kanal.accounts import actions
from kanal.accounts.errors import SlugInvalid, SlugTaken
from kanal.events import queries as events
from kanal.kit.db import Database
from tests.make import accounts


async def test_account_starts_with_help_desk_pipeline_and_counters(db: Database) -> None:
    account = await accounts.account(db)
    async with db.transaction(account) as tx:
        assert await tx.values("select kind from inboxes") == ["help_desk"]
        assert await tx.values("select key from statuses order by position") == [
            "new",
            "waiting_on_contact",
            "waiting_on_us",
            "closed",
        ]
        assert await tx.values("select key from statuses where is_closed") == ["closed"]
        assert await tx.value("select last from ticket_numbers") == 0
        assert [event.name for event in await events.after(tx, 0, 10)] == ["account.created"]


async def test_names_of_what_it_starts_with_are_in_its_language(db: Database) -> None:
    async with db.transaction(None) as tx:
        await actions.create(tx, "svensk", "Svensk AB", "sv")
        assert await tx.value("select name from statuses where key = 'closed'") == "Stängt"


async def test_slug_is_taken_once(db: Database) -> None:
    await accounts.account(db, "a")
    with pytest.raises(SlugTaken):
        await accounts.account(db, "a")


@pytest.mark.parametrize("slug", ["", "A", "a b", "-a", "a-", "a--b", "å", "a/b", "a" * 65])
async def test_slug_that_cannot_stand_in_an_address_is_refused(db: Database, slug: str) -> None:
    with pytest.raises(SlugInvalid):
        await accounts.account(db, slug)
