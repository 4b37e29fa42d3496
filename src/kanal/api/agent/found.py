"""What a path names, as far as the caller may see it."""

from __future__ import annotations

from uuid import UUID

from kanal.api.http.problem import Invalid
from kanal.api.http.signin import Caller
from kanal.kit.db import NotFound, Transaction
from kanal.tickets import queries as tickets
from kanal.tickets.errors import TicketDeleted, TicketMerged
from kanal.views import files, inboxes, spam, visible
from kanal.views.errors import TicketIsSpam
from kanal.views.visible import OutOfSight


async def ticket(tx: Transaction, caller: Caller, given: str, *, even_gone: bool = False) -> UUID:
    """The ticket that a path names by id or by number. Raises NotFound, TicketIsSpam, and, unless `even_gone`,
    TicketMerged and TicketDeleted."""
    wanted = visible.id_or_number(given)
    if wanted is None:
        raise NotFound("ticket")
    found = await visible.ticket_id(tx, caller.member, wanted)
    if found is not None:
        return found
    gone = await visible.out_of_sight(tx, caller.member, wanted)
    if gone is not None and (gone.is_deleted or gone.merged_into is not None):
        return await _gone(tx, gone, even_gone)
    conversation = await spam.of_ticket(tx, caller.member, wanted)
    if conversation is None:
        raise NotFound("ticket")
    raise TicketIsSpam(conversation)


async def _gone(tx: Transaction, gone: OutOfSight, even_gone: bool) -> UUID:
    if even_gone:
        return gone.id
    if gone.merged_into is None:
        raise TicketDeleted(gone.id)
    whole = await tickets.whole_of(tx, gone.id)
    raise TicketMerged(whole.id, whole.number)


async def named(tx: Transaction, caller: Caller, field: str, given: str | int) -> UUID:
    """The ticket that a field of the body names by id or by number, `#12` too. Raises Invalid, naming the field."""
    wanted = visible.id_or_number(str(given).removeprefix("#"))
    found = None if wanted is None else await visible.ticket_id(tx, caller.member, wanted)
    gone = None if wanted is None or found else await visible.out_of_sight(tx, caller.member, wanted)
    if found is None and gone is None:
        raise Invalid(field, "there is no such ticket; write its number or its id")
    return found or gone.id  # type: ignore[union-attr]


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
