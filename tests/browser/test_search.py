"""Search as a person meets it: typed, completed, narrowed, and opened at the message, by keyboard alone too."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from kanal.cli.bench.running import Running
from tests.make.axe import faults


def _open(page: Page) -> None:
    page.goto("/a/demo/tickets")
    expect(page.get_by_role("link", name="Byta sladd").first).to_be_visible()
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Search in tickets")).to_be_focused()


def _results(page: Page) -> list[str]:
    return page.get_by_role("list", name="Tickets found").get_by_role("link").all_inner_texts()


def test_ws_4_words_are_found_as_one_types_and_a_hit_opens_at_its_message(kanal: Running, page: Page) -> None:
    _open(page)
    page.keyboard.type("skymning bedroom")
    first = page.get_by_role("list", name="Tickets found").get_by_role("link").first
    expect(first).to_contain_text("Returning an unused lamp")
    expect(first.locator("mark").first).to_have_text(re.compile("Skymning", re.I))
    expect(page).to_have_url(re.compile(r"search\?q=skymning"))
    page.keyboard.press("Enter")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/tickets/\d+\?at="))
    message = page.locator("[data-asked]")
    expect(message).to_contain_text("far too bright for our bedroom")
    expect(message).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox", name="Search in tickets")).to_have_value("skymning bedroom")


def test_a_filter_is_completed_shown_and_taken_away(kanal: Running, page: Page) -> None:
    _open(page)
    page.keyboard.type("lampa is:clo")
    expect(page.get_by_role("option", name="closed")).to_be_visible()
    page.keyboard.press("Tab")
    field = page.get_by_role("combobox", name="Search in tickets")
    expect(field).to_have_value("lampa is:closed ")
    chip = page.get_by_role("button", name="Take away is:closed")
    expect(chip).to_be_visible()
    closed = page.get_by_role("status").filter(has_text=re.compile(r"\d+ ticket"))
    expect(closed).to_have_text(re.compile(r"^1 ticket"))
    chip.click()
    expect(field).to_have_value("lampa ")
    expect(closed).not_to_have_text(re.compile(r"^1 ticket"))
    page.keyboard.type("assignee:bo")
    expect(page.get_by_role("option", name="Bo Lind")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("lampa assignee:bo@demo.example ")


def test_a_slip_is_told_and_mended_by_one_press(kanal: Running, page: Page) -> None:
    _open(page)
    page.keyboard.type("form:hannah ")
    expect(page.get_by_text("form:hannah is no filter")).to_be_visible()
    page.get_by_role("button", name="Write from:hannah").click()
    expect(page.get_by_role("list", name="Tickets found").get_by_role("link").first).to_contain_text("Hannah Doyle")


def test_the_empty_page_teaches_and_remembers(kanal: Running, page: Page) -> None:
    _open(page)
    page.get_by_role("button", name="is:open").click()
    expect(page.get_by_role("list", name="Tickets found").get_by_role("link").first).to_be_visible()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Clear the search").click()
    expect(page.get_by_role("heading", name="Lately")).to_be_visible()
    expect(page.get_by_role("list").get_by_role("button", name="is:open")).to_be_visible()


def test_arrows_and_letters_walk_through_the_results(kanal: Running, page: Page) -> None:
    page.goto("/a/demo/search?q=is%3Aopen+")
    links = page.get_by_role("list", name="Tickets found").get_by_role("link")
    expect(links.nth(2)).to_be_visible()
    page.get_by_role("combobox", name="Search in tickets").press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    expect(links.nth(2)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("combobox", name="Search in tickets")).to_be_focused()


def test_nothing_found_says_what_to_try(kanal: Running, page: Page) -> None:
    page.goto("/a/demo/search?q=xyzzyplugh+")
    expect(page.get_by_text("Nothing was found. Try fewer or other words")).to_be_visible()
    assert faults(page) == []


def test_search_has_no_serious_fault_and_fits_a_phone(kanal: Running, page: Page) -> None:
    page.goto("/a/demo/search?q=lampa+is%3Aopen+")
    expect(page.get_by_role("list", name="Tickets found").get_by_role("link").first).to_be_visible()
    assert faults(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.emulate_media(color_scheme="dark")
    assert faults(page) == []
