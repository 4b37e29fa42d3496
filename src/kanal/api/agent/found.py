"""What a path names, as far as the caller may see it."""

from __future__ import annotations

from uuid import UUID

from kanal.api.http.signin import Caller
from kanal.kit.db import NotFound, Transaction
from kanal.views import files, inboxes, spam, visible
from kanal.views.errors import TicketIsSpam

MOST_DIGITS = 18


async def ticket(tx: Transaction, caller: Caller, given: str) -> UUID:
    """The ticket that a path names by id or by number. Raises NotFound and TicketIsSpam."""
    wanted = _id_or_number(given)
    if wanted is None:
        raise NotFound("ticket")
    found = await visible.ticket_id(tx, caller.member, wanted)
    if found is not None:
        return found
    conversation = await spam.of_ticket(tx, caller.member, wanted)
    if conversation is None:
        raise NotFound("ticket")
    raise TicketIsSpam(conversation)


async def message(tx: Transaction, caller: Caller, wanted: UUID) -> None:
    """A message that the caller may see."""
    if not await files.may_see_message(tx, caller.member, wanted):
        raise NotFound("message")


async def conversation(tx: Transaction, caller: Caller, wanted: UUID) -> None:
    """A conversation that the caller may see, spam or not."""
    if not await spam.may_see_conversation(tx, caller.member, wanted):
        raise NotFound("conversation")


async def apart(tx: Transaction, caller: Caller, wanted: UUID) -> None:
    """A conversation of a conversations inbox that the caller may see."""
    if not await inboxes.may_see(tx, caller.member, wanted):
        raise NotFound("conversation")


def _id_or_number(given: str) -> UUID | int | None:
    if given.isascii() and given.isdigit() and len(given) <= MOST_DIGITS:
        return int(given)
    try:
        return UUID(given)
    except ValueError:
        return None
