"""One click says whose a mail is that somebody handed on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx2
import pytest

from kanal.channelkit.messages import Forwarded, Said
from kanal.kit.db import Database
from tests.make.said import party, said
from tests.make.site import Site

BO = "bo@firma.example"


@pytest.fixture
async def site(db: Database, tmp_path: Path) -> Site:
    return await Site(db, tmp_path).open("a")


def handed_on(**more: Any) -> Said:
    eva = Forwarded(sender=party("eva@kund.example", "Eva Ek"), sent="3 March", subject="Lamp", text="It is dark.")
    return said("See below", BO, name="Bo", trust="pass", forwarded=eva, **more)


async def message_of(program: httpx2.AsyncClient, ticket: Any) -> dict[str, Any]:
    """The newest message of the ticket, as the timeline shows it."""
    items = (await program.get(f"/api/v1/tickets/{ticket}/timeline")).json()["items"]
    return dict([item for item in items if item["type"] == "message"][-1])


async def choose(program: httpx2.AsyncClient, message: dict[str, Any], **body: Any) -> httpx2.Response:
    return await program.post(f"/api/v1/messages/{message['id']}/sender", json={"choice": "original"} | body)


async def test_k13_the_claim_stands_beside_the_message_and_one_click_applies_it(site: Site) -> None:
    (fate,) = await site.hear(handed_on())
    async with await site.program() as ann:
        message = await message_of(ann, fate.ticket_id)
        claim = message["forwarded"]
        assert (claim["state"], claim["address"], message["from"]["address"]) == ("claimed", "eva@kund.example", BO)
        answer = await choose(ann, message)
        assert answer.json()["ticket"]["contact"]["email"] == "eva@kund.example"
        message = await message_of(ann, fate.ticket_id)
        events = (await ann.get(f"/api/v1/tickets/{fate.ticket_id}/timeline")).json()["items"]
    assert events[-1]["text"] == {"from": "Bo", "to": "Eva Ek"}
    assert message["forwarded"]["state"] == "applied"
    assert message["forwarded"]["by"] == {"name": "Bo", "address": BO}
    assert message["from"]["address"] == "eva@kund.example"
    assert (message["trust"]["verdict"], message["signals"]["first_time"]) == ("none", True)


async def test_k13_the_choice_can_be_taken_back(site: Site) -> None:
    (fate,) = await site.hear(handed_on())
    async with await site.program() as ann:
        message = await message_of(ann, fate.ticket_id)
        await choose(ann, message)
        answer = await choose(ann, message, choice="forwarder")
        message = await message_of(ann, fate.ticket_id)
    assert answer.json()["ticket"]["contact"]["email"] == BO
    assert (message["forwarded"]["state"], message["trust"]["verdict"]) == ("refused", "pass")


async def test_nothing_is_chosen_for_spam(site: Site) -> None:
    (fate,) = await site.hear(handed_on())
    async with await site.program() as ann:
        message = await message_of(ann, fate.ticket_id)
        ticket = (await ann.get(f"/api/v1/tickets/{fate.ticket_id}")).json()
        await ann.post(f"/api/v1/conversations/{ticket['conversations'][0]['id']}/spam", json={"spam": True})
        answer = await choose(ann, message)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "choice")


async def test_answer_goes_to_whoever_was_chosen(site: Site) -> None:
    (fate,) = await site.hear(handed_on())
    async with await site.program() as ann:
        await choose(ann, await message_of(ann, fate.ticket_id))
        ticket = (await ann.get(f"/api/v1/tickets/{fate.ticket_id}")).json()
    people = {(each["address"], each["role"]) for each in ticket["conversations"][0]["participants"]}
    assert people == {("eva@kund.example", "contact")}


async def test_message_further_down_leaves_the_ticket_to_its_contact(site: Site) -> None:
    (first,) = await site.hear(said(sender=BO, external_id="a@x"))
    await site.hear(handed_on(in_reply_to="a@x"))
    async with await site.program() as ann:
        message = await message_of(ann, first.ticket_id)
        answer = await choose(ann, message)
        ticket = (await ann.get(f"/api/v1/tickets/{first.ticket_id}")).json()
        message = await message_of(ann, first.ticket_id)
    assert answer.json()["ticket"]["contact"]["email"] == BO
    people = {each["address"]: each["role"] for each in ticket["conversations"][0]["participants"]}
    assert people == {BO: "contact", "eva@kund.example": "new_person"}
    assert message["new_person"]


async def test_k13_one_more_click_believes_the_forwarder_from_now_on(site: Site) -> None:
    (fate,) = await site.hear(handed_on())
    async with await site.program("chief", "super_admin") as chief:
        await choose(chief, await message_of(chief, fate.ticket_id), always=True)
        (rule,) = (await chief.get("/api/v1/sender-rules")).json()["items"]
        assert (rule["entry"], rule["verdict"], rule["why"]) == (BO, "allow", "forwarder")
        (fate,) = await site.hear(handed_on(external_id="b@x"))
        assert (await message_of(chief, fate.ticket_id))["forwarded"]["state"] == "applied"


async def test_k13_only_who_looks_after_the_desk_can_believe_somebody_always(site: Site) -> None:
    (fate,) = await site.hear(handed_on())
    async with await site.program() as ann:
        message = await message_of(ann, fate.ticket_id)
        answer = await choose(ann, message, always=True)
        assert (answer.status_code, "manage_desk" in answer.json()["detail"]) == (403, True)
        assert (await message_of(ann, fate.ticket_id))["forwarded"]["state"] == "claimed"


async def test_always_together_with_the_forwarder_is_refused_with_the_mend(site: Site) -> None:
    (fate,) = await site.hear(handed_on())
    async with await site.program("chief", "super_admin") as chief:
        answer = await choose(chief, await message_of(chief, fate.ticket_id), choice="forwarder", always=True)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "always")


async def test_message_that_nobody_handed_on_has_no_choice(site: Site) -> None:
    (fate,) = await site.hear(said())
    async with await site.program() as ann:
        answer = await choose(ann, await message_of(ann, fate.ticket_id))
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "choice")


async def test_eml_21_the_channel_says_to_which_contact_a_forwarded_mail_belongs(site: Site) -> None:
    async with await site.program("chief", "super_admin") as chief:
        await site.member("bo")
        async with site.db.transaction(site.account) as tx:
            await tx.run("update users set email = %s where email like 'bo@%%'", (BO,))
        (fate,) = await site.hear(handed_on())
        assert (await message_of(chief, fate.ticket_id))["from"]["address"] == "eva@kund.example"
        answer = await chief.patch(f"/api/v1/channels/{site.channel}", json={"forwards_belong_to": "forwarder"})
        assert answer.json()["forwards_belong_to"] == "forwarder"
        (fate,) = await site.hear(handed_on(external_id="b@x"))
        message = await message_of(chief, fate.ticket_id)
    assert (message["from"]["address"], message["forwarded"]["state"]) == (BO, "refused")


async def test_change_is_told_by_ids_alone_and_once(site: Site) -> None:
    (fate,) = await site.hear(handed_on())
    async with await site.program() as ann:
        message = await message_of(ann, fate.ticket_id)
        await choose(ann, message)
        await choose(ann, message)
    async with site.db.transaction(site.account) as tx:
        rows = await tx.dicts("select data from events where name = 'message.sender_changed'")
    (row,) = rows
    assert set(row["data"]) == {"message_id", "choice", "contact_id", "from_contact_id"}
    assert row["data"]["message_id"] == message["id"]
