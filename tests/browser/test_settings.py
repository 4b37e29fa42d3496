"""An admin looks at what came in; test_email_wizard.py connects a mailbox."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage

from playwright.sync_api import Browser, Page, expect

from kanal.cli.bench.running import Running
from tests.browser.conftest import sign_in


def _send(kanal: Running, to: str, subject: str) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Kim Kund <kim@kund.example>", to, subject
    message.set_content("A first question.")
    with smtplib.SMTP("127.0.0.1", kanal.smtp) as server:
        server.send_message(message)


def _as_admin(kanal: Running, chromium: Browser) -> Page:
    context = chromium.new_context(base_url=kanal.url, viewport={"width": 1440, "height": 900})
    sign_in(context, kanal, "admin@demo.example")
    return context.new_page()


def test_k1_an_address_in_use_is_refused_at_its_field(kanal: Running, chromium: Browser) -> None:
    page = _as_admin(kanal, chromium)
    page.goto("/a/demo/settings/channels/new/email/forwarding")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("textbox", name="Email address").fill("support@demo.example")
    page.get_by_role("button", name="Get the forwarding address").click()
    expect(page.get_by_role("textbox", name="Email address")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("The channel “Support” already uses this address.")).to_be_visible()
    page.context.close()


def test_every_delivery_shows_its_fate(kanal: Running, chromium: Browser) -> None:
    page = _as_admin(kanal, chromium)
    page.goto("/a/demo/settings/incoming")
    expect(page.get_by_role("table").or_(page.get_by_role("list")).first).to_be_visible()
    _send(kanal, "support@demo.example", "Seen in the log")
    page.goto("/a/demo/tickets?view=open")
    page.get_by_role("link", name="Seen in the log").click()
    number = page.url.rpartition("/")[2].partition("?")[0]
    page.goto("/a/demo/settings/incoming")
    expect(page.get_by_role("link", name=f"#{number}").first).to_be_visible()
    page.context.close()


def test_agents_are_told_why_they_cannot_change_channels(kanal: Running, page: Page) -> None:
    page.goto("/a/demo/settings/channels")
    expect(page.get_by_role("heading", name="Channels", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Connect a channel")).to_have_count(0)
