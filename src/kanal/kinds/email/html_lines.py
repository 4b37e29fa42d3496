"""HTML as the lines that a reader sees, each with the place in the tree where it begins, so that what quotes.py and
forwarded.py find in lines can be cut out of the tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_LINES = 1_000
MAX_CHARACTERS = 65_536
_MAX_STEPS = 100_000
_NAMED = (
    "address article aside blockquote body br center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header "
    "hr li main nav ol p pre section table tbody tfoot thead tr ul"
)
_BLOCKS = frozenset(_NAMED.split())
_UNSEEN = ("head", "style", "script", "title", "template", "noscript")


class Line(NamedTuple):
    text: str
    node: LexborNode
    """The first piece of text in it."""


def lines_of(tree: LexborHTMLParser) -> list[Line]:
    """The first 1,000 that are not empty, at most 64 K characters of them."""
    out: list[Line] = []
    words: list[str] = []
    first: LexborNode | None = None
    size = 0
    for node, closing in _pieces(tree):
        if node.tag in _BLOCKS and first is not None:
            _end(out, words, first)
            words, first = [], None
        text = _text(node, closing)
        if text is None:
            continue
        size += len(text)
        if size > MAX_CHARACTERS or len(out) >= MAX_LINES:
            break
        *whole, rest = text.split("\n") if _keeps_lines(node) else [text]
        for line in whole:
            _end(out, [*words, line], first or node)
            words, first = [], None
        words.append(rest)
        if first is None and rest.strip():
            first = node
    if first is not None:
        _end(out, words, first)
    return out


def _end(out: list[Line], words: list[str], first: LexborNode) -> None:
    line = " ".join("".join(words).split())
    if line:
        out.append(Line(line, first))


def _text(node: LexborNode, closing: bool) -> str | None:
    """Of a link to an address whose words are only a name the address too: that is how some programs name a sender."""
    if node.is_text_node:
        return node.text_content
    if not closing or node.tag != "a":
        return None
    scheme, _, address = (node.attributes.get("href") or "")[:400].partition(":")
    if scheme.lower() != "mailto" or "@" in (shown := node.text()[:400]) or not shown.strip():
        return None
    return f" <{address.partition('?')[0]}> "


def _keeps_lines(node: LexborNode) -> bool:
    return node.parent is not None and node.parent.tag == "pre"


def _pieces(tree: LexborHTMLParser) -> Iterator[tuple[LexborNode, bool]]:
    """Nodes in their order, those that hold others once more where they end."""
    body = tree.body
    node = body.child if body is not None else None
    for _ in range(_MAX_STEPS):
        if node is None:
            return
        yield node, False
        if node.child is not None and node.tag not in _UNSEEN:
            node = node.child
            continue
        while node is not None and node.next is None:
            node = node.parent
            if node is None or node.tag == "body":
                return
            yield node, True
        node = node.next if node is not None else None
