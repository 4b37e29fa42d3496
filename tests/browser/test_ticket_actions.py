"""What is done with a ticket from its page, by key: each takes effect at once and is taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kanal.cli.bench.running import Running
from tests.browser.conftest import sign_in
from tests.browser.test_the_loop import mail

HEADERS = {"kanal-account": "demo"}


@pytest.fixture
def other(kanal: Running, chromium: Browser) -> Iterator[Page]:
    """Bo, who looks at the same."""
    context = chromium.new_context(base_url=kanal.url, viewport={"width": 1440, "height": 900})
    sign_in(context, kanal, "admin@demo.example")
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


def ticket(context: BrowserContext, number: int) -> dict[str, Any]:
    answer = context.request.get(f"/api/v1/tickets/{number}", headers=HEADERS)
    assert answer.status == 200, answer.text()
    found: dict[str, Any] = answer.json()
    return found


def arrived(kanal: Running, context: BrowserContext, subject: str, sender: str) -> int:
    """A customer's mail, and the number of its ticket."""
    mail(kanal, subject, sender)
    for _ in range(300):
        items = context.request.get("/api/v1/tickets?limit=50", headers=HEADERS).json()["items"]
        found = [each["number"] for each in items if each["subject"] == subject]
        if found:
            return int(found[0])
        context.pages[0].wait_for_timeout(100)
    raise AssertionError(f"no ticket {subject!r}")


def look_at(page: Page, number: int) -> None:
    page.goto(f"/a/demo/tickets/{number}")
    expect(page.get_by_text(f"#{number}", exact=True).first).to_be_visible()
    expect(page.get_by_role("button", name="More for this ticket")).to_be_visible()
    page.get_by_role("region", name="Conversation").first.focus()


def test_status_priority_and_assignee_are_typed_and_taken_back(page: Page, context: BrowserContext) -> None:
    look_at(page, 14)
    page.keyboard.press("s")
    expect(page.get_by_role("option", name="Waiting on us")).to_be_visible()
    page.keyboard.type("waiting on u")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Status: Waiting on us")).to_be_visible()
    page.keyboard.press("z")
    expect(page.get_by_role("button", name="Status: New")).to_be_visible()
    page.keyboard.press("p")
    page.keyboard.type("urg")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Priority: Urgent")).to_be_visible()
    page.keyboard.press("a")
    page.keyboard.type("ana")
    expect(page.get_by_role("option").first).to_contain_text("Ana Berg")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Given to Ana Berg")).to_be_visible()
    assert ticket(context, 14)["assignee"]["name"] == "Ana Berg"


def test_ws_8_k12_two_tickets_are_merged_by_keyboard_and_the_address_leads_on(
    kanal: Running, page: Page, context: BrowserContext, other: Page
) -> None:
    part = arrived(kanal, context, "Where is my parcel", "kim.parcel@kund.example")
    look_at(other, part)
    look_at(page, part)
    page.keyboard.press("m")
    expect(page.get_by_role("textbox", name="With which ticket?")).to_be_focused()
    page.keyboard.type("14")
    expect(page.get_by_role("option").filter(has_text="#14")).to_be_visible()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Becomes part of the other")).to_be_visible()
    expect(dialog.get_by_text(re.compile("gets an answer there only if you tick them"))).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/tickets/14"))
    expect(page.get_by_role("radiogroup", name="Show").get_by_role("radio")).to_have_count(3)
    # Whoever has it open is led there too.
    expect(other).to_have_url(re.compile("/tickets/14"))
    expect(other.get_by_text(f"#{part} is part of this ticket now.")).to_be_visible()
    page.keyboard.press("z")
    expect(page).to_have_url(re.compile(f"/tickets/{part}"))
    expect(page.get_by_text(re.compile("took it out of #14 again"))).to_be_visible()
    assert ticket(context, part)["merged_into"] is None


def test_a_ticket_with_itself_is_not_offered(page: Page) -> None:
    look_at(page, 13)
    page.keyboard.press("m")
    page.get_by_role("textbox", name="With which ticket?").fill("#13")
    expect(page.get_by_text("No ticket found. Try its number or other words.")).to_be_visible()


def test_ws_9_messages_are_split_off_and_merged_back(page: Page, context: BrowserContext) -> None:
    with_answer = next(
        each["number"]
        for each in context.request.get("/api/v1/tickets?limit=50", headers=HEADERS).json()["items"]
        if each["last_direction"] == "out" and each["status"]["key"] == "waiting_on_contact"
    )
    look_at(page, with_answer)
    page.get_by_role("button", name="More for this ticket").click()
    page.get_by_role("menuitem", name="Split off messages").click()
    page.get_by_role("checkbox", name=re.compile("Split off the message from")).first.check()
    expect(page.get_by_text("1 message chosen")).to_be_visible()
    page.get_by_role("textbox", name="Subject of the new ticket").fill("Another matter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Another matter")).to_be_visible()
    expect(page.get_by_text(f"Split off from #{with_answer}")).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page).to_have_url(re.compile(f"/tickets/{with_answer}"))
    assert len(ticket(context, with_answer)["conversations"]) == 2


def test_ws_10_a_ticket_is_put_aside_and_woken(page: Page, context: BrowserContext) -> None:
    look_at(page, 10)
    page.keyboard.press("h")
    expect(page.get_by_role("button", name=re.compile("In 3 hours"))).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Snoozed until")).to_be_visible()
    assert ticket(context, 10)["snoozed_until"]
    page.keyboard.press("h")
    expect(page.get_by_role("status").filter(has_text="Snoozed until")).to_have_count(0)


def test_a_deleted_ticket_says_so_and_is_restored(page: Page, context: BrowserContext) -> None:
    look_at(page, 9)
    page.keyboard.press("#")
    expect(page).to_have_url(re.compile("/tickets(\\?|$)"))
    page.goto("/a/demo/tickets/9")
    expect(page.get_by_text(re.compile("Deleted. It can be restored until"))).to_be_visible()
    expect(page.get_by_role("button", name="Reply to")).to_have_count(0)
    page.get_by_role("button", name="Restore").click()
    expect(page.get_by_text(re.compile("Deleted. It can be restored until"))).to_have_count(0)
    assert ticket(context, 9)["deleted_at"] is None


def test_following_tags_and_links_by_key(page: Page, context: BrowserContext) -> None:
    look_at(page, 8)
    page.keyboard.press("f")
    expect(page.get_by_text("You follow it")).to_be_visible()
    assert ticket(context, 8)["following"] is True
    page.keyboard.press("l")
    page.get_by_role("dialog").get_by_role("combobox", name="Add a tag").fill("invoice")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_text("invoice", exact=True)).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Link a ticket").click()
    page.get_by_role("textbox", name="To which ticket?").fill("7")
    page.get_by_role("option").filter(has_text="#7").click()
    expect(page.get_by_role("button", name="Take away the link to #7")).to_be_visible()
    assert [each["number"] for each in ticket(context, 7)["linked"]] == [8]


def test_ws_5_a_ticket_is_made_by_hand(page: Page, context: BrowserContext) -> None:
    page.goto("/a/demo/tickets")
    expect(page.get_by_role("heading", name="All open")).to_be_visible()
    page.keyboard.press("Shift+N")
    page.get_by_role("textbox", name="Subject").fill("Call back about the table")
    page.get_by_role("combobox", name="Contact").fill("new.one@kund.example")
    page.get_by_role("textbox", name="Name of the new contact").fill("New One")
    page.get_by_role("textbox", name="Subject").press("Enter")
    expect(page.get_by_role("heading", name="Call back about the table")).to_be_visible()
    made = ticket(context, int(page.url.rsplit("/", 1)[1].split("?")[0]))
    assert (made["source"], made["contact"]["name"], made["conversations"]) == ("hand", "New One", [])
