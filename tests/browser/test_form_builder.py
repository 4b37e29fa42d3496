"""An admin builds a form: from the palette by mouse, in order by keyboard, with choices and a condition; publishes it,
and a visitor meets what was built. What somebody else publishes meanwhile is not lost, nor what is unpublished."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from kanal.cli.bench.running import Running
from tests.browser.conftest import sign_in
from tests.make.axe import faults

NUMBERS = count(1)


class Builder:
    """The admin's browser, and the API beside it."""

    def __init__(self, kanal: Running, context: BrowserContext) -> None:
        self.kanal = kanal
        self.context = context
        self.page = context.new_page()
        self.page.set_default_timeout(30_000)
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def call(self, method: str, path: str, data: Any = None) -> Any:
        headers = {"origin": self.kanal.url, "Kanal-Account": "demo"}
        answer = self.context.request.fetch(f"/api/v1{path}", method=method, data=data, headers=headers)
        assert answer.ok, f"{method} {path}: {answer.text()}"
        return answer.json() if answer.text() else None

    def open(self, form: dict[str, Any], tab: str = "") -> None:
        self.page.goto(f"/a/demo/forms/{form['id']}" + (f"?tab={tab}" if tab else ""))
        expect(self.page.get_by_role("textbox", name="Name of the form")).to_have_value(form["name"])

    def make(self, **given: Any) -> dict[str, Any]:
        made: dict[str, Any] = self.call("POST", "/forms", {"name": f"Form {next(NUMBERS)}", **given})
        self.open(made)
        return made

    def read(self, form: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = self.call("GET", f"/forms/{form['id']}")
        return found

    def field(self, label: str) -> Locator:
        return self.page.get_by_role("button", name=re.compile(f"^Settings of {re.escape(label)},"))

    def labels(self) -> list[str]:
        cards = self.page.get_by_role("button", name=re.compile("^Settings of ")).all()
        return [(card.get_attribute("aria-label") or "").removeprefix("Settings of ").split(",")[0] for card in cards]

    def palette(self, name: str) -> Locator:
        return self.page.get_by_role("region", name="Add fields").get_by_role("button", name=name, exact=True)

    def drag(self, what: Locator, onto: Locator, *, below: bool) -> None:
        start, end = what.bounding_box(), onto.bounding_box()
        assert start
        assert end
        mouse = self.page.mouse
        mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
        mouse.down()
        mouse.move(start["x"] + 60, start["y"] + 30, steps=4)
        mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] * (0.8 if below else 0.2), steps=8)
        mouse.up()

    def update(self) -> None:
        self.page.get_by_role("button", name="Update form").click()
        expect(self.page.get_by_text("The form is updated.")).to_be_visible()


@pytest.fixture
def builder(kanal: Running, chromium: Browser) -> Iterator[Builder]:
    context = chromium.new_context(base_url=kanal.url, viewport={"width": 1440, "height": 900}, locale="en-GB")
    sign_in(context, kanal, "admin@demo.example")
    made = Builder(kanal, context)
    yield made
    context.close()
    assert made.faults == []


def _field(name: str, type_: str = "text", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": type_, "label": name.capitalize(), **more}


def _hosted(builder: Builder, form: dict[str, Any]) -> Page:
    visitor = builder.context.new_page()
    visitor.goto(form["url"])
    return visitor


def test_frm_2_frm_3_a_form_is_created_in_the_list_with_the_fields_of_a_ticket(builder: Builder) -> None:
    page = builder.page
    page.goto("/a/demo/forms")
    page.get_by_role("button", name="Create form").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name").fill("Ask us anything")
    dialog.get_by_role("button", name="Create form").click()
    expect(page.get_by_role("textbox", name="Name of the form")).to_have_value("Ask us anything")
    assert builder.labels() == ["Your name", "Email", "What is it about?", "How can we help?"]
    made = builder.call("GET", "/forms?q=Ask us anything")["items"][0]
    properties = [field["property"] for field in made["fields"]]
    assert {"ticket.subject", "ticket.description", "ticket.pipeline", "ticket.status"} <= set(properties)


def test_frm_4_pipeline_and_status_are_set_in_the_settings_and_nowhere_to_be_seen(builder: Builder) -> None:
    form, page = builder.make(), builder.page
    expect(page.get_by_role("list", name="Fields of the form")).not_to_contain_text("Pipeline")
    page.get_by_role("tab", name="Settings").click()
    page.get_by_role("combobox", name="Status").click()
    page.get_by_role("option", name="Waiting on us").click()
    builder.update()
    kept = {field["property"]: field for field in builder.read(form)["fields"]}
    assert kept["ticket.status"]["default"] == "waiting_on_us"
    assert kept["ticket.status"]["hidden"]
    hosted = _hosted(builder, form)
    expect(hosted.get_by_text("Your name")).to_be_visible()
    expect(hosted.get_by_text("Status")).to_have_count(0)


def test_a_field_is_dragged_out_of_the_palette_into_its_place(builder: Builder) -> None:
    builder.make()
    builder.drag(builder.palette("Phone"), builder.field("Email"), below=True)
    expect(builder.field("Phone")).to_be_visible()
    assert builder.labels()[:3] == ["Your name", "Email", "Phone"]
    builder.drag(
        builder.page.get_by_role("button", name="Move Phone", exact=True), builder.field("Your name"), below=False
    )
    expect(builder.field("Phone")).to_be_visible()
    assert builder.labels()[:3] == ["Phone", "Your name", "Email"]


def test_fields_are_put_in_order_with_the_keyboard_and_it_is_said_where_they_are(builder: Builder) -> None:
    builder.make(fields=[_field("one"), _field("two"), _field("three")])
    page = builder.page
    page.get_by_role("button", name="Move Three", exact=True).focus()
    page.keyboard.press("Space")
    said = page.locator("[id^=DndLiveRegion]")
    expect(said).to_contain_text("Three would be number 3 of 3")
    page.keyboard.press("ArrowUp")
    expect(said).to_contain_text("Three would be number 2 of 3")
    page.keyboard.press("ArrowUp")
    expect(said).to_contain_text("Three would be number 1 of 3")
    page.keyboard.press("Space")
    expect(said).to_contain_text("Three is now number 1 of 3")
    assert builder.labels() == ["Three", "One", "Two"]
    builder.field("Three").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_text("Three is now number 2 of 3")).to_be_attached()
    assert builder.labels() == ["One", "Three", "Two"]


def test_choices_and_a_condition_are_set_and_hold_on_the_hosted_page(builder: Builder) -> None:
    form = builder.make(fields=[_field("colour", "select", options=["Red"]), _field("shade"), _field("more")])
    page = builder.page
    builder.field("Colour").click()
    panel = page.get_by_role("complementary", name="Settings of the field")
    panel.get_by_role("button", name="Write many at once").click()
    panel.get_by_role("textbox", name="One choice a line").fill("Red\nBlue\n\nGreen")
    panel.get_by_role("button", name="Use these").click()
    builder.field("Shade").click()
    panel.get_by_role("button", name="Add a condition").click()
    panel.get_by_role("combobox", name="Value").click()
    page.get_by_role("option", name="Blue").click()
    expect(page.get_by_text("Shown when Colour is Blue")).to_be_visible()
    builder.update()

    hosted = _hosted(builder, form)
    expect(hosted.get_by_label("Shade")).to_be_hidden()
    hosted.get_by_label("Colour").select_option("Blue")
    expect(hosted.get_by_label("Shade")).to_be_visible()


def test_the_preview_is_the_markup_of_the_hosted_page_and_shows_what_belongs(builder: Builder) -> None:
    asks = {"field": "colour", "operator": "is", "value": "Blue"}
    options = ["Red", "Blue"]
    form = builder.make(fields=[_field("colour", "select", options=options), _field("shade", show_when=asks)])
    page = builder.page
    page.get_by_role("radiogroup", name="What is shown").get_by_text("Preview").click()
    preview = page.get_by_role("region", name="Preview of the form")
    expect(preview.get_by_label("Shade")).to_be_hidden()
    preview.get_by_label("Colour").select_option("Blue")
    expect(preview.get_by_label("Shade")).to_be_visible()
    fields = "e => (e.shadowRoot ?? e).querySelector('.kf-fields').innerHTML.replace(/ (hidden|disabled)=\"\"/g, '')"
    hosted = _hosted(builder, form).locator("body").evaluate(fields)
    assert preview.evaluate(fields) == hosted


def test_steps_go_back_and_forth_and_a_removed_field_comes_back(builder: Builder) -> None:
    builder.make(fields=[_field("one"), _field("two")])
    page = builder.page
    builder.field("One").click()
    page.get_by_role("complementary", name="Settings of the field").get_by_role("textbox", name="Label").fill("First")
    expect(page.get_by_role("button", name="Update form")).to_contain_text("1")
    page.keyboard.press("Control+z")
    expect(builder.field("One")).to_be_visible()
    page.keyboard.press("Control+Shift+Z")
    expect(builder.field("First")).to_be_visible()
    builder.field("Two").focus()
    page.keyboard.press("Delete")
    expect(builder.field("Two")).to_have_count(0)
    page.get_by_role("alert").get_by_role("button", name="Undo").click()
    assert builder.labels() == ["First", "Two"]


def test_what_is_wrong_stands_at_the_field_and_one_jumps_to_it(builder: Builder) -> None:
    builder.make(fields=[_field("one"), _field("two", "select", options=["A"])])
    page = builder.page
    builder.field("Two").click()
    page.get_by_role("button", name="Remove A").click()
    builder.field("One").click()
    page.get_by_role("button", name="1 problem").click()
    page.get_by_role("button", name="Two Add a choice.").click()
    expect(builder.field("Two")).to_have_attribute("aria-current", "true")
    page.get_by_role("button", name="Update form").click()
    expect(page.get_by_role("listitem").filter(has=builder.field("Two"))).to_contain_text("Add a choice.")


def test_what_is_not_published_outlives_the_page_and_asks_before_one_leaves(builder: Builder) -> None:
    form = builder.make(fields=[_field("one")])
    page = builder.page
    page.get_by_role("textbox", name="Name of the form").fill("Renamed")
    page.get_by_role("link", name="Back to the forms").click()
    dialog = page.get_by_role("dialog", name="Leave without updating the form?")
    dialog.get_by_role("button", name="Stay").click()
    page.on("dialog", lambda each: each.accept())
    page.reload()
    expect(page.get_by_role("textbox", name="Name of the form")).to_have_value("Renamed")
    page.get_by_role("button", name="Discard them").click()
    expect(page.get_by_role("textbox", name="Name of the form")).to_have_value(form["name"])
    expect(page.get_by_role("button", name="Update form")).to_be_disabled()


@pytest.mark.parametrize(("choice", "label"), [("Keep mine", "Mine"), ("Take theirs", "Theirs")])
def test_somebody_elses_version_is_told_of_and_one_chooses(builder: Builder, choice: str, label: str) -> None:
    form = builder.make(fields=[_field("one")])
    page = builder.page
    builder.field("One").click()
    page.get_by_role("complementary", name="Settings of the field").get_by_role("textbox", name="Label").fill("Mine")
    builder.call("PATCH", f"/forms/{form['id']}", {"fields": [_field("one", label="Theirs")]})
    expect(page.get_by_text("Alva Admin published another version")).to_be_visible()
    page.get_by_role("button", name=choice).click()
    expect(builder.field(label)).to_be_visible()
    if choice == "Keep mine":
        builder.update()
    assert [field["label"] for field in builder.read(form)["fields"]] == [label]


def test_an_earlier_version_is_seen_and_published_again(builder: Builder) -> None:
    form = builder.make(fields=[_field("one")])
    builder.call("PATCH", f"/forms/{form['id']}", {"fields": [_field("two")]})
    builder.open(form, "history")
    page = builder.page
    page.get_by_role("button", name="View version 1").click()
    expect(page.get_by_role("dialog").get_by_label("One")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Restore version 1").click()
    expect(page.get_by_text("Version 1 is published again.")).to_be_visible()
    assert [field["name"] for field in builder.read(form)["fields"]] == ["one"]


def test_frm_10_on_the_way_from_the_wizard_next_leads_back_to_it(builder: Builder) -> None:
    form = builder.make(fields=[_field("email", "email")])
    page = builder.page
    page.goto(f"/a/demo/forms/{form['id']}?connect=1")
    page.get_by_role("link", name="Next").click()
    expect(page).to_have_url(re.compile(f"/settings/channels/new/form/form\\?form={form['id']}"))


def test_a_form_is_copied_and_deleted_by_typing_its_name(builder: Builder) -> None:
    form = builder.make(name="Winter contest")
    page = builder.page
    page.goto("/a/demo/forms")
    page.get_by_role("textbox", name="Find a form").fill("winter")
    page.get_by_role("button", name="More for Winter contest", exact=True).click()
    page.get_by_role("menuitem", name="Make a copy").click()
    expect(page.get_by_role("textbox", name="Name of the form")).to_have_value("Winter contest (copy)")
    page.goto("/a/demo/forms")
    page.get_by_role("button", name="More for Winter contest", exact=True).click()
    page.get_by_role("menuitem", name="Delete").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Delete")).to_be_disabled()
    dialog.get_by_role("textbox").fill("Winter contest")
    dialog.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Winter contest is deleted.")).to_be_visible()
    assert form["id"] not in [each["id"] for each in builder.call("GET", "/forms?q=winter")["items"]]


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_no_part_of_the_builder_has_a_serious_fault(kanal: Running, chromium: Browser, width: int) -> None:
    context = chromium.new_context(base_url=kanal.url, viewport={"width": width, "height": 844})
    sign_in(context, kanal, "admin@demo.example")
    builder = Builder(kanal, context)
    form = builder.make()
    page, found = builder.page, dict[str, list[str]]()
    for tab in ("fields", "look", "settings", "publish", "history"):
        builder.open(form, tab)
        page.wait_for_load_state("networkidle")
        if tab == "fields":
            builder.field("Email").click()
            page.wait_for_timeout(400)
        found[tab] = faults(page)
    context.close()
    assert {tab: each for tab, each in found.items() if each} == {}
