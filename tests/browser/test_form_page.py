"""A form as its visitors meet it, in Chromium: on its own page with and without script, and brought by a script tag to
a site of another origin whose styles mean it no good."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect

from kanal.cli.bench.running import Running
from tests.make.running import Program, eventually

ORDER = {"field": "topic", "operator": "is", "value": "order"}
FIELDS: list[dict[str, Any]] = [
    {"name": "name", "type": "text", "label": "Your name", "property": "contact.name", "width": "half"},
    {
        "name": "email",
        "type": "email",
        "label": "Email",
        "required": True,
        "property": "contact.email",
        "width": "half",
    },
    {
        "name": "topic",
        "type": "select",
        "label": "Topic",
        "required": True,
        "options": ["order", "other"],
        "labels": {"order": "An order", "other": "Something else"},
    },
    {"name": "number", "type": "number", "label": "Order number", "required": True, "show_when": ORDER},
    {"name": "phone", "type": "phone", "label": "Phone", "limits": {"region": "SE"}},
    {"name": "rooms", "type": "multi_select", "label": "Rooms", "options": ["Kitchen", "Hall"]},
    {"name": "description", "type": "long_text", "label": "Message", "required": True, "help": "In your own words."},
    {
        "name": "picture",
        "type": "file",
        "label": "Picture",
        "limits": {"files": 2, "file_bytes": 100_000, "file_groups": ["image"]},
    },
    {"name": "agree", "type": "consent", "label": "You may keep what I write", "required": True},
    {"name": "campaign", "type": "text", "label": "Campaign", "hidden": True, "default": "none"},
]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(2000)
HOSTILE = """
  html { font-size: 4px; } body { background: #fff; direction: rtl; text-transform: uppercase; }
  * { color: rgb(255, 0, 255) !important; font: 60px/1 cursive !important; letter-spacing: 9px !important; }
  div, form, input, label, h1 { display: none !important; transform: rotate(3deg) !important; opacity: .1 !important; }
  input { border: 9px solid red !important; --kf-accent: red !important; }
"""
# As wide in a window with a scroll bar as in one without.
THEIRS = """<div id='theirs' style='width: 300px'><h1>Shop</h1><p>Theirs</p><label>Size <input></label>
  <button type='button'>Buy</button></div>"""


class Made:
    """A form of the demo's account, and what came of it."""

    def __init__(self, program: Program, **options: Any) -> None:
        self._program = program
        self.form = program.post("/forms", name="Contact us", fields=FIELDS, options=options)
        self.url = self.form["url"]

    def submissions(self) -> list[dict[str, Any]]:
        return list(self._program.get(f"/forms/{self.form['id']}/submissions")["items"])

    def answers(self) -> dict[str, Any]:
        """Of its one submission."""
        [one] = eventually(self.submissions)
        return {each["name"]: each["value"] for each in one["answers"]}

    def files(self) -> list[tuple[str, int]]:
        """Names and sizes of those that came with its one submission."""
        [one] = eventually(self.submissions)
        return [(file["name"], file["size"]) for each in one["answers"] for file in each["files"]]


@pytest.fixture(scope="module")
def program(kanal: Running) -> Iterator[Program]:
    with Program(kanal) as program:
        yield program


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Page]:
    """Whatever the browser complains of fails the test: also a policy that forbids something."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if "Security Policy" in line.text else None)
    yield page
    context.close()
    assert faults == []


@pytest.fixture
def without_script(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@contextmanager
def site(body: str, style: str = "") -> Iterator[str]:
    """Somebody's page, on an origin of its own."""
    page = f"<!doctype html><html lang='en'><title>Shop</title><style>{style}</style><body><main>{body}</main>"

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def fill_in(page: Page, **texts: str) -> None:
    given = {"Email": "eva@kund.example", "Message": "The lamp flickers.", **texts}
    for label, text in given.items():
        page.get_by_label(label).fill(text)
    page.get_by_label("Topic").select_option("other")
    page.get_by_label("You may keep").check()


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found]


# On its own page


@pytest.mark.parametrize(("language", "send", "thanks"), [("en", "Send", "Thank you"), ("sv", "Skicka", "Tack")])
def test_a_form_is_filled_in_on_its_own_page(
    program: Program, visitor: Page, language: str, send: str, thanks: str
) -> None:
    made = Made(program, language=language)
    visitor.goto(f"{made.url}?campaign=spring&name=Eva+Ek")
    expect(visitor.locator("html")).to_have_attribute("lang", language)
    expect(visitor.get_by_label("Your name")).to_have_value("Eva Ek")
    fill_in(visitor)
    visitor.get_by_label("Kitchen").check()
    assert visitor.context.cookies() == []
    visitor.get_by_role("button", name=send).click()
    expect(visitor.get_by_role("heading", name=thanks)).to_be_visible()
    expect(visitor.locator(".kf-said")).to_be_focused()
    answers = made.answers()
    assert (answers["email"], answers["rooms"], answers["campaign"]) == ("eva@kund.example", ["Kitchen"], "spring")
    assert made.submissions()[0]["source"] == "hosted"
    assert [cookie["name"] for cookie in visitor.context.cookies()] == ["kanal_visitor"]


def test_a_field_appears_with_its_condition_and_is_asked_for_only_then(program: Program, visitor: Page) -> None:
    made = Made(program)
    visitor.goto(made.url)
    number = visitor.get_by_label("Order number")
    expect(number).to_be_hidden()
    fill_in(visitor)
    visitor.get_by_label("Topic").select_option("order")
    expect(number).to_be_visible()
    visitor.get_by_role("button", name="Send").click()
    expect(visitor.locator("#kf-number-error")).to_have_text("Fill this in.")
    visitor.get_by_label("Topic").select_option("other")
    visitor.get_by_role("button", name="Send").click()
    expect(visitor.get_by_role("heading", name="Thank you")).to_be_visible()
    assert "number" not in made.answers()


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(program: Program, visitor: Page) -> None:
    made = Made(program)
    visitor.goto(made.url)
    fill_in(visitor, Email="eva@kund", Phone="12")
    visitor.get_by_label("Picture").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": PNG})
    visitor.get_by_role("button", name="Send").click()
    expect(visitor.locator(".kf-summary")).to_be_focused()
    expect(visitor.locator(".kf-summary li")).to_have_count(2)
    visitor.get_by_role("link", name="Email – ").click()
    expect(visitor.get_by_label("Email")).to_be_focused()
    visitor.get_by_label("Email").fill("eva@kund.example")
    expect(visitor.locator("#kf-email-error")).to_be_hidden()
    visitor.get_by_label("Phone").fill("1234")  # only the server knows that there is no such number
    visitor.get_by_role("button", name="Send").click()
    expect(visitor.locator("#kf-phone-error")).to_have_text("Write a phone number.")
    expect(visitor.get_by_label("Message")).to_have_value("The lamp flickers.")
    visitor.get_by_label("Phone").fill("08 123 456 78")
    visitor.get_by_role("button", name="Send").click()
    expect(visitor.get_by_role("heading", name="Thank you")).to_be_visible()
    assert made.answers()["phone"] == "+46812345678"
    assert made.files() == [("a.png", len(PNG))]


def test_without_a_network_everything_stays_and_the_next_try_makes_one_submission(
    program: Program, visitor: Page
) -> None:
    made = Made(program)
    visitor.goto(made.url)
    fill_in(visitor)
    visitor.context.set_offline(True)
    visitor.get_by_role("button", name="Send").click()
    expect(visitor.locator(".kf-summary")).to_contain_text("You seem to be offline")
    expect(visitor.get_by_label("Message")).to_have_value("The lamp flickers.")
    visitor.context.set_offline(False)
    visitor.get_by_role("button", name="Send").click()
    expect(visitor.get_by_role("heading", name="Thank you")).to_be_visible()
    assert len(made.submissions()) == 1


def test_files_are_refused_before_they_are_sent_and_then_sent(program: Program, visitor: Page) -> None:
    made = Made(program)
    visitor.goto(made.url)
    expect(visitor.get_by_text("Up to 2 files, at most 0.1 MB each: pictures.")).to_be_visible()
    large = {"name": "large.png", "mimeType": "image/png", "buffer": PNG * 100}
    visitor.get_by_label("Picture").set_input_files(large)  # type: ignore[arg-type]  # a dict is what it takes
    expect(visitor.locator("#kf-picture-error")).to_contain_text("large.png is too large")
    fill_in(visitor)
    visitor.get_by_label("Picture").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": PNG})
    visitor.get_by_role("button", name="Send").click()
    expect(visitor.get_by_role("heading", name="Thank you")).to_be_visible()
    assert made.files() == [("a.png", len(PNG))]


def test_a_form_may_lead_to_another_page(program: Program, visitor: Page) -> None:
    with site("<h1>Welcome back</h1>") as shop:
        made = Made(program, after="redirect", redirect_url=f"{shop}/thanks")
        visitor.goto(made.url)
        fill_in(visitor)
        visitor.get_by_role("button", name="Send").click()
        expect(visitor.get_by_role("heading", name="Welcome back")).to_be_visible()
        assert visitor.url == f"{shop}/thanks"


# Without script


def test_everything_works_without_script(program: Program, without_script: Page) -> None:
    made, page = Made(program), without_script
    page.goto(f"{made.url}?campaign=spring")
    expect(page.get_by_label("Order number")).to_be_visible()
    fill_in(page, Phone="1234")
    page.get_by_label("Hall").check()
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#kf-phone-error")).not_to_be_empty()
    expect(page.locator(".kf-summary")).to_be_focused()
    expect(page.get_by_label("Message")).to_have_value("The lamp flickers.")
    expect(page.get_by_label("Hall")).to_be_checked()
    page.get_by_label("Phone").fill("")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert page.url == f"{made.url}/thanks"
    assert made.answers()["campaign"] == "spring"


def test_without_script_a_form_leads_to_another_site_too(program: Program, without_script: Page) -> None:
    """Browsers hold redirects after a form against the page's policy."""
    with site("<h1>Welcome back</h1>") as shop:
        made = Made(program, after="redirect", redirect_url=f"{shop}/thanks")
        without_script.goto(made.url)
        fill_in(without_script)
        without_script.get_by_role("button", name="Send").click()
        expect(without_script.get_by_role("heading", name="Welcome back")).to_be_visible()


# On another origin


def test_a_script_tag_brings_the_form_and_nothing_typed_leaves_before_submit(program: Program, visitor: Page) -> None:
    made = Made(program)
    asked: list[Request] = []
    visitor.on("request", lambda request: asked.append(request))
    with site(f"<p>Before</p><script src='{made.url}.js' async></script><p>After</p>") as shop:
        visitor.goto(f"{shop}/contact?campaign=letter&secret=1#here")
        expect(visitor.get_by_role("button", name="Send")).to_be_visible()
        fill_in(visitor, **{"Your name": "Eva Ek"})
        sent = [request for request in asked if request.url.startswith(made.url)]
        paths = [request.url.removeprefix(made.url) for request in sent]
        assert paths == [".js", "/definition", "/started"]
        assert [request.post_data for request in sent] == [None, None, None]
        assert visitor.context.cookies() == []
        visitor.get_by_role("button", name="Send").click()
        expect(visitor.get_by_role("heading", name="Thank you")).to_be_visible()
        expect(visitor.locator(".kf-said")).to_be_focused()
        [cookie] = visitor.context.cookies()
    answers = made.answers()
    assert (answers["name"], answers["campaign"]) == ("Eva Ek", "letter")
    [submission] = made.submissions()
    assert (submission["source"], submission["page"]) == ("embed", f"{shop}/contact")
    assert (cookie["name"], cookie["domain"]) == ("kanal_visitor", "127.0.0.1")


def test_files_are_sent_from_another_origin_too(program: Program, visitor: Page) -> None:
    made = Made(program)
    with site(f"<script src='{made.url}.js' async></script>") as shop:
        visitor.goto(shop)
        fill_in(visitor)
        visitor.get_by_label("Picture").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": PNG})
        visitor.get_by_role("button", name="Send").click()
        expect(visitor.get_by_role("heading", name="Thank you")).to_be_visible()
    assert made.files() == [("a.png", len(PNG))]


def test_no_style_leaks_in_or_out(program: Program, visitor: Page) -> None:
    made = Made(program)
    tag = f"{THEIRS}<script src='{made.url}.js' async></script>"
    looks: list[dict[str, str]] = []
    theirs: list[list[str]] = []
    for style in ("", HOSTILE):
        with site(tag, style) as shop:
            visitor.goto(shop)
            expect(visitor.get_by_role("button", name="Send")).to_be_visible()
            looks.append({name: _look(visitor, name) for name in ("h1", "label", "#kf-email", "button", ".kanal-form")})
            theirs.append(_computed(visitor))
    assert looks[0] == looks[1]
    assert theirs[0] != theirs[1]
    with site(THEIRS) as bare:
        visitor.goto(bare)
        assert _computed(visitor) == theirs[0]


def _computed(page: Page) -> list[str]:
    """Every property of the site's own elements. `cssText` of a computed style is empty."""
    properties: list[str] = page.evaluate(
        """[...document.querySelectorAll("#theirs, #theirs *")].flatMap((it) => { const s = getComputedStyle(it);
        return [...s].map((name) => `${it.localName} ${name}: ${s.getPropertyValue(name)}`) })"""
    )
    return properties


def _look(page: Page, selector: str) -> str:
    look = page.locator(f".kanal-form {selector}, {selector}.kanal-form").first.evaluate(
        """(it) => { const s = getComputedStyle(it); const box = it.getBoundingClientRect();
        return [s.color, s.font, s.display, s.opacity, s.direction, s.textTransform, s.letterSpacing, s.border,
                s.backgroundColor, s.transform, Math.round(box.width), Math.round(box.height)].join(' | ') }"""
    )
    return str(look)


@pytest.mark.parametrize(("background", "scheme"), [("#fff", "light"), ("#101114", "dark")])
def test_an_embedded_form_is_as_light_or_dark_as_the_page_around_it(
    program: Program, visitor: Page, background: str, scheme: str
) -> None:
    made = Made(program)
    visitor.emulate_media(color_scheme="dark")
    with site(f"<script src='{made.url}.js' async></script>", f"body {{ background: {background} }}") as shop:
        visitor.goto(shop)
        expect(visitor.locator(".kanal-form")).to_have_attribute("data-scheme", scheme)


def test_a_closed_form_says_so_on_another_site(program: Program, visitor: Page) -> None:
    made = Made(program, closed=True, closed_text="Back in August.")
    with site(f"<script src='{made.url}.js' async></script>") as shop:
        visitor.goto(shop)
        expect(visitor.get_by_text("Back in August.")).to_be_visible()


def test_a_form_of_other_sites_says_that_it_is_not_for_this_one(program: Program, visitor: Page) -> None:
    made = Made(program, origins=["https://shop.example"])
    with site(f"<script src='{made.url}.js' async></script>") as shop:
        visitor.goto(shop)
        expect(visitor.get_by_role("heading", name="This form cannot be used here")).to_be_visible()


# For everybody


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    program: Program, chromium: Browser, width: int, scheme: str
) -> None:
    made = Made(program, language="sv", intro="Skriv till oss.", look={"accent": "#f5d90a", "corners": "round"})
    closed = Made(program, closed=True)
    look = {"width": width, "height": 844}
    context = chromium.new_context(viewport=look, color_scheme=scheme)  # type: ignore[arg-type]  # one of its words
    page = context.new_page()
    found: dict[str, list[str]] = {}

    def look_at(name: str) -> None:
        found[name] = faults(page)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found[name].append("it is wider than the window")

    page.goto(made.url)
    look_at("form")
    page.get_by_role("button", name="Skicka").click()
    expect(page.locator(".kf-summary")).to_be_focused()
    look_at("errors")
    for name, path in (("thanks", f"{made.url}/thanks"), ("closed", closed.url), ("missing", f"{made.url}x")):
        page.goto(path)
        look_at(name)
    with site(f"<h1>Shop</h1><script src='{made.url}.js' async></script>", "body { margin: 8px }") as shop:
        page.goto(shop)
        expect(page.get_by_role("button", name="Skicka")).to_be_visible()
        found["embed"] = faults(page)
    context.close()
    assert {name: each for name, each in found.items() if each} == {}


def test_the_whole_form_is_worked_with_the_keyboard(program: Program, visitor: Page) -> None:
    made = Made(program)
    visitor.goto(made.url)
    for text in ("Eva Ek", "eva@kund.example"):
        visitor.keyboard.press("Tab")
        visitor.keyboard.type(text)
    visitor.keyboard.press("Tab")
    visitor.keyboard.type("Something")  # of the choices
    for _ in range(3):  # phone, the two rooms
        visitor.keyboard.press("Tab")
    visitor.keyboard.press("Space")
    visitor.keyboard.press("Tab")
    visitor.keyboard.type("The lamp flickers.")
    visitor.keyboard.press("Tab")
    visitor.keyboard.press("Tab")
    visitor.keyboard.press("Space")
    visitor.keyboard.press("Tab")
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_role("heading", name="Thank you")).to_be_visible()
    assert made.answers()["rooms"] == ["Hall"]
