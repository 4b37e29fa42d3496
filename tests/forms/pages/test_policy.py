"""What a page with a form may load, frame and lead to."""

from __future__ import annotations

import pytest

from kanal.forms.pages import render
from kanal.forms.pages.models import Captcha
from kanal.forms.pages.policy import policy
from kanal.forms.pages.texts import of_browser
from tests.make.forms import definition, field


def _rules(written: str) -> dict[str, str]:
    return dict(rule.split(" ", 1) for rule in written.split("; "))


def test_nothing_inline_and_nothing_from_elsewhere() -> None:
    rules = _rules(render.page(definition(field("name"))).policy)
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert rules["style-src"].startswith("'sha256-")
    assert rules["form-action"] == "'self'"
    assert "unsafe" not in str(rules)


def test_the_page_may_be_framed_by_the_forms_sites() -> None:
    assert _rules(render.page(definition(field("name"))).policy)["frame-ancestors"] == "*"
    listed = definition(field("name"), origins=["https://shop.example", "https://b.example"])
    assert _rules(render.page(listed).policy)["frame-ancestors"] == "https://shop.example https://b.example"


def test_a_redirect_after_sending_is_let_through() -> None:
    leaves = definition(field("name"), after="redirect", redirect_url="https://shop.example/thanks?a=1")
    assert _rules(render.page(leaves).policy)["form-action"] == "'self' https://shop.example"


@pytest.mark.parametrize("address", ["https://a;script-src *", "javascript:alert(1)", "https://x y", "//x", ""])
def test_no_address_adds_rules(address: str) -> None:
    assert _rules(policy("", leaves_for=address))["form-action"] == "'self'"


def test_hcaptcha_may_show_what_it_loads_from_its_sister_hosts() -> None:
    asks = Captcha(name="hcaptcha", site_key="k", script="https://js.captcha.example/1/api.js")
    assert _rules(policy("", captcha=asks))["frame-src"] == "https://captcha.example https://*.captcha.example"
    local = Captcha(name="hcaptcha", site_key="k", script="http://127.0.0.1:8010/captcha.js")
    assert _rules(policy("", captcha=local))["frame-src"] == "http://127.0.0.1:8010"


@pytest.mark.parametrize(
    ("accepts", "language"),
    [("", "en"), ("sv", "sv"), ("de,sv-SE;q=0.8,en;q=0.5", "sv"), ("en;q=0.9,sv;q=x", "en"), ("fr", "en")],
)
def test_pages_without_a_form_speak_the_browsers_language(accepts: str, language: str) -> None:
    assert of_browser(accepts) == language
