"""Spam on the screens: marked, read, brought back one and many at once, blocked and unblocked, and one's own addresses
proved by the code that was mailed there."""

from __future__ import annotations

import re
import smtplib
import time
from collections.abc import Iterator
from email.message import EmailMessage

import httpx2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kanal.cli.bench.running import Running
from tests.browser.conftest import sign_in
from tests.browser.test_the_loop import mail, mailbox, open_ticket


@pytest.fixture
def context(kanal: Running, chromium: Browser) -> Iterator[BrowserContext]:
    opened = chromium.new_context(base_url=kanal.url, viewport={"width": 1440, "height": 900})
    sign_in(opened, kanal, "admin@demo.example")
    yield opened
    opened.close()


def newsletter(kanal: Running, subject: str, sender: str) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = f"News <{sender}>", "support@demo.example", subject
    message["Message-ID"] = f"<{time.time_ns()}@news.example>"
    message["List-Unsubscribe"], message["Precedence"] = "<https://news.example/u>", "bulk"
    message.set_content(f"All about {subject}.")
    with smtplib.SMTP("127.0.0.1", kanal.smtp) as server:
        server.send_message(message)


def test_a_ticket_marked_as_spam_goes_and_the_undo_brings_it_back(kanal: Running, page: Page) -> None:
    mail(kanal, "Marked by mistake", "karl.mistake@kund.example")
    page.goto("/a/demo/tickets")
    open_ticket(page, "Marked by mistake")
    page.get_by_role("button", name="More for this ticket").click()
    page.get_by_role("menuitem", name="Mark as spam", exact=True).click()
    expect(page.get_by_role("link", name="Marked by mistake")).to_have_count(0)
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_role("heading", name="Marked by mistake")).to_be_visible()
    expect(page.get_by_text("Alva Admin took it out of spam")).to_be_visible()


def test_eml_46_spam_is_read_and_becomes_a_ticket(kanal: Running, page: Page) -> None:
    page.goto("/a/demo/spam")
    newsletter(kanal, "Offers of May", "offers@news.example")
    item = page.get_by_role("list", name="Spam").get_by_role("listitem").filter(has_text="Offers of May")
    expect(item.get_by_text("Newsletter")).to_be_visible()
    expect(item.get_by_text(re.compile("kept for 90 more days"))).to_be_visible()
    item.get_by_role("link").click()
    drawer = page.get_by_role("dialog", name="Offers of May")
    expect(drawer.get_by_text("All about Offers of May.")).to_be_visible()
    drawer.get_by_role("button", name="Not spam").click()
    expect(page.get_by_text(re.compile(r"Back in the help desk as #\d+"))).to_be_visible()
    expect(item).to_have_count(0)
    page.goto("/a/demo/tickets")
    expect(page.get_by_role("link", name="Offers of May").first).to_be_visible()


def test_many_are_brought_back_at_once_and_the_undo_puts_them_back(kanal: Running, page: Page) -> None:
    for number in ("one", "two"):
        newsletter(kanal, f"Bulk {number}", f"{number}@bulk.example")
    page.goto("/a/demo/spam")
    page.get_by_role("textbox", name="Find a sender or subject").fill("bulk.example")
    items = page.get_by_role("list", name="Spam").get_by_role("listitem")
    expect(items).to_have_count(2)
    page.get_by_role("checkbox", name="Choose all 2 shown").check()
    page.get_by_role("button", name="Not spam").click()
    expect(page.get_by_text("Nothing like that")).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(items).to_have_count(2)
    expect(items.first.get_by_text("Alva Admin marked it")).to_be_visible()


def test_eml_48_a_blocked_sender_stays_out_until_the_block_is_removed(kanal: Running, page: Page) -> None:
    mail(kanal, "Rude words", "karl.rude@kund.example")
    page.goto("/a/demo/tickets")
    open_ticket(page, "Rude words")
    ticket = page.url
    page.get_by_role("button", name="More for this ticket").click()
    page.get_by_role("menuitem", name="Block sender and mark as spam").click()
    expect(page.get_by_text("Sender blocked, and marked as spam.")).to_be_visible()
    page.goto(ticket)
    expect(page.get_by_role("heading", name="This ticket is spam")).to_be_visible()
    mail(kanal, "More rude words", "karl.rude@kund.example")
    page.goto("/a/demo/spam")
    expect(page.get_by_text("Sender is blocked")).to_be_visible()

    page.goto("/a/demo/settings/spam")
    denied = page.get_by_role("list", name="Deny list")
    expect(denied.get_by_text("karl.rude@kund.example")).to_be_visible()
    page.get_by_role("button", name="Remove karl.rude@kund.example").click()
    expect(denied.get_by_text("karl.rude@kund.example")).to_have_count(0)
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(denied.get_by_text("blocked")).to_be_visible()


def test_eml_40_the_lists_take_addresses_and_domains_and_say_what_is_none(page: Page) -> None:
    page.goto("/a/demo/settings/spam")
    field = page.get_by_role("textbox", name="Address or domain to allow")
    field.fill("no address")
    field.press("Enter")
    expect(page.get_by_text("Write an address (name@shop.example) or a domain")).to_be_visible()
    field.fill("@Partner.Example")
    field.press("Enter")
    expect(page.get_by_role("list", name="Allow list").get_by_text("partner.example")).to_be_visible()


def test_eml_43_a_filter_is_a_switch_that_holds_at_once(page: Page) -> None:
    page.goto("/a/demo/settings/spam")
    switch = page.get_by_role("switch", name="Senders that are a function")
    expect(switch).not_to_be_checked()
    switch.click()
    expect(switch).to_be_checked()
    page.reload()
    expect(switch).to_be_checked()
    switch.click()
    expect(switch).not_to_be_checked()


def test_an_own_address_is_proved_by_the_code_in_the_mail(page: Page, outside: httpx2.Client) -> None:
    page.goto("/a/demo/settings/profile")
    page.get_by_role("textbox", name="Your other address").fill("alva.home@kund.example")
    page.get_by_role("button", name="Mail a code").click()
    digits = page.get_by_role("textbox", name="Code for alva.home@kund.example")
    expect(digits).to_be_visible()
    (letter,) = mailbox(outside, "alva.home@kund.example")
    found = re.search(r"\d{6}", letter["subject"])
    assert found
    digits.fill(f"{(int(found[0]) + 1) % 1_000_000:06}")
    page.get_by_role("button", name="It is mine").click()
    expect(page.get_by_text("You can try 4 times more")).to_be_visible()
    digits.fill(found[0])
    page.get_by_role("button", name="It is mine").click()
    expect(page.get_by_role("list", name="My email addresses").get_by_text("Proved")).to_be_visible()
