"""What a path names, as far as the caller may see it."""

from __future__ import annotations

from uuid import UUID

from kanal.api.http.signin import Caller
from kanal.kit.db import NotFound, Transaction
from kanal.views import files, visible

MOST_DIGITS = 18


async def ticket(tx: Transaction, caller: Caller, given: str) -> UUID:
    """The ticket that a path names by id or by number."""
    wanted = _id_or_number(given)
    found = await visible.ticket_id(tx, caller.member, wanted) if wanted is not None else None
    if found is None:
        raise NotFound("ticket")
    return found


async def message(tx: Transaction, caller: Caller, wanted: UUID) -> None:
    """A message that the caller may see."""
    if not await files.may_see_message(tx, caller.member, wanted):
        raise NotFound("message")


def _id_or_number(given: str) -> UUID | int | None:
    if given.isascii() and given.isdigit() and len(given) <= MOST_DIGITS:
        return int(given)
    try:
        return UUID(given)
    except ValueError:
        return None
