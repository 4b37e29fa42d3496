"""New words apart from the history below them, in HTML: by the elements that mail programs wrap a quote in, else by
what they write above it. As careful as quotes.py; parse.py calls both."""

from __future__ import annotations

from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kanal.kinds.email import labels, phrases
from kanal.kinds.email.html_lines import lines_of
from kanal.kinds.email.quotes import Cut

QUOTE_CLASS = "kanal-quote"
"""Our outgoing mail wraps the history in a div of this class."""
_OURS = f".{QUOTE_CLASS}"
_TO_THE_END = (
    "#appendonsend, #divRplyFwdMsg, #mail-editor-reference-message-container, [id*='yahoo_quoted'], "
    "[class*='yahoo_quoted'], #OLK_SRC_BODY_SECTION, [style*='border-top:solid #'], [style*='border-top: solid #'], "
    "[style*='border-top: 1pt solid'], [style*='border-top:1pt solid'], div[name='quote']"
)
"""Everything after such an element is history."""
_CONTAINERS = (
    "div.gmail_quote, div.gmail_quote_container, blockquote[type='cite'], .protonmail_quote, .moz-cite-prefix, "
    "blockquote.gmail_quote, blockquote, div.zmail_extra, .tutanota_quote, .mailbox_quote, #isForwardContent"
)
"""Such an element holds the history; words after it would be new."""


def cut_html(tree: LexborHTMLParser, *, forward: bool) -> Cut:
    """Serialised halves of the tree, which is taken apart. Neither is sanitised yet."""
    at = None if forward else _cut_point(tree)
    if at is None:
        return Cut(tree.html or "", "")
    whole = tree.html or ""
    quoted = take_from(at)
    body = tree.body
    if body is None or not _says_something(body):
        return Cut(whole, "")
    return Cut(tree.html or "", quoted)


def _cut_point(tree: LexborHTMLParser) -> LexborNode | None:
    if tree.css_first(".moz-forward-container, #isForwardContent") is not None:
        return None
    ours = tree.css_first(_OURS)
    candidates = [node for node in (ours, _first_rest(tree), _first_container(tree)) if node is not None]
    block = _header_block(tree)
    if block is not None:
        candidates.append(block)
    if not candidates:
        return _by_lines(tree)
    return _with_lead(min(candidates, key=_position(tree)))


def _by_lines(tree: LexborHTMLParser) -> LexborNode | None:
    """Without any element that tells, by a line that sets history off, or the head of a mail."""
    lines = lines_of(tree)
    texts = [line.text for line in lines]
    for number, text in enumerate(texts):
        if phrases.FORWARDED.match(text) or phrases.is_attribution(text):
            return None
        if phrases.ORIGINAL.match(text) or labels.starts_head(texts, number):
            return beginning(lines[number].node)
    return None


def _first_rest(tree: LexborHTMLParser) -> LexborNode | None:
    for node in tree.css(_TO_THE_END)[:50]:
        if node.attributes.get("style") is None or _holds_header_block(node):
            return node
    return None


def _first_container(tree: LexborHTMLParser) -> LexborNode | None:
    for node in tree.css(_CONTAINERS)[:50]:
        text = node.text(separator="\n")
        if any(phrases.FORWARDED.match(line) for line in text[:2000].split("\n")[:10]):
            return None
        if node.tag == "blockquote" and not _is_quote(node):
            continue
        return node if not _words_after(node) else None
    return None


def _is_quote(node: LexborNode) -> bool:
    """A blockquote may be an indent that the writer made; history has a mark or a line above it that says so."""
    if node.attributes.get("type") == "cite":
        return True
    before = _previous(node)
    return before is not None and phrases.is_attribution(_one_line(before))


def _header_block(tree: LexborHTMLParser) -> LexborNode | None:
    """Outlook without any id: a bold `From:` that begins a block of such labels."""
    for node in tree.css("b, strong, span")[:300]:
        if not labels.FROM.fullmatch(_one_line(node)):
            continue
        block = node
        while block.parent is not None and block.parent.tag in ("b", "strong", "span", "font", "p", "div", "o:p"):
            if _holds_header_block(block):
                return block
            if _says_something_before(block):
                break
            block = block.parent
        if _holds_header_block(block) and block.tag not in ("body", "html"):
            return block
    return None


def _holds_header_block(node: LexborNode) -> bool:
    text = node.text(separator="\n")[:4000]
    lines = [line for line in (each.strip() for each in text.split("\n")) if line]
    return labels.starts_head(lines, 0)


def _with_lead(node: LexborNode) -> LexborNode:
    """The line above that introduces the quote, or the rule that sets it off, goes with it."""
    before = _previous(node)
    if before is None:
        return node
    line = _one_line(before)
    # Words that stand in no element of their own may be the writer's, with the attribution at their end.
    leads = before.is_element_node or phrases.ATTRIBUTION_LEAD.match(line) is not None
    return before if before.tag == "hr" or (leads and phrases.is_attribution(line)) else node


def _previous(node: LexborNode) -> LexborNode | None:
    """What stands before, past empty text and line breaks; if nothing does, before the parent."""
    for _ in range(6):
        before = node.prev
        while before is not None and (before.tag == "br" or not before.is_element_node) and not _one_line(before):
            before = before.prev
        if before is not None:
            return before
        if node.parent is None or node.parent.tag in ("body", "html"):
            return None
        node = node.parent
    return None


def _words_after(node: LexborNode) -> bool:
    """Whether the writer went on below the quote; a signature does not count, nor further history."""
    current: LexborNode | None = node
    while current is not None and current.tag not in ("body", "html"):
        after = current.next
        while after is not None:
            if not _is_history_or_signature(after) and _says_something(after):
                return True
            after = after.next
        current = current.parent
    return False


def _is_history_or_signature(node: LexborNode) -> bool:
    if not node.is_element_node:
        return False
    names = " ".join(node.attributes.get(each) or "" for each in ("class", "id", "name")).lower()
    if "signature" in names or "quote" in names or node.tag in ("style", "script", "title", "head"):
        return True
    return node.tag == "blockquote" or phrases.SIGNATURE.match(_one_line(node)) is not None


def beginning(node: LexborNode) -> LexborNode:
    """The outermost element that begins with this piece of text."""
    while node.prev is None and node.parent is not None and node.parent.tag not in ("body", "html"):
        node = node.parent
    return node


def take_from(node: LexborNode) -> str:
    """Takes the node and all that follows it out of the tree; their HTML, outermost last."""
    out: list[str] = []
    level: LexborNode | None = node
    first = True
    while level is not None and level.tag not in ("body", "html"):
        parent = level.parent
        gone = [level] if first else []
        after = level.next
        while after is not None:
            gone.append(after)
            after = after.next
        out += [each.html or "" for each in gone]
        for each in gone:
            each.decompose()
        level, first = parent, False
    return "".join(out)


def _says_something(node: LexborNode) -> bool:
    if _one_line(node):
        return True
    return node.is_element_node and (node.tag == "img" or node.css_first("img") is not None)


def _says_something_before(node: LexborNode) -> bool:
    before = node.prev
    while before is not None:
        if _one_line(before):
            return True
        before = before.prev
    return False


def _one_line(node: LexborNode) -> str:
    text = node.text_content if not node.is_element_node else node.text()
    return " ".join((text or "").split())


def _position(tree: LexborHTMLParser) -> Callable[[LexborNode], int]:
    order = {node.mem_id: place for place, node in enumerate(tree.css("*"))}
    return lambda node: order.get(node.mem_id, len(order))
