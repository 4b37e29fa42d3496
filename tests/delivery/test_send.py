"""Queueing an answer: who gets it, what it says, what it does to the ticket, and when it is refused."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from kanal.delivery.errors import AlreadySent, InvalidReply, NoWayOut, StaleReply
from kanal.kit import clock
from kanal.kit.ids import new_id
from kanal.tickets import actions as tickets
from kanal.tickets.models import NewTicket, TicketChange
from tests.make import accounts
from tests.make.desk import Desk
from tests.make.said import said
from tests.make.smtp import HeldServer


async def _recipients(desk: Desk, message: UUID) -> dict[str, list[str]]:
    row = await desk.row("select recipients from messages where id = %s", (message,))
    fields: dict[str, list[str]] = {}
    for each in row["recipients"]:
        fields.setdefault(each["field"], []).append(each["address"])
    return fields


async def _new_person(desk: Desk) -> None:
    """Kim, whom nobody invited, answers what we sent to Eva."""
    await desk.reply()
    ours = (await desk.row("select external_id from messages where direction = 'out'"))["external_id"]
    await desk.hear(said("I am Kim", "kim@kund.example", name="Kim", in_reply_to=ours))


async def _file(desk: Desk, name: str = "lamp.png", uploader: UUID | None = None) -> UUID:
    file = new_id()
    async with desk.db.transaction(desk.account) as tx:
        row = {"id": file, "uploader_id": uploader or desk.agent, "blob": await desk.storage.put(name.encode())}
        more = {"name": name, "content_type": "image/png", "size": len(name), "position": 0, "inline": False}
        await tx.insert("attachments", [row | more | {"content_id": "", "created_at": clock.now()}])
    return file


async def test_a_reply_answers_the_contact_and_those_in_copy(desk: Desk) -> None:
    await desk.hear(said("me too", in_reply_to="first-a@kund.example", cc=("bo@kund.example",)))
    queued = await desk.reply()
    assert await _recipients(desk, queued.message_id) == {"to": ["eva@kund.example"], "cc": ["bo@kund.example"]}


async def test_k19_a_new_person_is_in_the_next_reply_only_when_named(desk: Desk) -> None:
    await _new_person(desk)
    assert await _recipients(desk, (await desk.reply()).message_id) == {"to": ["eva@kund.example"]}
    queued = await desk.reply(include_new_people=["kim@kund.example"])
    assert await _recipients(desk, queued.message_id) == {"to": ["eva@kund.example"], "cc": ["kim@kund.example"]}
    assert (await _recipients(desk, (await desk.reply()).message_id))["cc"] == ["kim@kund.example"]


async def test_k19_only_people_who_wrote_can_be_ticked(desk: Desk) -> None:
    with pytest.raises(InvalidReply) as refused:
        await desk.reply(include_new_people=["mallory@kund.example"])
    assert refused.value.field == "include_new_people"


async def test_the_author_decides_over_recipients_and_whom_they_invite_takes_part(desk: Desk) -> None:
    queued = await desk.reply(to=["Bo@Kund.example"], cc=[], bcc=["boss@a.example"])
    assert await _recipients(desk, queued.message_id) == {"to": ["Bo@Kund.example"], "bcc": ["boss@a.example"]}
    people = await desk.rows("select key, role from participants order by key")
    assert people == [{"key": "bo@kund.example", "role": "cc"}, {"key": "eva@kund.example", "role": "contact"}]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"to": ["not an address"]}, "to"),
        ({"cc": ["eva@kund.example\r\nBcc: x@y.example"]}, "cc"),
        ({"to": []}, "to"),
        ({"bcc": ["support@a.example"]}, "bcc"),
        ({"text": "  "}, "text"),
        ({"attachments": [new_id()]}, "attachments"),
    ],
)
async def test_what_cannot_be_sent_is_refused_by_the_name_of_its_field(
    desk: Desk, asked: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidReply) as refused:
        await desk.reply(**asked)
    assert refused.value.field == field
    assert await desk.rows("select id from messages where direction = 'out'") == []


async def test_a_reply_written_before_the_last_message_is_refused_and_nothing_is_queued(desk: Desk) -> None:
    seen = (await desk.row("select version from tickets"))["version"]
    await desk.hear(said("One more thing", in_reply_to="first-a@kund.example"))
    with pytest.raises(StaleReply) as refused:
        await desk.reply(seen_version=seen)
    assert refused.value.version == seen + 1
    await desk.reply(seen_version=seen + 1)
    assert len(await desk.rows("select id from deliveries")) == 1


async def test_eml_49_a_reply_waits_for_the_contact_and_belongs_to_its_author(desk: Desk) -> None:
    queued = await desk.reply()
    row = await desk.row(
        """select s.key, t.assignee_id, t.waiting_since, t.last_direction, t.snippet, t.version
           from tickets t join statuses s on s.id = t.status_id"""
    )
    assert row == {
        "key": "waiting_on_contact",
        "assignee_id": desk.agent,
        "waiting_since": None,
        "last_direction": "out",
        "snippet": "We send a new one.",
        "version": queued.version,
    }


async def test_a_reply_can_close_the_ticket_in_one_step(desk: Desk) -> None:
    await desk.reply(status="closed")
    told = await desk.rows("select data->>'key' as key from events where name = 'ticket.status_changed'")
    assert told == [{"key": "closed"}]


async def test_html_is_made_harmless_and_has_its_text_beside_it(desk: Desk) -> None:
    await desk.reply("", html="<p>Hello <b>Eva</b><script>alert(1)</script></p>")
    row = await desk.row("select body_text, body_html from messages where direction = 'out'")
    assert row == {"body_text": "Hello Eva", "body_html": "<p>Hello <b>Eva</b></p>"}


async def test_a_pasted_image_goes_inline_and_a_file_beside(desk: Desk, server: HeldServer) -> None:
    image, file = await _file(desk), await _file(desk, "manual.pdf")
    markup = f'<p>See <img src="/api/v1/attachments/{image}?inline=1"></p>'
    async with desk.sending():
        queued = await desk.reply("", html=markup, attachments=[file])
        await desk.becomes(queued.message_id, "sent")
    parts = {part.get_filename(): part for part in server.taken[0].walk() if part.get_filename()}
    assert parts["manual.pdf"].get_content_disposition() == "attachment"
    content_id = str(parts["lamp.png"]["Content-ID"]).strip("<>")
    body = server.taken[0].get_body(("html",))
    assert body is not None
    assert f"cid:{content_id}" in body.get_content()


async def test_the_file_of_another_member_cannot_be_sent(desk: Desk) -> None:
    other = await accounts.member(desk.db, desk.account, "bea@a.example")
    with pytest.raises(InvalidReply):
        await desk.reply(attachments=[await _file(desk, uploader=other)])


async def test_a_file_is_sent_once(desk: Desk) -> None:
    file = await _file(desk)
    await desk.reply(attachments=[file])
    with pytest.raises(InvalidReply):
        await desk.reply(attachments=[file])


async def test_a_ticket_made_by_hand_starts_a_conversation_with_its_contact(desk: Desk, server: HeldServer) -> None:
    contact = (await desk.row("select contact_id from tickets"))["contact_id"]
    async with desk.db.transaction(desk.account) as tx:
        new = NewTicket(subject="Your  order", source="hand", at=clock.now(), contact_id=contact, waiting=False)
        ticket = (await tickets.create(tx, new)).id
    async with desk.sending():
        queued = await desk.reply("Hello", ticket_id=ticket)
        await desk.becomes(queued.message_id, "sent")
    assert (server.taken[0]["To"], server.taken[0]["Subject"]) == ("Eva Ek <eva@kund.example>", "Your order")
    row = await desk.row("select contact_id, channel_id from conversations where ticket_id = %s", (ticket,))
    assert row == {"contact_id": contact, "channel_id": desk.channel}


async def test_a_ticket_without_anybody_to_write_to_says_so(desk: Desk) -> None:
    async with desk.db.transaction(desk.account) as tx:
        new = NewTicket(subject="Note", source="hand", at=clock.now(), waiting=False)
        ticket = (await tickets.create(tx, new)).id
    with pytest.raises(NoWayOut) as refused:
        await desk.reply(ticket_id=ticket)
    assert refused.value.why == "Nobody is known here who could be written to."


async def test_undo_puts_the_words_back_as_a_draft_and_the_ticket_as_it_was(desk: Desk) -> None:
    what = "select status_id, assignee_id, waiting_since, last_direction, last_message_at, snippet from tickets"
    before = await desk.row(what)
    image = await _file(desk)
    markup = f'<p>Hello <img src="/api/v1/attachments/{image}?account=a&amp;inline=1"></p>'
    queued = await desk.reply("", html=markup, cc=["bo@kund.example"], undoable=True)
    await desk.cancel(queued.message_id)
    draft = await desk.row("select html, recipients, attachments, seen_version from drafts")
    assert draft["html"] == markup
    assert (draft["recipients"]["cc"], draft["attachments"]) == (["bo@kund.example"], [image])
    assert draft["seen_version"] == queued.version
    assert await desk.row(what) == before
    assert await desk.rows("select id from messages where direction = 'out'") == []
    assert (await desk.row("select last_out_at from conversations"))["last_out_at"] is None
    await desk.reply("", html=markup)


async def test_undo_leaves_alone_what_somebody_changed_since(desk: Desk) -> None:
    queued = await desk.reply(undoable=True)
    async with desk.db.transaction(desk.account) as tx:
        await tickets.change(tx, desk.ticket, TicketChange(status_key="closed"), desk.agent)
    await desk.cancel(queued.message_id)
    assert (await desk.row("select is_open from tickets")) == {"is_open": False}


async def test_what_is_sent_cannot_be_taken_back(desk: Desk, server: HeldServer) -> None:
    server.holds = "recipient"
    async with desk.sending():
        queued = await desk.reply()
        await desk.becomes(queued.message_id, "sending")
        with pytest.raises(AlreadySent):
            await desk.cancel(queued.message_id)
        server.go.set()
        await desk.becomes(queued.message_id, "sent")
    with pytest.raises(AlreadySent):
        await desk.cancel(queued.message_id)
