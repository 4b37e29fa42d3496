"""Without a network and with a slow or failing server: the screen says so, nothing that was typed is lost, what was
sent waits in sight and leaves once, in order."""

from __future__ import annotations

import re

import httpx2
from playwright.sync_api import Page, Route, expect

from kanal.cli.bench.running import Running
from tests.browser.test_the_loop import mail, mailbox, open_ticket, said
from tests.make.running import eventually

TEXT = re.compile("^Text$")
WAITS = "Waits for the connection."


def begin(kanal: Running, page: Page, subject: str) -> str:
    """A ticket of its own, with the composer open for an answer; the Message-ID of its mail."""
    page.goto("/a/demo/tickets")
    message_id = mail(kanal, subject, f"{subject.replace(' ', '.').lower()}@kund.example")
    open_ticket(page, subject)
    page.get_by_role("button", name="Reply to").click()
    expect(page.get_by_role("textbox", name=TEXT)).to_be_focused()
    expect(page.get_by_text(re.compile("@kund.example")).first).to_be_visible()
    return message_id


def write(page: Page, text: str) -> None:
    page.get_by_role("textbox", name=TEXT).press_sequentially(text)


def offline(page: Page, off: bool = True) -> None:
    page.context.set_offline(off)
    if off:
        expect(page.locator("[data-live=offline]")).to_be_attached()


def answers(page: Page) -> list[str]:
    return [message["text"] for message in said(page) if message["direction"] == "out" and not message["auto"]]


def test_what_is_sent_offline_waits_in_sight_and_leaves_once(
    kanal: Running, page: Page, outside: httpx2.Client
) -> None:
    begin(kanal, page, "Sent offline")
    write(page, "It leaves later.")
    offline(page)
    expect(page.get_by_text("Kanal cannot be reached")).to_be_visible()
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(WAITS)).to_be_visible()
    expect(page.get_by_text("1 message waits to be sent.")).to_be_visible()
    offline(page, False)
    expect(page.get_by_text(WAITS)).to_have_count(0)
    (received,) = mailbox(outside, "sent.offline@kund.example")
    assert "It leaves later." in received["text"]
    assert answers(page) == ["It leaves later."]


def test_two_answers_wait_and_leave_in_order(kanal: Running, page: Page) -> None:
    begin(kanal, page, "Two wait")
    write(page, "The first.")
    offline(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(WAITS)).to_have_count(1)
    page.get_by_role("button", name="Reply to").click()
    write(page, "The second.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(WAITS)).to_have_count(2)
    offline(page, False)
    expect(page.get_by_text(WAITS)).to_have_count(0)
    eventually(lambda: answers(page) == ["The first.", "The second."] or None)


def test_an_answer_whose_reply_got_lost_is_not_sent_twice(kanal: Running, page: Page) -> None:
    begin(kanal, page, "Lost answer")
    lost: list[str] = []

    def lose(route: Route) -> None:
        """The server carries it out, and its answer never arrives."""
        if not lost:
            lost.append(str(route.fetch().status))
            route.abort()
        else:
            route.continue_()

    page.route("**/replies", lose)
    write(page, "Once only.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(WAITS)).to_be_visible()
    expect(page.get_by_text(WAITS)).to_have_count(0)
    assert (lost, answers(page)) == (["202"], ["Once only."])


def test_a_failing_server_is_told_of_and_waited_for(kanal: Running, page: Page) -> None:
    begin(kanal, page, "Server trouble")
    page.route("**/api/v1/tickets/**", lambda route: route.fulfill(status=503, body="{}"))
    write(page, "Through trouble.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(WAITS)).to_be_visible()
    expect(page.get_by_text("Kanal has trouble answering")).to_be_visible()
    page.unroute("**/api/v1/tickets/**")
    expect(page.get_by_text(WAITS)).to_have_count(0)
    assert answers(page) == ["Through trouble."]
    expect(page.get_by_text("Kanal has trouble answering")).to_have_count(0)


def test_a_slow_server_is_told_of(page: Page) -> None:
    page.goto("/a/demo/tickets")
    expect(page.get_by_role("main").get_by_role("listitem").first).to_be_visible()
    waiting: list[Route] = []
    slow = True

    def hold(route: Route) -> None:
        if slow:
            waiting.append(route)
        else:
            route.continue_()

    page.route("**/api/v1/tickets/*", hold)
    page.get_by_role("main").get_by_role("listitem").first.get_by_role("link").click()
    expect(page.get_by_text("Kanal answers slowly")).to_be_visible()
    slow = False
    for route in waiting:
        route.continue_()
    expect(page.get_by_text("Kanal answers slowly")).to_have_count(0)


def test_who_was_answered_meanwhile_is_for_a_person_to_decide(kanal: Running, page: Page) -> None:
    message_id = begin(kanal, page, "Stale after the gap")
    write(page, "Written before I knew.")
    offline(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(WAITS)).to_be_visible()
    mail(kanal, "Re: Stale after the gap", "stale.after.the.gap@kund.example", in_reply_to=message_id)
    eventually(lambda: len(said(page)) == 2 or None)
    offline(page, False)
    expect(page.get_by_text("Something came in before it could leave.")).to_be_visible()
    assert answers(page) == []
    page.get_by_role("button", name="Send anyway").click()
    eventually(lambda: answers(page) == ["Written before I knew."] or None)


def test_a_draft_survives_a_crash_before_the_server_has_it(kanal: Running, page: Page) -> None:
    begin(kanal, page, "Crash")
    page.route("**/draft", lambda route: route.abort() if route.request.method == "PUT" else route.continue_())
    write(page, "Not yet on the server")
    page.goto("about:blank")
    page.go_back()
    expect(page.get_by_role("textbox", name=TEXT)).to_contain_text("Not yet on the server")
    page.unroute("**/draft")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    page.get_by_role("button", name="Discard draft").click()
    page.reload()
    expect(page.get_by_role("button", name="Reply to")).to_be_visible()


def test_what_one_types_in_one_window_stands_in_the_other(kanal: Running, page: Page) -> None:
    begin(kanal, page, "Two windows")
    write(page, "From one window")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.get_by_role("textbox", name=TEXT)).to_contain_text("From one window")
    other.get_by_role("textbox", name=TEXT).press("End")
    write(other, " and the other")
    expect(page.get_by_role("textbox", name=TEXT)).to_contain_text("From one window and the other")
    other.keyboard.press("Control+Enter")
    expect(page.get_by_role("textbox", name=TEXT)).to_have_count(0)
    assert answers(page) == ["From one window and the other"]
