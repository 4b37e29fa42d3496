"""The bell: one entry a ticket, filtered, read and unread; and when a digest comes."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from kanal.cli.bench.running import Running
from tests.browser.conftest import sign_in
from tests.make.axe import faults


def _comment(kanal: Running, chromium: Browser, ticket: int, text: str) -> None:
    """Bo names Ana in a comment."""
    bo = chromium.new_context(base_url=kanal.url)
    sign_in(bo, kanal, "bo@demo.example")
    headers = {"origin": kanal.url, "kanal-account": "demo"}
    people = bo.request.get("/api/v1/members", headers=headers).json()["items"]
    ana = next(each["id"] for each in people if each["name"] == "Ana Berg")
    answer = bo.request.post(
        f"/api/v1/tickets/{ticket}/comments", data={"text": text, "mentions": [ana]}, headers=headers
    )
    assert answer.status == 201, answer.text()
    bo.close()


def test_ws_6_two_mentions_in_a_ticket_are_one_entry_that_is_read_and_unread(
    kanal: Running, chromium: Browser, page: Page
) -> None:
    page.goto("/a/demo/tickets")
    _comment(kanal, chromium, 3, "Look, please")
    _comment(kanal, chromium, 3, "And once more")
    page.get_by_role("button", name=re.compile("^Notices")).first.click()
    bell = page.get_by_role("region", name="Notices")
    bell.get_by_text("Mentions", exact=True).click()
    entry = bell.get_by_role("listitem").filter(has_text="Bo Lind mentions you")
    expect(entry).to_have_count(1)
    expect(entry.get_by_text("2 notices")).to_be_visible()
    entry.get_by_role("button", name=re.compile("^Mark as read")).click()
    entry.get_by_role("button", name=re.compile("^Mark as unread")).click()
    expect(entry.get_by_role("button", name=re.compile("^Mark as read"))).to_be_visible()
    assert faults(page) == []
    entry.get_by_role("button", name=re.compile("Bo Lind mentions you")).click()
    expect(page.get_by_text("And once more")).to_be_visible()


def test_digests_and_quiet_hours_are_kept(page: Page) -> None:
    page.goto("/a/demo/settings/profile")
    digest = page.get_by_role("checkbox", name="a customer answers on my ticket: Digest")
    digest.check()
    expect(page.get_by_role("checkbox", name="a customer answers on my ticket: Mail")).to_be_checked()
    page.get_by_label("At", exact=True).fill("07:30")
    page.get_by_role("checkbox", name=re.compile("^Quiet hours")).check()
    page.get_by_label("From", exact=True).fill("21:00")
    page.wait_for_timeout(300)
    page.reload()
    expect(digest).to_be_checked()
    expect(page.get_by_label("At", exact=True)).to_have_value("07:30")
    expect(page.get_by_label("From", exact=True)).to_have_value("21:00")
