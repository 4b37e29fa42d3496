"""Whoever fills a form in is told at once that it arrived, and nobody's mailbox is filled by that."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from kanal.delivery import undo
from kanal.delivery.errors import AlreadySent
from kanal.kit.db import Database
from tests.make.form_desk import FormDesk, form_desk
from tests.make.forms import field
from tests.make.smtp import HeldServer
from tests.make.submitting import EVA


@pytest.fixture
async def desk(db: Database, tmp_path: Path, server: HeldServer) -> AsyncIterator[FormDesk]:
    async with form_desk(db, tmp_path, server) as desk:
        yield desk


async def _not_confirmed(desk: FormDesk) -> list[Any]:
    rows = await desk.rows("select data from events where name = 'message.not_confirmed' order by seq")
    return [row["data"]["why"] for row in rows]


async def _queued(desk: FormDesk) -> int:
    return len(await desk.rows("select 1 from deliveries"))


async def test_the_sender_is_told_what_arrived_and_an_answer_to_that_lands_in_the_ticket(desk: FormDesk) -> None:
    form = await desk.form()
    await desk.connect(form)
    await desk.submit(form)
    [mail] = await desk.sent(1)
    assert (mail["To"], mail["Subject"]) == ("Eva Ek <Eva@kund.example>", "We have received: The lamp")
    assert mail["Auto-Submitted"] == "auto-replied"
    body = mail.get_body(("plain",))
    assert body is not None
    assert "It does not light." in body.get_content()
    await desk.answer(mail)
    assert (await desk.ticket())["last_direction"] == "in"


async def test_it_changes_nothing_on_the_ticket_that_waits_for_an_answer(desk: FormDesk) -> None:
    form = await desk.form()
    await desk.connect(form)
    await desk.submit(form)
    ticket = await desk.ticket()
    assert (ticket["last_direction"], ticket["version"]) == ("in", 1)
    assert ticket["waiting_since"] == ticket["created_at"]


async def test_frm_8_it_never_tells_what_was_hidden(desk: FormDesk) -> None:
    form = await desk.form(
        field("email", "email", required=True), field("campaign", hidden=True, default="spring sale", label="Campaign")
    )
    await desk.connect(form)
    await desk.submit(form, {"email": "eva@kund.example"})
    [row] = await desk.rows("select body_text, body_html, subject from messages where direction = 'out'")
    assert "spring" not in "".join(row.values())


async def test_a_form_whose_makers_switched_it_off_confirms_nothing(desk: FormDesk) -> None:
    form = await desk.form(confirm=False)
    await desk.connect(form)
    await desk.submit(form)
    assert (await _queued(desk), await _not_confirmed(desk)) == (0, [])


async def test_without_a_way_out_the_ticket_says_that_nothing_was_sent(desk: FormDesk) -> None:
    form = await desk.form()
    await desk.connect(form)
    await desk.run("update channels set active = false where id = %s", (desk.mailbox,))
    await desk.submit(form)
    assert (await _queued(desk), await _not_confirmed(desk)) == (0, ["no_way_out"])
    line = (await desk.call("GET", f"tickets/{(await desk.ticket())['id']}/timeline"))["items"]
    assert ("message.not_confirmed", {"why": "no_way_out"}) in [(i.get("name"), i.get("data")) for i in line]


async def test_one_address_gets_at_most_five_an_hour_and_the_ticket_says_so(desk: FormDesk) -> None:
    form = await desk.form()
    await desk.connect(form)
    for _ in range(7):
        await desk.submit(form)
    await desk.submit(form, EVA | {"email": "bo@kund.example"})
    assert (await _queued(desk), await _not_confirmed(desk)) == (6, ["too_many"] * 2)


async def test_nothing_is_sent_to_an_address_of_our_own(desk: FormDesk) -> None:
    form = await desk.form()
    await desk.connect(form)
    await desk.submit(form, EVA | {"email": "Support@a.example"})
    assert (await _queued(desk), await _not_confirmed(desk)) == (0, ["our_own_address"])


async def test_k16_what_comes_while_the_channel_is_off_is_not_confirmed(desk: FormDesk) -> None:
    form = await desk.form()
    channel = await desk.connect(form)
    await desk.run("update channels set active = false where id = %s", (channel,))
    await desk.submit(form)
    assert (await _queued(desk), await desk.rows("select 1 from tickets")) == (0, [])


async def test_k11_what_was_caught_is_never_confirmed_and_a_ticket_when_a_person_lets_it_in(desk: FormDesk) -> None:
    form = await desk.form()
    await desk.connect(form)
    await desk.submit(form, caught="sent faster than anybody types")
    assert await _queued(desk) == 0
    [raw] = await desk.rows("select id, state from raw_events")
    assert raw["state"] == "quarantined"
    await desk.call("POST", f"raw-events/{raw['id']}/replay")
    await desk.drain_all()
    assert (await _queued(desk), (await desk.ticket())["subject"]) == (0, "The lamp")


async def test_nobody_takes_it_back_as_if_it_were_theirs(desk: FormDesk) -> None:
    form = await desk.form()
    await desk.connect(form)
    await desk.submit(form)
    [row] = await desk.rows("select id from messages where direction = 'out'")
    async with desk.db.transaction(desk.account) as tx:
        with pytest.raises(AlreadySent):
            await undo.cancel(tx, row["id"], desk.site.members["chief"])
