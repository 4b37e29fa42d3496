"""A contact's page: who they are, and everything between them and us."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kanal.cli.bench.running import Running
from tests.browser.conftest import sign_in
from tests.make.axe import faults
from tests.make.running import Program, eventually
from tests.make.visitors import Visitors, desk_with_visitors


@pytest.fixture(scope="module")
def kanal() -> Iterator[Running]:
    with desk_with_visitors() as running:
        yield running


@pytest.fixture(scope="module")
def program(kanal: Running) -> Iterator[Program]:
    with Program(kanal) as program:
        yield program


@pytest.fixture(scope="module")
def form(kanal: Running, program: Program) -> Visitors:
    """A channel carries it."""
    form = Visitors(kanal, program, "Lamp service")
    form.connect()
    return form


@pytest.fixture
def context(kanal: Running, chromium: Browser) -> Iterator[BrowserContext]:
    opened = chromium.new_context(base_url=kanal.url, viewport={"width": 1440, "height": 900})
    sign_in(opened, kanal, "admin@demo.example")
    yield opened
    opened.close()


def page_of(form: Visitors, name: str, *subjects: str) -> str:
    """Somebody who has filled in the form, and the address of their page."""
    email = f"{name.split()[0].lower()}@kund.example"
    for subject in subjects:
        form.send(subject, name=name, email=email)
    [contact] = {each["contact"]["id"] for each in _of(form, email)}
    eventually(lambda: all(each["ticket"] for each in _of(form, email)))
    return f"/a/demo/contacts/{contact}"


def test_frm_8_hidden_answers_are_on_the_contacts_timeline(form: Visitors, page: Page) -> None:
    page.goto(page_of(form, "Hilda Hidden", "The lamp"))
    expect(page.get_by_role("heading", name="Hilda Hidden")).to_be_visible()
    item = page.get_by_role("listitem").filter(has_text="Filled in Lamp service")
    expect(item.get_by_text("Hidden field")).to_be_visible()
    expect(item.get_by_text("spring")).to_be_visible()
    expect(item.get_by_role("link", name=re.compile(r"#\d+ The lamp"))).to_be_visible()
    item.get_by_role("link", name="Lamp service").click()
    expect(page.get_by_role("dialog", name="Submission").get_by_text("Campaign")).to_be_visible()


def test_the_name_beside_a_ticket_leads_to_the_contact(form: Visitors, page: Page) -> None:
    page_of(form, "Nora Named", "Where is it")
    ticket = form.program.ticket("Where is it")
    assert ticket is not None
    page.goto(f"/a/demo/tickets/{ticket['number']}")
    page.get_by_role("complementary", name="Contact").get_by_role("link", name="Nora Named").click()
    expect(page.get_by_text("Became a contact")).to_be_visible()
    expect(page.get_by_role("complementary", name="About the contact").get_by_text("nora@kund.example")).to_be_visible()


def test_the_name_is_changed_where_it_stands(form: Visitors, page: Page) -> None:
    page.goto(page_of(form, "Rut Before", "Marriage"))
    page.get_by_role("button", name="Change the name").click()
    page.get_by_role("textbox", name="Name").fill("Rut After")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Rut After")).to_be_visible()
    page.get_by_role("button", name="Change the name").click()
    page.get_by_role("textbox", name="Name").fill("Rut Never")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Rut After")).to_be_visible()


def test_one_sort_of_things_is_shown_and_stands_in_the_address(form: Visitors, page: Page) -> None:
    page.goto(page_of(form, "Sara Sorted", "One", "Two"))
    timeline = page.get_by_role("region", name="What happened")
    expect(timeline.get_by_text("Became a contact")).to_be_visible()
    timeline.get_by_role("link", name="Tickets", exact=True).click()
    expect(page).to_have_url(re.compile("kind=ticket"))
    expect(timeline.get_by_text("Became a contact")).to_have_count(0)
    expect(timeline.get_by_text(re.compile("was opened"))).to_have_count(2)
    page.reload()
    expect(timeline.get_by_text("Filled in")).to_have_count(0)


def test_what_they_send_appears_while_one_looks(form: Visitors, page: Page) -> None:
    page.goto(page_of(form, "Lova Live", "The first"))
    expect(page.get_by_text("Filled in")).to_have_count(1)
    page.wait_for_timeout(500)
    form.send("The second", name="Lova Live", email="lova@kund.example")
    expect(page.get_by_text("Filled in")).to_have_count(2)
    expect(page.get_by_role("link", name=re.compile(r"#\d+ The second")).first).to_be_visible()


def test_everything_they_submitted_is_deleted_and_tickets_stay(form: Visitors, page: Page) -> None:
    page.goto(page_of(form, "Gun Gone", "Erase me"))
    page.get_by_role("button", name="More about Gun Gone").click()
    page.get_by_role("menuitem", name="Delete everything they submitted").click()
    question = page.get_by_role("dialog", name="Delete everything that Gun Gone submitted?")
    expect(question.get_by_text("Tickets, and the messages in them")).to_be_visible()
    question.get_by_role("button", name="Delete all").click()
    expect(page.get_by_text("1 submission is deleted.")).to_be_visible()
    expect(page.get_by_text("Filled in")).to_have_count(0)
    expect(page.get_by_text("was opened")).to_be_visible()


def test_agents_see_what_led_to_tickets_and_delete_nothing(kanal: Running, form: Visitors, chromium: Browser) -> None:
    path = page_of(form, "Agda Seen", "For agents")
    context = chromium.new_context(base_url=kanal.url)
    sign_in(context, kanal, "ana@demo.example")
    page = context.new_page()
    page.goto(path)
    item = page.get_by_role("listitem").filter(has_text="Filled in Lamp service")
    expect(item.get_by_text("For agents").first).to_be_visible()
    expect(item.get_by_role("link", name="Lamp service")).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("More about"))).to_have_count(0)
    context.close()


@pytest.mark.parametrize("width", [1440, 390])
def test_it_has_no_serious_fault(kanal: Running, form: Visitors, chromium: Browser, width: int) -> None:
    path = page_of(form, f"Axel{width} Axe", "Look at me")
    context = chromium.new_context(base_url=kanal.url, viewport={"width": width, "height": 844})
    sign_in(context, kanal, "admin@demo.example")
    page = context.new_page()
    page.goto(path)
    expect(page.get_by_text("Became a contact")).to_be_visible()
    found = faults(page)
    context.close()
    assert found == []


def _of(form: Visitors, email: str) -> list[dict[str, Any]]:
    items = form.program.get(f"/forms/{form.id}/submissions", q=email)["items"]
    return [dict(each) for each in items]
