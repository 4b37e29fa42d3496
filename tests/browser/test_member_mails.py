"""Mails to members that could not be sent, in a real browser: a word above the members, why, and sent again."""

from __future__ import annotations

import httpx2
from playwright.sync_api import Browser, expect

from kanal.cli.bench.running import Running
from tests.browser.conftest import sign_in
from tests.make.axe import faults

HEADERS = {"Kanal-Account": "demo"}
REFUSED = "nobody.there@demo.example"


def behave(outside: httpx2.Client, kind: str) -> None:
    outside.put(f"/api/mailboxes/{REFUSED}/behaviour", json={"kind": kind}).raise_for_status()


def test_a_mail_that_was_refused_is_shown_and_sent_again(
    kanal: Running, chromium: Browser, outside: httpx2.Client
) -> None:
    context = chromium.new_context(base_url=kanal.url, viewport={"width": 1440, "height": 900})
    sign_in(context, kanal, "admin@demo.example")
    page = context.new_page()
    page.goto("/a/demo/settings/members")
    expect(page.get_by_role("heading", name="Members", level=1)).to_be_visible()
    behave(outside, "refuse")
    invitation = {"email": REFUSED, "role": "agent", "seat": False}
    answer = page.request.post("/api/v1/members", data=invitation, headers=HEADERS | {"origin": kanal.url})
    assert answer.status == 201, answer.text()

    expect(page.get_by_text("1 mail to a member could not be sent.")).to_be_visible()
    page.get_by_role("link", name="See which and why").click()
    expect(page.get_by_text("The mail server refused the address (550).")).to_be_visible()
    assert faults(page) == []
    behave(outside, "normal")
    page.get_by_role("button", name="Send again to nobody.there: Invitation").click()
    expect(page.get_by_text("Every mail to members was sent, or is on its way.")).to_be_visible()
    assert faults(page) == []
    page.locator("main").get_by_role("link", name="Members", exact=True).first.click()
    expect(page.get_by_text("could not be sent")).to_be_hidden()
    context.close()
