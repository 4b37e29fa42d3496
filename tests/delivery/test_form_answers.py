"""A form takes messages in and carries nothing out: it is answered by mail, and what the customer answers to that comes
back to the same ticket."""

from __future__ import annotations

from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from kanal.channelkit.messages import Receipt
from kanal.delivery import receipts
from kanal.kit.db import Database
from tests.make import channels
from tests.make.form_desk import FormDesk, form_desk
from tests.make.forms import field
from tests.make.smtp import HeldServer


@pytest.fixture
async def desk(db: Database, tmp_path: Path, server: HeldServer) -> AsyncIterator[FormDesk]:
    async with form_desk(db, tmp_path, server) as desk:
        yield desk


async def _sales(desk: FormDesk) -> UUID:
    """A second, younger mailbox."""
    return await channels.email_channel(desk.db, desk.account, "sales@a.example", name="Sales")


async def _answered(desk: FormDesk, **settings: Any) -> EmailMessage:
    """Eva has filled the form in without a confirmation, and an agent has answered: the mail that left."""
    form = await desk.form(confirm=False)
    await desk.connect(form, **settings)
    await desk.submit(form)
    await desk.reply((await desk.ticket())["id"])
    [mail] = await desk.sent(1)
    return mail


async def test_frm_1_a_submission_is_answered_like_any_message_and_the_answer_to_it_lands_in_the_same_ticket(
    desk: FormDesk,
) -> None:
    sales = await _sales(desk)
    mail = await _answered(desk, answer_by=str(sales))
    assert (mail["From"], mail["To"], mail["Subject"]) == (
        "Chief Super Admin <sales@a.example>",
        "Eva Ek <Eva@kund.example>",
        "Re: The lamp",
    )
    await desk.answer(mail)
    ticket = await desk.ticket()
    assert (ticket["last_direction"], ticket["is_open"]) == ("in", True)
    rows = await desk.rows("select body_text, channel_id, new_person from messages order by created_at, id")
    assert [row["body_text"].strip() for row in rows] == ["It does not light.", "We send a new one.", "Thanks!"]
    assert [row["channel_id"] for row in rows[1:]] == [sales, sales]
    assert not rows[2]["new_person"]
    [conversation] = await desk.rows("select c.kind from conversations v join channels c on c.id = v.channel_id")
    assert conversation["kind"] == "form"


async def test_frm_1_the_second_answer_leaves_the_same_way_and_refers_to_the_customers_mail(desk: FormDesk) -> None:
    await desk.answer(await _answered(desk))
    ticket = await desk.ticket()
    await desk.reply(ticket["id"], "You are welcome.")
    _, second = await desk.sent(2)
    [row] = await desk.rows("select external_id from messages where body_text like 'Thanks%'")
    assert second["In-Reply-To"] == f"<{row['external_id']}>"
    await desk.answer(second)
    assert len(await desk.rows("select 1 from messages")) == 5


async def test_frm_12_without_a_choice_the_accounts_fallback_answers_and_else_the_oldest_mailbox(
    desk: FormDesk,
) -> None:
    sales = await _sales(desk)
    first = await _answered(desk)
    assert "support@a.example" in first["From"]
    await desk.run("insert into desk_settings (account_id, fallback_channel_id) values (%s, %s)", (desk.account, sales))
    await desk.reply((await desk.ticket())["id"], "And something else")
    assert "sales@a.example" in (await desk.sent(2))[1]["From"]


async def test_frm_12_a_chosen_mailbox_that_is_off_or_gone_is_passed_over(desk: FormDesk) -> None:
    sales = await _sales(desk)
    await desk.run("update channels set active = false where id = %s", (sales,))
    assert "support@a.example" in (await _answered(desk, answer_by=str(sales)))["From"]


async def test_frm_12_a_form_without_an_email_field_cannot_be_answered(desk: FormDesk) -> None:
    form = await desk.form(field("text", "long_text"))
    await desk.connect(form)
    await desk.submit(form, {"text": "Ring the bell"})
    ticket = await desk.ticket()
    form_of_reply = (await desk.call("GET", f"tickets/{ticket['id']}"))["reply"]
    assert (form_of_reply["possible"], form_of_reply["reason"]) == (
        False,
        "They left no address at which they could be answered.",
    )


async def test_frm_12_without_a_mailbox_it_cannot_be_answered_yet(desk: FormDesk) -> None:
    form = await desk.form()
    await desk.connect(form)
    await desk.call("DELETE", f"channels/{desk.mailbox}", confirm_name="Support")
    await desk.submit(form)
    reply = (await desk.call("GET", f"tickets/{(await desk.ticket())['id']}"))["reply"]
    assert (reply["possible"], reply["reason"]) == (False, "No channel reaches this contact; connect one that does.")


async def test_frm_12_a_forms_ticket_warns_of_no_other_channel_until_the_thread_has_one(desk: FormDesk) -> None:
    sales = await _sales(desk)
    form = await desk.form(confirm=False)
    await desk.connect(form)
    await desk.submit(form)
    ticket = (await desk.ticket())["id"]
    first = await desk.call("GET", f"tickets/{ticket}/reply")
    assert (first["channel"]["name"], first["warnings"]) == ("Support", [])
    await desk.reply(ticket)
    other = await desk.call("GET", f"tickets/{ticket}/reply?channel={sales}")
    assert [(each["code"], each["channel"]["name"]) for each in other["warnings"]] == [("other_channel", "Support")]


async def test_k16_what_a_disconnected_form_brought_in_can_still_be_answered(desk: FormDesk) -> None:
    form = await desk.form(confirm=False)
    channel = await desk.connect(form)
    await desk.submit(form)
    await desk.call("DELETE", f"channels/{channel}", confirm_name="Web form")
    await desk.reply((await desk.ticket())["id"])
    assert len(await desk.sent(1)) == 1


async def test_k19_a_stranger_with_the_token_comes_in_as_a_new_person(desk: FormDesk) -> None:
    await desk.answer(await _answered(desk), sender="mallory@evil.example")
    await desk.ticket()
    rows = await desk.rows("select key, role from participants where space = 'email' order by key")
    assert [(row["key"], row["role"]) for row in rows] == [
        ("eva@kund.example", "contact"),
        ("mallory@evil.example", "new_person"),
    ]


async def test_k19_a_guessed_reference_opens_a_ticket_of_its_own(desk: FormDesk) -> None:
    await desk.answer(await _answered(desk))
    [known] = await desk.rows("select external_id from messages where body_text like 'Thanks%'")
    mailbox = "support@a.example"
    await desk.write(mailbox, "mallory@evil.example", In_Reply_To=f"<{known['external_id']}>")
    await desk.write(mailbox, "mallory@evil.example", In_Reply_To="<guessed@a.example>", References="<The-lamp>")
    assert len(await desk.rows("select 1 from tickets")) == 3


async def test_an_answer_by_reference_alone_lands_in_the_ticket_of_the_form(desk: FormDesk) -> None:
    mail = await _answered(desk)
    await desk.write("support@a.example", "eva@kund.example", In_Reply_To=str(mail["Message-ID"]))
    assert (await desk.ticket())["last_direction"] == "in"


async def test_a_token_that_went_out_by_one_mailbox_proves_nothing_at_another_account(desk: FormDesk) -> None:
    mail = await _answered(desk)
    other = await channels.email_channel(desk.db, desk.account, "sales@a.example", name="Sales")
    await desk.write("sales@a.example", "eva@kund.example", In_Reply_To=str(mail["Message-ID"]))
    rows = await desk.rows("select channel_id from tickets order by number")
    assert [row["channel_id"] for row in rows][1:] == [other]


@pytest.mark.parametrize("by_token", [True, False], ids=["return-path", "message-id"])
async def test_a_bounce_finds_the_answer_that_it_is_about(desk: FormDesk, by_token: bool) -> None:
    mail = await _answered(desk)
    token = str(desk.server.mails[0].mail_from).partition("+b")[2].partition("@")[0]
    receipt = Receipt(
        state="bounced",
        reason="550 no such user",
        tokens=[token] if by_token else [],
        external_ids=[] if by_token else [str(mail["Message-ID"]).strip("<>")],
    )
    async with desk.db.transaction(desk.account) as tx:
        outcome = await receipts.apply(tx, desk.mailbox, receipt)
    ticket = await desk.ticket()
    assert outcome.ticket_id == ticket["id"]
    assert ticket["has_failed_reply"]
