"""An admin writes an acknowledgement and rules on a channel's Automation tab; a customer's mail sets them off, the
ticket says what they did, and the log says why they did not."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kanal.cli.bench.running import Running
from tests.browser.conftest import sign_in
from tests.make.axe import faults

NUMBERS = count(1)


class Desk:
    """The admin's browser, the API beside it, and a channel of this test alone."""

    def __init__(self, kanal: Running, context: BrowserContext) -> None:
        self.kanal, self.context = kanal, context
        self.page: Page = context.new_page()
        self.page.set_default_timeout(30_000)
        address = f"automated-{next(NUMBERS)}@demo.example"
        body = {"kind": "email", "name": address, "accepted": True}
        settings = {"address": address, "method": "forwarding", "from_name": {"mode": "company", "company": "Demo"}}
        made = self.call("POST", "/channels", body | {"settings": settings})
        self.channel, self.address = made["id"], made["settings"]["forwarding_address"]

    def call(self, method: str, path: str, data: Any = None) -> Any:
        headers = {"origin": self.kanal.url, "Kanal-Account": "demo"}
        answer = self.context.request.fetch(f"/api/v1{path}", method=method, data=data, headers=headers)
        assert answer.ok, f"{method} {path}: {answer.text()}"
        return answer.json() if answer.text() else None

    def rule(self, name: str, **given: Any) -> None:
        body = {"name": name, "trigger": "created", "actions": [{"do": "tag", "name": "Lamps"}]}
        self.call("POST", f"/channels/{self.channel}/automations", body | given)

    def open(self) -> Page:
        self.page.goto(f"/a/demo/settings/channels/{self.channel}?tab=automation")
        expect(self.page.get_by_role("heading", name="Ticket automation")).to_be_visible()
        return self.page

    def receive(self, subject: str) -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "Kim Kund <kim@kund.example>", self.address, subject
        message.set_content("Hello.")
        with smtplib.SMTP("127.0.0.1", self.kanal.smtp) as server:
            server.send_message(message)

    def open_ticket(self, subject: str) -> Page:
        self.page.goto("/a/demo/tickets?view=open")
        self.page.get_by_role("link", name=subject).first.click()
        expect(self.page.get_by_role("heading", name=subject)).to_be_visible()
        return self.page


@pytest.fixture
def desk(kanal: Running, chromium: Browser) -> Iterator[Desk]:
    context = chromium.new_context(base_url=kanal.url, viewport={"width": 1440, "height": 900})
    sign_in(context, kanal, "admin@demo.example")
    yield Desk(kanal, context)
    context.close()


def test_eml_24_a_rule_is_written_runs_and_is_told_on_the_ticket_and_in_the_log(desk: Desk) -> None:
    page = desk.open()
    section = page.get_by_role("region", name="Ticket automation")
    expect(section.get_by_text("No rules yet.")).to_be_visible()
    section.get_by_role("button", name="Add rule").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("button", name="Add rule").click()
    expect(drawer.get_by_text("Write one line of at most 200 characters.")).to_be_visible()
    expect(drawer.get_by_role("alert").get_by_text("Add what the rule does.")).to_be_visible()
    drawer.get_by_label("Name").fill("Lamps first")
    drawer.get_by_role("button", name="Add a condition").click()
    drawer.get_by_label("Value").fill("lamp")
    drawer.get_by_role("button", name="Add an action").click()
    drawer.get_by_role("button", name="Add an action").click()
    drawer.get_by_role("combobox", name="What is done").nth(1).click()
    page.get_by_role("option", name="Add a tag").click()
    drawer.get_by_label("Tag", exact=True).fill("Lamps")
    assert faults(page) == []
    drawer.get_by_role("button", name="Add rule").click()
    expect(page.get_by_role("button", name="Edit rule Lamps first")).to_contain_text(
        "set Priority to High, add the tag Lamps"
    )

    desk.receive("A lamp that flickers")
    section.get_by_role("button", name="Log", exact=True).click()
    log = page.get_by_role("dialog")
    expect(log.get_by_text("Done")).to_be_visible()
    desk.receive("Something else")
    expect(log.get_by_text("Did not fit")).to_be_visible()
    log.get_by_role("combobox", name="Outcome").click()
    page.get_by_role("option", name="Done").click()
    expect(log.get_by_text("Did not fit")).to_be_hidden()
    assert faults(page) == []

    page = desk.open_ticket("A lamp that flickers")
    expect(page.get_by_text("Rule “Lamps first” set the priority to High")).to_be_visible()
    expect(page.get_by_text("Rule “Lamps first” added the tag Lamps")).to_be_visible()
    expect(page.get_by_role("list", name="Tags").get_by_text("Lamps")).to_be_visible()


def test_eml_24_rules_are_ordered_by_keyboard_switched_off_deleted_and_put_back(desk: Desk) -> None:
    desk.rule("One")
    desk.rule("Two")
    page = desk.open()
    rules = page.get_by_role("region", name="Ticket automation").get_by_role("button", name="Edit rule ")
    expect(rules).to_have_count(2)
    handle = page.get_by_role("button", name="Move One")
    handle.focus()
    for key in ("Space", "ArrowDown", "Space"):
        page.keyboard.press(key)
        page.wait_for_timeout(250)
    expect(rules.first).to_have_accessible_name("Edit rule Two")
    page.get_by_role("switch", name="Rule Two is on").press("Space")
    expect(rules.first).to_contain_text("Off")
    page.get_by_role("button", name="More for rule Two").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(rules).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(rules).to_have_count(2)
    page.reload()
    expect(rules.first).to_have_accessible_name("Edit rule Two")
    kept = desk.call("GET", f"/channels/{desk.channel}/automations")["items"]
    assert [(rule["name"], rule["active"]) for rule in kept] == [("Two", False), ("One", True)]


def test_a_rule_is_duplicated_in_the_editor_and_leaving_it_unsaved_is_asked_about(desk: Desk) -> None:
    desk.rule("One")
    page = desk.open()
    page.get_by_role("button", name="More for rule One").click()
    page.get_by_role("menuitem", name="Duplicate").click()
    drawer = page.get_by_role("dialog", name="New rule")
    drawer.get_by_label("Name").fill("Another one")
    drawer.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Keep editing").click()
    drawer.get_by_role("button", name="Add rule").click()
    expect(page.get_by_role("button", name="Edit rule Another one")).to_be_visible()


def test_eml_24_an_acknowledgement_is_written_beside_its_preview_and_sent(desk: Desk) -> None:
    page = desk.open()
    section = page.get_by_role("region", name="Acknowledgement")
    section.get_by_label("Acknowledge new messages").check()
    preview = page.get_by_role("region", name="What the customer gets")
    expect(preview).to_contain_text("we will answer you as soon as we can")
    section.get_by_role("combobox", name="Language").click()
    page.get_by_role("option", name="Svenska").click()
    expect(preview).to_contain_text("Tack för ditt meddelande")
    section.get_by_role("combobox", name="Expected answer time").click()
    page.get_by_role("option", name="4 hours", exact=True).click()
    expect(preview).to_contain_text("inom 4 timmar")
    section.get_by_label("Text").fill("Hej ")
    section.get_by_role("button", name="first name").click()
    expect(preview).to_contain_text("Hej Eva")
    assert faults(page) == []
    section.get_by_role("button", name="Save").click()
    expect(section.get_by_text("Saved")).to_be_visible()

    desk.receive("Is it open today?")
    page = desk.open_ticket("Is it open today?")
    expect(page.get_by_text("Automatic message")).to_be_visible()
    expect(page.get_by_text("Hej Kim")).to_be_visible()


def test_tags_are_put_on_and_taken_off_a_ticket_by_keyboard(desk: Desk) -> None:
    desk.rule("Tags it")
    desk.receive("A ticket with tags")
    page = desk.open_ticket("A ticket with tags")
    tags = page.get_by_role("list", name="Tags")
    expect(tags.get_by_text("Lamps")).to_be_visible()
    page.get_by_role("button", name="Add a tag").press("Enter")
    field = page.get_by_placeholder("New tag")
    field.fill("VIP")
    field.press("Enter")
    expect(tags.get_by_text("VIP")).to_be_visible()
    field.press("Escape")
    expect(field).to_be_hidden()
    tags.get_by_role("button", name="Remove the tag Lamps").press("Enter")
    expect(tags.get_by_text("Lamps")).to_be_hidden()
    expect(page.get_by_role("link", name="A ticket with tags").first).to_contain_text("VIP")
    assert faults(page) == []


def test_on_a_phone_nothing_stands_beside_the_screen(desk: Desk) -> None:
    desk.rule("A rule with a rather long name that has to be broken over several lines somewhere")
    desk.page.set_viewport_size({"width": 390, "height": 844})
    page = desk.open()
    page.get_by_label("Acknowledge new messages").check()
    wide = "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    assert page.evaluate(wide) <= 0
    page.get_by_role("button", name="Edit rule A rule with").click()
    expect(page.get_by_role("dialog", name="Edit rule")).to_be_visible()
    assert page.evaluate(wide) <= 0
