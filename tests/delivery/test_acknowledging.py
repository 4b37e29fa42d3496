"""Whoever writes first is told at once that it has arrived, and machines are told nothing (EML-24; RFC 3834)."""

from __future__ import annotations

import asyncio
import smtplib
from collections.abc import AsyncIterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from kanal.channelkit.messages import Forwarded
from kanal.delivery import acknowledging
from kanal.delivery.acknowledging import InvalidAcknowledgement, checked, preview, read
from kanal.kit.db import Database, document
from kanal.kit.ids import new_id
from tests.make.form_desk import FormDesk, form_desk
from tests.make.said import hear, party, said
from tests.make.smtp import HeldServer


class Desk(FormDesk):
    async def acknowledges(self, **setting: Any) -> None:
        await self.run("update channels set acknowledgement = %s", (document({"on": True} | setting),))

    async def customer(
        self,
        *,
        sender: str = "Eva Ek <eva@kund.example>",
        to: str = "support@a.example",
        envelope: str = "eva@kund.example",
        **headers: str,
    ) -> None:
        """Somebody writes to the mailbox, which hands it on to us."""
        [row] = await self.rows(
            "select settings->>'forwarding_address' as at from channels where id = %s", (self.mailbox,)
        )
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, to, headers.pop("Subject", "The lamp")
        mail["Message-ID"] = headers.pop("Message_ID", f"<{new_id()}@kund.example>")
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content("It does not light up.")
        await asyncio.to_thread(self._deliver, mail, row["at"], envelope)
        await self.drain_all()

    def _deliver(self, mail: EmailMessage, at: str, envelope: str) -> None:
        with smtplib.SMTP("127.0.0.1", self.door.port, local_hostname="mx.kund.example", timeout=10) as client:
            client.sendmail(envelope, [at], mail.as_bytes())

    async def queued(self) -> int:
        return len(await self.rows("select 1 from deliveries"))

    async def told(self) -> list[str]:
        """Why somebody was not acknowledged."""
        rows = await self.rows("select data from events where name = 'message.not_confirmed' order by seq")
        return [row["data"]["why"] for row in rows]


@pytest.fixture
async def desk(db: Database, tmp_path: Path, server: HeldServer) -> AsyncIterator[Desk]:
    async with form_desk(db, tmp_path, server) as made:
        yield Desk(made.site, server, made.door, made.drain, made.chief)


async def test_eml_24_a_first_message_is_acknowledged_with_its_number_and_the_answer_time(desk: Desk) -> None:
    await desk.acknowledges(expected_hours=4)
    await desk.customer(Message_ID="<first@kund.example>")
    [mail] = await desk.sent(1)
    body = mail.get_body(("plain",))
    assert body is not None
    number = (await desk.ticket())["number"]
    assert f"number {number}" in body.get_content().replace("\n", " ")
    assert "within 4 hours" in body.get_content().replace("\n", " ")
    assert (mail["To"], mail["Subject"]) == ("Eva Ek <eva@kund.example>", "Re: The lamp")
    assert mail["In-Reply-To"] == "<first@kund.example>"
    assert [row["name"] for row in await desk.rows("select name from events where name = 'message.acknowledged'")]


async def test_it_is_off_by_default(desk: Desk) -> None:
    await desk.customer()
    assert (await desk.queued(), await desk.told()) == (0, [])


async def test_protocols_1_4_it_is_marked_as_automatic_and_has_a_null_return_path(desk: Desk) -> None:
    await desk.acknowledges()
    await desk.customer()
    [mail] = await desk.sent(1)
    assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"], mail["Precedence"]) == (
        "auto-replied",
        "All",
        "bulk",
    )
    assert desk.server.mails[0].mail_from == "<>"


async def test_an_answer_to_it_lands_in_the_ticket(desk: Desk) -> None:
    await desk.acknowledges()
    await desk.customer()
    [mail] = await desk.sent(1)
    await desk.answer(mail)
    assert len(await desk.rows("select 1 from tickets")) == 1
    assert await desk.queued() == 1


async def test_sla_9_it_is_no_answer_of_ours(desk: Desk) -> None:
    await desk.acknowledges()
    await desk.customer()
    ticket = await desk.ticket()
    assert (ticket["last_direction"], ticket["version"]) == ("in", 1)
    assert ticket["waiting_since"] is not None


@pytest.mark.parametrize(
    "marks",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated"},
        {"Precedence": "bulk"},
        {"List_Id": "<news.kund.example>"},
        {"X_Auto_Response_Suppress": "All"},
        {"X_Autoreply": "yes"},
        {"X_Loop": "yes"},
        {"sender": "noreply@kund.example"},
        {"sender": "MAILER-DAEMON@kund.example"},
        {"envelope": ""},
    ],
)
async def test_protocols_1_4_machines_and_lists_get_none(desk: Desk, marks: dict[str, str]) -> None:
    await desk.acknowledges()
    await desk.customer(**marks)
    assert (await desk.queued(), await desk.told()) == (0, [])


async def test_protocols_1_4_only_what_names_one_of_our_addresses_is_acknowledged(desk: Desk) -> None:
    await desk.acknowledges()
    await desk.customer(to="friends@kund.example")
    assert (await desk.queued(), await desk.told()) == (0, ["not_addressed"])
    await desk.customer(to="friends@kund.example", Cc="Support+lamps@a.example", sender="bo@kund.example")
    assert await desk.queued() == 1


async def test_eml_24_a_sender_gets_one_in_24_hours(desk: Desk) -> None:
    await desk.acknowledges()
    await desk.customer()
    await desk.customer()
    await desk.customer(sender="Bo <bo@kund.example>")
    assert (await desk.queued(), await desk.told()) == (2, ["told_today"])
    await desk.run("update acknowledgements set at = at - %s", (timedelta(hours=24),))
    await desk.customer()
    assert await desk.queued() == 3


async def test_eml_22_who_wrote_what_a_member_hands_on_did_not_write_to_us_and_gets_none(desk: Desk) -> None:
    await desk.acknowledges()
    await desk.site.member("ann")
    handed_on = said(
        sender=f"ann@{desk.account}.example", trust="pass", forwarded=Forwarded(sender=party("eva@kund.example"))
    )
    await hear(desk.db, desk.account, desk.mailbox, handed_on, carriers=desk.site.carriers)
    assert (await desk.queued(), await desk.told()) == (0, ["handed_on"])


async def test_a_sender_whose_domain_denies_it_gets_none(desk: Desk) -> None:
    await desk.acknowledges()
    await hear(desk.db, desk.account, desk.mailbox, said(trust="fail"), carriers=desk.site.carriers)
    assert (await desk.queued(), await desk.told()) == (0, ["sender_not_proved"])


async def test_it_is_remembered_for_a_day_to_whom_one_was_sent(desk: Desk) -> None:
    await desk.acknowledges()
    await desk.customer()
    await acknowledging.forget_old(desk.db)
    assert len(await desk.rows("select 1 from acknowledgements")) == 1
    await desk.run("update acknowledgements set at = at - interval '25 hours'")
    await acknowledging.forget_old(desk.db)
    assert await desk.rows("select 1 from acknowledgements") == []


@pytest.mark.parametrize("language", sorted(acknowledging.LANGUAGES))
def test_eml_24_each_language_has_words_that_leave_no_hole(language: str) -> None:
    for hours in (None, 1, 4, 24, 48):
        shown = preview(checked({"on": True, "language": language, "expected_hours": hours}))
        assert "1234" in shown.text
        assert "{" not in shown.subject + shown.text


def test_eml_16_a_missing_name_leaves_no_hole() -> None:
    own = checked({"text": "Hi {{contact.first_name}},\n{{contact.first_name}}, thanks for {{ticket.subject}}."})
    words = acknowledging.setting.worded(own, number=1, subject="the lamp", first_name="")
    assert words.text == "Hi,\nThanks for the lamp.\n"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": "{{agent.name}}"}, "acknowledgement.text"),
        ({"subject": "{{x}}"}, "acknowledgement.subject"),
        ({"language": "xx"}, "acknowledgement.language"),
        ({"expected_hours": 0}, "acknowledgement.expected_hours"),
        ({"on": "yes"}, "acknowledgement.on"),
        ({"colour": "red"}, "acknowledgement"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_by_its_field(given: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidAcknowledgement) as refused:
        checked(given)
    assert refused.value.field == field


def test_what_is_stored_and_cannot_be_read_is_off() -> None:
    assert read({"on": "maybe"}).on is False
