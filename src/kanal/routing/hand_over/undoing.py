"""Taking a hand-over back: what nobody has touched since returns to whoever had it, the rest stays and is told. Who was
set to away with it is available again."""

from __future__ import annotations

from uuid import UUID

import msgspec

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.people.availability import actions as availability
from kanal.people.availability.queries import standings
from kanal.routing.actions.by_hand import leave_queue
from kanal.routing.actions.recording import decided, record
from kanal.routing.deciding import Verdict
from kanal.routing.errors import InvalidHandOver
from kanal.routing.hand_over.models import HandOver, Left, Undone, WhyLeft
from kanal.routing.models import Asked
from kanal.tickets import queries


class _Given(msgspec.Struct, kw_only=True):
    """A ticket of the hand-over as it stands now."""

    id: UUID
    number: int
    channel_id: UUID | None
    is_open: bool
    is_as_it_was_given: bool
    answered: bool


async def undo(tx: Transaction, hand_over: UUID, actor: UUID | None) -> Undone:
    """Once. Raises NotFound, and InvalidHandOver when it cannot be undone."""
    over = await tx.one(
        HandOver,
        "select id, from_member_id, why, set_away, created_at, undone_at from hand_overs where id = %s for update",
        (hand_over,),
    )
    await _check(tx, over)
    given = await _given(tx, over)
    restored = [each for each in given if _left(each) is None]
    await _restore(tx, over, restored, actor)
    await _is_back(tx, over, actor)
    await tx.run("update hand_overs set undone_at = %s where id = %s", (clock.now(), over.id))
    left = [Left(ticket_id=each.id, number=each.number, why=why) for each in given if (why := _left(each))]
    data = {"hand_over_id": str(over.id), "member_id": str(over.from_member_id), "tickets": len(restored)}
    events.emit(tx, Event(name="hand_over.undone", actor_id=actor, data=data))
    return Undone(restored=[each.id for each in restored], left=left)


async def _check(tx: Transaction, over: HandOver) -> None:
    if over.undone_at is not None:
        raise InvalidHandOver("id", "It was undone already.")
    active = await tx.value("select true from members where id = %s and deactivated_at is null", (over.from_member_id,))
    if not active:
        raise InvalidHandOver("id", "Whoever had the tickets is deactivated: reactivate them first.")


async def _given(tx: Transaction, over: HandOver) -> list[_Given]:
    ids = await tx.values("select ticket_id from hand_over_tickets where hand_over_id = %s", (over.id,))
    await queries.locked(tx, ids)
    return await tx.all(
        _Given,
        """
        select t.id, t.number, t.channel_id, t.is_open,
               t.assignee_id is not distinct from h.to_member_id as is_as_it_was_given,
               exists (
                 select from conversations c join messages m on m.conversation_id = c.id
                 where c.ticket_id = t.id and m.direction = 'out' and m.created_at > %(since)s) as answered
        from hand_over_tickets h join tickets t on t.id = h.ticket_id
        where h.hand_over_id = %(over)s order by t.number
        """,
        {"over": over.id, "since": over.created_at},
    )


def _left(each: _Given) -> WhyLeft | None:
    """Why it stays where it is; None when it can return."""
    if not each.is_open:
        return "closed"
    if not each.is_as_it_was_given:
        return "given_on"
    return "answered" if each.answered else None


async def _restore(tx: Transaction, over: HandOver, given: list[_Given], actor: UUID | None) -> None:
    now = clock.now()
    member = over.from_member_id
    found = [
        decided(
            each.channel_id,
            Asked(ticket_id=each.id, at=now, since=now),
            Verdict(outcome="assigned", why="handed_back", member=member),
        )
        for each in given
    ]
    await record(tx, now, found, cause="undo", actor=actor)
    await leave_queue(tx, [each.id for each in given])


async def _is_back(tx: Transaction, over: HandOver, actor: UUID | None) -> None:
    """Unless their hours, or a period out of office, have said something else since."""
    standing = (await standings(tx, [over.from_member_id]))[over.from_member_id]
    if over.set_away and (standing.state, standing.why) == ("away", "hand"):
        await availability.set_by_hand(tx, over.from_member_id, "available", actor)
