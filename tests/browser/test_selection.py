"""Many tickets chosen and changed at once in a browser: by key, all of a view, what changed meanwhile, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from kanal.cli.bench.running import Running
from tests.make.axe import faults
from tests.make.workspace import Workspace, workspace


@pytest.fixture
def ana(kanal: Running, chromium: Browser) -> Iterator[Workspace]:
    with workspace(kanal, chromium, "ana@demo.example") as there:
        yield there


def statuses(there: Workspace, word: str) -> set[str]:
    found = there.call("GET", "/tickets?limit=200")["items"]
    return {each["status"]["key"] for each in found if word in each["subject"]}


def test_ws_16_tickets_are_chosen_and_closed_by_key_and_brought_back(ana: Workspace) -> None:
    word = ana.tickets(3)
    page = ana.open(ana.view(word)["key"])
    expect(ana.row(f"{word} 3")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("Shift+J")
    expect(page.get_by_text("2 chosen")).to_be_visible()
    assert faults(page) == []

    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"{word} 2")).to_be_visible()
    page.keyboard.press("k")
    page.keyboard.press("Escape")
    expect(page.get_by_text("2 chosen")).to_be_hidden()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+a")
    expect(page.get_by_text("3 chosen")).to_be_visible()
    page.keyboard.press("e")
    expect(page.get_by_text("Status of 3 tickets set")).to_be_visible()
    expect(page.get_by_text("No ticket fits this view")).to_be_visible()
    assert statuses(ana, word) == {"closed"}
    page.keyboard.press("z")
    expect(page.get_by_text("3 tickets are as they were")).to_be_visible()
    expect(page.locator("[data-ticket]")).to_have_count(3)
    assert statuses(ana, word) == {"new"}


def test_ws_16_all_of_a_view_is_changed_though_only_a_part_was_read(ana: Workspace) -> None:
    word = ana.tickets(60)
    page = ana.open(ana.view(word)["key"])
    page.get_by_role("checkbox", name="Choose ticket").first.check()
    page.get_by_role("button", name="Choose all 60 in this view").click()
    expect(page.get_by_text("60 chosen")).to_be_visible()
    page.get_by_role("checkbox", name="Choose ticket").nth(1).uncheck()
    expect(page.get_by_text("59 chosen")).to_be_visible()
    page.keyboard.press("p")
    page.get_by_role("option", name="High").click()
    expect(page.get_by_text("Priority of 59 tickets set")).to_be_visible()
    found = ana.call("GET", "/tickets?limit=200")["items"]
    ours = [each["priority"] for each in found if word in each["subject"]]
    assert (ours.count("high"), ours.count("normal")) == (59, 1)


def test_what_changed_meanwhile_is_left_alone_and_named(ana: Workspace) -> None:
    word = ana.tickets(2)
    view = ana.view(word)["key"]
    page = ana.open(view)
    expect(ana.row(f"{word} 2")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Control+a")
    gone = ana.call("GET", f"/tickets?view={view}")["items"][0]
    ana.call("DELETE", f"/tickets/{gone['number']}")
    page.keyboard.press("e")
    expect(page.get_by_text("Status of 1 ticket set")).to_be_visible()
    expect(page.get_by_text("1 is not there any more, or not for you.")).to_be_visible()


def test_one_ticket_is_given_away_from_the_list_without_choosing_it(ana: Workspace) -> None:
    word = ana.tickets(1)
    page = ana.open(ana.view(word)["key"])
    expect(ana.row(f"{word} 1")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("t")
    expect(page.get_by_text("1 ticket assigned")).to_be_visible()
    expect(ana.row(f"{word} 1")).to_contain_text("Ana Berg")
    page.keyboard.press("a")
    expect(page.get_by_role("textbox", name="Assign")).to_be_focused()
    page.keyboard.type("Bo")
    page.keyboard.press("Enter")
    expect(ana.row(f"{word} 1")).to_contain_text("Bo Lind")


def test_deleting_many_is_asked_once_more_and_they_are_restored_from_their_view(ana: Workspace) -> None:
    word = ana.tickets(2)
    page = ana.open(ana.view(word)["key"])
    expect(ana.row(f"{word} 2")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Control+a")
    page.keyboard.press("#")
    expect(page.get_by_role("dialog", name="2 tickets?")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("2 tickets deleted")).to_be_visible()
    ana.open("deleted")
    for number in (1, 2):
        ana.row(f"{word} {number}").get_by_role("checkbox").check()
    page.get_by_role("button", name="Restore").click()
    expect(page.get_by_text(re.compile("2 tickets restored"))).to_be_visible()
