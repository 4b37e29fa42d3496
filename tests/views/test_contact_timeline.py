"""Everything between a contact and us, for each who looks as much as they may see."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest

from kanal.kit.db import Database
from kanal.kit.ids import new_id
from tests.make import web
from tests.make.form_desk import FormDesk, form_desk
from tests.make.forms import field
from tests.make.said import said
from tests.make.smtp import held_server

EMAIL = field("email", "email", property="contact.email")
HIDDEN = field("campaign", hidden=True, default="spring")
EVA = {"email": "eva@kund.example"}


@pytest.fixture
async def desk(db: Database, tmp_path: Path) -> AsyncIterator[FormDesk]:
    async with held_server() as server, form_desk(db, tmp_path, server) as made:
        yield made


async def eva(desk: FormDesk) -> UUID:
    [row] = await desk.rows("select contact_id as id from handles where key = 'eva@kund.example'")
    return UUID(str(row["id"]))


async def timeline(desk: FormDesk, by: httpx2.AsyncClient | None = None, query: str = "") -> dict[str, Any]:
    answer = await (by or desk.chief).get(f"{web.PUBLIC_URL}/api/v1/contacts/{await eva(desk)}/timeline?{query}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def told(page: dict[str, Any]) -> list[tuple[str, str]]:
    """The kind of each, and what tells it apart."""
    return [(each["kind"], each.get("what") or each.get("direction") or "") for each in page["items"]]


async def test_frm_8_contact_timeline_shows_hidden_fields_and_what_came_under_other_names(desk: FormDesk) -> None:
    form = await desk.form(EMAIL, HIDDEN)
    await desk.connect(form)
    await desk.submit(form, EVA | {"campaign": "autumn", "utm": "letter"})
    [item] = [each for each in (await timeline(desk))["items"] if each["kind"] == "submission"]
    submission = item["submission"]
    assert [(a["name"], a["value"], a["hidden"]) for a in submission["answers"]] == [
        ("email", "eva@kund.example", False),
        ("campaign", "autumn", True),
    ]
    assert (submission["extra"], submission["form"]["name"]) == ({"utm": "letter"}, "Contact us")


async def test_all_that_happened_stands_in_order_and_no_submission_twice(desk: FormDesk) -> None:
    form = await desk.form(EMAIL)
    await desk.submit(form, EVA)
    await desk.connect(form)
    await desk.submit(form, EVA)
    ticket = await desk.ticket()
    await desk.reply(ticket["id"])
    await desk.call("PATCH", f"tickets/{ticket['id']}", status="closed")
    page = await timeline(desk)
    assert told(page) == [
        ("ticket", "closed"),
        ("message", "out"),
        ("message", "out"),
        ("submission", ""),
        ("ticket", "opened"),
        ("submission", ""),
        ("contact", ""),
    ]
    assert [each["automatic"] for each in page["items"] if each["kind"] == "message"] == [False, True]


async def test_mail_is_told_by_its_first_words_and_its_ticket(desk: FormDesk) -> None:
    await desk.site.hear(said("The lamp\n\nis broken", "eva@kund.example", subject="Lamp"))
    [message] = [each for each in (await timeline(desk))["items"] if each["kind"] == "message"]
    ticket = await desk.ticket()
    assert message["snippet"] == "The lamp is broken"
    assert (message["by"], message["subject"], message["direction"]) == ("Eva Ek", "Lamp", "in")
    assert message["ticket"] == {"id": str(ticket["id"]), "number": ticket["number"], "subject": "Lamp"}


async def test_of_others_conversations_only_their_own_words(desk: FormDesk) -> None:
    await desk.site.hear(said("Mine", "olle@kund.example", cc=("eva@kund.example",)))
    await desk.site.hear(said("Hello", "eva@kund.example", subject="Hello"))
    [row] = await desk.rows("select id from conversations order by created_at limit 1")
    await desk.run(
        "update messages set conversation_id = %s where body_text = 'Hello'", (row["id"],)
    )  # as one who was copied in answers
    snippets = [each["snippet"] for each in (await timeline(desk))["items"] if each["kind"] == "message"]
    assert snippets == ["Hello"]


@pytest.mark.parametrize("limit", [1, 2, 3])
async def test_pages_go_on_where_the_last_one_ended(desk: FormDesk, limit: int) -> None:
    form = await desk.form(EMAIL)
    await desk.connect(form)
    await desk.submit(form, EVA)
    await desk.submit(form, EVA)
    await desk.run("update messages set created_at = (select min(created_at) from messages)")
    whole = (await timeline(desk))["items"]
    seen: list[Any] = []
    query = f"limit={limit}"
    while True:
        page = await timeline(desk, query=query)
        seen += page["items"]
        if page["next"] is None:
            break
        query = f"limit={limit}&after={page['next']}"
    assert seen == whole
    assert len(seen) >= 7


async def test_k17_what_stands_on_a_channel_of_others_is_not_told(desk: FormDesk) -> None:
    carried, loose = await desk.form(EMAIL), await desk.form(EMAIL, name="Loose")
    channel = await desk.connect(carried)
    await desk.submit(carried, EVA)
    await desk.submit(loose, EVA)
    async with await desk.site.program("ann", "agent") as ann:
        seen = told(await timeline(desk, ann))
        assert seen.count(("submission", "")) == 1
        await desk.run("update channels set open_to = 'teams' where id = %s", (UUID(channel),))
        assert told(await timeline(desk, ann)) == [("contact", "")]
    assert told(await timeline(desk)).count(("submission", "")) == 2


async def test_who_sees_their_own_tickets_only_sees_what_led_to_them(desk: FormDesk) -> None:
    form = await desk.form(EMAIL)
    await desk.connect(form)
    await desk.submit(form, EVA)
    ticket = await desk.ticket()
    async with await desk.site.program("ann", "agent") as ann:
        await desk.run("update roles set sees = 'own' where key = 'agent'")
        assert told(await timeline(desk, ann)) == [("contact", "")]
        member = desk.site.members["ann"]
        await desk.run("update tickets set assignee_id = %s where id = %s", (member, ticket["id"]))
        assert ("submission", "") in told(await timeline(desk, ann))


async def test_nobody_has_no_timeline(desk: FormDesk) -> None:
    assert (await desk.chief.get(f"contacts/{new_id()}/timeline")).status_code == 404
