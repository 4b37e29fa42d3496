"""An admin edits a channel's routing, tries it and takes it back; a customer's mail finds its person, and everybody
sees why; whoever leads sees how the team stands."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from kanal.cli.bench.running import Running
from tests.browser.conftest import sign_in
from tests.make.axe import faults

NUMBERS = count(1)


class Desk:
    """The admin's browser, the API beside it, and a channel of this test alone."""

    def __init__(self, kanal: Running, context: BrowserContext) -> None:
        self.kanal = kanal
        self.context = context
        self.page = context.new_page()
        self.page.set_default_timeout(30_000)
        address = f"routed-{next(NUMBERS)}@demo.example"
        settings = {"address": address, "method": "forwarding", "from_name": {"mode": "company", "company": "Demo"}}
        new = {"kind": "email", "name": address, "accepted": True, "settings": settings}
        made = self.call("POST", "/channels", new)
        self.channel = made["id"]
        self.address = made["settings"]["forwarding_address"]
        self.members = {each["name"].split()[0]: each["id"] for each in self.call("GET", "/members")["items"]}

    def call(self, method: str, path: str, data: Any = None) -> Any:
        headers = {"origin": self.kanal.url, "Kanal-Account": "demo"}
        answer = self.context.request.fetch(f"/api/v1{path}", method=method, data=data, headers=headers)
        assert answer.ok, f"{method} {path}: {answer.text()}"
        return answer.json() if answer.text() else None

    def route(self, **routing: Any) -> None:
        self.call("PATCH", f"/channels/{self.channel}", {"routing": routing})

    def to(self, *names: str) -> dict[str, Any]:
        return {"users": [self.members[name] for name in names], "teams": []}

    def set_availability(self, name: str, state: str) -> None:
        self.call("PUT", f"/members/{self.members[name]}/availability", {"state": state})

    def open_automation(self) -> None:
        self.page.goto(f"/a/demo/settings/channels/{self.channel}?tab=automation")
        expect(self.page.get_by_role("heading", name="What happens to a new ticket")).to_be_visible()

    def receive(self, subject: str) -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "Kim Kund <kim@kund.example>", self.address, subject
        message.set_content("Hello.")
        with smtplib.SMTP("127.0.0.1", self.kanal.smtp) as server:
            server.send_message(message)

    def open_ticket(self, subject: str) -> None:
        self.page.goto("/a/demo/tickets?view=open")
        self.page.get_by_role("link", name=subject).first.click()
        expect(self.page.get_by_role("heading", name=subject)).to_be_visible()

    def save(self) -> None:
        self.page.get_by_role("region", name="Unsaved changes").get_by_role("button", name="Save").click()
        expect(self.page.get_by_text("Routing saved")).to_be_visible()


@pytest.fixture
def desk(kanal: Running, chromium: Browser) -> Iterator[Desk]:
    context = chromium.new_context(base_url=kanal.url, viewport={"width": 1440, "height": 900})
    sign_in(context, kanal, "admin@demo.example")
    made = Desk(kanal, context)
    yield made
    for name in ("Alva", "Ana", "Bo", "Cilla"):
        made.set_availability(name, "available")
    context.close()


def _pick(page: Page, picker: Locator, option: str) -> None:
    picker.click()
    page.get_by_role("option", name=option).first.click()


def test_eml_18_a_rule_made_on_the_automation_tab_gives_a_mail_to_its_person_with_the_reason(desk: Desk) -> None:
    page = desk.page
    desk.open_automation()
    page.get_by_role("button", name="Add a rule").click()
    page.get_by_role("textbox", name="Name").fill("Broken lamps")
    page.get_by_role("button", name="Add a condition").click()
    page.get_by_role("textbox", name="Value").fill("broken")
    page.get_by_role("radio", name="Other users and teams").check()
    _pick(page, page.get_by_role("textbox", name="Other users and teams"), "Bo Lind")
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="What happens to a new ticket")).to_contain_text("Broken lamps → Bo Lind")
    desk.save()

    desk.receive("My lamp is broken")
    desk.open_ticket("My lamp is broken")
    page.get_by_role("button", name="Why is this Bo Lind’s?").click()
    reason = page.get_by_role("dialog")
    expect(reason).to_contain_text("Bo Lind got it when it arrived")
    expect(reason).to_contain_text("Rule 1: Broken lamps")
    reason.get_by_role("link", name="Show the rule").click()
    expect(page.get_by_role("button", name="Fold rule Broken lamps")).to_be_visible()


def test_k9_what_nobody_could_take_waits_and_is_given_out_before_ones_eyes(desk: Desk) -> None:
    desk.route(assign="members", to=desk.to("Cilla"))
    desk.set_availability("Cilla", "away")
    desk.receive("Nobody is there")
    desk.open_ticket("Nobody is there")
    desk.page.keyboard.press("w")
    reason = desk.page.get_by_role("dialog")
    expect(reason).to_contain_text(re.compile(r"First in the queue|\d(st|nd|rd|th) in the queue"))
    expect(reason).to_contain_text("Nobody who could take it is available.")
    expect(reason.get_by_role("list", name="Who was looked at")).to_contain_text("Cilla Ek")
    desk.set_availability("Cilla", "available")
    expect(reason).to_contain_text("Cilla Ek got it when its turn came")
    expect(reason).to_contain_text("What was decided before")


def test_the_preview_shows_the_way_of_a_message_through_unsaved_rules(desk: Desk) -> None:
    rule = {"name": "Orders", "when": {"field": "message.subject", "operator": "contains", "value": "order"}}
    desk.route(assign="members", to=desk.to("Bo"), rules=[{**rule, "to": desk.to("Ana")}])
    page = desk.page
    desk.open_automation()
    page.get_by_role("button", name="Try a message").click()
    trial = page.get_by_role("complementary", name="Try a message")
    trial.get_by_text("Write one").click()
    trial.get_by_role("textbox", name="From").fill("kim@kund.example")
    trial.get_by_role("textbox", name="Subject").fill("Where is my order?")
    trial.get_by_role("button", name="Try it").click()
    expect(trial).to_contain_text("Ana Berg would get it")
    page.get_by_role("switch", name="Rule Orders is on").uncheck(force=True)
    expect(trial).to_contain_text("Bo Lind would get it")
    expect(page.get_by_role("button", name="Discard")).to_be_visible()


def test_the_simulator_says_what_would_have_gone_elsewhere(desk: Desk) -> None:
    desk.route(assign="members", to=desk.to("Ana"))
    desk.receive("Asked before the rules changed")
    desk.open_ticket("Asked before the rules changed")
    page = desk.page
    desk.open_automation()
    page.get_by_role("button", name="Remove Ana Berg").click()
    _pick(page, page.get_by_role("textbox", name="Users and teams"), "Bo Lind")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Last 30 days").click()
    page.get_by_role("button", name="Run it").click()
    result = page.get_by_role("dialog")
    expect(result).to_contain_text("1 of 1 tickets would have gone elsewhere")
    expect(result.get_by_role("img", name="Tickets by person")).to_be_visible()
    expect(result.get_by_role("row", name="Bo Lind")).to_contain_text("+1")
    expect(result.get_by_role("link", name="Asked before the rules changed")).to_be_visible()


def test_an_earlier_routing_is_compared_restored_and_that_undone(desk: Desk) -> None:
    desk.route(assign="members", to=desk.to("Ana"))
    desk.route(assign="none")
    page = desk.page
    desk.open_automation()
    page.get_by_role("button", name="History").click()
    history = page.get_by_role("dialog")
    earlier = history.get_by_role("listitem").filter(has_text="Version 2")
    earlier.get_by_role("button", name="Compare with now").click()
    expect(earlier).to_contain_text("+ Assign to Ana Berg")
    earlier.get_by_role("button", name="Restore").click()
    expect(page.get_by_role("radio", name="Specific users and teams")).to_be_checked()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("radio", name="None")).to_be_checked()


def test_eml_18_the_wizard_asks_who_gets_the_tickets(desk: Desk) -> None:
    page = desk.page
    page.goto(f"/a/demo/settings/channels/{desk.channel}/connect?step=routing")
    page.get_by_role("switch", name="Automatically assign conversations").check()
    page.get_by_role("radio", name="Specific users and teams").check()
    _pick(page, page.get_by_role("textbox", name="Users and teams"), "Ana Berg")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Connect & finish").click()
    expect(page.get_by_role("tab", name="Configuration")).to_be_visible()
    stored = desk.call("GET", f"/channels/{desk.channel}")["routing"]
    assert (stored["assign"], stored["to"]) == ("members", desk.to("Ana"))


def test_route_9_whoever_has_no_seat_is_offered_with_the_reason_and_cannot_be_chosen(desk: Desk) -> None:
    page = desk.page
    desk.open_automation()
    page.get_by_role("radio", name="Specific users and teams").check()
    page.get_by_role("textbox", name="Users and teams").click()
    seatless = page.get_by_role("option", name="Vera Viewer")
    expect(seatless).to_contain_text("has no seat")
    expect(seatless).to_have_attribute("data-combobox-disabled", "true")


def test_what_the_server_refuses_stands_at_its_rule(desk: Desk) -> None:
    page = desk.page
    desk.open_automation()
    page.get_by_role("button", name="Add a rule").click()
    page.get_by_role("button", name="Add a condition").click()
    page.get_by_role("button", name="Fold rule Rule 1").click()
    page.get_by_role("region", name="Unsaved changes").get_by_role("button", name="Save").click()
    expect(page.get_by_text("1 thing has to be mended first")).to_be_visible()
    expect(page.get_by_role("textbox", name="Value")).to_have_attribute("aria-invalid", "true")


def test_leaving_with_unsaved_changes_asks_first(desk: Desk) -> None:
    page = desk.page
    desk.open_automation()
    page.get_by_role("button", name="Add a rule").click()
    page.get_by_role("tab", name="Configuration").click()
    question = page.get_by_role("dialog", name="Leave without saving?")
    question.get_by_role("button", name="Stay").click()
    expect(page.get_by_role("button", name="Fold rule Rule 1")).to_be_visible()


def test_rules_are_moved_with_the_keyboard(desk: Desk) -> None:
    desk.route(rules=[{"name": "First"}, {"name": "Second"}])
    page = desk.page
    desk.open_automation()
    page.get_by_role("button", name="More for rule Second").click()
    page.get_by_role("menuitem", name="Move up").click()
    expect(page.get_by_role("list", name="Routing rules").get_by_role("listitem").first).to_contain_text("Second")
    desk.save()
    stored = desk.call("GET", f"/channels/{desk.channel}")["routing"]["rules"]
    assert [rule["name"] for rule in stored] == ["Second", "First"]


def test_k3_without_the_permission_the_steps_are_shown_disabled_with_the_reason(desk: Desk, page: Page) -> None:
    page.goto(f"/a/demo/settings/channels/{desk.channel}?tab=automation")
    expect(page.get_by_text("your role has no permission to edit routing")).to_be_visible()
    expect(page.get_by_role("radio", name="None")).to_be_disabled()
    expect(page.get_by_role("button", name="Add a rule")).to_be_disabled()
    assert faults(page) == []


def test_the_team_board_follows_what_happens_and_hands_over_with_undo(desk: Desk) -> None:
    desk.route(assign="members", to=desk.to("Bo"))
    desk.receive("Will be handed over")
    desk.open_ticket("Will be handed over")
    page = desk.page
    page.goto("/a/demo/team")
    bo = page.get_by_role("listitem").filter(has=page.get_by_role("button", name="More for Bo Lind"))
    expect(bo).to_contain_text("Available")
    bo.get_by_role("button", name="More for Bo Lind").click()
    page.get_by_role("menuitem", name="Hand over…").click()
    page.get_by_role("button", name="Hand over", exact=False).last.click()
    expect(bo).to_contain_text("Away")
    expect(bo).to_contain_text("everything answered")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("back with Bo Lind")).to_be_visible()
    expect(bo).to_contain_text("Oldest unanswered")


def test_a_lead_changes_somebodys_availability_in_place(desk: Desk) -> None:
    page = desk.page
    page.goto("/a/demo/team")
    cilla = page.get_by_role("listitem").filter(has=page.get_by_role("button", name="More for Cilla Ek"))
    cilla.get_by_role("button", name="More for Cilla Ek").click()
    page.get_by_role("menuitem", name="Set to away").click()
    expect(cilla).to_contain_text("Away")


@pytest.mark.parametrize("width", [1440, 390])
def test_no_screen_of_routing_has_a_serious_fault(kanal: Running, chromium: Browser, width: int) -> None:
    context = chromium.new_context(base_url=kanal.url, viewport={"width": width, "height": 844})
    sign_in(context, kanal, "admin@demo.example")
    desk = Desk(kanal, context)
    question = {"field": "message.subject", "operator": "contains", "value": "order"}
    desk.route(assign="members", to=desk.to("Ana"), rules=[{"name": "Orders", "when": {"any": [question, question]}}])
    found = {"automation": _automation_faults(desk), "team": _team_faults(desk), "why": _why_faults(desk)}
    context.close()
    assert {name: each for name, each in found.items() if each} == {}


def _automation_faults(desk: Desk) -> list[str]:
    page = desk.page
    desk.open_automation()
    page.get_by_role("button", name="Edit rule Orders").click()
    page.get_by_role("button", name="More: limits and hours").click()
    page.wait_for_timeout(400)
    found = faults(page)
    for opened in ("Try a message", "Last 30 days", "History"):
        page.get_by_role("button", name=opened, exact=True).click()
        page.wait_for_timeout(400)
        found += faults(page)
        page.keyboard.press("Escape")
        page.wait_for_timeout(300)
    return found


def _team_faults(desk: Desk) -> list[str]:
    page = desk.page
    page.goto("/a/demo/team")
    page.get_by_role("button", name="More for Ana Berg").click()
    page.get_by_role("menuitem", name="Hand over…").click()
    page.wait_for_timeout(400)
    found = faults(page)
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    return found + faults(page)


def _why_faults(desk: Desk) -> list[str]:
    page = desk.page
    page.goto("/a/demo/tickets/3")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("w")
    page.wait_for_timeout(500)
    return faults(page)
