"""A conversations inbox on the screens: read, taken, answered, closed, made a ticket; and its settings."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_spam import context
from tests.make.axe import faults

__all__ = ["context"]


def _open(page: Page) -> None:
    page.goto("/a/demo/tickets")
    page.get_by_role("navigation").get_by_role("link", name=re.compile("Office")).click()
    expect(page.get_by_role("heading", name="Office")).to_be_visible()


def test_k2_a_conversation_is_answered_and_closed_with_the_keyboard(page: Page) -> None:
    _open(page)
    expect(page.get_by_role("link", name=re.compile("Working with you"))).to_be_visible()
    page.get_by_role("link", name=re.compile("Working with you")).click()
    expect(page.get_by_role("heading", name="Working with you")).to_be_visible()
    page.keyboard.press("t")
    expect(page.get_by_text("Alva Admin took it")).to_be_visible()
    page.keyboard.press("r")
    editor = page.get_by_role("textbox", name="Text")
    expect(editor).to_be_focused()
    page.keyboard.type("Please do, Tomas.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Your reply is on its way")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Please do, Tomas"))).to_be_visible()
    page.get_by_role("button", name="Close", exact=True).first.click()
    expect(page.get_by_text("Alva Admin closed it")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Working with you"))).to_have_count(0)


def test_gen_7_a_ticket_of_a_conversation_is_reached_from_it_and_stands_in_no_list(page: Page) -> None:
    _open(page)
    page.get_by_role("link", name=re.compile("Studiebesök")).click()
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Make a ticket").click()
    ticket = page.get_by_role("link", name=re.compile(r"^Ticket #\d+"))
    expect(ticket).to_be_visible()
    ticket.click()
    expect(page.get_by_role("heading", name="Studiebesök i maj")).to_be_visible()
    expect(page.get_by_text("The 12th is free.")).to_be_visible()
    page.goto("/a/demo/tickets?view=open")
    expect(page.get_by_text("Do you ship to Finland?").first).to_be_visible()
    expect(page.get_by_text("Studiebesök i maj")).to_have_count(0)


def test_inboxes_are_made_renamed_and_deleted_and_one_in_use_says_why(page: Page) -> None:
    page.goto("/a/demo/settings/inboxes")
    page.get_by_role("button", name="New inbox").click()
    page.get_by_role("textbox", name="Name").fill("Jobs")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("region", name="Jobs")).to_be_visible()
    page.get_by_role("button", name="Delete Jobs").click()
    expect(page.get_by_role("region", name="Jobs")).to_have_count(0)
    page.get_by_role("button", name="Delete Office").click()
    expect(page.get_by_text("Office mail live in it")).to_be_visible()
    page.get_by_role("button", name="Connect a channel").click()
    expect(page.get_by_role("combobox", name="Where what comes belongs")).to_have_value(re.compile("^Office"))


@pytest.mark.parametrize("path", ["/settings/inboxes", "/settings/profile"])
def test_the_settings_have_no_serious_fault(page: Page, path: str) -> None:
    page.goto(f"/a/demo{path}")
    expect(page.get_by_role("heading").first).to_be_visible()
    assert faults(page) == []


def test_the_inbox_has_no_serious_fault_on_a_desk_and_on_a_phone(page: Page) -> None:
    _open(page)
    page.get_by_role("link", name=re.compile("Studiebesök")).click()
    expect(page.get_by_role("heading", name="Studiebesök i maj")).to_be_visible()
    assert faults(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert faults(page) == []
