"""Whether a mailbox has room for more (RFC 9208)."""

from __future__ import annotations

from kanal.kinds.email.imap import grammar, words
from kanal.kinds.email.imap.errors import NoMailbox, Refused
from kanal.kinds.email.imap.session import Session


async def complaint(session: Session) -> NoMailbox | None:
    """None while there is room, or when the server does not say."""
    if not session.can("QUOTA"):
        return None
    try:
        answer = await session.wire.run(b"GETQUOTAROOT INBOX")
    except Refused:
        return None
    for said in map(grammar.values, answer.untagged):
        if len(said) == 3 and said[0] == "QUOTA" and isinstance(said[2], list):
            resources = said[2]
            for name, used, limit in zip(resources[::3], resources[1::3], resources[2::3], strict=False):
                if name == "STORAGE" and 0 < grammar.number(limit) <= grammar.number(used):
                    return words.full(session.imap, grammar.number(used), grammar.number(limit))
    return None
