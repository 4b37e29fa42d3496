"""The command palette: everything that the screen can do, found by a few letters."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from kanal.cli.bench.running import Running
from tests.make.axe import faults


def _open(page: Page) -> None:
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Command palette")).to_be_focused()


def _ticket(page: Page, subject: str) -> None:
    page.goto("/a/demo/tickets?view=open")
    page.get_by_role("link", name=subject).first.click()
    expect(page.get_by_role("region", name="Conversation")).to_be_visible()


def test_a_place_is_gone_to_by_a_few_letters(kanal: Running, page: Page) -> None:
    page.goto("/a/demo/tickets")
    expect(page.get_by_role("link", name="Byta sladd").first).to_be_visible()
    _open(page)
    assert faults(page) == []
    page.keyboard.type("waiting")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("view=waiting"))
    _open(page)
    page.keyboard.type("my account")
    expect(page.get_by_role("option").first).to_contain_text("My account")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/settings/profile"))


def test_a_ticket_is_opened_by_number_and_by_words(kanal: Running, page: Page) -> None:
    page.goto("/a/demo/tickets")
    expect(page.get_by_role("link", name="Byta sladd").first).to_be_visible()
    _open(page)
    page.keyboard.type("#24")
    expect(page.get_by_role("option").first).to_have_text("Go to ticket #24")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/tickets/24"))
    expect(page.get_by_role("region", name="Conversation")).to_be_visible()
    _open(page)
    page.keyboard.type("norrsken cracked")
    expect(page.get_by_role("option", name=re.compile("The shade of Norrsken"))).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The shade of Norrsken came cracked")).to_be_visible()


def test_an_action_asks_on_in_the_same_place(kanal: Running, page: Page) -> None:
    _ticket(page, "Tilaus 20512")
    _open(page)
    page.keyboard.type("assign")
    expect(page.get_by_role("option").first).to_contain_text("A")
    page.keyboard.press("Enter")
    expect(page.get_by_role("option", name="Bo Lind")).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("Backspace")
    expect(page.get_by_role("combobox", name="Command palette")).to_be_focused()
    page.keyboard.type("assign")
    page.keyboard.press("Enter")
    page.keyboard.type("bo l")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Assignee: Bo Lind")).to_be_visible()


def test_escape_closes_it_and_leaves_the_page_as_it_was(kanal: Running, page: Page) -> None:
    _ticket(page, "Tilaus 20512")
    where = page.url
    _open(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox", name="Command palette")).to_have_count(0)
    assert page.url == where
    page.keyboard.press("c")
    expect(page.get_by_role("textbox", name="Text")).to_be_focused()


def test_the_cheat_sheet_lists_what_the_screen_can_do_and_turns_single_keys_off(kanal: Running, page: Page) -> None:
    _ticket(page, "Tilaus 20512")
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(sheet.get_by_role("heading", name="Ticket", exact=True)).to_be_visible()
    expect(sheet).to_contain_text("Take ticket")
    expect(sheet).to_contain_text("Go to Mine")
    assert faults(page) == []
    switch = sheet.get_by_role("switch", name="Keys without Ctrl work")
    switch.press("Space")
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    page.keyboard.press("?")
    page.keyboard.press("c")
    _open(page)
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Text")).to_have_count(0)
    page.keyboard.type("keyboard")
    page.keyboard.press("Enter")
    page.get_by_role("dialog", name="Keyboard shortcuts").get_by_role("switch").press("Space")


def test_the_palette_fits_a_phone(kanal: Running, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/a/demo/tickets")
    expect(page.get_by_role("link", name="Byta sladd").first).to_be_visible()
    _open(page)
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
