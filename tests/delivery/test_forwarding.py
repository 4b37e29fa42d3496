"""Handing a message on: what goes with it, who does not take part by that, and what happens to their answer."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any
from uuid import UUID

import pytest

from kanal.delivery import forwarding
from kanal.delivery.errors import InvalidReply
from kanal.delivery.models import Forward, Queued
from kanal.kit import clock
from kanal.kit.ids import new_id
from tests.make.desk import Desk
from tests.make.said import said
from tests.make.smtp import HeldServer, words

PNG = b"\x89PNG\r\n\x1a\n"


async def _first(desk: Desk) -> UUID:
    return UUID(str((await desk.row("select id from messages where direction = 'in'"))["id"]))


async def _forward(desk: Desk, **asked: Any) -> Queued:
    wanted: dict[str, Any] = {"author_id": desk.agent, "to": ["supplier@lamps.example"]} | asked
    async with desk.db.transaction(desk.account) as tx:
        return await forwarding.forward(tx, desk.carriers, Forward(message_id=await _first(desk), **wanted))


async def _files(desk: Desk) -> dict[str, UUID]:
    """Eva's message shows a picture and has a manual with it."""
    message, ids = await _first(desk), {"lamp.png": new_id(), "manual.pdf": new_id()}
    async with desk.db.transaction(desk.account) as tx:
        await tx.run("update messages set body_html = %s", ('<p>See <img src="cid:pic@kund"></p>',))
        common = {
            "message_id": message,
            "size": len(PNG),
            "created_at": clock.now(),
            "blob": await desk.storage.put(PNG),
        }
        picture = {"name": "lamp.png", "content_type": "image/png", "inline": True, "content_id": "pic@kund"}
        manual = {"name": "manual.pdf", "content_type": "application/pdf", "inline": False, "content_id": ""}
        for position, file in enumerate((picture, manual)):
            await tx.insert("attachments", [common | file | {"id": ids[str(file["name"])], "position": position}])
    return ids


async def _sent(desk: Desk, server: HeldServer, **asked: Any) -> EmailMessage:
    async with desk.sending():
        queued = await _forward(desk, **asked)
        await desk.becomes(queued.message_id, "sent")
    return server.taken[-1]


def _names(mail: EmailMessage) -> list[str]:
    return [str(part.get_filename()) for part in mail.walk() if part.get_filename()]


async def test_eml_53_a_forward_carries_words_pictures_and_files(desk: Desk, server: HeldServer) -> None:
    await _files(desk)
    mail = await _sent(desk, server, text="Can you help?")
    assert (mail["To"], mail["Subject"], mail["In-Reply-To"]) == ("supplier@lamps.example", "Fwd: Lamp", None)
    page = words(mail, "html")
    assert page.index("Can you help?") < page.index("kanal-quote") < page.index("From: Eva Ek")
    assert "cid:pic@kund" in page
    assert sorted(_names(mail)) == ["lamp.png", "manual.pdf"]


async def test_a_forward_may_say_nothing_of_its_own_and_leave_files_out(desk: Desk, server: HeldServer) -> None:
    await _files(desk)
    assert _names(await _sent(desk, server, attachments=[])) == ["lamp.png"]


async def test_a_chosen_file_and_an_uploaded_one_go_along(desk: Desk, server: HeldServer) -> None:
    ids, own = await _files(desk), new_id()
    async with desk.db.transaction(desk.account) as tx:
        row = {"id": own, "uploader_id": desk.agent, "blob": await desk.storage.put(b"x"), "name": "order.txt"}
        more = {"content_type": "text/plain", "size": 1, "inline": False, "content_id": "", "position": 0}
        await tx.insert("attachments", [row | more | {"created_at": clock.now()}])
    mail = await _sent(desk, server, attachments=[ids["manual.pdf"], own])
    assert sorted(_names(mail)) == ["lamp.png", "manual.pdf", "order.txt"]


async def test_whom_it_is_handed_to_takes_no_part_and_the_ticket_waits_as_before(desk: Desk) -> None:
    what = "select status_id, assignee_id, waiting_since, last_direction, snippet, last_message_at from tickets"
    before = await desk.row(what)
    queued = await _forward(desk, cc=["li@lamps.example"])
    assert await desk.row(what) == before
    assert [row["key"] for row in await desk.rows("select key from participants")] == ["eva@kund.example"]
    assert (await desk.row("select version from tickets"))["version"] == queued.version == 2


async def test_k19_their_answer_comes_in_as_a_new_persons_and_the_customer_hears_nothing_of_it(
    desk: Desk, server: HeldServer
) -> None:
    mail = await _sent(desk, server)
    await desk.hear(said("New lamps cost 9", "supplier@lamps.example", in_reply_to=str(mail["Message-ID"]).strip("<>")))
    roles = {row["key"]: row["role"] for row in await desk.rows("select key, role from participants")}
    assert roles == {"eva@kund.example": "contact", "supplier@lamps.example": "new_person"}
    queued = await desk.reply("Soon")
    row = await desk.row(
        "select recipients, quoted_text, in_reply_to, refs from messages where id = %s", (queued.message_id,)
    )
    assert [each["address"] for each in row["recipients"]] == ["eva@kund.example"]
    assert "cost" not in row["quoted_text"]
    assert (row["in_reply_to"], row["refs"]) == ("first-a@kund.example", ["first-a@kund.example"])


async def test_undo_makes_a_draft_that_knows_what_it_handed_on(desk: Desk) -> None:
    await _files(desk)
    queued = await _forward(desk, text="Can you help?", undoable=True)
    await desk.cancel(queued.message_id)
    draft = await desk.row("select mode, about_id, html, recipients, attachments from drafts")
    assert (draft["mode"], draft["about_id"]) == ("forward", await _first(desk))
    assert ("Can you help?" in draft["html"], draft["recipients"]["to"]) == (True, ["supplier@lamps.example"])
    names = await desk.rows("select name from attachments where id = any(%s)", (draft["attachments"],))
    assert names == [{"name": "manual.pdf"}]
    await _forward(desk, attachments=draft["attachments"])


async def test_nobody_and_too_much_are_refused(desk: Desk) -> None:
    with pytest.raises(InvalidReply) as nobody:
        await _forward(desk, to=[])
    await _files(desk)
    async with desk.db.transaction(desk.account) as tx:
        await tx.run("update attachments set size = 26000000 where name = 'manual.pdf'")
    with pytest.raises(InvalidReply) as too_much:
        await _forward(desk)
    assert (nobody.value.field, too_much.value.field) == ("to", "attachments")
