"""The board in a real browser: cards are moved by pointer and by key, a refused one goes back, and what a colleague
moves is moved here too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kanal.cli.bench.running import Running
from tests.make.axe import faults
from tests.make.workspace import Workspace, workspace


@pytest.fixture
def alva(kanal: Running, chromium: Browser) -> Iterator[Workspace]:
    with workspace(kanal, chromium, "admin@demo.example") as there:
        yield there


@pytest.fixture
def ana(kanal: Running, chromium: Browser) -> Iterator[Workspace]:
    with workspace(kanal, chromium, "ana@demo.example") as there:
        yield there


def lane(page: Page, name: str) -> Locator:
    return page.locator("section section").filter(has=page.get_by_role("heading", name=name))


def drag(page: Page, card: Locator, to: Locator) -> None:
    start, end = card.bounding_box(), to.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + 40)
    page.mouse.down()
    page.mouse.move(start["x"] + start["width"] / 2 + 20, start["y"] + 50, steps=4)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 160, steps=8)
    page.mouse.up()


def board(there: Workspace, word: str, **given: Any) -> Page:
    return there.open(there.view(word, layout="board", **given)["key"])


def test_ws_1_a_card_is_dragged_to_another_status_and_a_colleague_sees_it(alva: Workspace, ana: Workspace) -> None:
    word = alva.tickets(2)
    key = alva.view(word, layout="board", shared_with="everyone")["key"]
    page, other = alva.open(key), ana.open(key)
    expect(lane(page, "New").locator("[data-ticket]")).to_have_count(2)
    assert faults(page) == []
    drag(page, alva.row(f"{word} 1"), lane(page, "Waiting on us"))
    for screen in (page, other):
        expect(lane(screen, "Waiting on us").locator("[data-ticket]")).to_have_count(1)
        expect(lane(screen, "New").get_by_role("heading")).to_contain_text("1")
    found = alva.call("GET", f"/tickets?view={key}&status=waiting_on_us")["items"]
    assert [each["subject"] for each in found] == [f"{word} 1"]


def test_ws_1_cards_are_walked_and_carried_by_key(alva: Workspace) -> None:
    word = alva.tickets(2)
    page = board(alva, word)
    expect(alva.row(f"{word} 2")).to_be_visible()
    page.keyboard.press("j")
    expect(alva.row(f"{word} 2").get_by_role("link")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(alva.row(f"{word} 1").get_by_role("link")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Over Waiting on contact.")).to_be_attached()
    page.keyboard.press("Space")
    expect(lane(page, "Waiting on contact").locator("[data-ticket]")).to_contain_text([f"{word} 1"])
    expect(alva.row(f"{word} 1").get_by_role("link")).to_be_focused()

    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(page.get_by_text("stays where it was.")).to_be_attached()
    expect(lane(page, "Waiting on contact").locator("[data-ticket]")).to_have_count(1)

    page.keyboard.press("Shift+ArrowLeft")
    expect(lane(page, "New").locator("[data-ticket]")).to_have_count(2)
    expect(alva.row(f"{word} 1").get_by_role("link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"{word} 1")).to_be_visible()
    page.keyboard.press("Escape")
    expect(alva.row(f"{word} 1").get_by_role("link")).to_be_focused()


def test_pipe_2_a_move_that_the_pipeline_refuses_goes_back_and_says_why(alva: Workspace, ana: Workspace) -> None:
    word = "Strict one"
    pipeline = alva.call("POST", "/pipelines", {"name": "Strict"})
    alva.call("PATCH", f"/pipelines/{pipeline['id']}", {"no_skipping": True})
    alva.ticket(f"{word} 1", pipeline=pipeline["id"])
    key = alva.view(word, layout="board", shared_with="everyone")["key"]
    # Rules of a pipeline bind whoever does not manage it.
    ana.page.goto(f"/a/demo/tickets?view={key}&pipeline={pipeline['id']}")
    page = ana.page
    expect(lane(page, "New").locator("[data-ticket]")).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("Space")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.get_by_text("skip no status").first).to_be_visible()
    expect(lane(page, "New").locator("[data-ticket]")).to_have_count(1)
    expect(lane(page, "Waiting on us").locator("[data-ticket]")).to_have_count(0)


def test_a_card_put_into_a_closed_status_closes_its_ticket(alva: Workspace) -> None:
    word = alva.tickets(1)
    page = board(alva, word)
    expect(alva.row(f"{word} 1")).to_be_visible()
    drag(page, alva.row(f"{word} 1"), lane(page, "Closed"))
    expect(lane(page, "New").locator("[data-ticket]")).to_have_count(0)
    expect(page.get_by_text("No tickets. Put one here to close it.")).to_be_visible()
