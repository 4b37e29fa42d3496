"""What visitors see of a form, as markup."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from kanal.forms.models import Definition, Language
from kanal.forms.pages import render
from kanal.forms.pages.controls import prefilled
from kanal.forms.pages.models import Captcha
from tests.make.forms import definition, field

HOSTILE = """'"><script>alert(1)</script></style></textarea><img src=x onerror=alert(1)>&amp;{{ 7*7 }}"""


def _tree(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


def _one(tree: LexborHTMLParser, selector: str) -> LexborNode:
    found = tree.css(selector)
    assert len(found) == 1, f"{len(found)} of {selector}"
    return found[0]


def _every_type() -> Definition:
    return definition(
        field("name", "text", property="contact.name", placeholder=HOSTILE, help=HOSTILE, label=HOSTILE),
        field("email", "email", required=True, label=HOSTILE),
        field("phone", "phone", label=HOSTILE),
        field("number", "number", label=HOSTILE),
        field("day", "date", label=HOSTILE, limits={"min": "2026-01-01"}),
        field("story", "long_text", label=HOSTILE),
        field("one", "select", options=[HOSTILE], label=HOSTILE, labels={HOSTILE: HOSTILE}),
        field("many", "multi_select", options=[HOSTILE, "b"], label=HOSTILE),
        field("tick", "checkbox", label=HOSTILE),
        field("agree", "consent", label=HOSTILE, required=True),
        field("files", "file", label=HOSTILE, limits={"files": 2, "file_groups": ["image"]}),
        intro=HOSTILE,
        submit_label=HOSTILE,
        thanks=HOSTILE,
        closed_text=HOSTILE,
    )


def test_no_text_of_a_form_becomes_markup() -> None:
    form = _every_type()
    form.name = HOSTILE
    values = {each.name: [HOSTILE] for each in form.fields}
    errors = {each.name: HOSTILE for each in form.fields}
    for html in (
        render.form(form, values, errors | {"": HOSTILE}, HOSTILE, HOSTILE, rules=True),
        render.page(form, values, errors, HOSTILE, HOSTILE).html,
        render.thanks(form).html,
        render.closed(form).html,
        render.preview(form).html,
    ):
        tree = _tree(html)
        assert tree.css("script, img, [onerror]") == []
        assert _one(tree, "h1").text() in (HOSTILE, "Thank you", "This form is closed")
    assert HOSTILE in _one(_tree(render.form(form, values)), "textarea").text()


def test_every_control_has_its_label_and_its_descriptions() -> None:
    tree = _tree(render.form(_every_type(), None, {"email": "Write an email address."}))
    for control in tree.css("input:not([type=hidden]):not([name=_website]), select, textarea"):
        id_ = control.attributes["id"]
        around = control.parent
        assert tree.css(f'label[for="{id_}"]') or (around is not None and around.tag == "label")
        for each in (control.attributes.get("aria-describedby") or "").split():
            _one(tree, f"#{each}")
    assert _one(tree, "fieldset legend").text(strip=True) == HOSTILE


def test_what_is_required_says_so_in_words() -> None:
    tree = _tree(render.form(definition(field("email", "email", required=True), field("name"))))
    assert "required" in _one(tree, "label[for=kf-email]").text()
    assert "required" not in _one(tree, "label[for=kf-name]").text()


def test_a_field_with_a_condition_is_shown_and_never_insisted_on_by_the_browser() -> None:
    when = {"field": "topic", "operator": "is", "value": "a"}
    tree = _tree(
        render.form(definition(field("topic", "select", options=["a"]), field("more", required=True, show_when=when)))
    )
    more = _one(tree, "#kf-more").attributes
    assert "required" not in more
    assert more["aria-required"] == "true"


def test_autofill_and_keyboards_know_what_is_asked() -> None:
    tree = _tree(render.form(_every_type()))
    assert _one(tree, "#kf-name").attributes["autocomplete"] == "name"
    assert _one(tree, "#kf-email").attributes["autocomplete"] == "email"
    assert _one(tree, "#kf-phone").attributes["inputmode"] == "tel"
    assert _one(tree, "#kf-number").attributes["inputmode"] == "decimal"
    assert _one(tree, "#kf-day").attributes["min"] == "2026-01-01"
    assert _one(tree, "#kf-files").attributes["accept"] == "image/*"


def test_what_may_be_uploaded_is_said_beforehand() -> None:
    limits = {"files": 3, "file_bytes": 5_000_000, "file_groups": ["image", "document"]}
    text = _one(_tree(render.form(definition(field("files", "file", limits=limits)))), "#kf-files-help").text()
    assert text == "Up to 3 files, at most 5 MB each: pictures and documents (PDF, Word, Excel, text)."


def test_errors_stand_beside_their_fields_and_on_top_with_everything_that_was_typed() -> None:
    form = definition(field("email", "email", required=True), field("tick", "checkbox", default=True), field("name"))
    tree = _tree(render.form(form, {"email": ["x"], "name": ["Eva"]}, {"email": "Write an email address."}))
    assert _one(tree, "#kf-email").attributes["aria-invalid"] == "true"
    assert _one(tree, "#kf-email").attributes["value"] == "x"
    assert _one(tree, "#kf-email-error").text() == "Write an email address."
    summary = _one(tree, ".kf-summary")
    assert "autofocus" in summary.attributes
    assert "One thing has to be put right" in summary.text()
    assert _one(tree, ".kf-summary a").attributes["href"] == "#kf-email"
    assert _one(tree, "#kf-name").attributes["value"] == "Eva"
    assert "checked" not in _one(tree, "#kf-tick").attributes


def test_the_pages_address_fills_in_also_hidden_fields_but_not_where_a_ticket_begins() -> None:
    form = definition(
        field("name", default="Nobody"),
        field("many", "multi_select", options=["a", "b", "c"]),
        field("campaign", hidden=True, default="none"),
        field("status", "select", hidden=True, property="ticket.status", options=["new"]),
    )
    query = {"name": ["Eva"], "many": ["a", "c"], "campaign": ["spring"], "status": ["new"], "other": ["x"]}
    tree = _tree(render.form(form, prefilled(form.fields, query)))
    assert _one(tree, "#kf-name").attributes["value"] == "Eva"
    assert [each.attributes["value"] for each in tree.css("input[checked]")] == ["a", "c"]
    hidden = {each.attributes["name"]: each.attributes["value"] for each in tree.css("input[type=hidden]")}
    assert hidden == {"campaign": "spring"}


def test_nobody_but_the_visitor_consents() -> None:
    form = definition(field("agree", "consent"), field("tick", "checkbox"))
    tree = _tree(render.form(form, prefilled(form.fields, {"agree": ["on"], "tick": ["on"]})))
    assert [each.attributes["name"] for each in tree.css("input[checked]")] == ["tick"]


def test_frm_4_hidden_fields_are_not_on_the_page() -> None:
    form = definition(field("name"), field("pipeline", "select", hidden=True, property="ticket.pipeline", default="x"))
    page = render.page(form, token="t", started="s").html
    assert "kf-pipeline" not in page
    assert _tree(page).css('[name="pipeline"]') == []


def test_a_hidden_default_is_told_only_where_a_condition_asks_for_it() -> None:
    when = {"field": "segment", "operator": "is", "value": "vip"}
    form = definition(
        field("secret", hidden=True, default="internal-4711"),
        field("segment", hidden=True, default="vip"),
        field("more", show_when=when),
    )
    html = render.form(form, rules=True)
    assert "internal-4711" not in html
    rules = json.loads(_one(_tree(html), ".kanal-form").attributes["data-kanal"] or "")
    assert rules["fields"][1]["default"] == "vip"


def test_our_own_fields_come_along_and_the_trap_is_out_of_everybodys_way() -> None:
    tree = _tree(render.page(definition(field("name")), token="abc", started="123.x").html)
    assert _one(tree, "[name=_submission]").attributes["value"] == "abc"
    assert _one(tree, "[name=_started]").attributes["value"] == "123.x"
    trap = _one(tree, "[name=_website]").attributes
    assert (trap["tabindex"], trap["autocomplete"]) == ("-1", "off")
    assert _one(tree, ".kf-elsewhere").attributes["aria-hidden"] == "true"


@pytest.mark.parametrize(
    ("language", "until", "send", "thanks"),
    [
        ("en", "Open until 5 December 2026, 17:00 UTC", "Send", "Thank you"),
        ("sv", "Öppet till 5 december 2026, 17:00 UTC", "Skicka", "Tack"),
    ],
)
def test_a_form_speaks_its_language(language: Language, until: str, send: str, thanks: str) -> None:
    form = definition(field("name"), language=language, closes_at=datetime(2026, 12, 5, 17, tzinfo=UTC))
    tree = _tree(render.page(form).html)
    assert _one(tree, "html").attributes["lang"] == language
    assert _one(tree, ".kf-until").text() == until
    assert _one(tree, "button").text() == send
    assert _one(_tree(render.thanks(form).html), "h1").text() == thanks


def test_a_captcha_is_asked_for_only_with_its_provider() -> None:
    asks = Captcha(name="turnstile", site_key="key", script="https://captcha.example/api.js")
    assert _tree(render.form(definition(field("name")))).css(".kf-captcha") == []
    document = render.page(definition(field("name"), captcha=True), captcha=asks)
    assert len(_tree(document.html).css(".kf-captcha")) == 1
    assert "script-src 'self' https://captcha.example;" in document.policy


def test_the_preview_is_the_forms_own_markup_and_look() -> None:
    form = definition(field("name"), look={"accent": "#ff0066"})
    preview = render.preview(form)
    assert preview.html == render.form(form)
    assert "--kf-accent: #ff0066" in preview.css
