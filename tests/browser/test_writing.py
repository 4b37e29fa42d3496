"""Writing first, answering all, handing on, and leaving later, as somebody at the desk does it; customers' mailboxes
are the sandbox's."""

from __future__ import annotations

import re
import smtplib
import time
from email.message import EmailMessage

import httpx2
from playwright.sync_api import Page, Route, expect

from kanal.cli.bench.running import Running
from tests.browser.test_the_loop import mail, mailbox
from tests.make.axe import faults


def several(kanal: Running, subject: str, *, cc: str = "", name: str = "", data: bytes = b"") -> str:
    """A mail to the desk and to others; returns its Message-ID."""
    message = EmailMessage()
    message["From"], message["To"] = "Karl Kund <karl@kund.example>", "support@demo.example, rut.till@kund.example"
    message["Subject"], message["Message-ID"] = subject, f"<{time.time_ns()}@kund.example>"
    if cc:
        message["Cc"] = cc
    message.set_content("It does not light up.")
    if name:
        message.add_attachment(data, "application", "pdf", filename=name)
    with smtplib.SMTP("127.0.0.1", kanal.smtp) as server:
        server.send_message(message, to_addrs=["support@demo.example"])
    return str(message["Message-ID"])


def open_ticket(page: Page, subject: str) -> None:
    page.goto("/a/demo/tickets")
    page.get_by_role("link", name=subject).first.click()
    expect(page.get_by_role("heading", name=subject)).to_be_visible()


def write(page: Page, text: str) -> None:
    editor = page.get_by_role("textbox", name="Text")
    editor.click()
    editor.press_sequentially(text)


def test_gen_11_a_mail_to_a_new_address_opens_a_ticket_and_arrives(page: Page, outside: httpx2.Client) -> None:
    page.goto("/a/demo/tickets")
    page.get_by_role("link", name="New mail").click()
    page.get_by_role("combobox", name="To").fill("nora.ny@kund.example")
    page.get_by_role("textbox", name="Subject").fill("Your lamp is ready")
    write(page, "You can fetch it from Monday.")
    assert faults(page) == []
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("heading", name="Your lamp is ready")).to_be_visible()
    expect(page.get_by_text("You can fetch it from Monday.").last).to_be_visible()
    assert mailbox(outside, "nora.ny@kund.example")[0]["subject"] == "Your lamp is ready"


def test_a_new_mail_that_was_set_aside_is_there_again(page: Page) -> None:
    page.goto("/a/demo/write?to=otto@kund.example")
    page.get_by_role("textbox", name="Subject").fill("Half written")
    write(page, "I wanted to say")
    page.reload()
    expect(page.get_by_role("textbox", name="Subject")).to_have_value("Half written")
    expect(page.get_by_role("textbox", name="Text")).to_contain_text("I wanted to say")
    expect(page.get_by_text("otto@kund.example")).to_be_visible()


def test_an_answer_to_all_keeps_those_in_copy_and_leaves_us_out(
    kanal: Running, page: Page, outside: httpx2.Client
) -> None:
    several(kanal, "Three of us", cc="ylva.kopia@kund.example, noreply@kund.example")
    open_ticket(page, "Three of us")
    article = page.get_by_role("article").first
    article.hover()
    article.get_by_role("button", name="Reply all").click()
    composer = page.get_by_role("region", name="Reply all")
    for address in ("karl@kund.example", "rut.till@kund.example", "ylva.kopia@kund.example"):
        expect(composer.get_by_text(address, exact=True)).to_be_visible()
    expect(composer.get_by_text("Left out:")).to_contain_text("noreply@kund.example (takes no answers)")
    write(page, "We are on it.")
    page.get_by_role("button", name="Send", exact=True).click()
    assert mailbox(outside, "ylva.kopia@kund.example")[0]["subject"] == "Re: Three of us"
    assert mailbox(outside, "rut.till@kund.example")


def test_a_message_is_handed_on_with_its_file(kanal: Running, page: Page, outside: httpx2.Client) -> None:
    several(kanal, "See the drawing", name="drawing.pdf", data=b"%PDF-1.4 small")
    open_ticket(page, "See the drawing")
    page.keyboard.press("Shift+F")
    composer = page.get_by_role("region", name="Forward")
    expect(composer.get_by_label("drawing.pdf")).to_be_checked()
    composer.get_by_role("combobox", name="To").fill("factory@maker.example")
    assert faults(page) == []
    write(page, "Can you make this?")
    page.get_by_role("button", name="Send", exact=True).click()
    handed = mailbox(outside, "factory@maker.example")[0]
    assert handed["subject"] == "Fwd: See the drawing"
    expect(page.get_by_text("Forwarded", exact=True)).to_be_visible()


def test_what_is_sent_before_it_is_known_who_gets_it_leaves_as_soon_as_that_is(
    kanal: Running, page: Page, outside: httpx2.Client
) -> None:
    several(kanal, "In a hurry")
    open_ticket(page, "In a hurry")
    held: list[Route] = []
    plan = re.compile(r"/tickets/[^/]+/reply")
    page.route(plan, lambda route: held.append(route))
    page.get_by_role("button", name="Reply to").click()
    write(page, "We are as fast as you.")
    page.keyboard.press("Control+Enter")
    for each in held:
        each.continue_()
    page.unroute(plan)
    expect(page.get_by_role("article").last.get_by_text(re.compile("^Sent"))).to_be_visible()
    assert mailbox(outside, "karl@kund.example")[0]["subject"] == "Re: In a hurry"


def test_what_leaves_later_says_when_and_can_leave_now(kanal: Running, page: Page, outside: httpx2.Client) -> None:
    several(kanal, "No hurry")
    open_ticket(page, "No hurry")
    page.keyboard.press("r")
    write(page, "Tomorrow is soon enough.")
    page.get_by_role("button", name="Send and set status, or later").click()
    page.get_by_role("menuitem", name="Tomorrow morning").click()
    # What was written stands in a frame of its own.
    answer = page.get_by_role("article").last
    expect(answer.get_by_text(re.compile("^Leaves"))).to_be_visible()
    answer.get_by_role("button", name="Send now").click()
    expect(answer.get_by_text(re.compile("^Sent"))).to_be_visible()
    assert mailbox(outside, "karl@kund.example")[0]["subject"] == "Re: No hurry"


def test_what_was_to_leave_later_is_held_back_when_the_customer_writes(kanal: Running, page: Page) -> None:
    first = several(kanal, "Changing my mind")
    open_ticket(page, "Changing my mind")
    page.keyboard.press("r")
    write(page, "It will be there on Friday.")
    page.get_by_role("button", name="Send and set status, or later").click()
    page.get_by_role("menuitem", name="Tomorrow morning").click()
    answer = page.get_by_role("article").nth(1)
    expect(answer.get_by_text(re.compile("^Leaves"))).to_be_visible()
    mail(kanal, "Re: Changing my mind", "karl@kund.example", "To my office instead, please.", in_reply_to=first)
    expect(answer.get_by_text("Held back: the customer wrote before this left.")).to_be_visible()
    answer.get_by_role("button", name="Send anyway").click()
    expect(page.get_by_role("article").get_by_text(re.compile("^Sent"))).to_be_visible()
