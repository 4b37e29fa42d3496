"""FETCH: what a program wants to know of one mail, item by item."""

import re

from sandbox.imap import structure
from sandbox.imap.errors import Bad
from sandbox.imap.grammar import Token, internal_date, string, text_of
from sandbox.imap.view import flags_of
from sandbox.mail.models import Copy
from sandbox.mail.store import Store

MACROS = {
    "ALL": ["FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE"],
    "FAST": ["FLAGS", "INTERNALDATE", "RFC822.SIZE"],
    "FULL": ["FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODY"],
}
OLD_NAMES = {"RFC822": "BODY[]", "RFC822.HEADER": "BODY.PEEK[HEADER]", "RFC822.TEXT": "BODY[TEXT]"}
BODY = re.compile(r"BODY(?P<peek>\.PEEK)?\[(?P<section>[^\]]*)\](?:<(?P<at>\d+)\.(?P<most>\d+)>)?", re.IGNORECASE)


def items_of(wanted: Token, *, by_uid: bool) -> list[str]:
    """Their names; those of sections as the program wrote them."""
    names = [text_of(each) for each in wanted] if isinstance(wanted, list) else [text_of(wanted)]
    items = [each for name in names for each in MACROS.get(name.upper(), [name])]
    if by_uid and "UID" not in (item.upper() for item in items):
        items.insert(0, "UID")
    return items


def marks_as_seen(items: list[str]) -> bool:
    bodies = [BODY.fullmatch(OLD_NAMES.get(item.upper(), item)) for item in items]
    return any(body and not body["peek"] for body in bodies)


def fetched(store: Store, copy: Copy, items: list[str]) -> bytes:
    """`UID 7 FLAGS (\\Seen) BODY[] {3}…`."""
    return b" ".join(_item(store, copy, item) for item in items)


def _item(store: Store, copy: Copy, item: str) -> bytes:
    match item.upper():
        case "UID":
            return b"UID %d" % copy.uid
        case "FLAGS":
            return b"FLAGS (" + " ".join(flags_of(copy)).encode() + b")"
        case "INTERNALDATE":
            return b"INTERNALDATE " + internal_date(copy.received_at)
        case "RFC822.SIZE":
            return b"RFC822.SIZE %d" % len(store.raw(copy.id))
        case "ENVELOPE":
            return b"ENVELOPE " + structure.envelope(structure.parsed(store.raw(copy.id)))
        case "BODY" | "BODYSTRUCTURE" as name:
            return name.encode() + b" " + structure.structure(structure.parsed(store.raw(copy.id)))
    body = BODY.fullmatch(OLD_NAMES.get(item.upper(), item))
    if not body:
        raise Bad(f"{item[:50]} cannot be fetched")
    return _name(item, body) + b" " + string(_part(_section(store.raw(copy.id), body["section"]), body))


def _name(item: str, body: re.Match[str]) -> bytes:
    if item.upper() in OLD_NAMES:
        return item.upper().encode()
    start = f"<{body['at']}>" if body["at"] else ""
    return f"BODY[{body['section']}]{start}".encode()


def _part(data: bytes, body: re.Match[str]) -> bytes:
    return data[int(body["at"]) :][: int(body["most"])] if body["at"] else data


def _section(raw: bytes, section: str) -> bytes:
    numbers = re.match(r"(?:\d+\.?)*", section)
    path = [int(each) for each in (numbers[0] if numbers else "").split(".") if each]
    what = section[numbers.end() if numbers else 0 :].upper()
    if not path:
        return _of_mail(raw, what)
    found = structure.part(structure.parsed(raw), path)
    if found is None:
        return b""
    if what == "MIME":
        return structure.header_of(found.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    return _of_mail(structure.bytes_of(found), what) if what else structure.bytes_of(found)


def _of_mail(raw: bytes, what: str) -> bytes:
    if not what:
        return raw
    if what == "TEXT":
        return structure.text_of(raw)
    header = structure.header_of(raw)
    if what == "HEADER":
        return header
    chosen = re.fullmatch(r"HEADER\.FIELDS(\.NOT)?\s*\(([^)]*)\)", what)
    if not chosen:
        raise Bad(f"There is no section {what[:50]}")
    return structure.fields_of(header, chosen[2].replace('"', "").split(), others=bool(chosen[1]))
