"""From what was said to contacts, conversations and tickets."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from kanal.conversations import rules
from kanal.kit import clock
from kanal.kit.db import Database
from kanal.kit.ids import new_id
from kanal.tickets import actions as tickets
from kanal.tickets.models import TicketChange
from tests.make import accounts, channels
from tests.make.said import KEYRING, hear, said


class Place:
    """One account with one mailbox."""

    def __init__(self, db: Database, account: int, channel: UUID) -> None:
        self.db, self.account, self.channel = db, account, channel

    async def rows(self, sql: Any, params: Any = None) -> list[dict[str, Any]]:
        async with self.db.transaction(self.account) as tx:
            return await tx.dicts(sql, params)

    async def hear(self, *things: Any, **how: Any) -> list[Any]:
        return await hear(self.db, self.account, self.channel, *things, **how)

    async def close(self, ticket: UUID) -> None:
        async with self.db.transaction(self.account) as tx:
            await tickets.change(tx, ticket, TicketChange(status_key="closed"), None)

    async def conversation(self, ticket: UUID) -> UUID:
        return UUID(str((await self.rows("select id from conversations where ticket_id = %s", (ticket,)))[0]["id"]))


@pytest.fixture
async def place(db: Database) -> Place:
    account = await accounts.account(db)
    return Place(db, account, await channels.email_channel(db, account))


async def test_gen_2_a_message_becomes_a_numbered_ticket_and_a_contact(place: Place) -> None:
    (fate,) = await place.hear(said("It does not light up", "Eva@kund.example", name="Eva Ek"))
    assert fate.state == "ticket"
    (row,) = await place.rows(
        """select t.number, t.subject, s.key, c.name from tickets t
           join statuses s on s.id = t.status_id join contacts c on c.id = t.contact_id"""
    )
    assert row == {"number": 1, "subject": "Lamp", "key": "new", "name": "Eva Ek"}


async def test_con_1_a_known_sender_keeps_the_contact(place: Place) -> None:
    await place.hear(said("one"))
    await place.hear(said("two"), said("three"))
    assert len(await place.rows("select id from contacts")) == 1
    assert [r["number"] for r in await place.rows("select number from tickets order by number")] == [1, 2, 3]


async def test_an_answer_in_reply_to_joins_the_ticket_though_the_subject_changed(place: Place) -> None:
    (first,) = await place.hear(said(external_id="a@kund.example"))
    (second,) = await place.hear(said("more", subject="Something else", in_reply_to="a@kund.example"))
    assert (second.state, second.ticket_id) == ("reply", first.ticket_id)


async def test_question_and_answer_in_one_batch_still_meet(place: Place) -> None:
    first, second = await place.hear(said(external_id="a@x"), said("more", in_reply_to="a@x"))
    assert (second.state, second.ticket_id) == ("reply", first.ticket_id)


async def test_a_mere_reference_counts_only_under_the_same_subject(place: Place) -> None:
    (first,) = await place.hear(said(external_id="a@x"))
    same, other = await place.hear(
        said("b", subject="Re: Lamp", references=("a@x",)), said("c", subject="Invoice", references=("a@x",))
    )
    assert same.ticket_id == first.ticket_id
    assert other.state == "ticket"


async def test_eml_39_the_same_subject_from_another_sender_is_another_ticket(place: Place) -> None:
    first, second = await place.hear(said("a"), said("a", "bo@kund.example"))
    assert first.ticket_id != second.ticket_id


async def test_k19_a_guessed_reference_opens_a_linked_ticket(place: Place) -> None:
    (first,) = await place.hear(said(external_id="public@list.example"))
    (second,) = await place.hear(said("let me in", "mallory@evil.example", in_reply_to="public@list.example"))
    assert second.state == "ticket"
    (link,) = await place.rows("select ticket_id, other_id, why from ticket_links")
    assert link == {"ticket_id": second.ticket_id, "other_id": first.ticket_id, "why": "unproved_reference"}


async def test_k19_a_valid_token_lets_a_new_person_in_but_not_as_the_contact(place: Place) -> None:
    (first,) = await place.hear(said())
    token = rules.reply_token(KEYRING, await place.conversation(first.ticket_id))
    (second,) = await place.hear(said("I am her colleague", "bo@kund.example", token=token))
    assert (second.state, second.ticket_id) == ("reply", first.ticket_id)
    roles = {r["key"]: r["role"] for r in await place.rows("select key, role from participants")}
    assert roles == {"eva@kund.example": "contact", "bo@kund.example": "new_person"}
    assert (await place.rows("select new_person from messages order by created_at, id"))[1]["new_person"]


async def test_a_forged_token_is_no_token(place: Place) -> None:
    (first,) = await place.hear(said())
    token = rules.reply_token(KEYRING, await place.conversation(first.ticket_id))
    forged = token[:-2] + ("aa" if not token.endswith("aa") else "bb")
    (second,) = await place.hear(said("x", "bo@kund.example", token=forged))
    assert second.state == "ticket"
    assert rules.read_token(KEYRING, token.upper()) is not None


async def test_k19_a_members_mail_with_a_token_is_a_comment_and_makes_no_contact(place: Place) -> None:
    (first,) = await place.hear(said())
    member = await accounts.member(place.db, place.account)
    async with place.db.transaction(place.account) as tx:
        await tx.run(
            """insert into addresses (space, key, account_id, member_id, proved_at, claimed_at)
               values ('email', 'ann@home.example', %s, %s, %s, %s)""",
            (place.account, member, clock.now(), clock.now()),
        )
    token = rules.reply_token(KEYRING, await place.conversation(first.ticket_id))
    (second,) = await place.hear(said("call her back", "ann@home.example", token=token))
    assert (second.state, second.ticket_id) == ("comment", first.ticket_id)
    assert [r["body_text"] for r in await place.rows("select body_text from comments")] == ["call her back"]
    assert len(await place.rows("select id from contacts")) == 1


async def test_a_second_copy_of_the_same_message_is_a_duplicate(place: Place) -> None:
    first, second = await place.hear(said(external_id="a@x"), said(external_id="a@x"))
    assert (first.state, second.state) == ("ticket", "duplicate")
    assert second.message_id == first.message_id


async def test_the_same_message_id_with_another_body_is_a_message_of_its_own(place: Place) -> None:
    first, second = await place.hear(said("one", external_id="a@x"), said("two", external_id="a@x"))
    assert (first.state, second.state) == ("ticket", "ticket")


async def test_k10_an_answer_within_the_grace_period_reopens(place: Place) -> None:
    (first,) = await place.hear(said(external_id="a@x"))
    await place.close(first.ticket_id)
    await place.hear(said("still broken", in_reply_to="a@x"))
    (row,) = await place.rows(
        "select t.is_open, s.key, t.closed_at from tickets t join statuses s on s.id = t.status_id"
    )
    assert row == {"is_open": True, "key": "waiting_on_us", "closed_at": None}
    names = [r["name"] for r in await place.rows("select name from events order by seq")]
    assert "ticket.reopened" in names


async def test_k10_an_answer_after_the_grace_period_opens_a_linked_ticket(place: Place) -> None:
    (first,) = await place.hear(said(external_id="a@x"))
    await place.close(first.ticket_id)
    later = clock.now() + timedelta(days=31)
    (second,) = await place.hear(said("another thing", in_reply_to="a@x"), at=later)
    assert second.state == "ticket"
    (link,) = await place.rows("select other_id, why from ticket_links")
    assert link == {"other_id": first.ticket_id, "why": "after_closed"}


@pytest.mark.parametrize("days", [1, 31])
async def test_k10_an_auto_reply_never_reopens(place: Place, days: int) -> None:
    (first,) = await place.hear(said(external_id="a@x"))
    await place.close(first.ticket_id)
    at = clock.now() + timedelta(days=days)
    (second,) = await place.hear(said("away", in_reply_to="a@x", automatic="auto_reply"), at=at)
    assert second.ticket_id == first.ticket_id
    (row,) = await place.rows("select is_open from tickets")
    assert not row["is_open"]


async def test_our_own_message_that_comes_back_is_quarantined(place: Place) -> None:
    (first,) = await place.hear(said())
    async with place.db.transaction(place.account) as tx:
        await tx.insert(
            "messages",
            [
                {
                    "id": new_id(),
                    "conversation_id": await place.conversation(first.ticket_id),
                    "channel_id": place.channel,
                    "direction": "out",
                    "space": "email",
                    "from_key": "support@demo.example",
                    "from_address": "support@demo.example",
                    "from_name": "",
                    "recipients": [],
                    "subject": "",
                    "body_text": "",
                    "body_html": "",
                    "quoted_text": "",
                    "quoted_html": "",
                    "external_id": "ours@desk",
                    "digest": "",
                    "in_reply_to": "",
                    "refs": [],
                    "new_person": False,
                    "raw_only": False,
                    "trust": "none",
                    "door_auth": {},
                    "remote_images": 0,
                    "flags": [],
                    "answers": [],
                    "created_at": clock.now(),
                }
            ],
        )
    (fate,) = await place.hear(said("loop", "support@demo.example", external_id="ours@desk"))
    assert (fate.state, fate.reason) == ("quarantined", "our own message came back")


async def test_one_shot_kinds_never_append(place: Place) -> None:
    first, second = await place.hear(said(thread_key="t"), said("b", thread_key="t"), one_shot=True)
    assert first.ticket_id != second.ticket_id


async def test_a_provider_s_thread_goes_on_by_its_key(place: Place) -> None:
    first, second = await place.hear(said("a", thread_key="t"), said("b", thread_key="t"), threading="thread_key")
    assert second.ticket_id == first.ticket_id


async def test_where_only_people_are_known_the_sender_s_last_conversation_goes_on(place: Place) -> None:
    first, second, third = await place.hear(said("a"), said("b"), said("c", "bo@x"), threading="participants")
    assert (second.ticket_id, third.state) == (first.ticket_id, "ticket")


async def test_a_batch_with_nul_and_lone_surrogates_is_stored(place: Place) -> None:
    (fate,) = await place.hear(said("a\x00b\ud800c", subject="\x00Hej"))
    (row,) = await place.rows("select body_text from messages where id = %s", (fate.message_id,))
    assert row["body_text"] == "ab?c"
