"""axe finds no serious fault on any screen, light or dark, wide or narrow; nothing is wider than the window."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from kanal.cli.bench.running import Running
from tests.browser.conftest import sign_in
from tests.make.axe import faults

SETTINGS = "/a/demo/settings"


def _composer(page: Page) -> None:
    page.get_by_role("button", name="Reply to").click()
    expect(page.get_by_role("textbox", name="Text")).to_be_visible()


def _naming(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^(Internal comment|Comment)$")).click()
    page.get_by_role("textbox", name="Text").press_sequentially("@")
    expect(page.get_by_role("listbox", name="Name a member")).to_be_visible()


def _emoji(page: Page) -> None:
    _composer(page)
    page.get_by_role("button", name="Emoji", exact=True).click()
    expect(page.get_by_role("textbox", name="Look for an emoji")).to_be_visible()


def _shortcuts(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def _merge(page: Page) -> None:
    page.get_by_role("button", name="More for this ticket").click()
    page.get_by_role("menuitem", name="Merge").click()
    page.get_by_role("textbox", name="With which ticket?").fill("8")
    page.get_by_role("option").filter(has_text="#8").click()
    expect(page.get_by_text("Becomes part of the other")).to_be_visible()
    _stands(page)


def _snooze(page: Page) -> None:
    page.get_by_role("button", name="More for this ticket").click()
    page.get_by_role("menuitem", name="Snooze").click()
    expect(page.get_by_role("button", name="In 3 hours")).to_be_visible()
    _stands(page)


def _split(page: Page) -> None:
    page.get_by_role("button", name="More for this ticket").click()
    page.get_by_role("menuitem", name="Split off messages").click()
    page.get_by_role("checkbox", name="Split off the message").first.check()
    expect(page.get_by_text("1 message chosen")).to_be_visible()


def _new_property(page: Page) -> None:
    page.get_by_role("button", name="Add a property").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    _stands(page)


def _pipeline(page: Page) -> None:
    page.get_by_role("button", name="Edit Support pipeline").click()
    page.get_by_role("button", name="What New does").click()
    expect(page.get_by_role("switch", name="Closes tickets")).to_be_visible()


def _one_spam(page: Page) -> None:
    page.get_by_role("list", name="Spam").get_by_role("link").first.click()
    expect(page.get_by_role("dialog").get_by_role("button", name="Not spam")).to_be_visible()
    _stands(page)


def _stands(page: Page) -> None:
    """Half faded in, text has half its contrast."""
    page.wait_for_function(
        "() => { const it = document.querySelector('[role=dialog]');"
        " for (let at = it; at; at = at.parentElement) if (getComputedStyle(at).opacity !== '1') return false;"
        " return it !== null && document.getAnimations().every((each) => each.playState !== 'running'); }"
    )


def _sign_in_to_mailbox(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Servers").click()
    expect(page.get_by_role("group", name="Incoming mail (IMAP)")).to_be_visible()


def _channel(page: Page) -> None:
    page.get_by_role("link", name="Edit Returns").click()
    expect(page.get_by_role("textbox", name="Signature")).to_be_visible()


def _mailbox(page: Page) -> None:
    _channel(page)
    page.get_by_role("tab", name="Mailbox").click()
    expect(page.get_by_text("on the server,")).to_be_visible()


def _still(page: Page) -> None:
    """Nothing to do but look."""


SCREENS: dict[str, tuple[str, Callable[[Page], None]]] = {
    "list": ("/a/demo/tickets", _still),
    "empty list": ("/a/demo/tickets?view=failed", _still),
    "shortcuts": ("/a/demo/tickets", _shortcuts),
    "ticket": ("/a/demo/tickets/7", _still),
    "merge": ("/a/demo/tickets/7", _merge),
    "snooze": ("/a/demo/tickets/7", _snooze),
    "split": ("/a/demo/tickets/7", _split),
    "new ticket": ("/a/demo/new-ticket", _still),
    "composer": ("/a/demo/tickets/8", _composer),
    "naming a member": ("/a/demo/tickets/9", _naming),
    "emoji": ("/a/demo/tickets/10", _emoji),
    "missing ticket": ("/a/demo/tickets/99999", _still),
    "profile": (f"{SETTINGS}/profile", _still),
    "members": (f"{SETTINGS}/members", _still),
    "channels": (f"{SETTINGS}/channels", _still),
    "kinds": (f"{SETTINGS}/channels/new", _still),
    "where the mailbox is": (f"{SETTINGS}/channels/new/email", _still),
    "wizard": (f"{SETTINGS}/channels/new/email/imap", _still),
    "wizard's sign-in": (f"{SETTINGS}/channels/new/email/imap", _sign_in_to_mailbox),
    "channel": (f"{SETTINGS}/channels", _channel),
    "mailbox": (f"{SETTINGS}/channels", _mailbox),
    "incoming": (f"{SETTINGS}/incoming", _still),
    "quarantine": (f"{SETTINGS}/incoming?state=quarantined", _still),
    "properties": (f"{SETTINGS}/properties", _still),
    "new property": (f"{SETTINGS}/properties", _new_property),
    "pipelines": (f"{SETTINGS}/pipelines", _pipeline),
    "spam": ("/a/demo/spam", _still),
    "one spam": ("/a/demo/spam", _one_spam),
    "spam lists": (f"{SETTINGS}/spam", _still),
}


@pytest.mark.parametrize("width", [1440, 390])
def test_no_screen_has_a_serious_fault(kanal: Running, chromium: Browser, width: int) -> None:
    context = chromium.new_context(base_url=kanal.url, viewport={"width": width, "height": 844})
    sign_in(context, kanal, "admin@demo.example")
    page = context.new_page()
    found: dict[str, list[str]] = {}
    for name, (path, prepare) in SCREENS.items():
        page.goto(path)
        page.wait_for_load_state("networkidle")
        prepare(page)
        found[name] = faults(page)
    context.close()
    assert {name: each for name, each in found.items() if each} == {}


@pytest.mark.parametrize("path", ["/signin", "/reset#nothing", "/welcome#nothing"])
def test_nor_has_what_is_seen_before_signing_in(kanal: Running, chromium: Browser, path: str) -> None:
    context = chromium.new_context(base_url=kanal.url)
    page = context.new_page()
    page.goto(path)
    page.wait_for_load_state("networkidle")
    found = faults(page)
    context.close()
    assert found == []


def test_the_daily_work_is_done_with_the_keyboard_alone(kanal: Running, page: Page) -> None:
    page.goto("/a/demo/tickets?view=open")
    expect(page.get_by_role("link", name="Byta sladd").first).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Conversation")).to_be_visible()
    page.keyboard.press("r")
    expect(page.get_by_role("textbox", name="Text")).to_be_focused()
    page.keyboard.type("Typed without a mouse.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_visible()
