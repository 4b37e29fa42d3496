"""What one of us sent from the same mailbox in another program: GEN-9's other half."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from kanal.channelkit.messages import Door, Recipient, Said
from kanal.intake import outgoing, queries
from kanal.intake.models import Fate
from kanal.kit import clock
from kanal.kit.db import Database
from tests.make import accounts, channels
from tests.make.said import KEYRING, hear, party, raw_item, said

OUR_ADDRESS = "support@demo.example"


class Mailbox:
    """A channel with a customer's question in it, and Ann, who answers it on her phone."""

    def __init__(self, db: Database, account: int, channel: UUID, ann: UUID, question: Fate) -> None:
        self.db, self.account, self.channel, self.ann, self.question = db, account, channel, ann, question

    async def sent(self, text: str = "Try another bulb", **more: Any) -> Fate:
        [fate] = await hear(self.db, self.account, self.channel, _by_us(text, **more), door=Door(outgoing=True))
        return fate

    async def one(self, sql: Any, params: Any = None) -> dict[str, Any]:
        async with self.db.transaction(self.account) as tx:
            [row] = await tx.dicts(sql, params)
        return row

    async def ticket(self) -> dict[str, Any]:
        return await self.one(
            """
            select t.*, s.key as status from tickets t join statuses s on s.id = t.status_id where t.id = %s
            """,
            (self.question.ticket_id,),
        )


def _by_us(text: str, *, name: str = "Ann Agent", sender: str = OUR_ADDRESS, **more: Any) -> Said:
    given: dict[str, Any] = {"in_reply_to": "question@kund.example", "subject": "Re: Lamp"} | more
    written = said(text, sender, name=name, outgoing=True, **given)
    written.recipients = [Recipient(field="to", party=party("eva@kund.example", "Eva Ek"))]
    return written


@pytest.fixture
async def mailbox(db: Database) -> Mailbox:
    account = await accounts.account(db)
    channel = await channels.email_channel(db, account, OUR_ADDRESS)
    ann = await accounts.member(db, account, name="Ann Agent")
    [question] = await hear(db, account, channel, said(external_id="question@kund.example"))
    return Mailbox(db, account, channel, ann, question)


async def test_an_answer_from_a_phone_joins_the_thread_in_the_persons_name(mailbox: Mailbox) -> None:
    fate = await mailbox.sent()
    assert (fate.state, fate.ticket_id) == ("outgoing", mailbox.question.ticket_id)
    message = await mailbox.one("select * from messages where id = %s", (fate.message_id,))
    assert (message["direction"], message["sent_elsewhere"], message["body_text"]) == ("out", True, "Try another bulb")
    assert (message["author_id"], message["from_name"]) == (mailbox.ann, "Ann Agent")
    assert [each["address"] for each in message["recipients"]] == ["eva@kund.example"]


async def test_it_sets_the_ticket_waiting_on_the_contact_and_belongs_to_its_author(mailbox: Mailbox) -> None:
    await mailbox.sent()
    ticket = await mailbox.ticket()
    assert (ticket["status"], ticket["assignee_id"]) == ("waiting_on_contact", mailbox.ann)
    assert (ticket["last_direction"], ticket["waiting_since"]) == ("out", None)


async def test_it_is_never_sent_again(mailbox: Mailbox) -> None:
    await mailbox.sent()
    assert (await mailbox.one("select count(*) as n from deliveries"))["n"] == 0


async def test_the_customers_answer_to_it_goes_on_in_the_same_ticket(mailbox: Mailbox) -> None:
    await mailbox.sent(external_id="phone@demo.example")
    [fate] = await hear(
        mailbox.db,
        mailbox.account,
        mailbox.channel,
        said("Thanks", in_reply_to="phone@demo.example", subject="Re: Lamp"),
    )
    assert (fate.state, fate.ticket_id) == ("reply", mailbox.question.ticket_id)


async def test_of_a_name_that_nobody_here_has_only_the_name_is_kept(mailbox: Mailbox) -> None:
    fate = await mailbox.sent(name="Support team")
    message = await mailbox.one("select author_id, from_name from messages where id = %s", (fate.message_id,))
    assert (message["author_id"], message["from_name"]) == (None, "Support team")
    assert (await mailbox.ticket())["status"] == "waiting_on_contact"


async def test_of_two_members_of_one_name_neither_is_guessed(mailbox: Mailbox) -> None:
    await accounts.member(mailbox.db, mailbox.account, "other@example.com", name="Ann Agent")
    fate = await mailbox.sent()
    assert (await mailbox.one("select author_id from messages where id = %s", (fate.message_id,)))["author_id"] is None


async def test_our_own_copy_is_recognised_and_settles_a_delivery_of_unknown_fate(mailbox: Mailbox) -> None:
    message = await _sent_by_us(mailbox, "unknown")
    fate = await mailbox.sent(external_id="ours@demo.example")
    assert (fate.state, fate.reason, fate.message_id) == ("outgoing", "our own copy", message)
    assert (await mailbox.one("select state from deliveries"))["state"] == "sent"
    assert (await mailbox.one("select count(*) as n from messages where direction = 'out'"))["n"] == 1


async def test_our_own_copy_is_known_by_our_mark_where_the_provider_gave_it_another_id(mailbox: Mailbox) -> None:
    message = await _sent_by_us(mailbox, "unknown")
    fate = await mailbox.sent(external_id="0100018f@provider.example", own_message=message)
    assert (fate.state, fate.reason, fate.message_id) == ("outgoing", "our own copy", message)
    assert (await mailbox.one("select state from deliveries"))["state"] == "sent"
    assert (await mailbox.one("select count(*) as n from messages where direction = 'out'"))["n"] == 1


async def test_a_copy_of_what_is_still_queued_changes_nothing(mailbox: Mailbox) -> None:
    await _sent_by_us(mailbox, "sending")
    await mailbox.sent(external_id="ours@demo.example")
    assert (await mailbox.one("select state from deliveries"))["state"] == "sending"


async def test_the_same_mail_in_a_second_folder_is_a_duplicate(mailbox: Mailbox) -> None:
    first = await mailbox.sent(external_id="phone@demo.example")
    again = await mailbox.sent(external_id="phone@demo.example")
    assert (again.state, again.message_id) == ("duplicate", first.message_id)


async def test_what_belongs_to_no_conversation_makes_no_ticket_and_no_contact(mailbox: Mailbox) -> None:
    fate = await mailbox.sent(in_reply_to="")
    assert (fate.state, fate.reason) == ("outgoing", "it belongs to no conversation here")
    assert (await mailbox.one("select count(*) as n from tickets"))["n"] == 1


async def test_an_answer_that_is_seen_before_its_question_joins_it_as_soon_as_that_is_here(mailbox: Mailbox) -> None:
    """After an outage the folders are read side by side."""
    early = await mailbox.sent(in_reply_to="later@kund.example")
    assert (early.state, early.reason) == ("failed", "what it answers is not here yet")
    row = await mailbox.one("select state, next_try_at - now() as wait from raw_events where id = %s", (early.raw_id,))
    assert (row["state"], row["wait"] < timedelta(minutes=1)) == ("failed", True)
    question = said("And the chair", "ola@kund.example", external_id="later@kund.example", subject="Chair")
    [asked] = await hear(mailbox.db, mailbox.account, mailbox.channel, question)
    again = await mailbox.sent(in_reply_to="later@kund.example", subject="Re: Chair")
    assert (again.state, again.ticket_id) == ("outgoing", asked.ticket_id)


@pytest.mark.parametrize("more_to_come", [False, True])
async def test_an_answer_to_what_never_comes_is_explained_in_the_end(mailbox: Mailbox, more_to_come: bool) -> None:
    """Also while some other mail can never be fetched."""
    answer = _by_us("Try another bulb", in_reply_to="elsewhere@kund.example")
    async with mailbox.db.transaction(mailbox.account) as tx:
        item = await raw_item(tx, mailbox.channel, answer, clock.now(), Door(outgoing=True))
        if more_to_come:
            row = {"channel_id": mailbox.channel, "folder": "INBOX", "key": "7:1", "state": "wanted", "size": 1}
            await tx.insert("ledger", [row | {"server_at": clock.now(), "listed_at": clock.now()}])
        tries = outgoing.LAST_TRY if more_to_come else outgoing.PATIENCE
        await tx.run("update raw_events set tries = %s where id = %s", (tries, item.raw_id))
        channel = await queries.channel(tx, mailbox.channel)
        assert channel is not None
        fates, _ = await outgoing.set_outgoing_aside(tx, KEYRING, channel, [item])
    assert [(fate.state, fate.reason) for fate in fates] == [("outgoing", "it belongs to no conversation here")]


async def test_it_joins_a_closed_ticket_without_reopening_it(mailbox: Mailbox) -> None:
    async with mailbox.db.transaction(mailbox.account) as tx:
        await tx.run(
            """
            update tickets set is_open = false, closed_at = now() - interval '1 year',
                   status_id = (select s.id from statuses s
                                where s.pipeline_id = tickets.pipeline_id and s.is_closed limit 1)
            """
        )
    fate = await mailbox.sent()
    assert fate.ticket_id == mailbox.question.ticket_id
    assert (await mailbox.ticket())["is_open"] is False


async def test_an_older_answer_that_is_seen_late_leaves_the_customers_last_word_waiting(mailbox: Mailbox) -> None:
    await mailbox.sent(claimed_at=clock.now() - timedelta(days=2))
    ticket = await mailbox.ticket()
    assert (ticket["status"], ticket["last_direction"]) == ("new", "in")


async def test_the_other_side_of_it_takes_part_from_then_on(mailbox: Mailbox) -> None:
    written = _by_us("Try another bulb")
    written.recipients.append(Recipient(field="cc", party=party("ola@kund.example", "Ola")))
    written.recipients.append(Recipient(field="cc", party=party(OUR_ADDRESS)))
    door = Door(outgoing=True, account_addresses=[OUR_ADDRESS])
    await hear(mailbox.db, mailbox.account, mailbox.channel, written, door=door)
    async with mailbox.db.transaction(mailbox.account) as tx:
        people = await tx.values("select key from participants order by key")
    assert people == ["eva@kund.example", "ola@kund.example"]


async def _sent_by_us(mailbox: Mailbox, state: str) -> UUID:
    """An answer that left from here, whose fate stands so."""
    async with mailbox.db.transaction(mailbox.account) as tx:
        await tx.run(
            """
            insert into messages (account_id, id, conversation_id, channel_id, direction, author_id, space, from_key,
                                  from_address, from_name, subject, body_text, external_id, created_at)
            select account_id, gen_random_uuid(), id, channel_id, 'out', %s, 'email', %s, %s, 'Ann', 'Re: Lamp', 'x',
                   'ours@demo.example', now()
            from conversations
            """,
            (mailbox.ann, OUR_ADDRESS, OUR_ADDRESS),
        )
        await tx.run(
            """
            insert into deliveries (account_id, id, message_id, channel_id, state, token, created_at, changed_at)
            select account_id, gen_random_uuid(), id, channel_id, %s, 'd', now(), now()
            from messages where direction = 'out'
            """,
            (state,),
        )
        message: UUID = await tx.value("select id from messages where direction = 'out'")
    return message
