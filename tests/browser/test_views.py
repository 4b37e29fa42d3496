"""Views in a real browser: the default ones with live counts, one that is made, shared, changed and deleted, and one
that asks for something that is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from kanal.cli.bench.running import Running
from tests.make.axe import faults
from tests.make.workspace import Workspace, stands_in, workspace


@pytest.fixture
def ana(kanal: Running, chromium: Browser) -> Iterator[Workspace]:
    with workspace(kanal, chromium, "ana@demo.example") as there:
        yield there


@pytest.fixture
def alva(kanal: Running, chromium: Browser) -> Iterator[Workspace]:
    """She manages the desk."""
    with workspace(kanal, chromium, "admin@demo.example") as there:
        yield there


def test_ws_2_default_views_are_there_and_count_what_comes_in_meanwhile(ana: Workspace) -> None:
    page = ana.open("open")
    for name in ("Unassigned", "Mine", "My teams", "All open", "Mentions", "Following", "Waiting longest"):
        expect(ana.in_rail(re.compile(f"^{name}"))).to_be_visible()
    before = ana.call("GET", "/views/counts")["items"]["open"]["n"]
    expect(ana.in_rail(f"All open {before}")).to_be_visible()
    word = ana.tickets(2)
    expect(ana.in_rail(f"All open {before + 2}")).to_be_visible()
    expect(ana.row(f"{word} 2")).to_be_visible()
    assert faults(page) == []


def test_ws_2_a_view_is_made_shared_changed_deleted_and_brought_back(alva: Workspace, ana: Workspace) -> None:
    word = alva.tickets(2)
    ana.open("open")
    page = alva.open("open")
    page.get_by_role("button", name="New view").first.click()
    editor = page.get_by_role("dialog", name="New view")
    editor.get_by_role("textbox", name="Name", exact=True).fill("Special ones")
    editor.get_by_role("button", name="Add a condition").click()
    editor.get_by_role("combobox", name="Field").last.click()
    page.get_by_role("option", name="Subject", exact=True).click()
    editor.get_by_role("textbox", name="Value").last.fill(word)
    expect(editor.get_by_text("2 tickets now")).to_be_visible()
    editor.get_by_text("Everyone").click()
    assert faults(page) == []
    editor.get_by_role("button", name="Create view").click()
    expect(page.get_by_role("heading", name="Special ones")).to_be_visible()
    stands_in(alva, [f"{word} 2", f"{word} 1"])

    expect(ana.in_rail("Special ones 2")).to_be_visible()
    page.get_by_role("button", name="How the list is shown").click()
    page.get_by_role("menuitem", name="Edit view").click()
    page.get_by_role("textbox", name="Name", exact=True).fill("Very special ones")
    page.get_by_role("button", name="Save view").click()
    expect(ana.in_rail("Very special ones")).to_be_visible()

    page.get_by_role("button", name="How the list is shown").click()
    page.get_by_role("menuitem", name="Edit view").click()
    page.get_by_role("button", name="Delete").click()
    expect(ana.in_rail("Very special ones")).to_be_hidden()
    page.get_by_role("button", name="Undo").click()
    expect(ana.in_rail("Very special ones")).to_be_visible()
    expect(alva.in_rail("Very special ones")).to_be_visible()


def test_a_view_on_a_deleted_property_says_so_and_is_mended(alva: Workspace) -> None:
    word = alva.tickets(1)
    body = {"object": "ticket", "label": f"Colour {word}", "type": "text"}
    made = alva.call("POST", "/properties", body)
    asks = {"field": f"ticket.{made['key']}", "operator": "is", "value": "red"}
    view = alva.view(word, name=f"Broken {word}", filter={"any": [asks, _subject(word)]})
    alva.call("DELETE", f"/properties/{made['id']}")
    page = alva.open(view["key"])
    expect(page.get_by_text("This view asks for something that is gone")).to_be_visible()
    expect(alva.in_rail(f"Broken {word} Needs mending")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Mend the filter").click()
    expect(page.get_by_role("dialog").get_by_role("alert").first).to_be_visible()
    page.get_by_role("button", name=re.compile("Remove the condition on")).first.click()
    page.get_by_role("button", name="Save view").click()
    stands_in(alva, [f"{word} 1"])


def test_a_newer_version_of_a_view_is_not_overwritten_silently(alva: Workspace) -> None:
    view = alva.view(alva.tickets(1), name="Overtaken")
    page = alva.open(view["key"])
    page.get_by_role("button", name="How the list is shown").click()
    page.get_by_role("menuitem", name="Edit view").click()
    page.get_by_role("textbox", name="Name", exact=True).fill("Mine now")
    alva.call("PATCH", f"/views/{view['key']}", {"name": "Theirs now"})
    expect(page.get_by_text("Somebody saved a newer version")).to_be_visible()
    expect(page.get_by_role("button", name="Save view")).to_be_disabled()
    page.get_by_role("button", name="Show the newer version").click()
    expect(page.get_by_role("textbox", name="Name", exact=True)).to_have_value("Theirs now")


def test_views_are_put_in_order_and_hidden_by_key_for_oneself_alone(ana: Workspace, alva: Workspace) -> None:
    page = ana.open("open")
    page.get_by_role("button", name="Arrange views").press("Enter")
    handle = page.get_by_role("button", name="Move Mine")
    handle.press("Space")
    expect(page.get_by_text("Mine would be number 2")).to_be_attached()
    moved = page.get_by_text("Mine would be number 1")
    for _ in range(5):  # the first arrow may come before the places of the others are measured
        page.keyboard.press("ArrowUp")
        page.wait_for_timeout(300)
        if moved.count():
            break
    expect(moved).to_be_attached()
    page.keyboard.press("Space")
    expect(page.get_by_text("Mine is now number 1")).to_be_attached()
    page.get_by_role("button", name="Hide Snoozed").press("Enter")
    expect(page.get_by_role("button", name="Show Snoozed")).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(ana.in_rail("Snoozed")).to_be_hidden()
    page.reload()
    links = page.get_by_role("navigation", name="Main navigation").locator("ul a")
    expect(links.first).to_contain_text("Mine")
    page.get_by_role("button", name="1 more").click()
    expect(ana.in_rail("Snoozed")).to_be_visible()
    alva.open("open")
    expect(alva.page.get_by_role("navigation").locator("ul a").first).to_contain_text("Unassigned")


def test_ws_1_layout_and_order_of_a_table_are_kept_for_the_member(ana: Workspace) -> None:
    word = ana.tickets(2)
    view = ana.view(word)
    page = ana.open(view["key"])
    stands_in(ana, [f"{word} 2", f"{word} 1"])
    page.keyboard.press("b")
    page.get_by_role("button", name="Last message").click()
    expect(page.get_by_role("columnheader", name="Last message")).to_have_attribute("aria-sort", "ascending")
    stands_in(ana, [f"{word} 1", f"{word} 2"])
    page.reload()
    stands_in(ana, [f"{word} 1", f"{word} 2"])
    assert faults(page) == []
    ana.row(f"{word} 1").get_by_role("link").press("Enter")
    expect(page.get_by_role("heading", name=f"{word} 1")).to_be_visible()
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name=f"{word} 2")).to_be_visible()
    page.keyboard.press("Escape")
    expect(ana.row(f"{word} 2").get_by_role("link")).to_be_focused()


def test_on_a_phone_the_views_stand_in_a_drawer(kanal: Running, chromium: Browser) -> None:
    with workspace(kanal, chromium, "ana@demo.example", width=390) as ana:
        page = ana.open("open")
        page.get_by_role("button", name="All open, Views").click()
        drawer = page.get_by_role("dialog", name="Views")
        expect(drawer.get_by_role("link", name="Unassigned")).to_be_visible()
        assert faults(page) == []
        drawer.get_by_role("link", name="Closed").click()
        expect(page.get_by_role("button", name="Closed, Views")).to_be_visible()


def test_a_view_that_is_not_there_any_more_says_so(ana: Workspace) -> None:
    page = ana.open("0192f0c1-7a2b-7c3d-8e4f-000000000001")
    expect(page.get_by_text("This view is not there")).to_be_visible()
    page.get_by_role("link", name="Show all open").click()
    expect(page.get_by_role("heading", name="All open")).to_be_visible()


def _subject(word: str) -> dict[str, str]:
    return {"field": "ticket.subject", "operator": "contains", "value": word}
