"""The folders of a mailbox: which there are and what they are for, and opening one to read. Opened by EXAMINE, so that
nothing here can mark a mail as seen."""

from __future__ import annotations

from typing import Literal

import msgspec

from kanal.channelkit.ledger import Folder
from kanal.kinds.email.imap import grammar, words
from kanal.kinds.email.imap.errors import Refused
from kanal.kinds.email.imap.session import Session

Role = Literal["inbox", "sent", "drafts", "junk", "trash", "archive", "all", ""]
_ROLES: dict[str, Role] = {
    "\\SENT": "sent",
    "\\DRAFTS": "drafts",
    "\\JUNK": "junk",
    "\\TRASH": "trash",
    "\\ARCHIVE": "archive",
    "\\ALL": "all",
}
_NAMES_OF_SENT = frozenset({
    "sent", "sent items", "sent messages", "sent mail", "skickat", "skickade objekt", "gesendet",
    "gesendete elemente", "gesendete objekte", "envoyés", "éléments envoyés", "messages envoyés", "enviados",
    "elementos enviados", "posta inviata", "verzonden", "verzonden items", "sendt", "lähetetyt",
})  # fmt: skip
"""Where a server does not mark its folders (RFC 6154), the last part of their name says it."""
COUNTED = 100
"""Folders that are asked one by one how much is in them."""


class Opened(msgspec.Struct, kw_only=True, frozen=True):
    name: str
    uidvalidity: int
    uidnext: int
    """0 when the server does not say."""
    messages: int


async def examine(session: Session, name: str) -> Opened:
    """Raises NoMailbox that names the folder."""
    try:
        answer = await session.wire.run(b"EXAMINE " + grammar.folder_on_the_wire(name))
    except Refused as refused:
        raise words.folder_refused(session.imap, name, refused) from refused
    session.is_open, session.wire.changed = True, False
    codes = [each for each in (grammar.said(chunks[0]) for chunks in answer.untagged) if each is not None]
    stated = {each.code: grammar.number(each.given) for each in codes}
    counts = (grammar.values(chunks) for chunks in answer.untagged if chunks[0].upper().endswith(b" EXISTS"))
    return Opened(
        name=name,
        uidvalidity=stated.get("UIDVALIDITY", 0),
        uidnext=stated.get("UIDNEXT", 0),
        messages=next((grammar.number(count[0]) for count in counts), 0),
    )


async def state(session: Session, name: str) -> tuple[int, ...]:
    """What changes with every mail that comes or goes, without opening the folder. Of an open one a server may tell
    what it told before, so that is closed; what was opened by EXAMINE loses nothing by it."""
    if session.is_open:
        await session.wire.run(b"CLOSE")
        session.is_open = False
    command = b"STATUS " + grammar.folder_on_the_wire(name) + b" (MESSAGES UIDNEXT UIDVALIDITY)"
    try:
        answer = await session.wire.run(command)
    except Refused as refused:
        raise words.folder_refused(session.imap, name, refused) from refused
    for said in map(grammar.values, answer.untagged):
        if len(said) == 3 and said[0] == "STATUS":
            counts = grammar.pairs(said[2])
            return tuple(grammar.number(counts.get(each)) for each in ("UIDVALIDITY", "UIDNEXT", "MESSAGES"))
    return ()


async def all_of(session: Session, *, counted: bool = False) -> list[Folder]:
    """Every folder that can be opened, the inbox first. With `counted` also how many mails each holds."""
    answer = await session.wire.run(b'LIST "" "*"' + _asking(session))
    listed = [said for said in map(grammar.values, answer.untagged) if len(said) >= 4 and said[0] == "LIST"]
    found = [folder for said in listed if (folder := _folder(said)) is not None]
    _guess_sent(found, {folder_name(said): _separator(said) for said in listed})
    if counted:
        for folder in found[:COUNTED]:
            folder.messages = await _count(session, folder.name)
    return sorted(found, key=lambda folder: (folder.role != "inbox", folder.name.casefold()))


async def sent(session: Session) -> str:
    """The folder for what was sent; "" when there is none."""
    if session.imap.sent_folder:
        return session.imap.sent_folder
    return next((folder.name for folder in await all_of(session) if folder.role == "sent"), "")


def folder_name(said: list[grammar.Value]) -> str:
    name = grammar.folder_name(said[3])
    return "INBOX" if name.upper() == "INBOX" else name


def _asking(session: Session) -> bytes:
    extended = session.can("LIST-EXTENDED") and session.can("SPECIAL-USE")
    return b" RETURN (SPECIAL-USE)" if extended else b""


def _folder(said: list[grammar.Value]) -> Folder | None:
    marks = {mark.upper() for mark in grammar.words(said[1])}
    if marks & {"\\NOSELECT", "\\NONEXISTENT"}:
        return None
    name = folder_name(said)
    role: Role = "inbox" if name == "INBOX" else next((_ROLES[mark] for mark in marks if mark in _ROLES), "")
    return Folder(name=name, role=role)


def _separator(said: list[grammar.Value]) -> str:
    return said[2].decode("ascii", "replace") if isinstance(said[2], bytes) else ""


def _guess_sent(found: list[Folder], separators: dict[str, str]) -> None:
    if any(folder.role == "sent" for folder in found):
        return
    for folder in found:
        separator = separators.get(folder.name)
        last = folder.name.rpartition(separator)[2] if separator else folder.name
        if not folder.role and last.casefold() in _NAMES_OF_SENT:
            folder.role = "sent"
            return


async def _count(session: Session, name: str) -> int | None:
    try:
        answer = await session.wire.run(b"STATUS " + grammar.folder_on_the_wire(name) + b" (MESSAGES)")
    except Refused:
        return None
    for said in map(grammar.values, answer.untagged):
        if len(said) == 3 and said[0] == "STATUS":
            return grammar.number(grammar.pairs(said[2]).get("MESSAGES"))
    return None
