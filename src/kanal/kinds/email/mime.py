"""Raw bytes → tree of parts. Written by hand because the limits must hold *while* it reads: the standard library's
parser goes line by line, has none, and takes seconds for what a mail bomb holds. bodies.py reads the tree."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field
from functools import cached_property

from kanal.kinds.email.headers import Headers, parameters, split
from kanal.kit.mail import lenient_base64

MAX_PARTS = 500
MAX_NESTING = 20


@dataclass
class Part:
    headers: Headers
    type: str
    """Lower case, e.g. `text/plain`; always with a slash."""
    params: dict[str, str]
    data: bytes
    """The buffer that all parts share; `start` and `end` say which of it is this part's body."""
    start: int
    end: int
    parts: list[Part] = field(default_factory=list)

    @property
    def raw(self) -> bytes:
        return self.data[self.start : self.end]

    @cached_property
    def disposition(self) -> tuple[str, dict[str, str]]:
        return parameters(self.headers.get("content-disposition"))

    @cached_property
    def encoding(self) -> str:
        return self.headers.get("content-transfer-encoding").strip("\"' ;").lower()

    @cached_property
    def content(self) -> bytes:
        """The bytes that the sender meant, transfer encoding undone as far as it can be."""
        if self.encoding.startswith("base64"):
            return _base64(self.raw)
        if self.encoding.startswith("quoted"):
            return binascii.a2b_qp(self.raw)
        if self.encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
            return _uudecoded(self.raw)
        return self.raw

    @property
    def encoding_known(self) -> bool:
        return not self.encoding or _KNOWN_ENCODING.match(self.encoding) is not None

    def walk(self) -> list[Part]:
        """This part and all below it, in order."""
        return [self, *(each for part in self.parts for each in part.walk())]


@dataclass
class Mail:
    root: Part
    truncated: bool = False
    """A limit was reached; what lies beyond it stands only in the raw source."""
    count: int = 0

    @property
    def headers(self) -> Headers:
        return self.root.headers


def read(body: bytes) -> Mail:
    """The tree of a mail. Never fails: what has no structure is one part of plain text."""
    if b"\n" not in body:
        body = body.replace(b"\r", b"\n")
    mail = Mail(root=Part(Headers([]), "text/plain", {}, body, 0, len(body)))
    mail.root = _part(mail, body, 0, len(body), "text/plain", 0)
    return mail


_KNOWN_ENCODING = re.compile(r"7-?bits?$|8-?bits?$|binary$|base64|quoted|(?:x-)?uue(?:ncode)?$|none$|utf-?8$|us-ascii$")
_HALF_TYPES = {"text": "text/plain", "html": "text/html", "multipart": "multipart/mixed"}
_LF = 0x0A
_SNIFFED = re.compile(rb"(?:\A|\n)--([^\s][^\r\n]{0,200}?)[ \t]*\r?\n(?=content-)", re.IGNORECASE)


def _part(mail: Mail, data: bytes, start: int, end: int, default: str, depth: int) -> Part:
    mail.count += 1
    headers, body, cut = split(data, start, end)
    mail.truncated = mail.truncated or cut
    kind, params = parameters(headers.get("content-type"))
    if not kind:
        kind = default
    elif "/" not in kind:
        kind = _HALF_TYPES.get(kind, "application/octet-stream")
    part = Part(headers, kind, params, data, body, end)
    if kind.startswith("multipart/"):
        _open(mail, part, depth)
    return part


def _open(mail: Mail, part: Part, depth: int) -> None:
    if depth >= MAX_NESTING:
        mail.truncated = True
        part.type = "application/octet-stream"
        return
    if part.encoding.startswith(("base64", "quoted")):  # forbidden for multiparts, and done
        part.data = part.content
        part.start, part.end = 0, len(part.data)
    default = "message/rfc822" if part.type == "multipart/digest" else "text/plain"
    for start, end in _segments(part):
        if mail.count >= MAX_PARTS:
            mail.truncated = True
            break
        part.parts.append(_part(mail, part.data, start, end, default, depth + 1))
    if not part.parts:
        part.type = "text/plain"


def _segments(part: Part) -> list[tuple[int, int]]:
    boundary = part.params.get("boundary", "").encode("utf-8", "replace").rstrip()
    found = _cut(part, boundary) if boundary else []
    if not found:
        sniffed = _SNIFFED.search(part.data, max(0, part.start - 1), part.end)
        found = _cut(part, sniffed[1]) if sniffed else []
    return found


def _cut(part: Part, boundary: bytes) -> list[tuple[int, int]]:
    """Where the parts between the boundary lines stand; the last one may lack its end."""
    data = part.data
    line = re.compile(b"--" + re.escape(boundary) + rb"(--)?[ \t]*(?:\r?\n|\Z)")
    out: list[tuple[int, int]] = []
    opened = -1
    for found in line.finditer(data, part.start, part.end):
        at = found.start()
        if at > part.start and data[at - 1] != _LF:
            continue
        if opened >= 0:
            out.append((opened, max(opened, _before_line_end(data, at))))
        opened = found.end()
        if found[1] or len(out) > MAX_PARTS:
            return out
    if 0 <= opened < part.end:
        out.append((opened, part.end))
    return out


def _before_line_end(data: bytes, at: int) -> int:
    """The line break before a boundary belongs to the boundary."""
    return at - 2 if data[at - 2 : at] == b"\r\n" else at - 1


def _base64(raw: bytes) -> bytes:
    tail = raw.rstrip(b"=\r\n\t ")
    try:
        if b"=" not in tail and b"-" not in tail:
            return binascii.a2b_base64(raw)
    except binascii.Error:
        pass
    return lenient_base64(raw)


def _uudecoded(raw: bytes) -> bytes:
    out: list[bytes] = []
    for line in raw.splitlines():
        if line.startswith(b"begin ") or not line.strip():
            continue
        if line.strip() == b"end":
            break
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            continue
    return b"".join(out)
