"""Tokens in texts: what they become as HTML and as plain text, and what is told of those that stand for nothing."""

from __future__ import annotations

import pytest

from kanal.macros import filling
from kanal.macros.models import MacroGap

KNOWN = {"contact.first_name": "Eva", "ticket.subject": "<b>Lamp</b> & shade", "contact.name": ""}


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("<p>Hello {{contact.first_name}},</p>", "<p>Hello Eva,</p>"),
        ("<p>{{ contact.first_name }}</p>", "<p>Eva</p>"),
        ("<p>{{contact.first_name|there}}</p>", "<p>Eva</p>"),
        ("<p>Hello {{contact.name|there}},</p>", "<p>Hello there,</p>"),
        ("<p>Hello {{contact.name| R&amp;D }}</p>", "<p>Hello R&amp;D</p>"),
        ("<p>Re {{ticket.subject}}</p>", "<p>Re &lt;b&gt;Lamp&lt;/b&gt; &amp; shade</p>"),
        ("<p>Hello {{contact.name}}, thanks</p>", "<p>Hello, thanks</p>"),
        ("<p>{{contact.name}}, thank you</p>", "<p>Thank you</p>"),
        ("<p>{{contact.first&nbsp;name}}x</p>", "<p>X</p>"),
        ("<p>no { tokens } here</p>", "<p>no { tokens } here</p>"),
    ],
)
def test_html_is_filled_with_words_and_never_with_markup(template: str, expected: str) -> None:
    assert filling.as_html(template, KNOWN).text == expected


def test_plain_text_is_filled_as_it_is() -> None:
    filled = filling.as_text("{{contact.first_name}}: {{ticket.subject}}", KNOWN)
    assert filled.text == "Eva: <b>Lamp</b> & shade"


def test_a_token_that_stands_for_nothing_is_told_unless_something_else_was_given() -> None:
    filled = filling.as_text("{{contact.name}} {{contact.name}} {{order}} {{contact.name|you}} {{order|none}}", KNOWN)
    assert filled.gaps == [MacroGap(token="contact.name", why="empty"), MacroGap(token="order", why="unknown")]


def test_tokens_are_named_once_in_their_order() -> None:
    assert filling.tokens("{{b}} {{a|x}} {{b}}") == ["b", "a"]
