"""What a mail asks for besides words: an answer to its invitation, and a receipt that it was read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
import pytest
from icalendar import Calendar

from kanal.channelkit.messages import Invitation
from kanal.delivery import invitations, read_receipts
from kanal.delivery.errors import AlreadyReceipted, InvalidReply
from kanal.delivery.models import Queued
from kanal.kit.db import document
from tests.kit.test_itip import INVITATION
from tests.make.desk import Desk
from tests.make.smtp import HeldServer

ASKED = Invitation(
    method="request",
    uid="meet-1@kund.example",
    summary="Lamps",
    organizer="eva@kund.example",
    attendee="support@a.example",
    source=INVITATION,
)


@pytest.fixture
async def invited(desk: Desk) -> UUID:
    async with desk.db.transaction(desk.account) as tx:
        await tx.run("update messages set invitation = %s::jsonb", (document(msgspec.to_builtins(ASKED)),))
    return UUID(str((await desk.row("select id from messages"))["id"]))


async def _answer(desk: Desk, message: UUID, given: Any = "accepted", **how: Any) -> Queued:
    async with desk.db.transaction(desk.account) as tx:
        return await invitations.answer(tx, desk.carriers, message, given, "With cake", author=desk.agent, **how)


async def _answered(desk: Desk, message: UUID) -> str:
    row = await desk.row("select invitation->>'answer' as answer from messages where id = %s", (message,))
    return str(row["answer"])


async def test_an_invitation_is_answered_in_the_organizers_calendar(
    desk: Desk, server: HeldServer, invited: UUID
) -> None:
    async with desk.sending():
        queued = await _answer(desk, invited)
        await desk.becomes(queued.message_id, "sent")
    [mail] = server.taken
    calendar = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    [event] = Calendar.from_ical(calendar.get_content()).walk("VEVENT")
    assert mail["To"].addresses[0].addr_spec == "eva@kund.example"
    assert (calendar.get_param("method"), event["UID"]) == ("REPLY", ASKED.uid)
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert await _answered(desk, invited) == "accepted"


async def test_an_answer_that_is_taken_back_was_never_given(desk: Desk, invited: UUID) -> None:
    queued = await _answer(desk, invited, "declined", undoable=True)
    await desk.cancel(queued.message_id)
    assert await _answered(desk, invited) == ""


@pytest.mark.parametrize("change", [{"method": "cancel"}, {"organizer": ""}, {"source": "hello"}])
async def test_what_invites_to_nothing_cannot_be_answered(desk: Desk, invited: UUID, change: dict[str, Any]) -> None:
    other = msgspec.structs.replace(ASKED, **change)
    async with desk.db.transaction(desk.account) as tx:
        await tx.run("update messages set invitation = %s::jsonb", (document(msgspec.to_builtins(other)),))
    with pytest.raises(InvalidReply) as refused:
        await _answer(desk, invited)
    assert refused.value.field == "answer"


async def _receipt(desk: Desk, message: UUID) -> Queued:
    async with desk.db.transaction(desk.account) as tx:
        return await read_receipts.send(tx, desk.carriers, message, desk.agent)


async def test_a_read_receipt_leaves_once_because_a_person_pressed(desk: Desk, server: HeldServer) -> None:
    message = UUID(str((await desk.row("select id from messages"))["id"]))
    async with desk.db.transaction(desk.account) as tx:
        await tx.run("update messages set receipt_to = 'Eva@kund.example'")
    before = await desk.row("select status_id, assignee_id, last_direction from tickets")
    async with desk.sending():
        queued = await _receipt(desk, message)
        await desk.becomes(queued.message_id, "sent")
    [mail] = server.taken
    assert (mail.get_content_type(), mail["To"]) == ("multipart/report", "Eva@kund.example")
    assert "Original-Message-ID: <first-a@kund.example>" in mail.as_string()
    assert server.mails[0].mail_from == "<>"
    assert await desk.row("select status_id, assignee_id, last_direction from tickets") == before
    with pytest.raises(AlreadyReceipted):
        await _receipt(desk, message)


async def test_nobody_gets_a_receipt_who_did_not_ask(desk: Desk) -> None:
    message = UUID(str((await desk.row("select id from messages"))["id"]))
    with pytest.raises(InvalidReply):
        await _receipt(desk, message)
