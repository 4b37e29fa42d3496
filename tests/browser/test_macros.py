"""An agent writes a macro in the settings and uses it in an answer, by keys alone: the customer's name is filled in,
and what it does is done with the send."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kanal.cli.bench.running import Running
from tests.browser.conftest import sign_in
from tests.make.axe import faults


class Desk:
    def __init__(self, kanal: Running, context: BrowserContext) -> None:
        self.kanal, self.context = kanal, context
        self.page: Page = context.new_page()
        self.page.set_default_timeout(30_000)

    def call(self, method: str, path: str, data: Any = None) -> Any:
        headers = {"origin": self.kanal.url, "Kanal-Account": "demo"}
        answer = self.context.request.fetch(f"/api/v1{path}", method=method, data=data, headers=headers)
        assert answer.ok, f"{method} {path}: {answer.text()}"
        return answer.json() if answer.text() else None

    def macro(self, name: str, **given: Any) -> Any:
        return self.call("POST", "/macros", {"name": name, **given})

    def open_settings(self) -> Page:
        self.page.goto("/a/demo/settings/macros")
        expect(self.page.get_by_role("heading", name="Snippets and macros", level=1)).to_be_visible()
        return self.page

    def answering(self) -> tuple[Page, int]:
        """The composer of a ticket whose contact is known by name."""
        tickets = self.call("GET", "/tickets?status=open&limit=50")["items"]
        number = next(t["number"] for t in tickets if t["contact"] and t["contact"]["name"] and t["channel"])
        self.page.goto(f"/a/demo/tickets/{number}")
        expect(self.page.get_by_role("button", name="Reply to")).to_be_visible()
        self.page.keyboard.press("r")
        expect(self.text).to_be_focused()
        return self.page, number

    @property
    def text(self) -> Any:
        return self.page.get_by_role("textbox", name=re.compile("^Text$"))


@pytest.fixture
def desk(kanal: Running, chromium: Browser) -> Iterator[Desk]:
    context = chromium.new_context(base_url=kanal.url, viewport={"width": 1440, "height": 900})
    sign_in(context, kanal, "admin@demo.example")
    yield Desk(kanal, context)
    context.close()


def test_a_macro_is_written_read_on_a_ticket_copied_deleted_and_brought_back(desk: Desk) -> None:
    page = desk.open_settings()
    page.get_by_role("button", name="New macro").first.click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("Name", exact=True).fill("Refund approved")
    drawer.get_by_label("Shortcut").fill("refund")
    drawer.locator(".ProseMirror").click()
    page.keyboard.type("Hello ")
    drawer.get_by_role("button", name="Insert a token").click()
    page.get_by_role("option", name="Contact's first name").click()
    drawer.get_by_role("button", name="Add an action").click()
    page.get_by_role("menuitem", name="Set priority").click()
    preview = drawer.get_by_role("region", name="Preview")
    expect(preview.get_by_text("Priority: High")).to_be_visible()
    expect(preview.get_by_text("Hello", exact=False)).to_be_visible()
    assert faults(page) == []
    drawer.get_by_role("button", name="Create").click()
    row = page.get_by_role("listitem").filter(has_text="Refund approved")
    expect(row.get_by_text("/refund")).to_be_visible()
    row.get_by_role("button", name="More for Refund approved").click()
    page.get_by_role("menuitem", name="Duplicate").click()
    expect(page.get_by_role("dialog").get_by_label("Name", exact=True)).to_have_value("Refund approved (copy)")
    page.get_by_role("button", name="Cancel").click()
    copy = page.get_by_role("listitem").filter(has_text="Refund approved (copy)")
    copy.get_by_role("button", name="More for Refund approved (copy)").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(copy).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(copy).to_be_visible()
    page.get_by_label("Find by name, shortcut or text").fill("nothing like it")
    expect(page.get_by_text("Nothing matches.", exact=False)).to_be_visible()


def test_what_is_wrong_stands_at_its_field(desk: Desk) -> None:
    page = desk.open_settings()
    page.get_by_role("button", name="New macro").first.click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("Name", exact=True).fill("x")
    drawer.get_by_label("Shortcut").fill("two words")
    drawer.locator(".ProseMirror").fill("Hello")
    drawer.get_by_role("button", name="Create").click()
    expect(drawer.get_by_text("Write at most 30 letters, digits, - and _, without spaces.")).to_be_visible()


def test_ws_13_by_keys_alone_a_macro_is_found_filled_in_and_done_with_the_answer(desk: Desk) -> None:
    desk.macro(
        "Close it",
        shortcut="done",
        body_html="<p>Dear {{contact.first_name|customer}}, we are done.</p>",
        actions=[{"do": "status", "status": "closed"}, {"do": "tags", "add": ["Done"]}],
    )
    page, number = desk.answering()
    page.keyboard.type("Well. /don")
    marked = page.get_by_role("option", name="Close it")
    expect(marked).to_have_attribute("aria-selected", "true")
    expect(page.get_by_text("Status: Closed")).to_be_visible()
    page.keyboard.press("Enter")
    expect(desk.text).to_contain_text("we are done.")
    expect(desk.text).not_to_contain_text("{{")
    expect(desk.text).not_to_contain_text("/don")
    done = page.get_by_role("region", name="Done when you send")
    expect(done.get_by_text("Add Done")).to_be_visible()
    assert faults(page) == []
    done.get_by_role("button", name="Leave out: Add Done").press("Enter")
    expect(done.get_by_text("Add Done")).to_have_count(0)
    desk.text.focus()
    page.keyboard.press("Control+Enter")
    expect(done).to_have_count(0)
    ticket = desk.call("GET", f"/tickets/{number}")
    assert (ticket["status"]["key"], ticket["tags"]) == ("closed", [tag for tag in ticket["tags"] if tag != "Done"])


def test_a_macro_is_applied_without_sending_and_the_sign_lists_macros_only(desk: Desk) -> None:
    desk.macro("Words only", body_html="<p>Only words</p>")
    desk.macro("Make it urgent", actions=[{"do": "priority", "priority": "urgent"}])
    page, number = desk.answering()
    page.keyboard.type("#")
    expect(page.get_by_role("option", name="Make it urgent")).to_be_visible()
    expect(page.get_by_role("option", name="Words only")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_role("option", name="Make it urgent")).to_have_count(0)
    page.keyboard.press("Backspace")
    page.get_by_role("button", name="Insert a snippet or macro (/)").click()
    expect(page.get_by_role("option", name="Words only")).to_be_visible()
    page.keyboard.type("urgent")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(page.get_by_role("option", name="Make it urgent")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Apply without sending").click()
    expect(page.get_by_text("“Make it urgent” is applied.")).to_be_visible()
    assert desk.call("GET", f"/tickets/{number}")["priority"] == "urgent"
