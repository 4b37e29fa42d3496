"""HTML from strangers is made harmless, and reads as text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.kit.html import REMOTE, from_text, sanitise, to_text

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' jAvA&#x73;cript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<img src='data:image/svg+xml;base64,PHN2Zz4='>",
    "<iframe src='https://evil.example'></iframe>",
    "<form action='https://evil.example'><input name=password><button>x</button></form>",
    "<style>@import url(https://evil.example/x.css); p { background: url(//evil.example) }</style>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<p style='position:fixed;top:0;left:0'>x</p>",
    "<p style='background:url(https://evil.example)'>x</p>",
    "<p style='background:u\\72l(https://evil.example)'>x</p>",
    "<p style='width:expression(alert(1))'>x</p>",
    "<p style='background:ur/**/l(https://evil.example)'>x</p>",
    "<p style='background-color:image-set(\"https://evil.example\" 1x)'>x</p>",
    "<table background='https://evil.example'><tr><td background='//evil.example'>x</td></tr></table>",
    "<img srcset='https://evil.example 2x'>",
    "<video poster='https://evil.example' src='https://evil.example'></video>",
    "<object data='https://evil.example'></object><embed src='https://evil.example'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<template><script>alert(1)</script></template>",
    "<a href='https://x.example' ping='https://evil.example' onclick=alert(1)>x</a>",
    f"<img {REMOTE}='javascript:alert(1)'>",
    "<a id=location name=x href='vbscript:x'>x</a>",
    "<img src='file:///etc/passwd'>",
    "<img src='\\\\evil.example\\share'>",
]
FORBIDDEN_TAGS = {
    "script", "style", "iframe", "form", "input", "button", "link", "meta", "base", "object", "embed", "svg", "math",
    "template", "video", "audio", "noscript",
}  # fmt: skip


class Danger(HTMLParser):
    """Reads HTML as a browser would and notes what it would do with it."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in FORBIDDEN_TAGS:
            self.found.append(tag)
        self.found += [f"{name}={value}" for name, value in attrs if self.bad(name, (value or "").lower())]

    def bad(self, name: str, value: str) -> bool:
        if name == "style":
            return re.search(r"url|position|expression|image|\\|/\*", value) is not None
        if name == "src":
            return re.match(r"cid:|data:image/(?:png|gif|jpeg|webp);", value) is None
        if name in ("href", REMOTE):
            return re.match(r"https?://|mailto:|tel:", value) is None
        return name.startswith("on") or name in ("srcset", "ping", "id", "background", "poster", "action", "xlink:href")


@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_is_made_harmless(attack: str) -> None:
    for source in (
        attack,
        f"<div>{attack}<b>after</b></div>",
        f"<img>{attack}",
        f"<!doctype html><html>{attack}</html>",
    ):
        assert not Danger(sanitise(source).html).found


@given(st.lists(st.sampled_from([*ATTACKS, "<", ">", '"', "'", "<p>", "</p>", "<!--", "-->", "&lt;", "x"]), max_size=6))
def test_attacks_side_by_side_are_harmless_and_stay_so(attacks: list[str]) -> None:
    once = sanitise("".join(attacks)).html
    assert not Danger(once).found
    assert not Danger(sanitise(once).html).found


def test_remote_images_are_counted_and_can_be_asked_for_later() -> None:
    clean = sanitise('<img src="https://x.example/a.png"><img src="//x.example/b.png"><img src="cid:a@b">')
    assert clean.remote_images == 2
    assert f'<img {REMOTE}="https://x.example/a.png">' in clean.html
    assert f'<img {REMOTE}="https://x.example/b.png">' in clean.html
    assert '<img src="cid:a@b">' in clean.html


def test_links_open_elsewhere_and_tell_nothing() -> None:
    html = sanitise('<a href="https://x.example/?a=1&amp;b=2" target="_top">x</a>').html
    assert 'target="_blank"' in html
    assert 'rel="noopener noreferrer"' in html
    assert 'href="https://x.example/?a=1&amp;b=2"' in html


def test_looks_are_kept() -> None:
    source = '<p style="color:red;font-weight:bold;margin:0 auto">x</p><font color="#ff0000">y</font>'
    assert sanitise(source).html == source


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<div>a</div><div><br></div><div>b<br></div><div>c</div>", "a\n\nb\nc"),
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<b>a</b> <i>b</i>", "a b"),
        ("<ul><li>a</li> <li>b</li></ul>c", "- a\n- b\n\nc"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\nc"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("5 &lt; 6 &amp;&nbsp;7", "5 < 6 & 7"),
        ('<p title="a > b">x</p>', "x"),
        ("a\n   b", "a b"),
        ("a\u200bb", "ab"),
        ("", ""),
    ],
)
def test_html_reads_as_text(html: str, text: str) -> None:
    assert to_text(sanitise(html).html) == text


def test_text_becomes_html_that_keeps_its_lines() -> None:
    assert from_text("a < b\nc") == "<div>a &lt; b<br>c</div>"
    assert to_text(from_text("a < b\n\nc")) == "a < b\n\nc"


def test_html_made_to_exhaust_a_parser_keeps_its_words() -> None:
    assert to_text(sanitise("<div>" * 50_000 + "word").html) == "word"
    assert to_text(sanitise("<p " + "a=1 " * 50_000 + ">word</p>").html) == "word"
