"""The bytes of mails, by UID. BODY.PEEK, so that nobody's mail counts as read because we fetched it."""

from __future__ import annotations

from collections.abc import Sequence

from kanal.kinds.email.imap import grammar
from kanal.kinds.email.imap.session import Session

SLACK = 1_000_000
"""Bytes beyond twice the announced size that are still taken: some servers only estimate it."""


async def bodies(session: Session, uids: Sequence[int], size: int) -> dict[int, bytes]:
    """Those that the server gives; `size` is what it announced for all of them. Raises Refused when it gives none."""
    command = b"UID FETCH " + grammar.numbers(uids) + b" (UID BODY.PEEK[])"
    answer = await session.wire.run(command, most=2 * size + SLACK)
    found: dict[int, bytes] = {}
    for chunks in answer.untagged:
        said = grammar.values(chunks)
        if len(said) != 3 or said[1] != "FETCH":
            continue
        items = grammar.pairs(said[2])
        body = items.get("BODY[]")
        if isinstance(body, bytes) and body:
            found[grammar.number(items.get("UID"))] = body
    return found


async def still_there(session: Session, uids: Sequence[int]) -> set[int]:
    """Which of these the folder still holds."""
    answer = await session.wire.run(b"UID FETCH " + grammar.numbers(uids) + b" (UID)")
    said = [grammar.values(chunks) for chunks in answer.untagged]
    return {grammar.number(grammar.pairs(each[2]).get("UID")) for each in said if len(each) == 3 and each[1] == "FETCH"}
