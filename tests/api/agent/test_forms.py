"""Forms through the API: building, publishing, versions, copying and deleting."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx2
import pytest

from tests.make import people
from tests.make.forms import connect_form
from tests.make.people import field, kind
from tests.make.site import Site

FIXED = ("name", "type", "label", "required", "hidden", "default", "options", "property")


@pytest.fixture
async def admin(site: Site) -> AsyncIterator[httpx2.AsyncClient]:
    async with people.caller(site, "adam", "admin") as client:
        yield client


async def made(admin: httpx2.AsyncClient, **body: Any) -> dict[str, Any]:
    answer = await admin.post("forms", json={"name": "Contact us", **body})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def test_frm_3_a_new_form_sets_ticket_name_description_pipeline_and_status(admin: httpx2.AsyncClient) -> None:
    form = await made(admin)
    assert [(each["name"], each["type"], each["property"]) for each in form["fields"]] == [
        ("name", "text", "contact.name"),
        ("email", "email", "contact.email"),
        ("subject", "text", "ticket.subject"),
        ("description", "long_text", "ticket.description"),
        ("pipeline", "select", "ticket.pipeline"),
        ("status", "select", "ticket.status"),
    ]
    assert all(name in each for each in form["fields"] for name in FIXED)
    assert (form["problems"], form["answerable"], form["version"]) == ([], True, 1)


async def test_frm_4_hidden_fields_are_changed_through_the_form(admin: httpx2.AsyncClient) -> None:
    form = await made(admin)
    [pipeline] = (await admin.get("pipelines")).json()["items"]
    fields = form["fields"]
    fields[4]["default"], fields[5]["default"] = pipeline["id"], pipeline["statuses"][1]["key"]
    changed = await admin.patch(f"forms/{form['id']}", json={"fields": fields})
    assert changed.status_code == 200, changed.text
    assert changed.json()["fields"] == fields
    assert changed.json()["version"] == 2


async def test_what_was_read_can_be_saved_as_it_is(admin: httpx2.AsyncClient) -> None:
    form = await made(admin)
    body = {name: form[name] for name in ("name", "fields", "options", "version")}
    again = await admin.patch(f"forms/{form['id']}", json=body)
    assert (again.status_code, again.json()["version"]) == (200, 1)


async def test_options_that_are_left_out_stay(admin: httpx2.AsyncClient) -> None:
    form = await made(admin, options={"language": "sv", "look": {"accent": "#112233"}, "thanks": "Tack!"})
    change = {"options": {"closed": True, "look": {"font": "serif"}}}
    changed = (await admin.patch(f"forms/{form['id']}", json=change)).json()
    assert changed["options"] == form["options"] | {
        "closed": True,
        "look": {"accent": "#112233", "font": "serif", "corners": "rounded"},
    }
    assert (form["is_closed"], changed["is_closed"]) == (False, True)
    assert changed["fields"] == form["fields"]


async def test_it_is_published_at_an_address_that_nobody_guesses(admin: httpx2.AsyncClient) -> None:
    one, other = await made(admin), await made(admin)
    assert one["url"] == f"https://desk.example.com/f/{one['key']}"
    assert one["embed"] == f'<script src="{one["url"]}.js" async></script>'
    assert one["key"] != other["key"]
    assert len(one["key"]) == 16


async def test_saving_refuses_with_all_that_the_check_tells(admin: httpx2.AsyncClient) -> None:
    form = await made(admin)
    wrong = {"name": " ", "fields": [{"name": "A", "type": "text", "label": "A"}], "options": {"origins": ["x"]}}
    told = (await admin.post("forms/check", json=wrong)).json()["problems"]
    assert [each["field"] for each in told] == ["name", "fields.0.name", "options.origins.0"]
    for answer in (await admin.post("forms", json=wrong), await admin.patch(f"forms/{form['id']}", json=wrong)):
        assert (answer.status_code, answer.json()["errors"]) == (422, told)
    assert (await admin.get(f"forms/{form['id']}")).json() == form


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, "name"),
        ({"name": "x", "fields": [{"name": "a", "type": "text", "label": "A"}, {"name": "b"}]}, "fields.1.type"),
        ({"name": "x", "fields": [{"name": "a", "type": "colour", "label": "A"}]}, "fields.0.type"),
        ({"name": "x", "fields": [{"name": "a", "type": "text", "label": "A", "x": 1}]}, "fields.0.x"),
        ({"name": "x", "options": {"language": "tlh"}}, "options.language"),
    ],
)
async def test_what_cannot_be_read_is_refused_by_its_path(
    admin: httpx2.AsyncClient, body: dict[str, Any], wrong: str
) -> None:
    assert field(await admin.post("forms", json=body)) == wrong


async def test_who_built_on_an_older_version_is_told_of_the_newer_one(site: Site, admin: httpx2.AsyncClient) -> None:
    form = await made(admin)
    await admin.patch(f"forms/{form['id']}", json={"name": "Newer", "version": 1})
    late = await admin.patch(f"forms/{form['id']}", json={"name": "Mine", "version": 1})
    assert (late.status_code, kind(late), late.json()["version"]) == (409, "form-changed", 2)
    assert late.json()["by"] == {"id": str(site.members["adam"]), "name": "Adam Admin"}
    assert (await admin.get(f"forms/{form['id']}")).json()["name"] == "Newer"


async def test_versions_stay_and_come_back(site: Site, admin: httpx2.AsyncClient) -> None:
    form = await made(admin)
    path = f"forms/{form['id']}"
    fewer = [form["fields"][0] | {"label": "Who are you?"}, *form["fields"][1:5]]
    await admin.patch(path, json={"fields": fewer})
    await admin.patch(path, json={"name": "Newer"})
    listed = (await admin.get(f"{path}/versions")).json()["items"]
    assert [(each["version"], each["name"], each["fields_changed"]) for each in listed] == [
        (3, "Newer", 0),
        (2, "Contact us", 2),
        (1, "Contact us", 0),
    ]
    assert {each["by"]["id"] for each in listed} == {str(site.members["adam"])}
    first = (await admin.get(f"{path}/versions/1")).json()
    assert (first["name"], first["fields"], first["options"]) == (form["name"], form["fields"], form["options"])
    back = await admin.post(f"{path}/versions/1/restore")
    assert (back.status_code, back.json()["version"], back.json()["fields"]) == (200, 4, form["fields"])
    assert (await admin.post(f"{path}/versions/9/restore")).status_code == 404


async def test_a_copy_is_a_form_of_its_own(site: Site, admin: httpx2.AsyncClient) -> None:
    form = await made(admin, options={"language": "sv"})
    await connect_form(site.db, site.account, UUID(form["id"]))
    copy = (await admin.post(f"forms/{form['id']}/copy", json={})).json()
    assert (copy["name"], copy["fields"], copy["channel"]) == ("Contact us (kopia)", form["fields"], None)
    assert copy["key"] != form["key"]
    named = (await admin.post(f"forms/{form['id']}/copy", json={"name": " Another "})).json()
    assert named["name"] == "Another"
    assert field(await admin.post(f"forms/{form['id']}/copy", json={"name": ""})) == "name"


async def test_a_form_is_deleted_by_its_name_when_no_channel_carries_it(site: Site, admin: httpx2.AsyncClient) -> None:
    form = await made(admin)
    path, by_name = f"forms/{form['id']}", {"confirm_name": "Contact us"}
    channel = await connect_form(site.db, site.account, UUID(form["id"]))
    assert field(await admin.request("DELETE", path, json={"confirm_name": "contact"})) == "confirm_name"
    refused = await admin.request("DELETE", path, json=by_name)
    assert (refused.status_code, kind(refused)) == (409, "form-carried")
    assert refused.json()["channel_id"] == str(channel)
    async with site.db.transaction(site.account) as tx:
        await tx.run("delete from addresses where space = 'form'")
    assert (await admin.request("DELETE", path, json=by_name)).status_code == 204
    assert (await admin.get(path)).status_code == 404
    assert (await admin.get(f"{path}/versions")).status_code == 404
    assert (await admin.get("forms")).json()["items"] == []


async def test_the_list_is_searched_narrowed_and_paged(site: Site, admin: httpx2.AsyncClient) -> None:
    past = {"closes_at": "2026-01-01T00:00:00Z"}
    names = {"Order": {}, "Returns 100%": past, "Ärenden": {"closed": True}, "Jobs": {}}
    forms = {name: await made(admin, name=name, options=options) for name, options in names.items()}
    await connect_form(site.db, site.account, UUID(forms["Jobs"]["id"]))

    async def listed(**asked: str) -> list[str]:
        return [each["name"] for each in (await admin.get("forms", params=asked)).json()["items"]]

    assert await listed() == ["Jobs", "Ärenden", "Returns 100%", "Order"]
    assert await listed(q=" ärEND") == ["Ärenden"]
    assert await listed(q="%") == ["Returns 100%"]
    assert await listed(state="open") == ["Jobs", "Order"]
    assert await listed(state="closed") == ["Ärenden", "Returns 100%"]
    assert await listed(state="connected") == ["Jobs"]
    assert await listed(state="unconnected", limit="2") == ["Ärenden", "Returns 100%"]
    first = (await admin.get("forms", params={"limit": 3})).json()
    assert [each["name"] for each in first["items"]] == ["Jobs", "Ärenden", "Returns 100%"]
    assert await listed(limit="3", after=first["next"]) == ["Order"]
    assert field(await admin.get("forms", params={"q": "x", "after": first["next"]})) == "after"


async def test_k17_the_name_of_a_channel_is_for_those_who_see_it(site: Site, admin: httpx2.AsyncClient) -> None:
    form = await made(admin)
    channel = await connect_form(site.db, site.account, UUID(form["id"]))
    assert (await admin.get("forms")).json()["items"][0]["channel"] == {
        "id": str(channel),
        "name": "Web form",
        "active": True,
    }
    async with site.db.transaction(site.account) as tx:
        await tx.run("update channels set open_to = 'teams'")
    async with people.caller(site, "cia", "super_admin") as chief:
        builder = await people.role(chief, "Builders", "manage_forms", sees="channels")
        bea = await site.member("bea", builder["key"])
    async with await site.program("bea") as program:
        assert bea
        seen = (await program.get(f"/api/v1/forms/{form['id']}")).json()["channel"]
    assert (seen["id"], seen["name"]) == (str(channel), "")


async def test_what_became_wrong_is_told_and_the_form_goes_on(admin: httpx2.AsyncClient) -> None:
    wanted = {"object": "ticket", "label": "Order", "type": "text"}
    order = (await admin.post("properties", json=wanted)).json()
    asked = {"name": "order", "type": "text", "label": "Order", "property": "ticket.order"}
    form = await made(admin, fields=[asked])
    await admin.delete(f"properties/{order['id']}")
    told = {"field": "fields.0.property", "message": "the property is archived; restore it, or choose another one"}
    assert (await admin.get(f"forms/{form['id']}")).json()["problems"] == [told]
    assert (await admin.post(f"forms/{form['id']}/copy", json={})).json()["problems"] == [told]
    closed = await admin.patch(f"forms/{form['id']}", json={"options": {"closed": True}, "fields": form["fields"]})
    assert (closed.status_code, closed.json()["problems"]) == (200, [told])
    refused = await admin.patch(f"forms/{form['id']}", json={"fields": [asked | {"label": "Number"}]})
    assert refused.json()["errors"] == [told]


async def test_a_preview_is_drawn_of_what_is_not_right_yet(admin: httpx2.AsyncClient) -> None:
    wrong = [
        {"name": "A b", "type": "select", "label": "Which?", "property": "ticket.priority", "default": ["x"]},
        {"name": "A b", "type": "multi_select", "label": "", "options": ["", "<b>"], "labels": {"<b>": "<i>"}},
        {"name": "", "type": "number", "label": "N", "limits": {"min": "x"}, "show_when": {"nonsense": 1}},
        {"name": "d", "type": "date", "label": "D", "limits": {"files": -1, "min": 5}, "default": True},
        {"name": "f", "type": "file", "label": "F", "limits": {"file_bytes": -1}, "default": 5},
    ]
    options = {"look": {"accent": "red;}"}, "origins": [" "], "redirect_url": "javascript:1", "after": "redirect"}
    drawn = await admin.post("forms/preview", json={"name": "", "fields": wrong, "options": options})
    assert drawn.status_code == 200, drawn.text
    assert "Urgent" in drawn.json()["html"]
    assert "<i>" not in drawn.json()["html"]
    assert "red;}" not in drawn.json()["css"]
    assert (await admin.post("forms/check", json={"name": "", "fields": wrong, "options": options})).status_code == 200


@pytest.mark.parametrize("strange", ["\x00", "\ud800", "\u202e", "\r\n\t"])
async def test_strange_letters_do_not_break_it(admin: httpx2.AsyncClient, strange: str) -> None:
    asked = {"name": "a", "type": "select", "label": f"A{strange}b", "options": [f"x{strange}y"], "help": strange}
    body = json.dumps({"name": "Odd", "fields": [asked], "options": {"thanks": strange}})
    for path in ("forms", "forms/check", "forms/preview"):
        answer = await admin.post(path, content=body, headers={"content-type": "application/json"})
        assert answer.status_code in (200, 201, 422), answer.text
    assert (await admin.get("forms", params={"q": "\x00odd"})).status_code == 200
