"""To whom a mail belongs that somebody handed on: only those who are believed can speak for somebody else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from kanal.channelkit.messages import Door, Forwarded, Said
from kanal.contacts.senders import actions as senders
from kanal.contacts.senders.models import NewSenderRule
from kanal.intake import queries
from kanal.intake.signals import fill_signals
from kanal.intake.whose import find_owners
from kanal.kit import clock
from kanal.kit.db import Database
from kanal.kit.ids import new_id
from tests.make import accounts, channels
from tests.make.said import hear, party, raw_item, said
from tests.make.statements import counted

ANN = "ann@staff.example"


class Place:
    """Ann signs in with ann@staff.example; mail comes to support@demo.example."""

    def __init__(self, db: Database, account: int, channel: UUID, ann: UUID) -> None:
        self.db, self.account, self.channel, self.ann = db, account, channel, ann

    async def hear(self, *things: Said, **how: Any) -> list[Any]:
        return await hear(self.db, self.account, self.channel, *things, **how)

    async def rows(self, sql: Any, *params: Any) -> list[dict[str, Any]]:
        async with self.db.transaction(self.account) as tx:
            return await tx.dicts(sql, params)

    async def run(self, sql: Any, *params: Any) -> None:
        async with self.db.transaction(self.account) as tx:
            await tx.run(sql, params)

    async def prove(self, key: str, *, member: UUID | None = None) -> None:
        """A proved address of the channel, or of a member."""
        at = clock.now()
        await self.run(
            """insert into addresses (space, key, account_id, channel_id, member_id, proved_at, claimed_at)
               values ('email', %s, %s, %s, %s, %s, %s)
               on conflict (space, key) do update set proved_at = excluded.proved_at""",
            *(key, self.account, None if member else self.channel, member, at, at),
        )

    async def allow(self, entry: str, verdict: Any = "allow") -> None:
        async with self.db.transaction(self.account) as tx:
            await senders.put(tx, NewSenderRule(verdict=verdict, entry=entry), None)

    async def owner(self, thing: Said) -> tuple[str, str]:
        """Whose the mail is now, and what became of the claim."""
        await self.hear(thing)
        (row,) = await self.rows(
            """select m.from_key, m.forwarded->>'state' as state, h.key as contact from messages m
               join tickets t on true join conversations c on c.ticket_id = t.id and m.conversation_id = c.id
               join handles h on h.contact_id = t.contact_id order by m.created_at desc limit 1"""
        )
        assert row["from_key"] == row["contact"]
        return row["from_key"], row["state"]


@pytest.fixture
async def place(db: Database) -> Place:
    account = await accounts.account(db)
    ann = await accounts.member(db, account, ANN)
    return Place(db, account, await channels.email_channel(db, account), ann)


def handed_on(by: str = ANN, *, trust: Any = "pass", **more: Any) -> Said:
    eva = Forwarded(
        sender=party("Eva@kund.example", "Eva Ek"),
        sent="3 March 2026",
        subject="Broken lamp",
        text="It is dark.",
        html="<p>It is dark.</p>",
        note="Please help her",
    )
    return said("whole body", by, name="Ann", subject="Fwd: Broken lamp", trust=trust, forwarded=eva, **more)


async def test_eml_22_a_forward_by_a_member_belongs_to_the_original_sender(place: Place) -> None:
    assert await place.owner(handed_on()) == ("eva@kund.example", "applied")
    (contact,) = await place.rows("select name from contacts")
    assert contact["name"] == "Eva Ek"


async def test_eml_22_the_ticket_shows_what_the_original_sender_wrote_below_the_note(place: Place) -> None:
    await place.hear(handed_on())
    (row,) = await place.rows(
        "select m.body_text, m.body_html, m.subject, m.trust, t.subject as title from messages m, tickets t"
    )
    assert row["body_text"] == "Please help her\n\nIt is dark."
    assert row["body_html"] == "<div>Please help her</div><p>It is dark.</p>"
    assert (row["subject"], row["title"], row["trust"]) == ("Broken lamp", "Broken lamp", "none")


async def test_eml_23_with_the_option_off_it_belongs_to_the_forwarder(place: Place) -> None:
    await place.run("update channels set forwards_belong_to = 'forwarder'")
    assert await place.owner(handed_on()) == (ANN, "refused")


async def test_k13_a_member_is_believed_only_with_a_proof_of_who_sent_it(place: Place) -> None:
    assert await place.owner(handed_on(trust="none")) == (ANN, "claimed")
    assert await place.owner(handed_on(trust="fail", external_id="other@x")) == (ANN, "claimed")


async def test_k13_the_envelope_sender_is_no_proof(place: Place) -> None:
    await place.hear(handed_on(trust="none"), door=Door(mail_from=ANN))
    rows = await place.rows("select forwarded->>'state' as state from messages")
    assert [row["state"] for row in rows] == ["claimed"]


async def test_k13_a_strangers_claim_is_shown_and_not_believed(place: Place) -> None:
    assert await place.owner(handed_on("mallory@elsewhere.example")) == ("mallory@elsewhere.example", "claimed")
    (row,) = await place.rows("select forwarded from messages")
    assert row["forwarded"]["address"] == "Eva@kund.example"
    assert row["forwarded"]["by"]["key"] == "mallory@elsewhere.example"


async def test_k13_an_address_that_a_member_proved_is_theirs(place: Place) -> None:
    await place.prove("ann@home.example", member=place.ann)
    assert await place.owner(handed_on("ann@home.example")) == ("eva@kund.example", "applied")


async def test_k13_a_member_who_left_is_not_believed(place: Place) -> None:
    await place.run("update members set deactivated_at = now()")
    assert await place.owner(handed_on()) == (ANN, "claimed")


async def test_k13_the_allow_list_is_believed_and_the_deny_list_never(place: Place) -> None:
    await place.allow("partner.example")
    await place.prove("support@demo.example")
    await place.allow("bad@demo.example", "deny")
    await place.hear(handed_on("bo@partner.example"), handed_on("bad@demo.example", external_id="b@x"))
    rows = await place.rows("select forwarded->>'state' as state from messages order by forwarded->'by'->>'key'")
    assert [row["state"] for row in rows] == ["claimed", "applied"]


async def test_k13_the_list_starts_with_the_domains_of_the_teams_own_proved_addresses(place: Place) -> None:
    assert (await place.owner(handed_on("bo@demo.example")))[1] == "claimed"
    await place.prove("support@demo.example")
    assert (await place.owner(handed_on("bo@demo.example", external_id="b@x")))[1] == "applied"


async def test_k13_a_domain_that_anybody_can_have_an_address_in_vouches_for_nobody(place: Place) -> None:
    await place.prove("ourteam@gmail.com")
    assert (await place.owner(handed_on("stranger@gmail.com")))[1] == "claimed"
    assert (await place.owner(handed_on("stranger@in.example", external_id="b@x")))[1] == "claimed"


async def test_a_batch_of_forwards_takes_as_many_statements_for_many_as_for_few(place: Place) -> None:
    few, many = await _statements(place, 2), await _statements(place, 30)
    assert many == few


async def _statements(place: Place, count: int) -> int:
    """Of one batch with as many forwards of as many people."""
    async with place.db.transaction(place.account) as tx:
        channel = await queries.channel(tx, place.channel)
        assert channel is not None
        things = [handed_on(f"{new_id()}@partner.example") for _ in range(count)]
        for thing in things:
            assert thing.forwarded is not None
            thing.forwarded.sender = party(f"{new_id()}@kund{new_id()}.example")
        items = [await raw_item(tx, place.channel, thing, clock.now()) for thing in things]
        with counted(tx) as ran:
            await find_owners(tx, "in.example", channel, items)
            await fill_signals(tx, items)
    return len(ran)
