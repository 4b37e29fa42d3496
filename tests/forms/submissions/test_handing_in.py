"""Tickets of what was sent before a channel carried the form, and only when somebody asks for them."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from kanal.channelkit.submissions import SubmittedFile
from kanal.forms.submissions import handing_in, jobs
from kanal.forms.submissions.arriving import TakenFile
from kanal.forms.submissions.jobs import HandIn
from kanal.kit import clock
from tests.make.form_desk import FormDesk
from tests.make.forms import field

EMAIL = field("email", "email", property="contact.email")


@pytest.fixture
def hand_in(desk: FormDesk) -> HandIn:
    return HandIn(desk.db, desk.site.storage)


async def tickets(desk: FormDesk) -> list[dict[str, Any]]:
    await desk.drain_all()
    return await desk.rows("select subject, created_at from tickets order by created_at")


async def test_earlier_submissions_become_tickets_only_when_asked_for(desk: FormDesk, hand_in: HandIn) -> None:
    form = await desk.form(EMAIL)
    for n in range(3):
        await desk.submit(form, {"email": f"{n}@kund.example"})
    await desk.submit(form, {"email": "spam@kund.example"}, caught="too fast")
    await desk.connect(form)
    assert await hand_in.run_once()
    assert await tickets(desk) == []
    assert await desk.call("POST", f"forms/{form.form_id}/make-tickets") == {"left": 3}
    assert await hand_in.run_once()
    assert len(await tickets(desk)) == 3
    assert await desk.rows("select id from forms where hand_in_before is not null") == []


async def test_a_ticket_is_as_old_as_what_was_sent_and_nobody_gets_a_confirmation(
    desk: FormDesk, hand_in: HandIn
) -> None:
    form = await desk.form(EMAIL)
    sent = clock.now() - timedelta(days=7)
    submission = await desk.submit(form, {"email": "eva@kund.example"})
    await desk.run("update form_submissions set received_at = %s", (sent,))
    channel = await desk.connect(form)
    await desk.call("POST", f"forms/{form.form_id}/make-tickets")
    await hand_in.run_once()
    [ticket] = await tickets(desk)
    assert ticket["created_at"] == sent
    [raw] = await desk.rows("select received_at, external_id from raw_events")
    assert raw == {"received_at": sent, "external_id": str(submission)}
    [row] = await desk.rows("select channel_id::text, raw_event_id is not null as handed from form_submissions")
    assert row == {"channel_id": channel, "handed": True}
    assert await desk.rows("select id from messages where direction = 'out'") == []


async def test_files_come_with_it_but_none_with_a_virus(desk: FormDesk, hand_in: HandIn) -> None:
    form = await desk.form(EMAIL, field("photo", "file"))
    blob = await desk.site.storage.put(b"x")
    files = [
        TakenFile(file=SubmittedFile(name=name, content_type="image/png", size=1, blob=blob), virus=virus)
        for name, virus in (("a.png", ""), ("b.png", "Eicar"))
    ]
    await desk.submit(form, {"email": "eva@kund.example"}, files={"photo": files})
    await desk.connect(form)
    await desk.call("POST", f"forms/{form.form_id}/make-tickets")
    await hand_in.run_once()
    await desk.drain_all()
    assert [row["name"] for row in await desk.rows("select name from attachments")] == ["a.png"]


async def test_it_goes_on_after_a_stop_and_makes_none_twice(
    desk: FormDesk, hand_in: HandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_in, "BATCH", 2)
    form = await desk.form(EMAIL)
    for n in range(5):
        await desk.submit(form, {"email": f"{n}@kund.example"})
    await desk.connect(form)
    await desk.call("POST", f"forms/{form.form_id}/make-tickets")
    assert await handing_in.hand_in(desk.db, desk.site.storage, desk.account, form.form_id)
    assert len(await desk.rows("select id from raw_events")) == 2
    assert await desk.call("POST", f"forms/{form.form_id}/make-tickets") == {"left": 3}
    await asyncio.gather(hand_in.run_once(), HandIn(desk.db, desk.site.storage).run_once())
    assert len(await tickets(desk)) == 5


async def test_what_comes_meanwhile_is_not_handed_in_a_second_time(desk: FormDesk, hand_in: HandIn) -> None:
    form = await desk.form(EMAIL)
    await desk.submit(form, {"email": "eva@kund.example"})
    await desk.connect(form)
    await desk.submit(form, {"email": "olle@kund.example"})
    assert await desk.call("POST", f"forms/{form.form_id}/make-tickets") == {"left": 1}
    await hand_in.run_once()
    assert len(await tickets(desk)) == 2


async def test_a_form_that_no_channel_carries_makes_none(desk: FormDesk, hand_in: HandIn) -> None:
    form = await desk.form(EMAIL)
    await desk.submit(form, {"email": "eva@kund.example"})
    refused = await desk.chief.post(f"forms/{form.form_id}/make-tickets")
    assert refused.status_code == 409
    await desk.run("update forms set hand_in_before = now()")
    assert await hand_in.run_once()
    assert await desk.rows("select id from forms where hand_in_before is not null") == []


async def test_the_worker_is_woken_by_whoever_asks(desk: FormDesk, hand_in: HandIn) -> None:
    form = await desk.form(EMAIL)
    await desk.submit(form, {"email": "eva@kund.example"})
    await desk.connect(form)
    listener = await desk.db.listener()
    running = asyncio.create_task(hand_in.run())
    await desk.call("POST", f"forms/{form.form_id}/make-tickets")
    async with asyncio.timeout(5):
        async for note in listener.notifies():
            if "forms" in note.payload.split():
                hand_in.wake("forms")
                break
        while True:
            if await desk.rows("select id from raw_events"):
                break
            await asyncio.sleep(0.02)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    await listener.close()


async def test_where_submissions_came_from_is_forgotten_after_30_days(desk: FormDesk) -> None:
    form = await desk.form(EMAIL)
    for n, days in enumerate((29, 31, 40)):
        hashes = {"address_hash": b"a" * 16, "network_hash": b"n" * 16}
        made = await desk.submit(form, {"email": f"{n}@kund.example"}, **hashes)
        at = clock.now() - timedelta(days=days)
        await desk.run("update form_submissions set received_at = %s where id = %s", (at, made))
    await jobs.forget_addresses(desk.db)
    kept = await desk.rows("select address_hash, network_hash from form_submissions order by received_at")
    assert [(row["address_hash"], row["network_hash"]) for row in kept] == [
        (None, None),
        (None, None),
        (b"a" * 16, b"n" * 16),
    ]
