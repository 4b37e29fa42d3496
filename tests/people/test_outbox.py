"""Mails to members are promised once, in the transaction that makes them true."""

from __future__ import annotations

from kanal.kit.db import Database
from kanal.people import outbox
from tests.make import accounts


async def test_the_same_news_is_promised_once_and_other_news_too(db: Database) -> None:
    account = await accounts.account(db)
    ann, bob = await accounts.member(db, account), await accounts.member(db, account, "bob@example.com")
    async with db.transaction(account) as tx:
        for member, once in ((ann, "a"), (ann, "a"), (ann, "b"), (bob, "a")):
            await outbox.put(tx, member, "invitation", once=once)
        rows = await tx.dicts("select member_id, once, state, tries from member_mails order by member_id, once")
    assert [(row["member_id"], row["once"]) for row in rows] == [(ann, "a"), (ann, "b"), (bob, "a")]
    assert {(row["state"], row["tries"]) for row in rows} == {("waiting", 0)}


async def test_whoever_sends_is_woken_only_by_a_new_promise(db: Database) -> None:
    account = await accounts.account(db)
    ann = await accounts.member(db, account)
    async with db.transaction(account) as tx:
        await outbox.put(tx, ann, "invitation", once="a")
        assert outbox.TOPIC in tx.wakes
    async with db.transaction(account) as tx:
        await outbox.put(tx, ann, "invitation", once="a")
        assert tx.wakes == set()
