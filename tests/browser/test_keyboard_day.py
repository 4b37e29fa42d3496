"""A day's work with the keyboard alone: no click, no pointer. What was done is read back through the API."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from kanal.cli.bench.running import Running

HEADERS = {"kanal-account": "demo"}
TRIAGED = 30
ANSWERED = 10


class Day:
    """Ana at her keyboard, and a program that looks over her shoulder."""

    def __init__(self, kanal: Running, context: BrowserContext, page: Page) -> None:
        self.kanal, self.context, self.page = kanal, context, page
        self.press = page.keyboard.press
        self.type = page.keyboard.type

    def read(self, path: str) -> Any:
        answer = self.context.request.get(f"/api/v1{path}", headers=HEADERS)
        assert answer.status == 200, answer.text()
        return answer.json()

    def make(self, path: str, data: Any) -> Any:
        headers = {**HEADERS, "origin": self.kanal.url}
        answer = self.context.request.post(f"/api/v1{path}", data=data, headers=headers)
        assert answer.ok, answer.text()
        return answer.json()

    def ticket(self, number: int) -> Any:
        return self.read(f"/tickets/{number}")

    def until(self, what: str, holds: Any) -> None:
        for _ in range(300):
            if holds():
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"not within 30 s: {what}")

    def start(self) -> None:
        self.page.goto("/a/demo/tickets")
        expect(self.page.locator("[data-ticket]").first).to_be_visible()

    def go(self, key: str) -> None:
        self.press("g")
        self.press(key)

    def to_ticket(self, number: int) -> None:
        """Through the palette."""
        self.press("Control+k")
        expect(self.page.get_by_role("combobox", name="Command palette")).to_be_focused()
        self.type(f"#{number}")
        expect(self.page.get_by_role("option").first).to_have_text(f"Go to ticket #{number}")
        self.press("Enter")
        expect(self.page).to_have_url(re.compile(f"/tickets/{number}(\\?|$)"))
        expect(self.page.get_by_text(f"#{number}", exact=True).first).to_be_visible()
        expect(self.page.get_by_role("button", name="More for this ticket")).to_be_visible()

    def tab_to(self, role: str, name: str | re.Pattern[str]) -> None:
        wanted = self.page.get_by_role(role, name=name).first  # type: ignore[arg-type]  # roles are literals there
        expect(wanted).to_be_visible()
        for _ in range(80):
            if wanted.evaluate("one => one === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError(f"no way to {name} by Tab")

    def mails(self) -> list[int]:
        """Open tickets of people who wrote by mail and have no answer yet."""
        items = self.read("/tickets?status=open&limit=100&sort=created_at")["items"]
        fit = [each for each in items if each["channel"] and each["channel"]["kind"] == "email"]
        return [each["number"] for each in fit if each["last_direction"] == "in"]


@pytest.fixture
def day(kanal: Running, context: BrowserContext, page: Page) -> Day:
    return Day(kanal, context, page)


def test_thirty_tickets_are_triaged(day: Day) -> None:
    made = [day.make("/tickets", {"subject": f"Day {n:02}", "assignee": None})["number"] for n in range(TRIAGED)]
    day.start()
    day.go("o")
    expect(day.page.locator("[data-ticket]").first).to_contain_text(f"Day {TRIAGED - 1}")
    for _ in range(TRIAGED):
        day.press("j")
        day.press("t")
    day.until(
        "all are Ana's",
        lambda: {day.ticket(n)["assignee"] and day.ticket(n)["assignee"]["name"] for n in made} == {"Ana Berg"},
    )


def test_ten_are_answered(day: Day) -> None:
    day.start()
    mails = day.mails()[:ANSWERED]
    assert len(mails) == ANSWERED
    for number in mails:
        day.to_ticket(number)
        day.press("r")
        text = day.page.get_by_role("textbox", name=re.compile("^Text$"))
        expect(text).to_be_focused()
        day.type("Thank you, we look into it.")
        day.press("Control+Enter")
        expect(text).to_have_count(0)
        day.until(f"{number} is answered", lambda number=number: day.ticket(number)["last_direction"] == "out")


def test_one_is_snoozed(day: Day) -> None:
    number = day.mails()[0]
    day.start()
    day.to_ticket(number)
    day.press("h")
    expect(day.page.get_by_role("button", name=re.compile("In 3 hours"))).to_be_focused()
    day.press("Enter")
    day.until("it sleeps", lambda: day.ticket(number)["snoozed_until"])


def test_two_are_merged(day: Day) -> None:
    part, whole = day.mails()[1:3]
    day.start()
    day.to_ticket(part)
    day.press("m")
    expect(day.page.get_by_role("textbox", name="With which ticket?")).to_be_focused()
    day.type(f"#{whole}")
    expect(day.page.get_by_role("option").filter(has_text=f"#{whole}").first).to_be_visible()
    day.press("Enter")
    expect(day.page.get_by_text("Becomes part of the other")).to_be_visible()
    day.press("Enter")
    day.until("it is part of the other", lambda: (day.ticket(part)["merged_into"] or {}).get("number") == whole)


def test_messages_are_split_off(day: Day) -> None:
    answered = [each for each in day.read("/tickets?status=open&limit=100")["items"] if each["last_direction"] == "out"]
    day.start()
    day.to_ticket(answered[0]["number"])
    day.press("Control+k")
    day.type("split off")
    day.press("Enter")
    day.tab_to("checkbox", re.compile("Split off the message from"))
    day.press("Space")
    expect(day.page.get_by_text("1 message chosen")).to_be_visible()
    day.tab_to("textbox", "Subject of the new ticket")
    day.type("Another matter")
    day.press("Enter")
    expect(day.page.get_by_role("heading", name="Another matter")).to_be_visible()


def test_a_macro_answers_and_closes(day: Day) -> None:
    actions = [{"do": "status", "status": "closed"}]
    day.make("/macros", {"name": "Done deal", "shortcut": "done", "body_html": "<p>Done.</p>", "actions": actions})
    number = day.mails()[0]
    day.start()
    day.to_ticket(number)
    day.press("r")
    text = day.page.get_by_role("textbox", name=re.compile("^Text$"))
    expect(text).to_be_focused()
    day.type("/don")
    expect(day.page.get_by_role("option", name="Done deal")).to_be_visible()
    day.press("Enter")
    expect(text).to_contain_text("Done.")
    day.press("Control+Enter")
    day.until("it is closed", lambda: day.ticket(number)["status"]["is_closed"])


def test_five_are_closed_at_once(day: Day) -> None:
    day.start()
    day.go("m")
    expect(day.page).to_have_url(re.compile("view=mine"))
    expect(day.page.locator("[data-ticket]").nth(5)).to_be_visible()
    day.press("j")
    day.press("x")
    for _ in range(4):
        day.press("Shift+J")
    expect(day.page.get_by_text("5 chosen")).to_be_visible()
    day.press("e")
    expect(day.page.get_by_text("Status of 5 tickets set")).to_be_visible()
    day.press("z")
    expect(day.page.get_by_text("5 tickets are as they were")).to_be_visible()


def test_one_is_found_by_search(day: Day) -> None:
    day.start()
    day.press("/")
    expect(day.page.get_by_role("combobox", name="Search in tickets")).to_be_focused()
    day.type("skymning bedroom ")
    expect(day.page.get_by_role("list", name="Tickets found").get_by_role("link").first).to_be_visible()
    day.press("Enter")
    day.press("Enter")
    expect(day.page.get_by_role("heading", name="Returning an unused lamp")).to_be_visible()


def test_a_view_is_made(day: Day) -> None:
    day.start()
    day.press("Control+k")
    day.type("new view")
    expect(day.page.get_by_role("option").first).to_contain_text(re.compile("new view", re.I))
    day.press("Enter")
    day.tab_to("textbox", "Name")
    day.type("My day")
    day.press("Enter")
    day.until("it is there", lambda: "My day" in [view["name"] for view in day.read("/views")["items"]])
