"""What Kanal sends, in the mailboxes of those it was sent to."""

import asyncio

import aiosmtplib
import pytest

from tests.sandbox.world import SUPPORT, answer, until, world


async def test_mail_is_filed_for_every_envelope_recipient_and_for_no_other_header() -> None:
    async with world() as it:
        await it.from_kanal("eva@kund.example", "leo@kund.example", message=answer("eva@kund.example"))
        [eva], [leo] = await it.inbox("eva@kund.example"), await it.inbox("leo@kund.example")
        assert eva["envelope"] == {
            "mail_from": "bounce+t1@demo.example",
            "rcpt_to": ["eva@kund.example", "leo@kund.example"],
        }
        assert leo["to"] == ["eva@kund.example"]
        assert (eva["from"], eva["subject"], eva["text"]) == (f"Sara <{SUPPORT}>", "Re: Hej", "Hej Eva!\n")


async def test_the_same_mail_twice_is_two_mails() -> None:
    async with world() as it:
        await it.from_kanal("eva@kund.example")
        await it.from_kanal("eva@kund.example")
        assert [mail["message_id"] for mail in await it.inbox("Eva@Kund.example")] == ["<out-1@demo.example>"] * 2


async def test_raw_gives_the_very_bytes() -> None:
    async with world() as it:
        message = answer("eva@kund.example")
        await it.from_kanal("eva@kund.example", message=message)
        [mail] = await it.inbox("eva@kund.example")
        raw = (await it.http.get(f"/api/mails/{mail['id']}/raw")).content
        assert raw == message.as_bytes().replace(b"\n", b"\r\n")


async def test_attachments_are_listed_and_can_be_fetched() -> None:
    async with world() as it:
        message = answer("eva@kund.example")
        message.add_attachment(b"%PDF-1.4", "application", "pdf", filename="räkning å.pdf")
        await it.from_kanal("eva@kund.example", message=message)
        [file] = (await it.inbox("eva@kund.example"))[0]["attachments"]
        assert (file["name"], file["content_type"], file["size"]) == ("räkning å.pdf", "application/pdf", 8)
        fetched = await it.http.get(file["url"])
        assert fetched.content == b"%PDF-1.4"
        assert fetched.headers["content-disposition"].startswith("attachment")


async def test_null_return_path_is_an_empty_mail_from() -> None:
    async with world() as it:
        await it.from_kanal("eva@kund.example", mail_from="")
        assert (await it.inbox("eva@kund.example"))[0]["envelope"]["mail_from"] == ""


async def test_international_address_is_a_mailbox_too() -> None:
    async with world() as it:
        client = aiosmtplib.SMTP(hostname="127.0.0.1", port=it.sandbox.smtp_port)
        async with client:
            options = ["SMTPUTF8"]
            await client.sendmail(SUPPORT, ["åsa@kund.example"], b"Subject: hej\r\n\r\nhej", mail_options=options)
        assert len(await it.inbox("åsa@kund.example")) == 1


async def test_broken_mail_is_filed_and_shown() -> None:
    async with world() as it:
        client = aiosmtplib.SMTP(hostname="127.0.0.1", port=it.sandbox.smtp_port)
        broken = (
            b"From: @@\r\nTo: <<>\r\nContent-Type: text/plain; charset=klingon\r\nSubject: =?x?q?\xff?=\r\n\r\n\xe5\xff"
        )
        async with client:
            await client.sendmail(SUPPORT, ["eva@kund.example"], broken)
        [mail] = await it.inbox("eva@kund.example")
        assert mail["text"] == "åÿ\n"
        assert (await it.http.get(f"/mails/{mail['id']}")).status_code == 200


async def test_mail_to_an_address_of_kanals_own_goes_back_to_its_door() -> None:
    async with world() as it:
        await it.from_kanal("sales@demo.example", "eva@kund.example")
        await until(it.taken)
        assert it.door.taken[0].rcpt_to == ["sales@demo.example"]
        assert it.door.taken[0].mail_from == "bounce+t1@demo.example"
        assert len(await it.inbox("eva@kund.example")) == 1
        assert await it.inbox("sales@demo.example") == []


async def test_mail_to_an_agent_at_kanals_domain_is_in_the_agents_mailbox() -> None:
    async with world() as it:
        it.door.not_for.add("sara@demo.example")
        await it.from_kanal("sara@demo.example")
        [mail] = await until(lambda: it.inbox("sara@demo.example"))
        assert mail["envelope"]["mail_from"] == "bounce+t1@demo.example"
        assert (await it.write(to=["sara@demo.example"]))["state"] == "local"


async def test_refusing_mailbox_says_550_to_its_recipient_alone() -> None:
    async with world() as it:
        await it.behave("gone@kund.example", "refuse")
        with pytest.raises(aiosmtplib.SMTPRecipientsRefused) as refused:
            await it.from_kanal("gone@kund.example")
        assert refused.value.recipients[0].code == 550
        await it.from_kanal("eva@kund.example", "gone@kund.example")
        assert len(await it.inbox("eva@kund.example")) == 1
        assert await it.inbox("gone@kund.example") == []


async def test_temporary_failure_lasts_as_often_as_told() -> None:
    async with world() as it:
        await it.behave("eva@kund.example", "temporary", times=1)
        with pytest.raises(aiosmtplib.SMTPDataError) as failed:
            await it.from_kanal("eva@kund.example")
        assert failed.value.code == 451
        assert await it.inbox("eva@kund.example") == []
        await it.from_kanal("eva@kund.example")
        assert len(await it.inbox("eva@kund.example")) == 1


@pytest.mark.parametrize("anyio_backend", [("asyncio", {"use_uvloop": False}), ("asyncio", {"use_uvloop": True})])
async def test_cut_connection_leaves_the_mail_filed_and_the_sender_in_the_dark() -> None:
    async with world() as it:
        await it.behave("eva@kund.example", "drop", times=1)
        with pytest.raises(aiosmtplib.SMTPServerDisconnected):
            await it.from_kanal("eva@kund.example")
        assert len(await it.inbox("eva@kund.example")) == 1


async def test_cut_connection_that_keeps_nothing() -> None:
    async with world() as it:
        await it.behave("eva@kund.example", "drop", keep=False)
        with pytest.raises(aiosmtplib.SMTPServerDisconnected):
            await it.from_kanal("eva@kund.example")
        assert await it.inbox("eva@kund.example") == []


async def test_slow_mailbox_answers_after_its_seconds() -> None:
    async with world() as it:
        await it.behave("eva@kund.example", "slow", seconds=0.3)
        sending = asyncio.create_task(it.from_kanal("eva@kund.example"))
        await asyncio.sleep(0.1)
        assert await it.inbox("eva@kund.example") == []
        await sending
        assert len(await it.inbox("eva@kund.example")) == 1
