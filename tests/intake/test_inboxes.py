"""What comes by the channels of a conversations inbox: conversations, and no tickets by themselves (K2, GEN-10)."""

from __future__ import annotations

import pytest

from kanal.conversations.apart import Change, change
from kanal.conversations.errors import InvalidConversation
from kanal.conversations.rules import reply_token
from kanal.inboxes import inboxes
from kanal.inboxes.errors import InboxInUse, InvalidChannel
from kanal.kit.db import Database, NotFound
from kanal.kit.ids import new_id
from tests.make import accounts, channels
from tests.make.inboxes import Office, office
from tests.make.said import KEYRING, said


@pytest.fixture
async def desk(db: Database) -> Office:
    return await office(db, await accounts.account(db))


async def test_k2_a_message_to_a_conversations_inbox_makes_a_conversation_and_no_ticket(desk: Office) -> None:
    [fate] = await desk.hear(said("Is the meeting on Monday?", subject="Meeting"))
    assert (fate.state, fate.ticket_id) == ("conversation", None)
    assert fate.message_id is not None
    assert await desk.count("select count(*) from tickets") == 0
    assert await desk.count("select count(*) from contacts") == 1
    async with desk.db.transaction(desk.account) as tx:
        [row] = await tx.dicts("select * from conversations")
    assert (row["apart"], row["inbox_id"], row["state"]) == (True, desk.inbox, "open")
    assert (row["snippet"], row["last_direction"]) == ("Is the meeting on Monday?", "in")
    assert row["waiting_since"] is not None


async def test_the_help_desk_beside_it_makes_tickets_as_before(desk: Office) -> None:
    support = await channels.email_channel(desk.db, desk.account, "support@demo.example")
    beside = Office(desk.db, desk.account, desk.inbox, support)
    [fate] = await beside.hear(said())
    assert fate.state == "ticket"
    async with desk.db.transaction(desk.account) as tx:
        assert await tx.value("select apart from conversations") is False


async def test_an_answer_of_the_customer_opens_a_closed_conversation_again(desk: Office) -> None:
    conversation = await desk.conversation()
    await desk.change(conversation, state="closed")
    assert (await desk.row(conversation))["closed_at"] is not None
    [fate] = await desk.hear(said("And on Tuesday?", token=reply_token(KEYRING, conversation), subject="Re: Meeting"))
    row = await desk.row(conversation)
    assert (fate.state, row["state"], row["closed_at"]) == ("reply", "open", None)
    assert row["snippet"] == "And on Tuesday?"
    assert row["version"] == 2


async def test_what_no_person_wrote_leaves_it_closed(desk: Office) -> None:
    conversation = await desk.conversation()
    await desk.change(conversation, state="closed")
    away = said("I am away", token=reply_token(KEYRING, conversation), automatic="auto_reply")
    await desk.hear(away)
    assert (await desk.row(conversation))["state"] == "closed"


async def test_a_second_copy_is_a_duplicate_there_too(desk: Office) -> None:
    thing = said("Once", external_id="one@kund.example")
    [first] = await desk.hear(thing)
    [second] = await desk.hear(said("Once", external_id="one@kund.example"))
    assert (first.state, second.state) == ("conversation", "duplicate")


async def test_k19_a_members_mail_with_the_token_is_a_comment_on_the_conversation(desk: Office) -> None:
    member = await accounts.member(desk.db, desk.account, "ann@demo.example")
    async with desk.db.transaction(desk.account) as tx:
        await tx.run(
            """
            insert into addresses (space, key, account_id, member_id, claimed_at, proved_at)
            values ('email', 'ann@home.example', %s, %s, now(), now())
            """,
            (desk.account, member),
        )
    conversation = await desk.conversation()
    mail = said("I can take it", "ann@home.example", token=reply_token(KEYRING, conversation), trust="pass")
    [fate] = await desk.hear(mail)
    assert fate.state == "comment"
    async with desk.db.transaction(desk.account) as tx:
        [comment] = await tx.dicts("select conversation_id, ticket_id, author_id, body_text from comments")
    assert comment == {
        "conversation_id": conversation,
        "ticket_id": None,
        "author_id": member,
        "body_text": "I can take it",
    }
    assert await desk.count("select count(*) from messages") == 1


async def test_conversations_are_given_only_to_those_who_can_answer(desk: Office) -> None:
    conversation = await desk.conversation()
    seatless = await accounts.member(desk.db, desk.account, "viewer@demo.example", has_seat=False)
    for wanted in (Change(assignee_id=seatless), Change(assignee_id=new_id()), Change(team_id=new_id())):
        with pytest.raises(InvalidConversation):
            async with desk.db.transaction(desk.account) as tx:
                await change(tx, conversation, wanted, None)


async def test_an_inbox_is_deleted_only_when_it_is_empty(desk: Office) -> None:
    with pytest.raises(InboxInUse) as refused:
        async with desk.db.transaction(desk.account) as tx:
            await inboxes.delete(tx, desk.inbox, None)
    assert refused.value.channels == ["Office mail"]
    async with desk.db.transaction(desk.account) as tx:
        empty = await inboxes.create(tx, "Sales", None)
    async with desk.db.transaction(desk.account) as tx:
        await inboxes.delete(tx, empty, None)
        assert await tx.value("select count(*) from inboxes where kind = 'conversations'") == 1


async def test_the_help_desk_is_neither_renamed_nor_deleted_and_names_are_not_given_twice(desk: Office) -> None:
    async with desk.db.transaction(desk.account) as tx:
        help_desk = await tx.value("select id from inboxes where kind = 'help_desk'")
        with pytest.raises(NotFound):
            await inboxes.rename(tx, help_desk, "Mine", None)
        with pytest.raises(NotFound):
            await inboxes.delete(tx, help_desk, None)
        with pytest.raises(InvalidChannel, match="Another inbox"):
            await inboxes.create(tx, " Office ", None)
