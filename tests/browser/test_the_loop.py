"""A mail comes in, becomes a ticket on an open screen, is answered, and the customer's answer lands in it again."""

from __future__ import annotations

import smtplib
import time
from email.message import EmailMessage
from typing import Any

import httpx2
from playwright.sync_api import BrowserContext, Page, expect

from kanal.cli.bench.running import Running
from tests.browser.conftest import sign_in
from tests.make.running import eventually


def mail(
    kanal: Running, subject: str, sender: str, text: str = "It does not light up.", *, in_reply_to: str = ""
) -> str:
    """Over real SMTP, as a mail host would hand it over; returns the Message-ID."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = f"Karl Kund <{sender}>", "support@demo.example", subject
    message["Message-ID"] = f"<{time.time_ns()}@kund.example>"
    if in_reply_to:
        message["In-Reply-To"] = in_reply_to
    message.set_content(text)
    with smtplib.SMTP("127.0.0.1", kanal.smtp) as server:
        server.send_message(message)
    return str(message["Message-ID"])


def mailbox(outside: httpx2.Client, address: str, wanted: int = 1) -> list[dict[str, Any]]:
    """The mails of a customer, newest first, when there are as many as wanted."""
    items: list[dict[str, Any]] = []
    for _ in range(300):
        items = outside.get(f"/api/mailboxes/{address}/mails", params={"folder": "inbox"}).json()["items"]
        if len(items) >= wanted:
            return items
        time.sleep(0.1)
    raise AssertionError(f"{len(items)} of {wanted} mails arrived")


def open_ticket(page: Page, subject: str) -> None:
    page.get_by_role("link", name=subject).first.click()
    expect(page.get_by_role("heading", name=subject)).to_be_visible()


def write_reply(page: Page, text: str) -> None:
    page.get_by_role("button", name="Reply to").click()
    editor = page.get_by_role("textbox", name="Text")
    editor.click()
    editor.press_sequentially(text)


def said(page: Page) -> list[dict[str, Any]]:
    """The messages of the ticket on the screen, whether or not they are shown yet."""
    number = page.url.rpartition("/")[2].partition("?")[0]
    answer = page.request.get(f"/api/v1/tickets/{number}/timeline", headers={"Kanal-Account": "demo"})
    return [item for item in answer.json()["items"] if item["type"] == "message"]


def test_mail_to_screen_to_answer_and_back(kanal: Running, page: Page, outside: httpx2.Client) -> None:
    page.goto("/a/demo/tickets")
    expect(page.get_by_role("main").get_by_role("listitem").first).to_be_visible()
    mail(kanal, "The loop begins", "karl.loop@kund.example")
    expect(page.get_by_role("link", name="The loop begins")).to_be_visible()
    open_ticket(page, "The loop begins")

    write_reply(page, "We send you a new one tomorrow.")
    page.get_by_role("button", name="Send", exact=True).click()
    (received,) = mailbox(outside, "karl.loop@kund.example")
    assert "We send you a new one tomorrow." in received["text"]
    assert received["from"].endswith("support@demo.example>") or "support@demo.example" in str(received["from"])
    expect(page.get_by_text("Sent", exact=False).first).to_be_visible()

    answer = outside.post(f"/api/mails/{received['id']}/reply", json={"text": "Wonderful, thank you!"})
    assert answer.status_code in (200, 201, 202), answer.text
    expect(page.locator("iframe").last.content_frame.get_by_text("Wonderful, thank you!")).to_be_visible()
    assert len(mailbox(outside, "karl.loop@kund.example")) == 1


def test_an_answer_taken_back_within_seconds_never_leaves(kanal: Running, page: Page, outside: httpx2.Client) -> None:
    mail(kanal, "Taken back", "karl.undo@kund.example")
    page.goto("/a/demo/tickets")
    open_ticket(page, "Taken back")
    write_reply(page, "Too early.")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_role("textbox", name="Text")).to_contain_text("Too early.")
    time.sleep(9)
    received = outside.get("/api/mailboxes/karl.undo@kund.example/mails", params={"folder": "inbox"}).json()["items"]
    assert [each["text"] for each in received] == []


def test_who_answers_without_the_newest_message_is_shown_it_first(
    kanal: Running, page: Page, outside: httpx2.Client
) -> None:
    page.route_web_socket("**/api/v1/live*", lambda socket: socket.close())
    first = mail(kanal, "Stale", "karl.stale@kund.example")
    page.goto("/a/demo/tickets")
    open_ticket(page, "Stale")
    write_reply(page, "Please send a picture.")
    mail(kanal, "Re: Stale", "karl.stale@kund.example", "Never mind, it works now.", in_reply_to=first)
    eventually(lambda: len(said(page)) == 2)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Never mind, it works now.").first).to_be_visible()
    expect(page.get_by_role("button", name="Send anyway")).to_be_visible()
    expect(page.get_by_role("textbox", name="Text")).to_contain_text("Please send a picture.")
    page.get_by_role("button", name="Send anyway").click()
    (received,) = mailbox(outside, "karl.stale@kund.example")
    assert "Please send a picture." in received["text"]


def test_two_agents_see_the_same_at_once(kanal: Running, page: Page, context: BrowserContext) -> None:
    mail(kanal, "Seen by two", "karl.two@kund.example")
    page.goto("/a/demo/tickets")
    open_ticket(page, "Seen by two")
    browser = context.browser
    assert browser is not None
    other = browser.new_context(base_url=kanal.url)
    sign_in(other, kanal, "bo@demo.example")
    second = other.new_page()
    second.goto(page.url)
    second.get_by_role("button", name="Take").click()
    expect(page.get_by_role("button", name="Assignee: Bo Lind")).to_be_visible()
    other.close()


def test_sign_in_leads_where_one_wanted_to_go(kanal: Running, chromium: Any) -> None:
    context = chromium.new_context(base_url=kanal.url)
    page = context.new_page()
    page.goto("/a/demo/tickets")
    page.get_by_label("Email").fill("cilla@demo.example")
    page.get_by_label("Password", exact=True).fill("kanal-demo")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{kanal.url}/a/demo/tickets")
    expect(page.get_by_role("link", name="All open")).to_be_visible()
    context.close()
