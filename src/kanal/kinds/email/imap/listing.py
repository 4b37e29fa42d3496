"""What a server lists of an opened folder: of each mail its UID, size, date and marks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import msgspec

from kanal.kinds.email.imap import grammar
from kanal.kinds.email.imap.folders import Opened
from kanal.kinds.email.imap.session import Session

PAGE = 2_000
_ITEMS = b" (UID RFC822.SIZE INTERNALDATE FLAGS)"


class Mail(msgspec.Struct, kw_only=True, frozen=True):
    uid: int
    size: int
    at: datetime | None
    deleted: bool
    """Marked to be removed."""


async def everything(session: Session, opened: Opened) -> AsyncIterator[list[Mail]]:
    """By position, page after page: while nothing but FETCH is asked, no position may change (RFC 3501, 7.4.1)."""
    for first in range(1, opened.messages + 1, PAGE):
        last = min(first + PAGE - 1, opened.messages)
        yield await _page(session, b"FETCH %d:%d" % (first, last))


async def since(session: Session, uid: int) -> list[Mail]:
    """Those with this UID or a later one. Asked so, a server names its last mail even when that is older."""
    return [mail for mail in await _page(session, b"UID FETCH %d:*" % uid) if mail.uid >= uid]


async def _page(session: Session, command: bytes) -> list[Mail]:
    answer = await session.wire.run(command + _ITEMS)
    return [mail for chunks in answer.untagged if (mail := _mail(chunks)) is not None]


def _mail(chunks: list[bytes]) -> Mail | None:
    said = grammar.values(chunks)
    if len(said) != 3 or said[1] != "FETCH":
        return None
    items = grammar.pairs(said[2])
    uid = grammar.number(items.get("UID"))
    if not uid:
        return None  # what changed about another mail meanwhile
    return Mail(
        uid=uid,
        size=grammar.number(items.get("RFC822.SIZE")),
        at=grammar.date(items.get("INTERNALDATE")),
        deleted="\\DELETED" in (flag.upper() for flag in grammar.words(items.get("FLAGS"))),
    )
