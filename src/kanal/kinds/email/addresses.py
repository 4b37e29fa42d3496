"""Who a mail names as its sender and receivers, from headers that follow the grammar or do not. parse.py asks here;
nothing in it takes more than linear time, since a From may name 20,000 people or nest a thousand comments."""

from __future__ import annotations

import re
from typing import NamedTuple

from kanal.channelkit.messages import Handle, Party
from kanal.kit.mail import header_text, normalise

MAX_ADDRESSES = 200
"""Of one header; what comes after them is left out."""
MAX_NAME = 200


class Mailbox(NamedTuple):
    name: str
    address: str
    """As it was written."""
    key: str


def mailboxes(value: str, limit: int = MAX_ADDRESSES) -> list[Mailbox]:
    """The mailboxes in an address header. Groups are opened, what is no address is passed over."""
    found: list[Mailbox] = []
    for name, address in _entries(value):
        key = normalise(address)
        if key:
            found.append(Mailbox(_display(name, address), address, key))
            if len(found) >= limit:
                break
    return found


def party(mailbox: Mailbox) -> Party:
    return Party(handle=Handle(kind="email", key=mailbox.key, address=mailbox.address), name=mailbox.name)


def _entries(value: str) -> list[tuple[str, str]]:
    """Pairs of display name and what stands for the address, as the commas cut them."""
    out: list[tuple[str, str]] = []
    words: list[str] = []
    comments: list[str] = []
    angle, depth = "", 0

    def finish() -> None:
        nonlocal angle
        if not angle:
            angle = _bare_address(words)
        if angle:
            out.append((" ".join(words) or " ".join(comments), angle))
            words.clear()
        elif words:
            words[-1] += ","  # `Ek, Eva <eva@x>` without quotes: the name goes on behind the comma
        comments.clear()
        angle = ""

    for token in _TOKEN.finditer(value):
        text = token[0]
        if depth or text == "(":
            depth += (text == "(") - (text == ")")
            if depth == 1 and text not in "()":
                comments.append(text.strip())
        elif text in ",;":
            finish()
            if text == ";":
                words.clear()
        elif text == ":":
            if not any("@" in word for word in words):  # the name of a group
                words.clear()
        elif text.startswith("<"):
            angle = angle or _inside(text)
        elif text.startswith('"'):
            words.append(_unquoted(text))
        elif text.strip() and text != ")":
            words.append(text.strip())
        if len(out) > MAX_ADDRESSES * 4:
            break
    finish()
    return out


# A whole encoded word is one token: some senders leave commas and colons in it.
_TOKEN = re.compile(
    r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?=|\"(?:[^\"\\]|\\.)*(?:\"(?:@[^\s,;<>()]+)?|$)|<[^<>]*(?:<[^<>]*>)?>*|[(),;:]|[^\s\"<>(),;:]+|\s+"
)
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"]+@(?:[^\s<>()\[\],;:\"]+|\[[^\s\]]+\])|\"[^\"]*\"@[^\s<>()\[\],;:\"]+")


def _inside(angle: str) -> str:
    found = _ADDRESS.search(angle.replace("mailto:", ""))
    return found[0].strip(".'") if found else ""


def _bare_address(words: list[str]) -> str:
    """The address among words without angle brackets, taken out of them."""
    for place in range(len(words) - 1, -1, -1):
        if "@" in (word := words[place]):
            found = _ADDRESS.search(word)
            if found:
                del words[place]
                return found[0].strip(".'")
    return ""


def _unquoted(text: str) -> str:
    if _QUOTED_AT.fullmatch(text):  # "eva ek"@x.se: a quoted local part, and no name
        return text
    inner = text[1:-1] if len(text) > 1 and text.endswith('"') else text[1:]
    return inner.replace('\\"', '"').replace("\\\\", "\\")


_QUOTED_AT = re.compile(r"\"(?:[^\"\\]|\\.)*\"@[^\s]+")


def _display(name: str, address: str) -> str:
    text = header_text(name).strip(" ,")
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1].strip()
    text = text.removesuffix("[mailto").rstrip()
    return "" if text.lower() == address.lower() else text[:MAX_NAME]
