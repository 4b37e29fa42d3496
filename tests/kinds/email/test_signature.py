"""What recipients see: the name in the From line and the signature, whoever writes, with whatever is
known of them."""

from __future__ import annotations

import re

import pytest

from kanal.channelkit.errors import InvalidSettings
from kanal.kinds.email import signature
from kanal.kinds.email.settings import EmailSettings, FromName, from_name
from tests.make import channels

COMPANY = "Ljus & Form"


def filled(template: str, author: str = "Ana Berg", otherwise: str = COMPANY) -> str:
    return signature.resolved(template.replace("first", "{{agent.first_name}}").replace(
        "last", "{{ agent.last_name }}").replace("full", "{{agent.full_name}}"), author, otherwise)  # fmt: skip


def named(mode: str, author: str, company: str = COMPANY) -> str:
    settings = EmailSettings(address="a@b.example", from_name=FromName(mode=mode, company=company))  # type: ignore[arg-type]  # it is one of two
    return from_name(settings, author, "Support")


@pytest.mark.parametrize(
    ("mode", "author", "company", "shown"),
    [
        ("agent_company", "Ana Berg", COMPANY, "Ana Berg (Ljus & Form)"),
        ("company", "Ana Berg", COMPANY, COMPANY),
        ("agent_company", "", COMPANY, COMPANY),
        ("agent_company", "  ", "", "Support"),
        ("agent_company", "Ana Berg", "", "Ana Berg"),
        ("company", "Ana Berg", "", "Support"),
    ],
)
def test_eml_13_the_name_in_the_from_line(mode: str, author: str, company: str, shown: str) -> None:
    assert named(mode, author, company) == shown


@pytest.mark.parametrize("mode", ["agent_company", "company"])
def test_eml_13_only_the_company_alone_cannot_be_left_out(mode: str) -> None:
    settings = {"address": "a@b.example", "from_name": {"mode": mode, "company": " "}}
    if mode == "agent_company":
        assert channels.email_kind().check(settings, "in.example")["from_name"]["company"] == ""
        return
    with pytest.raises(InvalidSettings) as wrong:
        channels.email_kind().check(settings, "in.example")
    assert wrong.value.field == "from_name.company"


def test_eml_15_what_an_editor_makes_is_kept_and_what_does_harm_is_not() -> None:
    given = (
        '<p style="color:red"><b>Ana</b> <a href="https://ljus.example">ljus.example</a><br>'
        '<img src="data:image/png;base64,iVBORw0KGgo=" alt="Logo" onerror="x()"></p>'
        '<a href="javascript:x()">no</a><script>x()</script><style>p{}</style><iframe src="https://x.example"></iframe>'
    )
    kept = signature.checked(given)
    assert all(part in kept for part in ("<b>Ana</b>", 'href="https://ljus.example"', "data:image/png", 'alt="Logo"'))
    assert not re.search(r"script|onerror|iframe|<style", kept)


@pytest.mark.parametrize(
    ("template", "author", "shown"),
    [
        ("full", "Ana Berg", "Ana Berg"),
        ("first last", "Ana Maria Berg", "Ana Maria Berg"),
        ("first last", "Ana", "Ana"),
        ("last, first", "Ana Berg", "Berg, Ana"),
        ("last, first", "Ana", "Ana"),
        ("first&nbsp;last", "Ana", "Ana"),
        ("<b>first</b> <i>last</i>", "Ana", "<b>Ana</b><i></i>"),
        ("<b>first</b> last", "", "<b>Ljus &amp; Form</b>"),
        ("last", "Ana", "Ana"),
        ("Hi, I am first.", "", "Hi, I am Ljus &amp; Form."),
        ("Regards, first", "", "Regards, Ljus &amp; Form"),
        ("first last (full)", "Ana", "Ana (Ana)"),
        ("first last<br>full", "", "Ljus &amp; Form<br>Ljus &amp; Form"),
        ("first", '<script>"x"', "&lt;script&gt;&quot;x&quot;"),
        ("first", "{{agent.last_name}}", "{{agent.last_name}}"),
        ("first last", "Åsa Öberg", "Åsa Öberg"),
        ("first last", "  Ana   Berg ", "Ana Berg"),
        ("no names", "Ana", "no names"),
    ],
)
def test_eml_16_no_missing_part_of_a_name_leaves_a_hole(template: str, author: str, shown: str) -> None:
    assert filled(template, author) == shown


@pytest.mark.parametrize("author", ["", " ", "Ana", "Ana Berg", "Ana Maria Berg"])
@pytest.mark.parametrize("template", ["first", "last", "full", "first last", "last, first", "full last", "first, last"])
def test_eml_16_whatever_is_known_something_is_said_and_nothing_hangs_in_the_air(template: str, author: str) -> None:
    shown = filled(f"<p>Hi, this is {template}, at the lamp shop</p>", author)
    assert not re.search(r"\{\{|is ,|,\s*,|\s,|\s\s|is\s+at", shown)


@pytest.mark.parametrize("token", ["{{agent.phone}}", "{{ contact.name }}", "{{}}", "{{agent.first_name|upper}}"])
def test_eml_16_a_token_that_is_none_is_refused(token: str) -> None:
    with pytest.raises(InvalidSettings) as wrong:
        signature.checked(f"<p>{token}</p>")
    assert wrong.value.field == "signature_html"


@pytest.mark.parametrize("unfinished", [{}, {"address": ""}, {"imap": {"host": ""}}, {"smtp": {}, "from_name": {}}])
def test_eml_17_the_preview_works_before_the_form_is_finished(unfinished: dict[str, object]) -> None:
    assert channels.email_kind().preview(unfinished, "Ana Berg") == {"from": "Ana Berg", "signature_html": ""}


def test_eml_12_17_the_preview_shows_name_address_and_signature_as_recipients_will_see_them() -> None:
    wanted = {
        "address": "support@demo.example",
        "from_name": {"mode": "agent_company", "company": COMPANY},
        "signature_html": '<p onclick="x()">{{agent.first_name}} {{agent.last_name}}</p>',
    }
    assert channels.email_kind().preview(wanted, "Ana") == {
        "from": "Ana (Ljus & Form) <support@demo.example>",
        "signature_html": "<p>Ana</p>",
    }
