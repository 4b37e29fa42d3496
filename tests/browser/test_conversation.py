"""The conversation of a ticket: comments that name members, and what helps while one writes."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from kanal.cli.bench.running import Running
from tests.browser.test_the_loop import mail, open_ticket
from tests.browser.test_two_browsers import call
from tests.make.running import eventually

TEXT = re.compile("^Text$")


def comment(page: Page, number: int) -> None:
    page.goto(f"/a/demo/tickets/{number}")
    page.get_by_role("button", name=re.compile("Internal comment|Comment")).first.click()
    expect(page.get_by_role("textbox", name=TEXT)).to_be_focused()


def test_ws_6_a_member_is_named_by_keyboard_and_stands_out(page: Page) -> None:
    comment(page, 7)
    page.keyboard.type("Look at this, @bo")
    expect(page.get_by_role("listbox", name="Name a member").get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.type("please :smile")
    expect(page.get_by_role("listbox", name="Emoji").get_by_role("option").first).to_contain_text("😄")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    said = page.locator("[data-item=comment]").last.locator("iframe").content_frame
    expect(said.locator("span[data-mention]")).to_have_text(re.compile("^@Bo"))
    expect(said.locator("body")).to_contain_text("please 😄")


def test_nobody_is_named_in_what_goes_to_the_customer(page: Page) -> None:
    page.goto("/a/demo/tickets/8")
    page.get_by_role("button", name="Reply to").click()
    expect(page.get_by_role("textbox", name=TEXT)).to_be_focused()
    page.keyboard.type("Write to @bo")
    page.keyboard.type(" :tada")
    expect(page.get_by_role("listbox", name="Emoji")).to_be_visible()
    expect(page.get_by_role("listbox", name="Name a member")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox", name="Emoji")).to_have_count(0)
    expect(page.get_by_role("textbox", name=TEXT)).to_contain_text("Write to @bo :tada")
    page.get_by_role("button", name="Discard draft").click()


def test_two_megabytes_that_are_pasted_become_a_file(page: Page) -> None:
    comment(page, 10)
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/plain", "0123456789 ".repeat(190000));
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    expect(page.get_by_text("pasted-text.txt")).to_be_visible()
    expect(page.get_by_text("It is attached as a file.")).to_be_visible()
    expect(page.get_by_role("textbox", name=TEXT)).to_have_text("")
    page.keyboard.type("See the file")
    page.keyboard.press("Control+Enter")
    said = page.locator("[data-item=comment]").last
    expect(said.get_by_role("link", name="pasted-text.txt")).to_be_visible()
    said.get_by_role("link", name="pasted-text.txt").click()
    expect(page.get_by_role("dialog").locator("pre")).to_contain_text("0123456789")


def test_it_opens_at_what_is_new_since_one_was_here(kanal: Running, page: Page) -> None:
    page.goto("/a/demo/tickets")
    first = mail(kanal, "New since", "new.since@kund.example", "The first words.")
    open_ticket(page, "New since")
    expect(page.locator("iframe, [class*=plain]").first).to_be_visible()
    eventually(lambda: call(page, "GET", f"/tickets/{_number(page, 'New since')}/timeline")["seen_at"])
    page.goto("/a/demo/tickets?view=closed")
    for text in ("One more.", "And another."):
        mail(kanal, "Re: New since", "new.since@kund.example", text, in_reply_to=first)
    eventually(lambda: len(_said(page, "New since")) == 3 or None)
    page.evaluate("sessionStorage.clear()")
    page.goto(f"/a/demo/tickets/{_number(page, 'New since')}")
    expect(page.get_by_text("2 new since you were here")).to_be_in_viewport()
    items = page.locator("[data-divider] + [data-item=message]")
    expect(items.get_by_text("One more.")).to_be_visible()
    expect(page.get_by_role("article", name=re.compile("^Message from Karl Kund"))).to_have_count(3)


def test_a_long_conversation_stays_put_while_earlier_ones_come(kanal: Running, page: Page) -> None:
    page.goto("/a/demo/tickets")
    mail(kanal, "Long talk", "long.talk@kund.example")
    number = eventually(lambda: _number(page, "Long talk"))
    for at in range(260):
        call(page, "POST", f"/tickets/{number}/comments", text=f"Remark {at}")
    page.goto(f"/a/demo/tickets/{number}")
    expect(page.get_by_text("Remark 259", exact=True)).to_be_in_viewport()
    area = page.get_by_role("region", name="Conversation")
    oldest = area.locator("[data-item=comment]").first
    known = oldest.inner_text()
    area.evaluate("(it) => it.scrollTo({ top: 100 })")
    expect(area.get_by_text("Remark 0", exact=True)).to_be_attached()
    expect(area.get_by_text(known.splitlines()[-1], exact=True)).to_be_in_viewport()


def test_an_emoji_is_looked_for_and_put_in(page: Page) -> None:
    comment(page, 9)
    page.get_by_role("button", name="Emoji", exact=True).click()
    page.get_by_role("textbox", name="Look for an emoji").fill("rocket")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name=TEXT)).to_contain_text("🚀")
    page.get_by_role("button", name="Discard draft").click()


def _number(page: Page, subject: str) -> int | None:
    items = call(page, "GET", "/tickets?limit=50")["items"]
    return next((int(ticket["number"]) for ticket in items if ticket["subject"] == subject), None)


def _said(page: Page, subject: str) -> list[dict[str, Any]]:
    items = call(page, "GET", f"/tickets/{_number(page, subject)}/timeline")["items"]
    return [item for item in items if item["type"] == "message" and item["direction"] == "in"]
