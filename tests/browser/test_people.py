"""People in a real browser: invited by mail, there or away wherever they stand, and leaving with their work handed
over."""

from __future__ import annotations

import re
import smtplib
import time
import zlib
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect

from kanal.cli.bench.running import Running
from tests.browser.conftest import sign_in
from tests.make.axe import faults

SETTINGS = "/a/demo/settings"
HEADERS = {"Kanal-Account": "demo"}


@pytest.fixture
def admin(kanal: Running, chromium: Browser) -> Iterator[Page]:
    """Alva, who may do everything. What the page reports as an error fails the test."""
    context = chromium.new_context(base_url=kanal.url, viewport={"width": 1440, "height": 900})
    sign_in(context, kanal, "admin@demo.example")
    faults: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.set_default_timeout(30_000)
    yield page
    context.close()
    assert faults == []


def member(page: Page, name: str) -> dict[str, Any]:
    """A member as the API has them, by their name."""
    items = page.request.get("/api/v1/members?limit=200", headers=HEADERS).json()["items"]
    return next(dict(item) for item in items if item["name"] == name)


def open_member(page: Page, name: str, tab: str) -> dict[str, Any]:
    found = member(page, name)
    page.goto(f"{SETTINGS}/members/{found['id']}?tab={tab}")
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    return found


def invite(page: Page, emails: str) -> None:
    page.goto(f"{SETTINGS}/members")
    page.get_by_role("button", name="Invite people").click()
    field = page.get_by_role("combobox", name="Email addresses")
    field.fill(emails)
    field.press("Enter")
    page.get_by_role("button", name=re.compile("Send .*invitation")).click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def invitation_link(outside: httpx2.Client, address: str) -> str:
    for _ in range(200):
        mails = outside.get(f"/api/mailboxes/{address}/mails", params={"folder": "inbox"}).json()["items"]
        found = re.search(r"https?://\S+#[\w-]+", mails[0]["text"]) if mails else None
        if found:
            return found.group()
        time.sleep(0.1)
    raise AssertionError(f"no invitation arrived at {address}")


def test_people_are_invited_by_mail_set_a_password_and_are_in(
    kanal: Running, admin: Page, chromium: Browser, outside: httpx2.Client
) -> None:
    invite(admin, "Eva Ny <eva.ny@demo.example>, lisa.ny@demo.example")
    expect(admin.get_by_role("region", name=re.compile("invited"))).to_contain_text("lisa.ny@demo.example")
    link = invitation_link(outside, "eva.ny@demo.example")
    context = chromium.new_context()
    page = context.new_page()
    page.goto(link)
    page.get_by_role("textbox", name="Name").fill("Eva Ny")
    page.locator("input[type=password]").first.fill("a-long-password-of-eva")
    page.locator("button[type=submit]").click()
    expect(page.get_by_role("button", name=re.compile("Eva Ny.*My menu"))).to_be_visible()
    context.close()
    expect(admin.get_by_role("link", name="Eva Ny")).to_be_visible()


def test_an_invitation_is_sent_again_or_withdrawn(admin: Page, outside: httpx2.Client) -> None:
    invite(admin, "olle.ny@demo.example")
    first = invitation_link(outside, "olle.ny@demo.example")
    tools = admin.get_by_role("button", name="Invitation of olle.ny: what can be done")
    tools.click()
    admin.get_by_role("menuitem", name="Send again").click()
    expect(admin.get_by_text("Another invitation is on its way")).to_be_visible()
    for _ in range(200):
        if invitation_link(outside, "olle.ny@demo.example") != first:
            break
        time.sleep(0.1)
    assert invitation_link(outside, "olle.ny@demo.example") != first
    tools.click()
    admin.get_by_role("menuitem", name="Withdraw").click()
    expect(tools).to_be_hidden()


def test_whoever_is_a_member_already_is_named_at_the_field(admin: Page) -> None:
    admin.goto(f"{SETTINGS}/members")
    admin.get_by_role("button", name="Invite people").click()
    field = admin.get_by_role("combobox", name="Email addresses")
    field.fill("ana@demo.example")
    field.press("Enter")
    admin.get_by_role("button", name="Send the invitation").click()
    expect(admin.get_by_role("dialog").get_by_text("ana@demo.example:")).to_be_visible()


def test_route_28_hours_are_typed_copied_and_kept_in_their_zone(admin: Page) -> None:
    open_member(admin, "Ana Berg", "availability")
    hours = admin.get_by_role("region", name="Working hours")
    hours.get_by_text("At these hours").click()
    hours.get_by_role("textbox", name="Monday, from").fill("730")
    hours.get_by_role("textbox", name="Monday, to").fill("7")
    expect(hours.get_by_text("It ends before it begins.")).to_be_visible()
    expect(hours.get_by_role("button", name="Save")).to_be_disabled()
    hours.get_by_role("textbox", name="Monday, to").fill("1615")
    hours.get_by_role("button", name="Copy Monday to other days").click()
    admin.get_by_role("menuitem", name="To Monday to Friday").click()
    hours.get_by_role("combobox", name="Time zone").fill("Stockholm")
    admin.get_by_role("option", name="Europe/Stockholm").click()
    hours.get_by_role("button", name="Save").click()
    expect(hours.get_by_text("Saved")).to_be_visible()
    kept = admin.request.get(f"/api/v1/members/{member(admin, 'Ana Berg')['id']}", headers=HEADERS).json()
    assert kept["working_hours"] == {day: [["07:30", "16:15"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    assert kept["timezone"] == "Europe/Stockholm"


def test_route_29_away_by_hand_shows_everywhere_at_once(kanal: Running, admin: Page, page: Page) -> None:
    """Ana says so herself; Alva's list and her ticket list see it without reloading."""
    admin.goto(f"{SETTINGS}/members")
    row = admin.get_by_role("listitem").filter(has=admin.get_by_role("link", name="Ana Berg"))
    page.goto("/a/demo/tickets")
    me = page.get_by_role("button", name=re.compile("Ana Berg.*My menu"))
    me.click()
    switch = page.get_by_role("switch", name=re.compile("Available|Away"))
    if not switch.is_checked():
        switch.click(force=True)
        expect(row.get_by_text(re.compile("Available since"))).to_be_visible()
    switch.click(force=True)
    expect(page.get_by_text("You are away now.")).to_be_visible()
    expect(row.get_by_text(re.compile(r"Away since \d\d:\d\d")).first).to_be_visible()
    expect(me.get_by_text(re.compile("Away since"))).to_have_count(1)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Undo").click()
    expect(row.get_by_text(re.compile("Available since")).first).to_be_visible()


def test_the_keyboard_switches_my_availability(page: Page) -> None:
    page.goto("/a/demo/tickets")
    expect(page.get_by_role("button", name=re.compile("Ana Berg.*My menu"))).to_be_visible()
    page.keyboard.press("Shift+A")
    expect(page.get_by_text(re.compile("You are (away|available) now"))).to_be_visible()
    page.keyboard.press("Shift+A")


def test_route_30_out_of_office_is_ended_early_and_asks_what_then(admin: Page) -> None:
    open_member(admin, "Cilla Ek", "availability")
    office = admin.get_by_role("region", name="Out of office")
    office.get_by_role("button", name="Add a period").click()
    dialog = admin.get_by_role("dialog")
    note = dialog.get_by_role("textbox", name="Note")
    note.fill("In Greece")
    expect(note).to_have_value("In Greece")
    dialog.get_by_role("button", name="Add", exact=True).click()
    expect(office.get_by_text("In Greece")).to_be_visible()
    expect(admin.get_by_text(re.compile("Out of office since")).first).to_be_visible()
    office.get_by_role("button", name="End early").click()
    admin.get_by_role("button", name=re.compile("Available at once")).click()
    expect(office.get_by_text("No period is planned.")).to_be_visible()
    expect(admin.get_by_role("region", name="Now").get_by_text("Available").first).to_be_visible()


def test_whoever_leaves_hands_over_and_comes_back_with_all_they_had(kanal: Running, admin: Page) -> None:
    _send_ticket_to(kanal, admin, "Bo Lind")
    had = _tickets_of(admin, "Bo Lind")
    open_member(admin, "Bo Lind", "access")
    admin.get_by_role("button", name="Deactivate Bo Lind").click()
    dialog = admin.get_by_role("dialog")
    dialog.get_by_role("radio", name="go to a colleague").check()
    expect(dialog.get_by_role("button", name="Deactivate")).to_be_disabled()
    dialog.get_by_role("combobox").click()
    admin.get_by_role("option", name=re.compile("Ana Berg")).click()
    dialog.get_by_role("button", name="Deactivate").click()
    expect(admin.get_by_text("Bo Lind is deactivated.")).to_be_visible()
    assert _tickets_of(admin, "Bo Lind") == set()
    admin.get_by_role("button", name="Undo").click()
    expect(admin.get_by_role("button", name="Deactivate Bo Lind")).to_be_visible()
    _until(lambda: _tickets_of(admin, "Bo Lind") == had)


def test_a_photo_is_shown_wherever_somebody_stands(admin: Page, tmp_path: Path) -> None:
    photo = tmp_path / "cilla.png"
    photo.write_bytes(_png())
    open_member(admin, "Cilla Ek", "profile")
    with admin.expect_file_chooser() as chooser:
        admin.get_by_role("button", name="Choose a photo").click()
    chooser.value.set_files(photo)
    expect(admin.get_by_role("button", name="Take it away")).to_be_visible()
    shown = admin.locator("main img").first
    expect(shown).to_be_visible()
    expect(shown).to_have_js_property("naturalWidth", 1)
    admin.get_by_role("button", name="Take it away").click()
    expect(admin.get_by_role("button", name="Choose a photo")).to_be_visible()


def test_route_20_a_skill_in_use_is_not_deleted_and_says_who_has_it(admin: Page) -> None:
    admin.goto(f"{SETTINGS}/skills")
    admin.get_by_role("button", name="New category").click()
    admin.get_by_role("textbox", name="Name of the category").fill("Wood")
    admin.get_by_role("button", name="Make the category").click()
    section = admin.get_by_role("region", name="Wood")
    section.get_by_role("combobox").fill("Oak, Birch")
    section.get_by_role("combobox").press("Enter")
    section.get_by_role("button", name="Add").click()
    expect(section.get_by_text("Birch")).to_be_visible()
    open_member(admin, "Ana Berg", "skills")
    admin.get_by_text("Oak", exact=True).click()
    admin.get_by_role("button", name="Save").click()
    expect(admin.get_by_text("Saved")).to_be_visible()
    admin.goto(f"{SETTINGS}/skills")
    section.get_by_role("button", name="Oak: what can be done").click()
    admin.get_by_role("menuitem", name="Delete").click()
    expect(admin.get_by_role("dialog").get_by_role("link", name="Ana Berg")).to_be_visible()


def test_languages_are_found_by_either_name_and_added_several_at_once(admin: Page) -> None:
    admin.goto(f"{SETTINGS}/skills")
    section = admin.get_by_role("region", name="Languages")
    field = section.get_by_role("combobox", name="Add languages")
    for typed, shown in (("norsk", "Norwegian"), ("Danish", "Danish")):
        field.fill(typed)
        admin.get_by_role("option", name=re.compile(shown)).first.click()
    section.get_by_role("button", name="Add", exact=True).click()
    expect(section.get_by_role("listitem").filter(has_text="Danish")).to_be_visible()
    expect(section.get_by_role("listitem").filter(has_text=re.compile("Norwegian"))).to_be_visible()


def test_a_role_of_ones_own_is_made_given_and_not_deleted_while_somebody_has_it(admin: Page) -> None:
    admin.goto(f"{SETTINGS}/roles")
    admin.get_by_role("button", name="Make a role").click()
    admin.get_by_role("textbox", name="Name of the role").fill("Shift lead")
    admin.get_by_role("checkbox", name="See Team now").check()
    admin.get_by_role("radio", name="Every ticket").click()
    admin.get_by_role("button", name="Make the role").click()
    expect(admin.get_by_role("columnheader", name=re.compile("Shift lead"))).to_be_visible()
    open_member(admin, "Vera Viewer", "access")
    admin.get_by_role("combobox", name="Role").click()
    admin.get_by_role("option", name="Shift lead").click()
    admin.get_by_role("region", name="Role and seat").get_by_role("button", name="Save").click()
    expect(admin.get_by_text("Saved")).to_be_visible()
    admin.goto(f"{SETTINGS}/roles")
    admin.get_by_role("button", name="Edit the role Shift lead").click()
    admin.get_by_role("button", name="Delete the role").click()
    expect(admin.get_by_text("1 person has it. Give them another role first.")).to_be_visible()


def test_a_team_is_made_filled_renamed_and_deleted(admin: Page) -> None:
    admin.goto(f"{SETTINGS}/teams")
    admin.get_by_role("button", name="Make a team").click()
    admin.get_by_role("textbox", name="Name of the team").fill("Repairs")
    admin.get_by_role("dialog").get_by_role("button", name="Make a team").click()
    team = admin.get_by_role("region", name="Repairs")
    team.get_by_role("combobox", name="Add somebody").click()
    admin.get_by_role("option", name="Cilla Ek").click()
    team.get_by_role("radiogroup", name=re.compile("Cilla Ek")).get_by_text("Extra").click()
    expect(team.get_by_role("radio", name="Extra")).to_be_checked()
    team.get_by_role("button", name="Repairs: what can be done").click()
    admin.get_by_role("menuitem", name="Delete").click()
    admin.get_by_role("button", name="Delete the team").click()
    expect(team).to_be_hidden()


def test_my_notices_are_chosen_each_for_itself(page: Page) -> None:
    page.goto(f"{SETTINGS}/profile")
    box = page.get_by_role("checkbox", name="a ticket becomes mine: Mail")
    before = box.is_checked()
    box.click()
    expect(box).to_be_checked(checked=not before)
    page.reload()
    expect(page.get_by_role("checkbox", name="a ticket becomes mine: Mail")).to_be_checked(checked=not before)


def _dialog(button: str) -> Callable[[Page], None]:
    def opened(page: Page) -> None:
        page.get_by_role("button", name=button).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()

    return opened


def _assignees(page: Page) -> None:
    page.get_by_role("button", name="Assignee").click()
    expect(page.get_by_role("option").first).to_be_visible()


def _menu(page: Page) -> None:
    page.get_by_role("button", name=re.compile("My menu")).locator("visible=true").click()
    expect(page.get_by_role("switch")).to_be_attached()


def _hours(page: Page) -> None:
    page.get_by_text("At these hours").click()
    expect(page.get_by_role("checkbox", name="Monday")).to_be_visible()


def _nothing(page: Page) -> None:
    """Only look."""


SCREENS: list[tuple[str, Callable[[Page], None]]] = [
    (f"{SETTINGS}/members", _nothing),
    (f"{SETTINGS}/members", _dialog("Invite people")),
    (f"{SETTINGS}/members/ANA", _nothing),
    (f"{SETTINGS}/members/ANA?tab=access", _dialog("Deactivate Ana Berg")),
    (f"{SETTINGS}/members/ANA?tab=availability", _hours),
    (f"{SETTINGS}/members/ANA?tab=availability", _dialog("Add a period")),
    (f"{SETTINGS}/members/ANA?tab=skills", _nothing),
    (f"{SETTINGS}/members/ANA?tab=capacity", _nothing),
    (f"{SETTINGS}/teams", _nothing),
    (f"{SETTINGS}/roles", _nothing),
    (f"{SETTINGS}/roles", _dialog("Make a role")),
    (f"{SETTINGS}/skills", _nothing),
    (f"{SETTINGS}/profile", _nothing),
    ("/a/demo/tickets/7", _assignees),
    ("/a/demo/tickets", _menu),
]


@pytest.mark.parametrize("width", [1440, 390])
def test_no_screen_of_people_has_a_serious_fault(kanal: Running, chromium: Browser, width: int) -> None:
    context = chromium.new_context(base_url=kanal.url, viewport={"width": width, "height": 844})
    sign_in(context, kanal, "admin@demo.example")
    page = context.new_page()
    ana = member(page, "Ana Berg")["id"]
    found: dict[str, list[str]] = {}
    for number, (path, prepare) in enumerate(SCREENS):
        page.goto(path.replace("ANA", ana))
        page.wait_for_load_state("networkidle")
        prepare(page)
        page.wait_for_timeout(300)  # what fades in is judged when it is there
        found[f"{number} {path}"] = faults(page)
    context.close()
    assert {name: each for name, each in found.items() if each} == {}


def _tickets_of(page: Page, name: str) -> set[int]:
    """Numbers of the open tickets somebody has."""
    found = page.request.get(f"/api/v1/hand-overs/plan?member={member(page, name)['id']}", headers=HEADERS).json()
    return {ticket["number"] for ticket in found["tickets"]}


def _send_ticket_to(kanal: Running, page: Page, name: str) -> None:
    subject = f"For {name} {time.time_ns()}"
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Kim <kim@kund.example>", "support@demo.example", subject
    message.set_content("A question.")
    with smtplib.SMTP("127.0.0.1", kanal.smtp) as server:
        server.send_message(message)
    page.goto("/a/demo/tickets?view=open")
    page.get_by_role("link", name=subject).click()
    page.get_by_role("button", name="Assignee").click()
    page.get_by_role("option", name=re.compile(name)).click()
    expect(page.get_by_role("button", name=f"Assignee: {name}")).to_be_visible()


def _until(holds: Callable[[], bool]) -> None:
    for _ in range(100):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come true")


def _png() -> bytes:
    """One red pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    header = (1).to_bytes(4) + (1).to_bytes(4) + bytes([8, 2, 0, 0, 0])
    pixel = zlib.compress(b"\x00\xff\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")
