"""Two people at one desk see the same: whatever one does shows on the other's screen by itself, also after that one was
without a network, and who else looks and types is shown (WS-12)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kanal.cli.bench.running import Running
from tests.browser.conftest import sign_in
from tests.browser.test_the_loop import mail
from tests.make.running import eventually

TEXT = re.compile("^Text$")


@pytest.fixture
def bo_context(kanal: Running, chromium: Browser) -> Iterator[BrowserContext]:
    opened = chromium.new_context(base_url=kanal.url, viewport={"width": 1440, "height": 900})
    sign_in(opened, kanal, "bo@demo.example")
    yield opened
    opened.close()


@pytest.fixture
def bo(bo_context: BrowserContext) -> Page:
    page = bo_context.new_page()
    page.set_default_timeout(30_000)
    return page


def call(page: Page, method: str, path: str, **body: Any) -> Any:
    """As the person signed in there, past the screen."""
    origin = "/".join(page.url.split("/")[:3])
    answer = page.request.fetch(
        f"/api/v1{path}", method=method, data=body, headers={"Kanal-Account": "demo", "origin": origin}
    )
    assert answer.ok, answer.text()
    return answer.json() if answer.text() else None


def ticket(page: Page, number: int) -> Any:
    return call(page, "GET", f"/tickets/{number}")


def new_ticket(kanal: Running, page: Page, subject: str) -> int:
    mail(kanal, subject, f"{subject.replace(' ', '.').lower()}@kund.example")
    found = eventually(
        lambda: next((t for t in call(page, "GET", "/tickets?limit=50")["items"] if t["subject"] == subject), None)
    )
    return int(found["number"])


def test_what_one_does_the_other_sees(kanal: Running, page: Page, bo: Page) -> None:
    page.goto("/a/demo/tickets")
    number = new_ticket(kanal, page, "Seen by both")
    for each in (page, bo):
        each.goto(f"/a/demo/tickets/{number}")
        expect(each.get_by_role("heading", name="Seen by both")).to_be_visible()
    page.get_by_role("button", name="Take").click()
    expect(bo.get_by_role("button", name=re.compile("Assignee:.*Ana"))).to_be_visible()
    call(page, "POST", f"/tickets/{number}/tags", name="both-see-it")
    expect(bo.get_by_text("both-see-it").first).to_be_visible()
    call(bo, "PATCH", f"/tickets/{number}", priority="urgent")
    expect(page.get_by_role("button", name=re.compile("Urgent"))).to_be_visible()
    call(bo, "POST", f"/tickets/{number}/comments", text="Bo was here")
    expect(page.get_by_text("Bo was here")).to_be_visible()
    call(page, "PATCH", f"/tickets/{number}", status="closed")
    expect(bo.get_by_role("button", name=re.compile("Status:.*Closed"))).to_be_visible()


def test_lists_and_counts_stay_the_same_in_both(kanal: Running, page: Page, bo: Page) -> None:
    for each in (page, bo):
        each.goto("/a/demo/tickets?view=open")
        expect(row(each).first).to_be_visible()
    number = new_ticket(kanal, page, "Top of both lists")
    for each in (page, bo):
        expect(row(each).first).to_contain_text("Top of both lists")
    call(bo, "PATCH", f"/tickets/{number}", status="closed")
    for each in (page, bo):
        expect(each.get_by_text("Top of both lists")).to_have_count(0)
    same(page, bo)


def test_who_was_offline_catches_up_without_a_reload(kanal: Running, page: Page, bo: Page) -> None:
    page.goto("/a/demo/tickets")
    number = new_ticket(kanal, page, "While Bo is away")
    other = new_ticket(kanal, page, "Closed while Bo is away")
    for each in (page, bo):
        each.goto("/a/demo/tickets?view=open")
        expect(each.get_by_text("Closed while Bo is away").first).to_be_visible()
    bo.evaluate("window.stayed = true")
    bo.context.set_offline(True)
    expect(bo.locator("[data-live=offline]")).to_be_attached()
    for step in range(12):
        call(page, "PATCH", f"/tickets/{number}", priority="high" if step % 2 else "low")
        call(page, "POST", f"/tickets/{number}/comments", text=f"Step {step}")
    call(page, "PATCH", f"/tickets/{number}", assignee="me")
    call(page, "PATCH", f"/tickets/{other}", status="closed")
    new_ticket(kanal, page, "New while Bo is away")
    expect(row(page).first).to_contain_text("New while Bo is away")
    expect(bo.get_by_text("Closed while Bo is away").first).to_be_visible()

    bo.context.set_offline(False)
    expect(row(bo).first).to_contain_text("New while Bo is away")
    expect(bo.get_by_text("Closed while Bo is away")).to_have_count(0)
    same(page, bo)
    assert bo.evaluate("window.stayed") is True


def test_a_ticket_that_was_open_without_a_network_catches_up(kanal: Running, page: Page, bo: Page) -> None:
    page.goto("/a/demo/tickets")
    number = new_ticket(kanal, page, "Read without a network")
    bo.goto(f"/a/demo/tickets/{number}")
    expect(bo.get_by_role("heading", name="Read without a network")).to_be_visible()
    bo.context.set_offline(True)
    expect(bo.locator("[data-live=offline]")).to_be_attached()
    call(page, "POST", f"/tickets/{number}/comments", text="Said meanwhile")
    call(page, "PATCH", f"/tickets/{number}", assignee="me", priority="high")
    bo.get_by_role("button", name="Take").click()
    expect(bo.get_by_text("Kanal cannot be reached")).to_be_visible()
    bo.context.set_offline(False)
    expect(bo.get_by_text("Said meanwhile")).to_be_visible()
    # What Bo tried without a network was refused there and is not made up for behind their back.
    expect(bo.get_by_role("button", name=re.compile("Assignee:.*Ana"))).to_be_visible()
    assert ticket(page, number)["assignee"]["name"].startswith("Ana")


def test_ws_12_who_looks_and_types_is_shown_while_they_do(kanal: Running, page: Page, bo: Page) -> None:
    page.goto("/a/demo/tickets/8")
    bo.goto("/a/demo/tickets/8")
    expect(page.get_by_role("status", name=re.compile("Bo .*looks at this ticket"))).to_be_visible()
    expect(bo.get_by_role("status", name=re.compile("Ana .*looks at this ticket"))).to_be_visible()
    bo.get_by_role("button", name=re.compile("Internal comment|Comment")).first.click()
    bo.get_by_role("textbox", name=TEXT).press_sequentially("I am")
    expect(page.get_by_text(re.compile("Bo .*is writing here"))).to_be_visible()
    expect(page.get_by_text(re.compile("Bo .*is writing here"))).to_have_count(0)
    bo.get_by_role("button", name="Discard draft").click()
    bo.goto("/a/demo/tickets")
    expect(page.get_by_role("status", name=re.compile("Bo .*looks at this ticket"))).to_have_count(0)


def row(page: Page) -> Any:
    return page.get_by_role("main").get_by_role("listitem")


def same(first: Page, second: Page) -> None:
    """Lists and counts, as they stand on the screens."""
    listed = "() => [...document.querySelectorAll('main li')].map((li) => li.innerText.replace(/\\s+/g, ' '))"
    eventually(lambda: first.evaluate(listed) == second.evaluate(listed) or None)
