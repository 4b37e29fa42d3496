"""An admin makes a channel of a form; a visitor fills it in, an agent answers by mail, and the visitor's answer lands
in the same ticket."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kanal.cli.bench.running import Running
from tests.browser.conftest import sign_in
from tests.browser.test_the_loop import mailbox, open_ticket, write_reply
from tests.make.axe import faults

WIZARD = "/a/demo/settings/channels/new/form/form"
NUMBERS = count(1)


class Desk:
    """The admin's browser, with the API beside it."""

    def __init__(self, kanal: Running, context: BrowserContext) -> None:
        self.kanal = kanal
        self.context = context
        self.page = context.new_page()
        self.page.set_default_timeout(30_000)
        self.members = {each["name"].split()[0]: each["id"] for each in self.call("GET", "/members")["items"]}

    def call(self, method: str, path: str, data: Any = None) -> Any:
        headers = {"origin": self.kanal.url, "Kanal-Account": "demo"}
        answer = self.context.request.fetch(f"/api/v1{path}", method=method, data=data, headers=headers)
        assert answer.ok, f"{method} {path}: {answer.text()}"
        return answer.json() if answer.text() else None

    def form(self, **given: Any) -> dict[str, Any]:
        """A form of this test alone, with the fields of a new one."""
        made: dict[str, Any] = self.call("POST", "/forms", {"name": f"Form {next(NUMBERS)}", **given})
        return made

    def connected(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = next(each for each in self.channels() if each["name"] == name)
        return found

    def channels(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.call("GET", "/channels?limit=200")["items"]
        return items

    def connect(self, form: dict[str, Any], **routing: Any) -> dict[str, Any]:
        settings = {"form": form["id"]}
        new = {"kind": "form", "name": form["name"], "settings": settings, "routing": routing}
        made: dict[str, Any] = self.call("POST", "/channels", new)
        return made

    def ticket(self, subject: str) -> dict[str, Any]:
        """When it is there."""
        self.page.goto("/a/demo/tickets?view=open")
        expect(self.page.get_by_role("link", name=subject).first).to_be_visible()
        items = self.call("GET", "/tickets?limit=100")["items"]
        number = next(each["number"] for each in items if each["subject"] == subject)
        found: dict[str, Any] = self.call("GET", f"/tickets/{number}")
        return found


@pytest.fixture
def desk(kanal: Running, chromium: Browser) -> Iterator[Desk]:
    context = chromium.new_context(base_url=kanal.url, viewport={"width": 1440, "height": 900})
    sign_in(context, kanal, "admin@demo.example")
    yield Desk(kanal, context)
    context.close()


@pytest.fixture
def visitor(kanal: Running, chromium: Browser) -> Iterator[Page]:
    """Somebody whom the desk does not know, on its hosted pages."""
    context = chromium.new_context(base_url=kanal.url)
    yield context.new_page()
    context.close()


def _fill_in(visitor: Page, form: dict[str, Any], subject: str, **more: str) -> None:
    visitor.goto(f"/f/{form['key']}")
    visitor.get_by_label("Your name").fill("Vide Visitor")
    visitor.get_by_label("Email").fill("vide@visitor.example")
    visitor.get_by_label("What is it about?").fill(subject)
    visitor.get_by_label("How can we help?").fill("The lamp flickers since Monday.")
    for label, value in more.items():
        visitor.get_by_label(label).fill(value)
    visitor.wait_for_timeout(2_100)  # nobody fills in a form in two seconds
    visitor.get_by_role("button", name="Send").click()
    expect(visitor).to_have_url(re.compile("/thanks$"))


def test_frm_2_frm_5_frm_7_an_existing_form_is_connected_with_routing_and_save(desk: Desk) -> None:
    page, form = desk.page, desk.form()
    page.goto("/a/demo/settings/channels")
    page.get_by_role("link", name="Connect a channel").first.click()
    page.get_by_role("link", name="Form A form on your site").click()
    page.get_by_role("combobox", name="Form").click()
    expect(page.get_by_role("option", name="Newsletter or feedback")).to_contain_text("submissions")
    page.get_by_role("option", name=form["name"]).click()
    expect(page.get_by_role("textbox", name="Name in Kanal")).to_have_value(form["name"])
    page.get_by_role("button", name="Next").click()
    page.get_by_role("switch", name="Automatically assign conversations").check()
    expect(page.get_by_role("radio")).to_have_count(3 + 2)
    expect(page.get_by_role("checkbox", name="Assign only to available users")).to_be_checked()
    page.get_by_role("textbox", name="Users and teams").click()
    page.get_by_role("option", name="Bo Lind").first.click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name=form["name"], exact=True)).to_be_visible()
    made = desk.connected(form["name"])
    assert (made["routing"]["assign"], made["routing"]["only_available"]) == ("members", True)
    assert made["routing"]["to"]["users"] == [desk.members["Bo"]]


def test_frm_2_a_form_is_created_in_the_wizard_and_the_builder_leads_back(desk: Desk) -> None:
    page, name = desk.page, f"Made on the way {next(NUMBERS)}"
    page.goto(WIZARD)
    page.get_by_role("button", name="Create a new form").click()
    page.get_by_role("textbox", name="Name of the new form").fill(name)
    page.get_by_role("button", name="Create and set up its fields").click()
    expect(page.get_by_role("button", name="Update form")).to_be_visible()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("textbox", name="Name in Kanal")).to_have_value(name)
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
    assert desk.connected(name)["routing"]["assign"] == "none"


def test_frm_12_without_an_email_field_it_is_said_beforehand_and_connected_all_the_same(desk: Desk) -> None:
    page = desk.page
    fields = [{"name": "words", "type": "long_text", "label": "Your words", "property": "ticket.description"}]
    form = desk.form(fields=fields)
    page.goto(f"{WIZARD}?form={form['id']}")
    expect(page.get_by_text("This form cannot be answered by mail")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Save").click()
    row = page.get_by_role("listitem").filter(has_text=form["name"])
    expect(row).to_contain_text("Cannot be answered: the form has no email field")


def test_frm_7_without_an_email_address_save_is_possible_and_the_channel_says_what_is_missing(desk: Desk) -> None:
    page, form = desk.page, desk.form()
    mail = [each["id"] for each in desk.channels() if each["kind"] == "email"]
    for channel in mail:
        desk.call("PATCH", f"/channels/{channel}", {"active": False})
    page.goto(f"{WIZARD}?form={form['id']}")
    expect(page.get_by_text("It cannot be answered yet")).to_be_visible()
    expect(page.get_by_role("link", name="Connect an email address")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Save").click()
    row = page.get_by_role("listitem").filter(has_text=form["name"])
    expect(row).to_contain_text("Cannot be answered yet: connect an email address")
    for channel in mail:
        desk.call("PATCH", f"/channels/{channel}", {"active": True})
    page.reload()
    expect(row).to_contain_text("Answered by")


def test_earlier_submissions_become_tickets_where_that_is_wanted(desk: Desk, visitor: Page) -> None:
    page, form = desk.page, desk.form()
    subject = f"Before there was a channel {next(NUMBERS)}"
    _fill_in(visitor, form, subject)
    page.goto(f"{WIZARD}?form={form['id']}")
    page.get_by_role("checkbox", name="Make a ticket of the 1 earlier submission too").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name=form["name"], exact=True)).to_be_visible()
    assert desk.ticket(subject)["channel"]["name"] == form["name"]


def test_frm_1_a_submission_is_answered_by_mail_and_the_answer_comes_back_to_the_same_ticket(
    desk: Desk, visitor: Page, outside: httpx2.Client
) -> None:
    page, form = desk.page, desk.form()
    desk.connect(form, assign="members", to={"users": [desk.members["Alva"]]}, properties={"priority": "high"})
    subject = f"It flickers {next(NUMBERS)}"
    _fill_in(visitor, form, subject)
    ticket = desk.ticket(subject)
    assert (ticket["priority"], ticket["assignee"]["name"]) == ("high", "Alva Admin")
    open_ticket(page, subject)
    answers = page.get_by_role("table", name="What was filled in")
    expect(answers.get_by_role("row", name="Your name Vide Visitor")).to_be_visible()
    conversation = page.get_by_role("region", name="Conversation")
    expect(conversation.get_by_text("The lamp flickers since Monday.", exact=True)).to_have_count(1)
    expect(page.get_by_role("link", name=form["name"], exact=True)).to_be_visible()
    expect(page.get_by_text("Automatic message")).to_be_visible()

    write_reply(page, "We send you a new one.")
    expect(page.get_by_role("region", name="Reply")).to_contain_text("@demo.example")
    page.get_by_role("button", name="Send", exact=True).click()
    answer, confirmation = mailbox(outside, "vide@visitor.example", 2)[:2]
    assert "We send you a new one." in answer["text"]
    assert "The lamp flickers since Monday." in confirmation["text"]
    sent = outside.post(f"/api/mails/{answer['id']}/reply", json={"text": "That would be lovely!"})
    assert sent.status_code in (200, 201, 202), sent.text
    expect(page.locator("iframe").last.content_frame.get_by_text("That would be lovely!")).to_be_visible()
    assert page.url.endswith(f"/{ticket['number']}") or f"/{ticket['number']}?" in page.url


def test_frm_6_when_nobody_is_available_the_ticket_stays_unassigned(desk: Desk, visitor: Page) -> None:
    form = desk.form()
    desk.call("PUT", f"/members/{desk.members['Bo']}/availability", {"state": "away"})
    desk.connect(form, assign="members", to={"users": [desk.members["Bo"]]})
    subject = f"Nobody is there {next(NUMBERS)}"
    _fill_in(visitor, form, subject)
    assert desk.ticket(subject)["assignee"] is None
    desk.call("PUT", f"/members/{desk.members['Bo']}/availability", {"state": "available"})


def test_frm_9_edit_sets_properties_rules_assignment_and_who_is_asked(desk: Desk) -> None:
    page = desk.page
    channel = desk.connect(desk.form())
    page.goto("/a/demo/settings/channels")
    page.get_by_role("link", name=f"Edit {channel['name']}").click()
    expect(page.get_by_role("link", name="Manage form")).to_be_visible()
    page.get_by_role("tab", name="Automation").click()
    page.get_by_role("button", name="Add a property").click()
    page.get_by_role("menuitem", name="Pipeline").click()
    expect(page.get_by_role("button", name="Add a rule")).to_be_visible()
    page.get_by_role("radio", name="Specific users and teams").check()
    page.get_by_role("textbox", name="Users and teams").click()
    page.get_by_role("option", name="Ana Berg").first.click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("checkbox", name="Assign only to available users")).to_be_checked()
    page.get_by_role("region", name="Unsaved changes").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Routing saved")).to_be_visible()
    routing = desk.connected(channel["name"])["routing"]
    assert (set(routing["properties"]), routing["to"]["users"]) == ({"pipeline"}, [desk.members["Ana"]])


def test_frm_10_manage_form_in_the_options_opens_the_builder(desk: Desk) -> None:
    page, form = desk.page, desk.form()
    channel = desk.connect(form)
    page.goto("/a/demo/settings/channels")
    page.get_by_role("button", name=f"More about {channel['name']}").click()
    page.get_by_role("menuitem", name="Manage form").click()
    expect(page).to_have_url(re.compile(f"/a/demo/forms/{form['id']}$"))
    expect(page.get_by_role("button", name="Update form")).to_be_visible()


def test_deleting_the_channel_says_that_the_form_stays_and_it_does(desk: Desk, visitor: Page) -> None:
    page, form = desk.page, desk.form()
    desk.connect(form)
    page.goto("/a/demo/settings/channels")
    page.get_by_role("button", name=f"More about {form['name']}").click()
    page.get_by_role("menuitem", name="Delete channel").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("the form and everything that was submitted")
    dialog.get_by_role("textbox").fill(form["name"])
    dialog.get_by_role("button", name="Delete channel").click()
    expect(page.get_by_role("link", name=form["name"], exact=True)).to_have_count(0)
    _fill_in(visitor, form, f"Still collecting {next(NUMBERS)}")


def test_who_answers_forms_and_who_guards_them_is_set_for_the_desk(desk: Desk) -> None:
    page = desk.page
    page.goto("/a/demo/settings/forms")
    answers = page.get_by_role("region", name="Answers to forms leave by")
    answers.get_by_role("combobox", name="Address").click()
    page.get_by_role("option", name="Support").click()
    answers.get_by_role("button", name="Save").click()
    expect(answers.get_by_text("Saved")).to_be_visible()
    guard = page.get_by_role("region", name="Asking whether it is a person")
    guard.get_by_role("combobox", name="Service").click()
    page.get_by_role("option", name="hCaptcha").click()
    guard.get_by_role("textbox", name="Site key").fill("a-site-key")
    guard.get_by_role("button", name="Save").click()
    expect(guard.get_by_text("Type the secret key that the service gave you.")).to_be_visible()
    guard.get_by_label("Secret key").fill("s3cret")
    guard.get_by_role("button", name="Save").click()
    expect(guard.get_by_text("Saved")).to_be_visible()
    stored = desk.call("GET", "/desk-settings")
    assert stored["captcha"] == {"provider": "hcaptcha", "site_key": "a-site-key", "has_secret": True}
    assert stored["fallback_channel"] == desk.connected("Support")["id"]
    desk.call("PATCH", "/desk-settings", {"captcha": None, "fallback_channel": None})


def test_what_was_caught_is_let_in_from_the_incoming_log(desk: Desk) -> None:
    page = desk.page
    page.goto("/a/demo/settings/incoming?state=quarantined")
    row = page.get_by_role("row").filter(has_text="filled in a field that people do not see")
    expect(row).to_contain_text("Contact form")
    row.get_by_role("button", name="Take it in again").click()
    assert desk.ticket("Your site on page one")["channel"]["name"] == "Contact form"


@pytest.mark.parametrize("width", [1440, 390])
def test_the_screens_of_form_channels_have_no_serious_fault(
    kanal: Running, chromium: Browser, desk: Desk, width: int
) -> None:
    form = desk.form()
    number = desk.ticket("The shade of Norrsken came cracked")["number"]
    context = chromium.new_context(base_url=kanal.url, viewport={"width": width, "height": 844})
    sign_in(context, kanal, "admin@demo.example")
    page = context.new_page()
    channel = desk.connected("Contact form")["id"]
    places = {
        f"{WIZARD}?form={form['id']}": "Which form makes tickets?",
        f"{WIZARD}?form={form['id']}&step=routing": "Who gets its tickets?",
        f"/a/demo/settings/channels/{channel}": "Name",
        "/a/demo/settings/forms": "Answers to forms leave by",
        f"/a/demo/tickets/{number}": "The shade of",
    }
    found = {}
    for path, heading in places.items():
        page.goto(path)
        expect(page.get_by_role("heading", name=heading).last).to_be_visible()
        page.wait_for_load_state("networkidle")
        found[path] = faults(page)
    context.close()
    assert found == {path: [] for path in places}
