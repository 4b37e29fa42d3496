"""Bounces and out-of-office answers, as Kanal receives them."""

import email
import email.policy
from email.message import EmailMessage, Message
from typing import cast

from tests.sandbox.world import Taken, World, answer, until, world

EVA = "eva@kund.example"


async def test_bounce_is_a_delivery_report_with_null_return_path() -> None:
    async with world() as it:
        await it.behave(EVA, "bounce")
        await it.from_kanal(EVA)
        taken = await _one(it)
        assert (taken.mail_from, taken.rcpt_to) == ("", ["bounce+t1@demo.example"])
        report = _read(taken)
        assert (report.get_content_type(), report["content-type"].params["report-type"]) == (
            "multipart/report",
            "delivery-status",
        )
        assert [part.get_content_type() for part in report.iter_parts()] == [
            "text/plain",
            "message/delivery-status",
            "text/rfc822-headers",
        ]


async def test_bounce_names_recipient_status_and_original_message() -> None:
    async with world() as it:
        await it.behave(EVA, "bounce")
        await it.from_kanal(EVA)
        _, status, original = _read(await _one(it)).iter_parts()
        of_recipient = cast(list[Message], status.get_payload())[1]
        assert of_recipient["Final-Recipient"] == f"rfc822; {EVA}"
        assert (of_recipient["Action"], of_recipient["Status"]) == ("failed", "5.1.1")
        assert "Message-ID: <out-1@demo.example>" in original.get_content()


async def test_bounced_mail_reaches_no_mailbox_and_a_null_return_path_gets_no_report() -> None:
    async with world() as it:
        await it.behave(EVA, "bounce")
        await it.from_kanal(EVA, mail_from="")
        assert await it.inbox(EVA) == []
        assert await it.sent(EVA) == []


async def test_one_mail_can_be_bounced_afterwards() -> None:
    async with world() as it:
        await it.from_kanal(EVA)
        [mail] = await it.inbox(EVA)
        await it.post(f"/api/mails/{mail['id']}/bounce")
        assert (await _one(it)).mail_from == ""


async def test_out_of_office_answers_a_sender_once_with_the_marks_of_a_machine() -> None:
    async with world() as it:
        await it.behave(EVA, "out_of_office", text="Semester!")
        await it.from_kanal(EVA)
        taken = await _one(it)
        reply = _read(taken)
        assert (taken.mail_from, taken.rcpt_to) == ("", ["bounce+t1@demo.example"])
        assert reply["Auto-Submitted"].startswith("auto-replied")
        assert reply["In-Reply-To"] == "<out-1@demo.example>"
        assert reply.get_content().strip() == "Semester!"
        await it.from_kanal(EVA, mail_from="bounce+t2@demo.example")
        assert len(await it.inbox(EVA)) == 2
        assert len(await it.sent(EVA)) == 1


async def test_out_of_office_goes_to_reply_to_where_the_office_does_so() -> None:
    async with world() as it:
        await it.behave(EVA, "out_of_office", answer_to="reply_to")
        await it.from_kanal(EVA, message=answer(EVA, Reply_To="support+tok@demo.example"))
        assert (await _one(it)).rcpt_to == ["support+tok@demo.example"]


async def test_out_of_office_answers_no_machine_no_list_and_nobody_who_wrote_to_others() -> None:
    async with world() as it:
        await it.behave(EVA, "out_of_office")
        await it.from_kanal(EVA, message=answer(EVA, Auto_Submitted="auto-generated"))
        await it.from_kanal(EVA, message=answer(EVA, Precedence="bulk"))
        await it.from_kanal(EVA, message=answer(EVA, List_Id="<news.demo.example>"))
        await it.from_kanal(EVA, message=answer(EVA, X_Auto_Response_Suppress="All"))
        await it.from_kanal(EVA, message=answer("leo@kund.example"))
        await it.from_kanal(EVA, mail_from="")
        assert len(await it.inbox(EVA)) == 6
        assert await it.sent(EVA) == []


async def _one(it: World) -> Taken:
    [one] = await until(it.taken)
    return one


def _read(taken: Taken) -> EmailMessage:
    return email.message_from_bytes(taken.raw, policy=email.policy.default)
