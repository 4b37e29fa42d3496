"""Properties and pipelines, from the settings to the ticket they are used on."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kanal.cli.bench.running import Running
from tests.browser.conftest import sign_in

SETTINGS = "/a/demo/settings"


@pytest.fixture
def admin(kanal: Running, chromium: Browser) -> Iterator[Page]:
    faults: list[str] = []
    context = chromium.new_context(base_url=kanal.url, viewport={"width": 1440, "height": 900})
    sign_in(context, kanal, "admin@demo.example")
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.set_default_timeout(30_000)
    yield page
    context.close()
    assert faults == []


def test_a_property_is_made_and_filled_in_on_a_ticket(admin: Page) -> None:
    admin.goto(f"{SETTINGS}/properties")
    admin.get_by_role("button", name="Add a property").first.click()
    drawer = admin.get_by_role("dialog", name="New property of tickets")
    drawer.get_by_label("Name", exact=True).fill("Lamp")
    drawer.get_by_role("combobox", name="Type").click()
    admin.get_by_role("option", name="One choice").click()
    drawer.get_by_role("textbox", name="Choice 1").fill("Floor lamp")
    drawer.get_by_role("textbox", name="Choice 2").fill("Desk lamp")
    drawer.get_by_role("button", name="Add the property").click()
    expect(admin.get_by_role("button", name="Edit Lamp")).to_be_visible()

    admin.goto("/a/demo/tickets/8")
    admin.get_by_role("button", name="Change Lamp").click()
    admin.get_by_role("option", name="Desk lamp").click()
    expect(admin.get_by_role("button", name="Change Lamp: Desk lamp")).to_be_focused()
    expect(admin.get_by_text("changed Lamp")).to_be_visible()


def test_what_is_wrong_is_said_at_the_field_and_escape_leaves_it(admin: Page) -> None:
    _make(admin, {"object": "contact", "label": "Private phone", "type": "phone"})
    admin.goto("/a/demo/tickets/8")
    admin.get_by_role("button", name="Change Private phone").click()
    field = admin.get_by_role("textbox", name="Private phone")
    field.fill("call me")
    field.press("Enter")
    expect(admin.get_by_text("Write a phone number with its country")).to_be_visible()
    field.fill("+46 8 123 456 78")
    field.press("Enter")
    expect(admin.get_by_role("link", name="+46 8 123 456 78")).to_be_visible()
    admin.get_by_role("button", name="Change Private phone").click()
    admin.get_by_role("textbox", name="Private phone").fill("0")
    admin.keyboard.press("Escape")
    expect(admin.get_by_role("link", name="+46 8 123 456 78")).to_be_visible()


def test_properties_are_put_in_order_with_the_keyboard_and_come_back_from_the_archive(admin: Page) -> None:
    for label in ("First", "Second"):
        _make(admin, {"object": "contact", "label": label, "type": "text"})
    admin.goto(f"{SETTINGS}/properties")
    admin.get_by_role("tab", name="Contacts").click()
    admin.get_by_role("button", name="Move Second").focus()
    for key in ("Space", "ArrowUp", "Space"):
        admin.keyboard.press(key)
        admin.wait_for_timeout(300)
    rows = admin.get_by_role("list", name="Your own").get_by_role("listitem")
    labels = rows.all_inner_texts()
    order = [next(at for at, text in enumerate(labels) if text.startswith(name)) for name in ("Second", "First")]
    assert order == sorted(order)
    admin.get_by_role("button", name="Archive Second").click()
    expect(admin.get_by_text("Second is archived.")).to_be_visible()
    admin.get_by_role("button", name="Undo").click()
    expect(admin.get_by_role("button", name="Archive Second")).to_be_visible()


def test_a_pipeline_is_made_changed_used_and_deleted(admin: Page) -> None:
    admin.goto(f"{SETTINGS}/pipelines")
    admin.get_by_role("button", name="Add a pipeline").click()
    admin.get_by_role("dialog").get_by_label("Name").fill("Repairs")
    admin.get_by_role("button", name="Add the pipeline").click()
    editor = admin.get_by_role("listitem").filter(has=admin.get_by_role("button", name="Close Repairs"))
    editor.get_by_role("button", name="Add a status").click()
    editor.get_by_role("textbox", name="Name of status 4").fill("At the workshop")
    editor.get_by_role("switch", name="Counts against capacity").uncheck(force=True)
    editor.get_by_role("button", name="Save").click()
    expect(editor.get_by_text("Open · begins here · does not count", exact=True)).to_be_visible()

    admin.goto("/a/demo/tickets/8")
    admin.get_by_role("button", name="Status:").click()
    admin.get_by_role("option", name="At the workshop").click()
    expect(admin.get_by_role("button", name="Status: At the workshop")).to_be_visible()

    admin.goto(f"{SETTINGS}/pipelines")
    admin.get_by_role("button", name="Edit Repairs").click()
    editor.get_by_role("button", name="Delete At the workshop").click()
    dialog = admin.get_by_role("dialog", name="Delete At the workshop?")
    dialog.get_by_role("combobox", name="Move to").click()
    admin.get_by_role("option", name="Waiting on us").click()
    dialog.get_by_role("button", name="Delete the status").click()
    expect(editor.get_by_text("1 ticket goes from At the workshop to Waiting on us when you save.")).to_be_visible()
    editor.get_by_role("button", name="Save").click()
    expect(editor.get_by_text("when you save")).to_have_count(0)

    admin.get_by_role("button", name="More about Repairs").click()
    admin.get_by_role("menuitem", name="Delete").click()
    admin.get_by_role("dialog").get_by_role("button", name="Delete the pipeline").click()
    expect(admin.get_by_text("Repairs is deleted.")).to_be_visible()
    admin.goto("/a/demo/tickets/8")
    expect(admin.get_by_role("button", name="Status: New")).to_be_visible()


def test_a_contact_gets_an_owner(admin: Page) -> None:
    admin.goto("/a/demo/tickets/8")
    admin.get_by_role("button", name="Contact owner:").click()
    admin.get_by_role("option", name="Bo Lind").click()
    expect(admin.get_by_role("button", name=re.compile("Contact owner: .*Bo Lind"))).to_be_visible()


def test_agents_look_at_properties_and_pipelines_and_change_nothing(page: Page) -> None:
    page.goto(f"{SETTINGS}/properties")
    expect(page.get_by_text("permission to manage the desk")).to_be_visible()
    expect(page.get_by_role("button", name="Add a property").first).to_be_disabled()
    page.goto(f"{SETTINGS}/pipelines")
    page.get_by_role("button", name="Edit Support pipeline").click()
    expect(page.get_by_role("textbox", name="Name of status 1")).to_be_disabled()


def _make(page: Page, body: dict[str, str]) -> None:
    url = page.url if page.url.startswith("http") else ""
    if not url:
        page.goto(f"{SETTINGS}/profile")
        url = page.url
    origin = "/".join(url.split("/")[:3])
    headers = {"origin": origin, "kanal-account": "demo"}
    assert page.request.post("/api/v1/properties", data=body, headers=headers).status == 201
