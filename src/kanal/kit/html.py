"""HTML that a stranger wrote, made harmless: an allow list, no scripts, no forms, nothing loaded from elsewhere. The
app shows the result in a sandboxed frame; kinds that receive or send HTML go through here."""

from __future__ import annotations

import html as entities
import re

import msgspec
import nh3
from selectolax.lexbor import LexborHTMLParser

REMOTE = "data-remote-src"
"""Where the address of a blocked image stands until the reader asks for it."""
MENTION = "data-mention"
"""On a `span` of a comment: the id of the member whom it names."""


MAX_DEPTH = 2_000
MAX_ATTRIBUTES = 500


class Clean(msgspec.Struct, frozen=True):
    html: str
    remote_images: int = 0


def sanitise(source: str) -> Clean:
    """Harmless HTML. Images from elsewhere keep their address in `data-remote-src` and are counted; `cid:` stays."""
    source = tame(source)
    if "<" not in source and "&" not in source:
        return Clean(source)
    if _HAS_IMAGE.search(source) is None:
        return Clean(harmless(source))
    tree = LexborHTMLParser(source)
    remote = block_remote_images(tree)
    return Clean(harmless(tree.html or ""), remote)


def sanitise_comment(source: str) -> str:
    """Harmless HTML in which a member who is named can still be told from words."""
    return _comment_cleaner.clean(tame(source)).strip()


def harmless(source: str) -> str:
    """The cleaner alone, for what `tame` and `block_remote_images` have been through."""
    return _cleaner.clean(source).strip()


def tame(source: str) -> str:
    """The same, unless it is made to keep a parser busy (nested without end, a tag of thousands of attributes): then
    only its words."""
    if _too_deep(source) or any(_attributes_in(tag[0]) > MAX_ATTRIBUTES for tag in _LONG_TAG.finditer(source)):
        return from_text(entities.unescape(_ANY_TAG.sub(" ", source)))
    return source


def block_remote_images(tree: LexborHTMLParser) -> int:
    """Moves the addresses of remote images aside, in place; returns how many there were.

    The cleaner would drop them anyway; this is what lets the reader have them back."""
    count = 0
    for image in tree.css("img"):
        attributes = image.attrs
        address = (attributes.get("src") or "").strip()
        if REMOTE in attributes:
            del attributes[REMOTE]
        if address.startswith("//"):
            address = "https:" + address
        if address[:7].lower() == "http://" or address[:8].lower() == "https://":
            attributes[REMOTE] = address
            del attributes["src"]
            count += 1
    return count


def to_text(clean_html: str) -> str:
    """The words of *sanitised* HTML, laid out in lines as one would read them."""
    out = _Lines()
    for token in _TOKEN.finditer(clean_html):
        if token[3] is not None:
            out.words(token[3])
        else:
            out.tag(token[2], closing=bool(token[1]))
    return out.text()


def from_text(text: str) -> str:
    """Plain text as HTML that keeps its lines."""
    return "<div>" + entities.escape(text, quote=False).replace("\n", "<br>") + "</div>" if text else ""


def _too_deep(source: str) -> bool:
    if source.count("<") <= MAX_DEPTH:
        return False
    depth = 0
    for tag in _OPEN_OR_CLOSE.finditer(source):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > MAX_DEPTH:
            return True
    return False


def _attributes_in(tag: str) -> int:
    return len(_QUOTED.sub("x", tag).split())


class _Lines:
    """Words and tags one after the other → lines. A line break is written only before the next words."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._breaks = 0
        self._lead = ""
        self._as_it_stands = False
        self._cell_above = False

    def words(self, text: str) -> None:
        if self._as_it_stands:
            self._write(text)
            return
        text = _SPACE.sub(" ", text)
        if self._breaks or self._lead or not self._out or self._out[-1][-1:] == " ":
            text = text.lstrip(" ")
        if text:
            self._write(text)

    def tag(self, name: str, *, closing: bool) -> None:
        if name == "br":
            self._breaks += 1
        elif name == "li":
            self._breaks = max(self._breaks, 1)
            self._lead = "" if closing else "- "
        elif name in ("td", "th"):
            self._cell(closing)
        elif name in _PARAGRAPHS:
            self._breaks = max(self._breaks, 2)
            self._as_it_stands = name == "pre" and not closing
        elif name in _BLOCKS:
            self._breaks = max(self._breaks, 1)
            self._cell_above = self._cell_above and name != "tr"

    def text(self) -> str:
        text = "".join(self._out)
        for entity, letter in _ENTITIES:
            text = text.replace(entity, letter)
        text = _INVISIBLE.sub("", text)
        return _MANY_LINES.sub("\n\n", _LINE_ENDS.sub("\n", text)).strip()

    def _write(self, text: str) -> None:
        if self._out:
            self._out.append("\n" * min(self._breaks, 2))
        self._out += [self._lead, text]
        self._breaks, self._lead = 0, ""

    def _cell(self, closing: bool) -> None:
        if not closing and self._cell_above and not self._breaks:
            self._lead = "\t"
        self._cell_above = closing


def _names(listed: str) -> set[str]:
    return set(listed.split())


_OPEN_OR_CLOSE = re.compile(
    r"<(/?)(?!(?:area|base|br|col|embed|hr|img|input|link|meta|p|li|td|tr|th|param|source|wbr|option)\b)[a-z]",
    re.IGNORECASE,
)
"""Tags that open a level or close one; those whose end is often left out do not count."""
_LONG_TAG = re.compile(r"<[a-z][^>]{2000,}", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^>]*>|<[a-z!/][^>]*\Z", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_HAS_IMAGE = re.compile(r"<img", re.IGNORECASE)
# What the cleaner wrote is regular: names in lower case, values in double quotes, no comments. So a pattern will do.
_TOKEN = re.compile(r"<(/?)([a-z][a-z0-9]*)[^\"<>]*(?:\"[^\"]*\"[^\"<>]*)*>|([^<]+)")
_PARAGRAPHS = _names("p h1 h2 h3 h4 h5 h6 blockquote ul ol table hr pre")
_BLOCKS = _names(
    "div tr dl dt dd section article header footer center address caption figure figcaption details summary main nav "
    "aside tbody thead tfoot"
)
_ENTITIES = (("&nbsp;", " "), ("\xa0", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&"))
"""All that the cleaner writes; the last one last."""
_SPACE = re.compile(r"[ \t\n\r\f]+")
_LINE_ENDS = re.compile(r"[ \t]+\n")
_MANY_LINES = re.compile(r"\n{3,}")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u034f\u00ad]")

_TAGS = _names(
    "a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details "
    "dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p "
    "pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr "
    "tt u ul var wbr"
)
_DROPPED_WHOLE = _names(
    "script style title noscript template iframe frame frameset noframes object embed applet svg math select textarea "
    "button audio video canvas xml noembed"
)
_LAYOUT = {"align", "valign", "width", "height", "bgcolor", "border"}
_ATTRIBUTES_OF = {
    "*": {"style", "dir", "lang", "title"},
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height", "align", "border", REMOTE},
    "table": _LAYOUT | {"cellpadding", "cellspacing"},
    "tbody": {"align", "valign"},
    "thead": {"align", "valign"},
    "tr": _LAYOUT,
    "td": _LAYOUT | {"colspan", "rowspan", "nowrap"},
    "th": _LAYOUT | {"colspan", "rowspan", "nowrap", "scope"},
    "col": {"width", "span", "align"},
    "colgroup": {"width", "span", "align"},
    "font": {"color", "face", "size"},
    "div": {"align"},
    "p": {"align"},
    "ol": {"start", "type", "reversed"},
    "ul": {"type"},
    "li": {"value", "type"},
    "blockquote": {"type"},
    "time": {"datetime"},
    "details": {"open"},
}
_STYLES = _names(
    "background background-color border border-bottom border-bottom-color border-bottom-style border-bottom-width "
    "border-collapse border-color border-left border-left-color border-left-style border-left-width border-radius "
    "border-right border-right-color border-right-style border-right-width border-spacing border-style border-top "
    "border-top-color border-top-style border-top-width border-width clear color direction display float font "
    "font-family font-size font-style font-variant font-weight height letter-spacing line-height list-style "
    "list-style-type margin margin-bottom margin-left margin-right margin-top max-height max-width min-height "
    "min-width overflow-wrap padding padding-bottom padding-left padding-right padding-top table-layout text-align "
    "text-decoration text-indent text-transform unicode-bidi vertical-align white-space width word-break "
    "word-spacing word-wrap"
)
_LOADS = re.compile(r"url|image|expression|import|binding|behavio|javascript|attr\s*\(|var\s*\(|[<@]", re.IGNORECASE)
_IMAGE_DATA = re.compile(r"data:image/(?:png|gif|jpe?g|webp|bmp);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LINK = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "style":
        return _style(value)
    if name == "href":
        return value if _LINK.match(value.strip()) else None
    if name == "src":
        value = value.strip()
        return value if value[:4].lower() == "cid:" or _IMAGE_DATA.fullmatch(value) else None
    if name == MENTION:
        return value if _ID.fullmatch(value) else None
    if name == REMOTE:
        return value if value[:8].lower().startswith(("http://", "https://")) else None
    return value


def _style(value: str) -> str | None:
    """Without declarations that could load something. Escapes and comments are how such are hidden: all is dropped."""
    if "\\" in value or "/*" in value:
        return None
    if not _LOADS.search(value):
        return value
    return ";".join(part for part in value.split(";") if not _LOADS.search(part)) or None


def _cleaner_of(attributes: dict[str, set[str]]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags=_DROPPED_WHOLE,
        attributes=attributes,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        url_relative="deny",
        link_rel="noopener noreferrer",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        filter_style_properties=_STYLES,
        strip_comments=True,
    )


_cleaner = _cleaner_of(_ATTRIBUTES_OF)
_comment_cleaner = _cleaner_of(_ATTRIBUTES_OF | {"span": {MENTION}})
