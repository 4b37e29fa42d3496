"""Answering one message: whom it names, by which channel, what it quotes and what it refers to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from kanal.channelkit.messages import Recipient
from kanal.delivery.errors import InvalidReply
from kanal.delivery.models import Queued
from kanal.delivery.ours import is_ours
from kanal.kit.mail import takes_no_answers
from tests.make import channels
from tests.make.desk import Desk
from tests.make.said import party, said
from tests.make.smtp import HeldServer, words


async def _to(desk: Desk, queued: Queued) -> dict[str, list[str]]:
    row = await desk.row("select recipients from messages where id = %s", (queued.message_id,))
    fields: dict[str, list[str]] = {}
    for each in row["recipients"]:
        fields.setdefault(each["field"], []).append(each["address"])
    return fields


async def _message(desk: Desk, text: str) -> UUID:
    return UUID(str((await desk.row("select id from messages where body_text = %s", (text,)))["id"]))


def _copied(
    text: str, *, to: tuple[str, ...] = (), cc: tuple[str, ...] = (), bcc: tuple[str, ...] = (), **more: Any
) -> Any:
    heard = said(text, in_reply_to="first-a@kund.example", **more)
    fields = (("to", to), ("cc", cc), ("bcc", bcc))
    heard.recipients = [Recipient(field=field, party=party(a)) for field, given in fields for a in given]  # type: ignore[arg-type]  # the pair's first is one of three words
    return heard


async def test_eml_53_a_reply_goes_to_the_sender_and_those_in_copy_and_reply_all_to_everybody_named(desk: Desk) -> None:
    await desk.hear(_copied("all of you", to=("support@a.example", "li@kund.example"), cc=("bo@kund.example",)))
    message = await _message(desk, "all of you")
    one = await desk.reply(answers=message, all=False)
    everybody = await desk.reply(answers=message, all=True)
    assert await _to(desk, one) == {"to": ["eva@kund.example"], "cc": ["bo@kund.example"]}
    assert await _to(desk, everybody) == {"to": ["eva@kund.example"], "cc": ["li@kund.example", "bo@kund.example"]}


async def test_eml_53_blind_copies_never_carry_over(desk: Desk) -> None:
    await desk.hear(_copied("quietly", bcc=("boss@kund.example",)))
    queued = await desk.reply(answers=await _message(desk, "quietly"), all=True)
    assert await _to(desk, queued) == {"to": ["eva@kund.example"]}


async def test_our_own_addresses_in_every_form_and_those_that_take_no_answers_are_left_out(desk: Desk) -> None:
    await channels.email_channel(desk.db, desk.account, "sales@a.example", name="Sales")
    forwarded_to = (await desk.row("select key from addresses where key like %s limit 1", ("%@in.example",)))["key"]
    ours = ("support+ktoken@a.example", "Sales@A.example", forwarded_to)
    await desk.hear(_copied("many", to=ours, cc=("no-reply@shop.example", "bo@kund.example")))
    queued = await desk.reply(answers=await _message(desk, "many"), all=True)
    assert await _to(desk, queued) == {"to": ["eva@kund.example"], "cc": ["bo@kund.example"]}


async def test_who_is_in_copy_takes_part_but_neither_we_nor_machines_do(desk: Desk) -> None:
    await desk.hear(_copied("many", cc=("support+x@a.example", "noreply@shop.example", "bo@kund.example")))
    people = {row["key"]: row["role"] for row in await desk.rows("select key, role from participants")}
    assert people["bo@kund.example"] == "cc"
    assert "noreply@shop.example" not in people


@pytest.mark.parametrize(
    "key", ["no-reply@x.example", "do_not_reply@x.example", "svara-inte@x.example", "bounces+1@x.example"]
)
def test_addresses_that_take_no_answers_are_known_by_their_names(key: str) -> None:
    assert takes_no_answers(key)


@pytest.mark.parametrize("key", ["noreen@x.example", "nora.reply@x.example", "eva@no-reply.example", "info@x.example"])
def test_people_are_not_taken_for_machines(key: str) -> None:
    assert not takes_no_answers(key)


def test_a_tag_does_not_make_an_address_somebody_elses() -> None:
    assert is_ours("support+k1@a.example", {"support@a.example"})
    assert not is_ours("support2@a.example", {"support@a.example"})


async def test_k14_mentioning_somebody_in_the_text_adds_no_recipient(desk: Desk) -> None:
    mention = '<p>Hello <a href="mailto:bo@kund.example">@Bo Ek</a>, see @li@kund.example</p>'
    queued = await desk.reply("", html=mention)
    assert await _to(desk, queued) == {"to": ["eva@kund.example"]}


async def test_eml_52_the_default_answer_quotes_and_refers_to_the_last_message(desk: Desk, server: HeldServer) -> None:
    await desk.hear(said("And the shade too", in_reply_to="first-a@kund.example", external_id="second@kund.example"))
    async with desk.sending():
        queued = await desk.reply()
        await desk.becomes(queued.message_id, "sent")
    [mail] = server.taken
    assert mail["In-Reply-To"] == "<second@kund.example>"
    assert "> And the shade too" in words(mail)
    assert "The lamp is broken" not in words(mail)


async def test_references_follow_the_message_that_is_answered(desk: Desk, server: HeldServer) -> None:
    await desk.hear(said("And the shade too", in_reply_to="first-a@kund.example", external_id="second@kund.example"))
    async with desk.sending():
        queued = await desk.reply(answers=await _message(desk, "The lamp is broken"))
        await desk.becomes(queued.message_id, "sent")
    [mail] = server.taken
    assert mail["In-Reply-To"] == mail["References"] == "<first-a@kund.example>"
    assert "> The lamp is broken" in words(mail)


async def test_a_channel_or_an_author_can_leave_the_quote_out(desk: Desk) -> None:
    await desk.change_channel(settings={"quoting": False})
    without, with_ = await desk.reply(), await desk.reply(quote=True)
    rows = await desk.rows("select id, quoted_text <> '' as quoted from messages where direction = 'out'")
    assert {row["id"]: row["quoted"] for row in rows} == {without.message_id: False, with_.message_id: True}


async def test_k19_what_a_new_person_wrote_is_not_quoted_to_the_others(desk: Desk) -> None:
    await desk.reply()
    ours = (await desk.row("select external_id from messages where direction = 'out'"))["external_id"]
    await desk.hear(said("Between us: sue them", "kim@kund.example", name="Kim", in_reply_to=ours))
    queued = await desk.reply("Hello again")
    row = await desk.row("select quoted_text from messages where id = %s", (queued.message_id,))
    assert "sue" not in row["quoted_text"]


async def test_k19_a_new_person_who_is_answered_alone_stays_one(desk: Desk) -> None:
    await desk.reply()
    ours = (await desk.row("select external_id from messages where direction = 'out'"))["external_id"]
    await desk.hear(said("I am Kim", "kim@kund.example", name="Kim", in_reply_to=ours))
    what = "select status_id, waiting_since from tickets"
    before = await desk.row(what)
    alone = await desk.reply(answers=await _message(desk, "I am Kim"), cc=["mo@kund.example"])
    assert await _to(desk, alone) == {"to": ["kim@kund.example"], "cc": ["mo@kund.example"]}
    assert await desk.row(what) == before
    assert await _to(desk, await desk.reply()) == {"to": ["eva@kund.example"]}


async def test_an_answer_can_leave_by_another_channel_and_comes_back_to_the_same_conversation(
    desk: Desk, server: HeldServer
) -> None:
    sales = await channels.email_channel(desk.db, desk.account, "sales@a.example", name="Sales")
    async with desk.sending():
        queued = await desk.reply(channel=sales)
        await desk.becomes(queued.message_id, "sent")
    assert "sales@a.example" in server.taken[0]["From"]
    [fate] = await hear_by(desk, sales, said("Thanks", in_reply_to=server.message_ids[0]))
    assert (fate.state, fate.ticket_id) == ("reply", desk.ticket)
    later = await desk.reply("You are welcome")
    row = await desk.row("select channel_id from messages where id = %s", (later.message_id,))
    assert row == {"channel_id": sales}


async def hear_by(desk: Desk, channel: UUID, *things: Any) -> list[Any]:
    own, desk.channel = desk.channel, channel
    try:
        return await desk.hear(*things)
    finally:
        desk.channel = own


async def test_a_channel_that_is_not_there_or_hidden_cannot_be_written_by(desk: Desk) -> None:
    with pytest.raises(InvalidReply) as refused:
        await desk.reply(channel=desk.agent)
    assert refused.value.field == "channel"


async def test_a_message_of_another_ticket_cannot_be_answered_here(desk: Desk) -> None:
    await desk.hear(said("Something else", "li@kund.example", subject="Chair"))
    with pytest.raises(InvalidReply) as refused:
        await desk.reply(answers=await _message(desk, "Something else"))
    assert refused.value.field == "answers"
