"""Allow and deny lists: which entries there can be, and which of several counts."""

from __future__ import annotations

from typing import Any

import pytest

from kanal.channelkit.messages import Handle
from kanal.contacts.senders import actions, queries, rules
from kanal.contacts.senders.errors import InvalidSender
from kanal.contacts.senders.models import NewSenderRule, SenderRule, Verdict
from kanal.kit.db import Database
from tests.make import accounts

EVA = Handle(kind="email", key="eva@kund.example", address="Eva@kund.example")


class Lists:
    def __init__(self, db: Database, account: int) -> None:
        self.db, self.account = db, account

    async def do(self, what: Any, *args: Any, **more: Any) -> Any:
        async with self.db.transaction(self.account) as tx:
            return await what(tx, *args, **more)

    async def put(self, verdict: Verdict, entry: str, **more: Any) -> SenderRule:
        made: SenderRule = await self.do(actions.put, NewSenderRule(verdict=verdict, entry=entry, **more), None)
        return made

    async def says(self, address: str) -> str | None:
        found: dict[tuple[str, str], str] = await self.do(queries.verdict_of, [("email", address)])
        return found.get(("email", address))


@pytest.fixture
async def lists(db: Database) -> Lists:
    return Lists(db, await accounts.account(db, "a"))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Eva@Kund.Example", "eva@kund.example"),
        (" kund.example ", "kund.example"),
        ("@kund.example", "kund.example"),
        ("*@kund.example", "kund.example"),
        ("*.kund.example", "kund.example"),
        ("räksmörgås.example", "xn--rksmrgs-5wao1o.example"),
        ("mailto:eva@kund.example", "eva@kund.example"),
    ],
)
def test_eml_40_an_entry_is_an_address_or_a_domain(typed: str, kept: str) -> None:
    assert rules.entry_of(typed) == kept


@pytest.mark.parametrize("typed", ["", "eva", "com", "eva@", "eva ek@kund.example", "[127.0.0.1]", "a b.example"])
def test_what_is_neither_address_nor_domain_is_refused_with_the_mend(typed: str) -> None:
    with pytest.raises(InvalidSender, match="write an address"):
        rules.entry_of(typed)


async def test_an_address_beats_its_domain_and_a_longer_domain_a_shorter_one(lists: Lists) -> None:
    await lists.put("deny", "kund.example")
    await lists.put("allow", "vip.kund.example")
    await lists.put("deny", "spam@vip.kund.example")
    assert await lists.says("eva@kund.example") == "deny"
    assert await lists.says("eva@vip.kund.example") == "allow"
    assert await lists.says("eva@a.vip.kund.example") == "allow"
    assert await lists.says("spam@vip.kund.example") == "deny"
    assert await lists.says("eva@notkund.example") is None


async def test_the_last_word_about_an_entry_counts(lists: Lists) -> None:
    first = await lists.put("deny", "eva@kund.example")
    second = await lists.put("allow", "EVA@kund.example")
    assert first.id == second.id
    assert await lists.says("eva@kund.example") == "allow"


async def test_what_another_account_lists_says_nothing_here(lists: Lists, db: Database) -> None:
    await Lists(db, await accounts.account(db, "b")).put("deny", "eva@kund.example")
    assert await lists.says("eva@kund.example") is None


async def test_eml_48_a_block_can_be_taken_back_and_the_deny_list_stays(lists: Lists) -> None:
    await lists.do(actions.block, EVA, None)
    assert await lists.says(EVA.key) == "deny"
    assert await lists.do(actions.unblock, EVA, None)
    assert await lists.says(EVA.key) is None
    await lists.put("deny", EVA.key)
    assert not await lists.do(actions.unblock, EVA, None)
    assert await lists.says(EVA.key) == "deny"


async def test_who_is_on_the_allow_list_is_not_blocked_in_passing(lists: Lists) -> None:
    await lists.put("allow", EVA.key)
    with pytest.raises(InvalidSender, match="allow list"):
        await lists.do(actions.block, EVA, None)
    assert await lists.says(EVA.key) == "allow"


async def test_one_of_an_allowed_domain_can_be_blocked(lists: Lists) -> None:
    await lists.put("allow", "kund.example")
    await lists.do(actions.block, EVA, None)
    assert await lists.says(EVA.key) == "deny"
    assert await lists.says("nils@kund.example") == "allow"


async def test_the_lists_are_searched_and_paged_newest_first(lists: Lists) -> None:
    for entry in ("a.example", "b.example", "eva@kund.example"):
        await lists.put("deny", entry, note="Known Fraud" if entry == "a.example" else "")
    await lists.put("allow", "c.example")
    first = await lists.do(queries.listed, verdict="deny", q="", before=None, limit=2)
    assert [rule.entry for rule in first] == ["eva@kund.example", "b.example"]
    before = (first[-1].created_at, first[-1].id)
    assert [rule.entry for rule in await lists.do(queries.listed, verdict="deny", q="", before=before, limit=2)] == [
        "a.example"
    ]
    found = await lists.do(queries.listed, verdict=None, q="FRAUD", before=None, limit=9)
    assert [rule.entry for rule in found] == ["a.example"]
    found = await lists.do(queries.listed, verdict=None, q="Kund", before=None, limit=9)
    assert [rule.entry for rule in found] == ["eva@kund.example"]


async def test_k21_the_event_names_no_address(lists: Lists) -> None:
    await lists.put("deny", "eva@kund.example", note="rude")
    data = await lists.do(_last_event)
    assert data["verdict"] == "deny"
    assert "eva" not in str(data)
    assert "rude" not in str(data)


async def _last_event(tx: Any) -> Any:
    return await tx.value("select data from events where name = 'sender.changed' order by seq desc limit 1")
