"""What every side of mail agrees on: the key of an address, its plus part, and header words as a person reads them.
kinds/email parses and sends with it; the domain uses `normalise` wherever an address becomes a key."""

from __future__ import annotations

import binascii
import re
import unicodedata
from functools import lru_cache

import idna

from kanal.kit.charsets import clean, decode

MAX_ADDRESS = 320
"""Longer than 254 is not deliverable, yet seen; longer than this is no address."""
_LOCAL = re.compile(r'(?:"(?:[^"\\\x00-\x1f]|\\[^\x00-\x1f])*"|[^\s@<>()\[\]\\,;:"\x00-\x1f\x7f]+)')
_DOMAIN = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*")
_LITERAL = re.compile(r"\[(?:IPv6:)?[0-9A-Fa-f.:]{2,45}\]")
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN_WORDS = re.compile(r"(\?[bBqQ]\?[^?]*\?=)\s+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TAKES_NONE = re.compile(
    r"(?:^|[-_.+])(?:(?:no|not|do[-_.]?not|dont|ne|non|nao|inte|ingen|svar|ikke|ei|nicht)[-_.]?"
    r"(?:reply|respond|responder|repondre|rispondere|antwort(?:en)?|svara?s?|besvares?|ej|vastata|vastaa)"
    r"|(?:svara|keine)[-_.]?(?:inte|ej|antwort)|mailer-daemon|bounces?)(?:$|[-_.+0-9])"
)


@lru_cache(maxsize=4096)
def normalise(address: str) -> str:
    """The key of an address, "" when it is none. Domain in ASCII, lower case; the plus part stays.

    The local part is lower-cased too: RFC 5321 allows a server to tell cases apart, yet none of note does, and one
    customer who types their address in two ways must not become two contacts."""
    local, at, domain = address.strip().rpartition("@")
    if not at or len(address) > MAX_ADDRESS:
        return ""
    local = _unquoted(unicodedata.normalize("NFC", local)).lower()
    if not _LOCAL.fullmatch(local) or local.startswith("=?"):
        return ""
    host = _ascii_domain(domain)
    return f"{local}@{host}" if host else ""


def split_plus(address: str) -> tuple[str, str]:
    """`support+token@x` → (`support@x`, `token`); the second is "" when there is no plus part."""
    local, _, domain = address.rpartition("@")
    base, plus, tag = local.partition("+")
    if not plus or not base:
        return address, ""
    return f"{base}@{domain}", tag


def takes_no_answers(key: str) -> bool:
    """Whether an address says of itself that nobody reads what is sent there, in one of a dozen languages."""
    return _TAKES_NONE.search(key.rpartition("@")[0]) is not None


def domain_of(address: str) -> str:
    return address.rpartition("@")[2]


def header_text(value: str) -> str:
    """A header value as it reads: encoded words decoded, one line, nothing that could break out of its place."""
    text = decode_words(value) if "=?" in value else clean(value)
    text = _BREAKS.sub(" ", _BIDI.sub("", text))
    return unicodedata.normalize("NFC", " ".join(text.split()) if "  " in text else text.strip())


def decode_words(value: str) -> str:
    """RFC 2047, also where it is not allowed, since senders put encoded words everywhere.

    Neighbours with the same charset are joined as bytes first: faulty senders cut in the middle of a character."""
    value = _BETWEEN_WORDS.sub(r"\1", value.replace("\r", "").replace("\n", ""))
    out: list[str] = []
    run, run_charset, at = b"", "", 0
    for word in _WORD.finditer(value):
        charset = word[1].partition("*")[0].lower()
        if run and (word.start() > at or charset != run_charset):
            out.append(decode(run, run_charset))
            run = b""
        out.append(clean(value[at : word.start()]))
        run, run_charset, at = run + _word_bytes(word[2], word[3]), charset, word.end()
    if run:
        out.append(decode(run, run_charset))
    out.append(clean(value[at:]))
    return "".join(out)


def _word_bytes(encoding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(raw.replace(b" ", b"_"), header=True)
    return lenient_base64(raw)


def lenient_base64(data: bytes) -> bytes:
    """What can be read of base64 with white space or rubbish in it, missing padding, or text after its end; several
    padded pieces one after the other are joined."""
    digits = _NOT_BASE64.sub(b"", data)
    head, _, rest = digits.partition(b"=")
    out = [_piece(head)]
    while (rest := rest.lstrip(b"=")) and _MORE_BASE64.search(data):
        head, _, rest = rest.partition(b"=")
        out.append(_piece(head))
    return b"".join(out)


def _piece(digits: bytes) -> bytes:
    return binascii.a2b_base64(digits[: len(digits) - (len(digits) % 4 == 1)] + b"==")


_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]+")
_MORE_BASE64 = re.compile(rb"\A[A-Za-z0-9+/=\s]*={1,2}\s*[A-Za-z0-9+/\s]{4,}={0,2}\s*\Z")
"""Nothing but base64 to the end: what follows a padding is another piece and no footer."""


def _unquoted(local: str) -> str:
    """`"eva.ek"@x` and `eva.ek@x` are one address; the quotes stay where they are needed."""
    if len(local) > 2 and local[0] == local[-1] == '"' and _LOCAL.fullmatch(local[1:-1]):
        return local[1:-1]
    return local


@lru_cache(maxsize=1024)
def _ascii_domain(domain: str) -> str:
    domain = domain.strip().rstrip(".")
    if _LITERAL.fullmatch(domain):
        return domain.lower()
    if not domain.isascii():
        try:
            domain = idna.encode(domain, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            return ""
    domain = domain.lower()
    return domain if len(domain) <= 253 and _DOMAIN.fullmatch(domain) else ""
