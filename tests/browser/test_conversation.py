"""The conversation of a ticket: comments that name members, and what helps while one writes."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

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


def test_an_emoji_is_looked_for_and_put_in(page: Page) -> None:
    comment(page, 9)
    page.get_by_role("button", name="Emoji", exact=True).click()
    page.get_by_role("textbox", name="Look for an emoji").fill("rocket")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name=TEXT)).to_contain_text("🚀")
    page.get_by_role("button", name="Discard draft").click()
