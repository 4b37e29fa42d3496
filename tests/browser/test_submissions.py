"""The dashboard of what was sent with a form, by mouse, by keyboard and on a phone, with real submissions."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from kanal.cli.bench.running import Running
from tests.browser.conftest import sign_in
from tests.make.axe import faults
from tests.make.running import Program
from tests.make.visitors import Visitors, desk_with_visitors


@pytest.fixture(scope="module")
def kanal() -> Iterator[Running]:
    with desk_with_visitors() as running:
        yield running


@pytest.fixture(scope="module")
def program(kanal: Running) -> Iterator[Program]:
    with Program(kanal) as program:
        yield program


@pytest.fixture
def context(kanal: Running, chromium: Browser) -> Iterator[BrowserContext]:
    opened = chromium.new_context(base_url=kanal.url, viewport={"width": 1440, "height": 900})
    sign_in(opened, kanal, "admin@demo.example")
    yield opened
    opened.close()


def row(page: Page, text: str) -> Locator:
    return page.get_by_role("table", name="Submissions").get_by_role("row").filter(has_text=text)


def test_frm_8_hidden_answers_are_marked_in_the_dashboard(kanal: Running, program: Program, page: Page) -> None:
    form = Visitors(kanal, program, "Hidden things")
    form.send("The lamp", utm="spring")
    page.goto(form.page)
    row(page, "The lamp").click()
    drawer = page.get_by_role("dialog", name="Submission")
    expect(drawer.get_by_text("Hidden field")).to_have_count(1)
    expect(drawer.get_by_text("spring", exact=True).first).to_be_visible()
    expect(drawer.get_by_text("Sent under names that the form does not have.")).to_be_visible()
    expect(drawer.get_by_text("No channel carried the form, so no ticket was made.")).to_be_visible()


def test_what_comes_in_appears_at_once_and_leads_to_its_ticket(kanal: Running, program: Program, page: Page) -> None:
    form = Visitors(kanal, program, "Live things")
    form.connect()
    page.goto(form.page)
    expect(page.get_by_text("Nothing has been submitted yet")).to_be_visible()
    expect(page.get_by_role("link", name="Open its page").last).to_have_attribute("href", re.compile(r"/f/\w+$"))
    page.wait_for_timeout(500)
    form.send("It flickers")
    row(page, "It flickers").get_by_role("link", name=re.compile(r"#\d+ It flickers")).click()
    expect(page.get_by_role("heading", name="It flickers")).to_be_visible()


def test_further_down_what_came_in_is_counted_until_asked_for(kanal: Running, program: Program, page: Page) -> None:
    form = Visitors(kanal, program, "Many things")
    for number in range(70):
        form.send(f"Number {number}", email=f"visitor{number}@kund.example")
    page.goto(form.page)
    expect(row(page, "Number 69")).to_be_visible()
    page.mouse.move(800, 700)
    for _ in range(8):
        page.mouse.wheel(0, 900)
        page.wait_for_timeout(150)
    expect(row(page, "Number 0").last).to_be_visible()
    form.send("The newest")
    form.send("Newer still")
    page.get_by_role("button", name="2 new").click()
    expect(row(page, "Newer still")).to_be_in_viewport()
    expect(page.get_by_role("button", name="2 new")).to_have_count(0)


def test_rows_are_walked_through_with_the_keyboard(kanal: Running, program: Program, page: Page) -> None:
    form = Visitors(kanal, program, "Keys")
    for subject in ("First", "Second", "Third"):
        form.send(subject)
    page.goto(form.page)
    expect(row(page, "Third")).to_be_visible()
    for key in ("j", "j", "Enter"):
        page.keyboard.press(key)
    drawer = page.get_by_role("dialog", name="Submission")
    expect(drawer.get_by_text("Second")).to_be_visible()
    page.keyboard.press("j")
    expect(drawer.get_by_text("First")).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    page.keyboard.press("/")
    expect(page.get_by_role("textbox", name="Search the answers")).to_be_focused()


def test_filters_stand_in_the_address(kanal: Running, program: Program, page: Page) -> None:
    form = Visitors(kanal, program, "Filters")
    form.send("About lamps")
    form.send("About chairs")
    page.goto(form.page)
    page.get_by_role("textbox", name="Search the answers").fill("lamp")
    expect(row(page, "About chairs")).to_have_count(0)
    expect(page).to_have_url(re.compile("q=lamp"))
    page.reload()
    expect(row(page, "About lamps")).to_be_visible()
    expect(row(page, "About chairs")).to_have_count(0)
    page.get_by_role("textbox", name="Search the answers").fill("no such thing")
    expect(page.get_by_text("Nothing matches")).to_be_visible()
    page.get_by_role("button", name="Clear filters").first.click()
    expect(row(page, "About chairs")).to_be_visible()


def test_columns_are_chosen_and_kept_also_of_older_versions(kanal: Running, program: Program, page: Page) -> None:
    form = Visitors(kanal, program, "Columns", [*_fields(), {"name": "fax", "type": "text", "label": "Fax"}])
    form.send("With a fax", fax="08 123")
    answer = program.http.patch(f"/forms/{form.id}", json={"fields": _fields()})
    assert answer.status_code == 200, answer.text
    page.goto(form.page)
    expect(page.get_by_role("columnheader", name="Fax")).to_have_count(0)
    page.get_by_role("button", name="Columns").click()
    group = page.get_by_role("group", name="Fields of older versions")
    group.get_by_role("checkbox", name="Fax").check()
    page.get_by_role("checkbox", name="Campaign (Hidden field)").check()
    page.reload()
    expect(page.get_by_role("columnheader", name="Fax")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Campaign (Hidden field)")).to_be_visible()
    expect(row(page, "08 123")).to_be_visible()


def test_what_was_caught_says_why_and_can_be_let_in(kanal: Running, program: Program, page: Page) -> None:
    form = Visitors(kanal, program, "Caught things")
    form.connect()
    form.send("I am a person", _website="https://spam.example")
    page.goto(form.page)
    page.get_by_role("link", name=re.compile("Caught 1")).click()
    expect(row(page, "filled in a field that people do not see")).to_be_visible()
    row(page, "filled in a field").click()
    drawer = page.get_by_role("dialog", name="Submission")
    drawer.get_by_role("button", name="Not spam").click()
    expect(page.get_by_text("It is accepted now.")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name=re.compile("Accepted 1")).click()
    expect(row(page, "I am a person").get_by_role("link", name=re.compile("#"))).to_be_visible()


def test_a_submission_is_deleted_and_its_ticket_stays(kanal: Running, program: Program, page: Page) -> None:
    form = Visitors(kanal, program, "Deleted things")
    form.connect()
    form.send("To be forgotten")
    page.goto(form.page)
    expect(row(page, "To be forgotten").get_by_role("link", name=re.compile("#"))).to_be_visible()
    row(page, "To be forgotten").get_by_text("To be forgotten", exact=True).click()
    page.get_by_role("dialog", name="Submission").get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Delete this submission").click()
    question = page.get_by_role("dialog", name="Delete this submission?")
    expect(question.get_by_text("Its ticket, and the message in it")).to_be_visible()
    question.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("The submission is deleted.")).to_be_visible()
    expect(page.get_by_text("Nothing has been submitted yet")).to_be_visible()
    assert program.ticket("To be forgotten") is not None


def test_what_the_filters_leave_is_exported(kanal: Running, program: Program, page: Page, tmp_path: Path) -> None:
    form = Visitors(kanal, program, "Exports")
    form.send("About lamps")
    form.send("About chairs")
    page.goto(f"{form.page}?q=lamps")
    expect(row(page, "About lamps")).to_be_visible()
    page.get_by_role("button", name="Export").click()
    expect(page.get_by_text("What the filters leave")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="As CSV, for spreadsheets").click()
    download.value.save_as(tmp_path / "out.csv")
    lines = list(csv.reader(io.StringIO((tmp_path / "out.csv").read_text("utf-8-sig"))))
    assert len(lines) == 2
    assert {"About lamps", "spring"} <= set(lines[1])


def test_earlier_submissions_become_tickets_when_asked_for(kanal: Running, program: Program, page: Page) -> None:
    form = Visitors(kanal, program, "Earlier things")
    for subject in ("Early", "Earlier"):
        form.send(subject)
    form.connect()
    page.goto(form.page)
    expect(page.get_by_text("2 earlier submissions have no tickets")).to_be_visible()
    page.get_by_role("button", name="Make tickets of 2").click()
    question = page.get_by_role("dialog", name="Make tickets of 2 earlier submissions?")
    expect(question.get_by_text("Their senders get no confirmation.")).to_be_visible()
    question.get_by_role("button", name="Make tickets of 2").click()
    expect(row(page, "Earlier").get_by_role("link", name=re.compile(r"#\d+ Earlier"))).to_be_visible()
    expect(page.get_by_text("earlier submissions have no tickets")).to_have_count(0)


def test_figures_tell_of_all_who_came(kanal: Running, program: Program, page: Page) -> None:
    form = Visitors(kanal, program, "Figures")
    form.send("One")
    page.goto(f"/f/{form.key}")
    page.goto(form.page)
    figures = page.get_by_role("region", name="Figures")
    expect(figures.get_by_role("button", name="Submissions 1 100% of views")).to_be_visible()
    expect(figures.get_by_role("img", name=re.compile("Submissions a day .* 1 in all"))).to_be_visible()
    figures.get_by_text("7 days").click()
    expect(page).to_have_url(re.compile("days=7"))
    figures.get_by_role("button", name=re.compile("^Views")).click()
    expect(figures.get_by_role("img", name=re.compile("^Views a day"))).to_be_visible()


def test_who_may_not_manage_forms_is_told_so(kanal: Running, program: Program, chromium: Browser) -> None:
    form = Visitors(kanal, program, "Closed to agents")
    context = chromium.new_context(base_url=kanal.url)
    sign_in(context, kanal, "ana@demo.example")
    page = context.new_page()
    page.goto(form.page)
    expect(page.get_by_text("It takes the permission to manage forms.")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [1440, 390])
def test_no_part_of_it_has_a_serious_fault(kanal: Running, program: Program, chromium: Browser, width: int) -> None:
    form = Visitors(kanal, program, f"Faultless {width}")
    form.send("The lamp", utm="spring")
    form.send("Spam", _website="https://spam.example")
    form.connect()
    context = chromium.new_context(base_url=kanal.url, viewport={"width": width, "height": 844})
    sign_in(context, kanal, "admin@demo.example")
    page = context.new_page()
    found: dict[str, list[str]] = {}
    opened = "?open=" + program.get(f"/forms/{form.id}/submissions")["items"][0]["id"]
    for name, query in {"accepted": "", "caught": "?state=caught", "nothing": "?q=nothing", "open": opened}.items():
        page.goto(form.page + query)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(600)
        found[name] = faults(page)
    context.close()
    assert {name: each for name, each in found.items() if each} == {}


def _fields() -> list[dict[str, object]]:
    return [
        {"name": "email", "type": "email", "label": "Email", "required": True, "property": "contact.email"},
        {"name": "subject", "type": "text", "label": "Subject", "required": True, "property": "ticket.subject"},
        {"name": "campaign", "type": "text", "label": "Campaign", "hidden": True, "default": "spring"},
    ]
