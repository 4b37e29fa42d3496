"""Submissions of a connected form become tickets like any message, and what is hidden or claimed in them is not
believed further than it should be."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from kanal.channelkit.messages import Door, Raw, Said
from kanal.channelkit.submissions import SubmittedFile
from kanal.forms.models import Definition
from kanal.forms.submissions.arriving import TakenFile
from kanal.intake import actions, queries
from kanal.intake.models import Item
from kanal.intake.pipeline import ingest
from kanal.kinds.form.kind import FormKind
from kanal.kit.db import Database
from kanal.kit.ids import new_id
from tests.make import submitting
from tests.make.availability import People
from tests.make.form_desk import FormDesk, form_desk
from tests.make.forms import field
from tests.make.smtp import held_server
from tests.make.statements import counted
from tests.make.submitting import EVA


@pytest.fixture
async def desk(db: Database, tmp_path: Path) -> AsyncIterator[FormDesk]:
    async with held_server() as server, form_desk(db, tmp_path, server) as desk:
        yield desk


async def _member(desk: FormDesk, name: str = "ann") -> str:
    return str(await desk.site.member(name))


async def test_frm_7_a_form_that_is_connected_makes_tickets_from_then_on(desk: FormDesk) -> None:
    form = await desk.form()
    await desk.submit(form)
    assert await desk.rows("select 1 from tickets") == []
    await desk.connect(form)
    await desk.submit(form, EVA | {"subject": "The other lamp"})
    ticket = await desk.ticket()
    assert (ticket["subject"], ticket["number"]) == ("The other lamp", 1)


async def test_frm_11_each_submission_is_a_ticket_of_its_own_also_of_one_person(desk: FormDesk) -> None:
    form = await desk.form()
    await desk.connect(form)
    for _ in range(3):
        await desk.submit(form)
    assert len(await desk.rows("select 1 from tickets")) == 3
    assert len(await desk.rows("select 1 from contacts")) == 1


async def test_frm_3_the_forms_fields_set_the_ticket(desk: FormDesk) -> None:
    form = await desk.form()
    await desk.connect(form)
    await desk.submit(form)
    ticket = await desk.ticket()
    assert (ticket["subject"], ticket["description"]) == ("The lamp", "It does not light.")


async def test_frm_4_the_pipeline_that_the_form_sets_holds_whatever_a_visitor_sends(desk: FormDesk) -> None:
    pipelines = (await desk.call("GET", "pipelines"))["items"]
    made = await desk.call(
        "POST", "pipelines", name="Returns", statuses=[{"name": "Arrived"}, {"name": "Done", "is_closed": True}]
    )
    form = await desk.form(
        field("email", "email", required=True),
        field("pipeline", "select", hidden=True, property="ticket.pipeline", default=made["id"]),
    )
    await desk.connect(form)
    await desk.submit(form, {"email": "eva@kund.example", "pipeline": pipelines[0]["id"]})
    assert str((await desk.ticket())["pipeline_id"]) == made["id"]


async def test_frm_5_tickets_of_a_form_are_routed(desk: FormDesk) -> None:
    ann, bo = await _member(desk), await _member(desk, "bo")
    when = {"field": "ticket.subject", "operator": "contains", "value": "invoice"}
    routing = {
        "assign": "members",
        "to": {"users": [ann]},
        "rules": [{"id": "1", "name": "", "when": when, "to": {"users": [bo]}}],
        "only_available": False,
    }
    form = await desk.form()
    await desk.connect(form, routing=routing)
    await desk.submit(form)
    await desk.submit(form, EVA | {"subject": "An invoice"})
    rows = await desk.rows("select assignee_id from tickets order by number")
    assert [str(row["assignee_id"]) for row in rows] == [ann, bo]


async def test_frm_6_with_nobody_there_it_stays_unassigned(desk: FormDesk) -> None:
    ann = await _member(desk)
    await People(desk.db, desk.account).set(UUID(ann), "away")
    form = await desk.form()
    await desk.connect(form, routing={"assign": "members", "to": {"users": [ann]}, "only_available": True})
    await desk.submit(form)
    assert (await desk.ticket())["assignee_id"] is None


async def test_frm_8_hidden_answers_are_left_out_in_the_help_desk_and_kept_with_the_submission(desk: FormDesk) -> None:
    form = await desk.form(
        field("email", "email", required=True), field("order"), field("campaign", hidden=True, default="spring")
    )
    await desk.connect(form)
    submission = await desk.submit(form, {"email": "eva@kund.example", "order": "4711"})
    ticket = (await desk.ticket())["id"]
    items = (await desk.call("GET", f"tickets/{ticket}/timeline"))["items"]
    [message] = [each for each in items if each["type"] == "message" and each["direction"] == "in"]
    assert message["answers"] == [{"label": "Email", "value": "eva@kund.example"}, {"label": "Order", "value": "4711"}]
    assert "spring" not in message["text"]
    [row] = await desk.rows("select answers::text from form_submissions where id = %s", (submission,))
    assert "spring" in row["answers"]


async def test_frm_12_without_an_address_there_is_a_ticket_and_no_contact(desk: FormDesk) -> None:
    form = await desk.form(field("name", property="contact.name"), field("text", "long_text"))
    await desk.connect(form)
    await desk.submit(form, {"name": "Eva", "text": "Ring the bell"})
    ticket = await desk.ticket()
    assert (ticket["subject"], ticket["contact_id"]) == ("Contact us: Eva", None)
    [message] = await desk.rows("select from_name, space from messages")
    assert (message["from_name"], message["space"]) == ("Eva", "submission")


async def test_frm_13_a_form_without_ticket_fields_is_called_by_its_name_and_who_sent_it(desk: FormDesk) -> None:
    form = await desk.form(field("mail", "email", label="Mail"), field("wish", label="Wish"), name="Newsletter")
    await desk.connect(form)
    await desk.submit(form, {"mail": "bo@kund.example", "wish": "More lamps"})
    ticket = await desk.ticket()
    assert (ticket["subject"], ticket["snippet"]) == (
        "Newsletter: bo@kund.example",
        "Mail: bo@kund.example Wish: More lamps",
    )


async def test_frm_14_a_contact_is_found_by_the_address_or_made(desk: FormDesk) -> None:
    await desk.write("support@a.example", "eva@kund.example", "Hello")
    [eva] = await desk.rows("select id from contacts")
    form = await desk.form()
    await desk.connect(form)
    await desk.submit(form)
    await desk.submit(form, EVA | {"email": "bo@kund.example", "name": "Bo Berg"})
    rows = await desk.rows(
        "select c.id, c.name from tickets t join contacts c on c.id = t.contact_id order by t.number"
    )
    assert [row["id"] for row in rows[:2]] == [eva["id"], eva["id"]]
    assert rows[2]["name"] == "Bo Berg"


async def test_k7_whoever_types_an_address_does_not_become_its_owner(desk: FormDesk) -> None:
    """Two visitors type Eva's address: her contact is found for routing, her name stays hers, and neither cookie is
    an address of hers."""
    form = await desk.form()
    await desk.connect(form)
    await desk.submit(form, visitor="cookie-of-eva")
    await desk.submit(form, EVA | {"name": "Mallory"}, visitor="cookie-of-mallory")
    [contact] = await desk.rows("select name from contacts")
    assert contact["name"] == "Eva Ek"
    handles = await desk.rows("select space, key from handles")
    assert handles == [{"space": "email", "key": "eva@kund.example"}]
    rows = await desk.rows("select trust from messages where direction = 'in'")
    assert [row["trust"] for row in rows] == ["none", "none"]


async def test_files_of_a_form_are_the_messages_and_are_not_stored_again(desk: FormDesk) -> None:
    form = await desk.form(field("email", "email"), field("photo", "file"))
    await desk.connect(form)
    blob = await desk.site.storage.put(b"a picture")
    taken = TakenFile(file=SubmittedFile(name="lamp.png", content_type="image/png", size=9, blob=blob))
    await desk.submit(form, {"email": "eva@kund.example"}, files={"photo": [taken]})
    [row] = await desk.rows("select name, content_type, size, blob, inline from attachments")
    assert row == {"name": "lamp.png", "content_type": "image/png", "size": 9, "blob": blob, "inline": False}


async def test_a_batch_of_a_form_takes_as_many_statements_for_many_as_for_few(desk: FormDesk) -> None:
    form = await desk.form()
    channel = await desk.connect(form)
    few, many = await _statements(desk, channel, form, 2), await _statements(desk, channel, form, 30)
    assert many == few
    assert len(await desk.rows("select 1 from messages where automatic is not null")) == 32


async def _statements(desk: FormDesk, channel: str, form: Definition, count: int) -> int:
    """What taking these in costs, each from somebody new who chose a priority and gets a confirmation."""
    for number in range(count):
        await desk.acceptor.accept(submitting.new(form, EVA | {"email": f"c{number}-{count}@kund.example"}))
    raws = await desk.rows("select id, body, received_at from raw_events where state = 'waiting' order by id")
    async with desk.db.transaction(desk.account) as tx:
        row = await queries.channel(tx, UUID(channel))
        assert row is not None
        row.threading, row.one_shot = "none", True
        items = []
        for raw in raws:
            [said] = FormKind().parse(Raw(body=raw["body"], received_at=raw["received_at"], door=Door()))
            assert isinstance(said, Said)
            said.properties["priority"] = "high"
            items.append(Item(raw_id=raw["id"], received_at=raw["received_at"], door=Door(), said=said))
        with counted(tx) as ran:
            fates = await ingest(tx, desk.site.carriers, row, items)
        await actions.settle(tx, row.id, fates)
    assert [fate.state for fate in fates] == ["ticket"] * count
    return len(ran)


async def test_k1_a_form_is_on_one_channel_at_most(desk: FormDesk) -> None:
    form = await desk.form()
    await desk.connect(form)
    errors = await _refused(desk, form=str(form.form_id))
    assert errors == {
        "settings.form": "Another channel carries this form; choose another one, or disconnect it there first."
    }


@pytest.mark.parametrize("wrong", ["", "contact", "00000000-0000-7000-8000-00000000f000"])
async def test_only_a_form_that_is_there_can_be_connected(desk: FormDesk, wrong: str) -> None:
    assert list(await _refused(desk, form=wrong)) == ["settings.form"]


async def test_only_a_channel_that_can_write_first_can_answer(desk: FormDesk) -> None:
    first, second = await desk.form(), await desk.form()
    channel = await desk.connect(first)
    for wrong in (channel, str(new_id()), "support"):
        assert list(await _refused(desk, form=str(second.form_id), answer_by=wrong)) == ["settings.answer_by"]


async def _refused(desk: FormDesk, **settings: Any) -> dict[str, str]:
    """By field, how to mend it."""
    body = {"kind": "form", "name": "Another", "settings": settings}
    answer = await desk.chief.post("channels", json=body)
    assert answer.status_code == 422, answer.text
    return {each["field"]: each["message"] for each in answer.json()["errors"]}
