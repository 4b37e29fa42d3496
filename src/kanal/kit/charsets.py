"""Bytes to text under whatever name the sender gave the encoding, right or wrong. kit/mail.py decodes header words with
it, kinds/email the bodies."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

GUESS_FROM = 32_768
"""Bytes that a guess looks at."""
_SUBSTITUTES = {
    # What senders write and what they mean: the real encodings are supersets that Windows uses under the smaller name.
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "l1": "cp1252",
    "windows-1252": "cp1252", "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030", "cp936": "gb18030",
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "euc-kr": "cp949", "big5": "big5hkscs", "x-big5": "big5hkscs",
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext", "iso-2022-jp-ms": "iso2022_jp_ext", "cp50220": "iso2022_jp_ext",
    "unicode-1-1-utf-7": "utf-7", "unicode-1-1-utf-8": "utf-8", "utf8mb4": "utf-8", "unicode": "utf-16",
    "iso-8859-8-i": "iso-8859-8", "macintosh": "mac-roman", "x-mac-roman": "mac-roman",
}  # fmt: skip
_NO_LABEL = {"", "us-ascii", "ascii", "x-unknown", "unknown", "unknown-8bit", "default", "8bit", "none"}
_NOT_FOR_MAIL = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
"""Codecs of Python that are no encodings of mail; some take quadratic time."""
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)


def decode(data: bytes, label: str | None, *, guess: bool = False) -> str:
    """Never fails: bytes that fit nothing become U+FFFD. `guess` spends time on text without a label."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return clean(data.decode(encoding, "replace").lstrip("\ufeff"))
    encoding = known(label)
    if encoding == "utf-8":
        return clean(_utf8(data))
    if encoding:
        return clean(data.decode(encoding, "replace"))
    return clean(_unlabelled(data, guess))


def known(label: str | None) -> str:
    """The codec for a name as senders write it; "" when the name says nothing."""
    name = (label or "").strip().strip("\"'").strip().lower()
    if name in _NO_LABEL or len(name) > 60 or not name.isascii():
        return ""
    try:
        found = codecs.lookup(_SUBSTITUTES.get(name, name))
    except (LookupError, ValueError):
        return ""
    if found.name.replace("-", "_") in _NOT_FOR_MAIL or not found._is_text_encoding:
        return ""
    return found.name


def meta_label(html: bytes) -> str:
    """The encoding that an HTML document claims for itself; for documents that came without any other label."""
    found = _META.search(html, 0, 4096)
    name = found[1].decode("ascii") if found else ""
    # A document in which this could be read as ASCII is not in UTF-16, whatever it says.
    return "" if name.lower().startswith("utf-16") else name


def clean(text: str) -> str:
    """Without control characters and lone surrogates, which neither a database nor a screen takes; LF line ends."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWANTED.sub("", text)


def _utf8(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    # Broken all over: the label is wrong, not the bytes.
    return text if _mostly_valid(data, text, tolerance=4) else _windows(data)


def _unlabelled(data: bytes, guess: bool) -> str:
    text = data.decode("utf-8", "replace")
    if _mostly_valid(data, text):
        return text
    if guess and _mostly_beyond_ascii(data):
        best = from_bytes(data[:GUESS_FROM]).best()
        if best is not None:
            return data.decode(best.encoding, "replace")
    return _windows(data)


def _mostly_valid(data: bytes, text: str, tolerance: int = 1) -> bool:
    """At most so many broken bytes for each whole character beyond ASCII. The sign for a broken one may have been
    written as such."""
    broken = text.count("\ufffd") - data.count("\ufffd".encode())
    if not broken:
        return True
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return broken <= tolerance * (beyond_ascii - broken)


def _windows(data: bytes) -> str:
    """Every byte becomes a letter: the five that windows-1252 leaves open are what latin-1 says."""
    return data.decode("cp1252", "replace") if _UNDEFINED.isdisjoint(data) else data.decode("latin-1")


def _mostly_beyond_ascii(data: bytes) -> bool:
    """In western languages few letters lie beyond ASCII; where most do, it is another script."""
    sample = data[:GUESS_FROM]
    letters = sum(sample.count(c) for c in b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    high = len(sample) - len(sample.translate(None, bytes(range(128, 256))))
    return high > letters


_UNDEFINED = frozenset(b"\x81\x8d\x8f\x90\x9d")
