"""What a path names, as far as the caller may see it."""

from __future__ import annotations

from uuid import UUID

from kanal.api.http.signin import Caller
from kanal.kit.db import NotFound, Transaction
from kanal.views import visible

MOST_DIGITS = 18


async def ticket(tx: Transaction, caller: Caller, given: str) -> UUID:
    """The ticket that a path names by id or by number."""
    wanted = _id_or_number(given)
    found = await visible.ticket_id(tx, caller.member, wanted) if wanted is not None else None
    if found is None:
        raise NotFound("ticket")
    return found


def _id_or_number(given: str) -> UUID | int | None:
    if given.isascii() and given.isdigit() and len(given) <= MOST_DIGITS:
        return int(given)
    try:
        return UUID(given)
    except ValueError:
        return None
