"""K6: the absent contact owner is mailed what the customer wrote, and answers with an internal comment."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from kanal.conversations import rules
from kanal.intake.models import Fate
from kanal.kit.ids import new_id
from kanal.kit.mail import split_plus
from kanal.people import outbox
from tests.make import channels, forms
from tests.make.mailing import Mailing, mailing
from tests.make.noticing import Desk
from tests.make.said import hear, said


@pytest.fixture
async def mails(desk: Desk, tmp_path: Path) -> AsyncIterator[Mailing]:
    async with mailing(desk, tmp_path) as mails:
        yield mails


async def token(mails: Mailing) -> str:
    """What stands behind the plus of the address to answer to."""
    await mails.promise(mails.desk.bo)
    [mail] = await mails.send()
    address, tag = split_plus(str(mail["Reply-To"]))
    assert address.endswith("@in.example")
    return tag


async def answer(mails: Mailing, tag: str, sender: str = "bo@example.com", **more: Any) -> Fate:
    desk = mails.desk
    [fate] = await hear(desk.db, desk.account, desk.channel, said("She is a VIP", sender, token=tag, **more))
    return fate


async def counts(mails: Mailing) -> dict[str, Any]:
    [row] = await mails.desk.rows(
        "select (select count(*) from comments) as comments, (select count(*) from contacts) as contacts, "
        "(select count(*) from tickets) as tickets, (select count(*) from deliveries) as deliveries"
    )
    return row


async def test_k6_the_owner_reads_what_the_customer_wrote_with_its_files(mails: Mailing) -> None:
    desk = mails.desk
    [message] = await desk.rows("select id, created_at from messages")
    file = {"blob": await mails.storage.put(b"a lamp"), "name": "lamp.png", "content_type": "image/png", "size": 6}
    async with desk.db.transaction(desk.account) as tx:
        await tx.insert(
            "attachments",
            [
                file
                | {"id": new_id(), "message_id": message["id"], "position": 0, "inline": False, "content_id": ""}
                | {"created_at": message["created_at"]}
            ],
        )
    await mails.promise(desk.bo, message_id=message["id"])
    [mail] = await mails.send()
    body = mail.get_body(("plain",))
    assert body is not None
    assert mail["Subject"] == "[#1 Lamp] Eva Ek wrote"
    assert "> The lamp is broken" in body.get_content()
    assert "/a/a/tickets/1" in body.get_content()
    assert [(part.get_filename(), part.get_content()) for part in mail.iter_attachments()] == [("lamp.png", b"a lamp")]


async def test_k6_what_came_by_a_form_is_answered_at_an_address_that_takes_mail(mails: Mailing) -> None:
    desk = mails.desk
    form = await forms.make_form(desk.db, desk.account)
    channel = await forms.connect_form(desk.db, desk.account, form.form_id)
    async with desk.db.transaction(desk.account) as tx:
        for table in ("messages", "conversations", "tickets"):
            await tx.run(f"update {table} set channel_id = %s", (channel,))
    fate = await answer(mails, await token(mails))
    assert (fate.state, fate.ticket_id) == ("comment", desk.ticket)


async def test_k6_answering_adds_a_comment_and_nothing_that_the_customer_gets(mails: Mailing) -> None:
    fate = await answer(mails, await token(mails))
    assert (fate.state, fate.ticket_id) == ("comment", mails.desk.ticket)
    [comment] = await mails.desk.rows("select author_id, body_text from comments")
    assert comment == {"author_id": mails.desk.bo, "body_text": "She is a VIP"}
    assert await counts(mails) == {"comments": 1, "contacts": 1, "tickets": 1, "deliveries": 0}


@pytest.mark.parametrize("sender", ["bo.private@else.example", "ann@example.com", "eva@kund.example"])
async def test_k6_the_token_is_worth_nothing_in_other_hands(mails: Mailing, sender: str) -> None:
    fate = await answer(mails, await token(mails), sender)
    assert fate.state == "quarantined"
    assert await counts(mails) == {"comments": 0, "contacts": 1, "tickets": 1, "deliveries": 0}


async def test_k6_a_forged_sender_is_kept_aside(mails: Mailing) -> None:
    fate = await answer(mails, await token(mails), trust="fail")
    assert fate.state == "quarantined"


async def test_k6_an_out_of_office_note_of_the_owner_is_no_comment(mails: Mailing) -> None:
    fate = await answer(mails, await token(mails), automatic="auto_reply")
    assert fate.state == "quarantined"


async def test_k6_who_was_deactivated_no_longer_comments(mails: Mailing) -> None:
    tag = await token(mails)
    async with mails.desk.db.transaction(mails.desk.account) as tx:
        await tx.run("update members set deactivated_at = now() where id = %s", (mails.desk.bo,))
    assert (await answer(mails, tag)).state == "quarantined"


async def test_a_made_up_token_is_none(mails: Mailing) -> None:
    forged = rules.member_token(channels.KEYRING, new_id(), new_id())
    assert (await answer(mails, forged)).state == "ticket"


def test_tokens_are_of_one_member_and_fit_an_address() -> None:
    conversation, ann, bo = UUID(int=1), UUID(int=2), UUID(int=3)
    tag = rules.member_token(channels.KEYRING, conversation, ann)
    assert len(tag) == len(rules.reply_token(channels.KEYRING, conversation)) == 43
    assert rules.read_member_token(channels.KEYRING, tag, [bo, ann]) == (conversation, ann)
    assert rules.read_member_token(channels.KEYRING, tag, [bo]) is None
    assert rules.read_token(channels.KEYRING, tag) is None


async def test_k6_what_the_customer_adds_while_the_owner_is_waited_for_is_mailed_too(mails: Mailing) -> None:
    desk = mails.desk
    async with desk.db.transaction(desk.account) as tx:
        await tx.run(
            """
            insert into queue (account_id, ticket_id, channel_id, rank, arrived_at, queued_at, why, owner_id)
            select account_id, id, channel_id, 2, created_at, created_at, 'owner_away', %s from tickets
            """,
            (desk.bo,),
        )
    await hear(desk.db, desk.account, desk.channel, said("And the bulb is gone", in_reply_to="a@k.example"))
    assert await desk.kinds(desk.bo) == ["contact_owner"]
    [mail] = await mails.send()
    body = mail.get_body(("plain",))
    assert body is not None
    assert "> And the bulb is gone" in body.get_content()


async def test_k6_one_message_is_mailed_once_whoever_promises_it(mails: Mailing) -> None:
    desk = mails.desk
    [message] = await desk.rows("select id from messages")
    async with desk.db.transaction(desk.account) as tx:
        once = f"contact_owner/{message['id']}"
        await outbox.put(tx, desk.bo, "contact_owner", once=once, ticket_id=desk.ticket, message_id=message["id"])
    await desk.emit("ticket.queued", owner_id=str(desk.bo), message_id=str(message["id"]), why="owner_away")
    await desk.consume()
    assert len(await mails.send()) == 1
