"""Reading deliveries: for people, and for the process that makes an attempt."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec

from kanal.delivery import rules
from kanal.delivery.models import Ahead, Claim, Row, ShownDelivery, State
from kanal.kit import clock
from kanal.kit.db import Transaction


async def shown(tx: Transaction, messages: Iterable[UUID]) -> dict[UUID, ShownDelivery]:
    """The newest attempt of each of these messages; those that came in have none."""
    rows = await tx.all(
        _Newest,
        """
        select distinct on (d.message_id) d.id, d.message_id, d.state, d.reason, d.changed_at, d.next_try_at, d.send_at,
               exists (select from deliveries e where e.message_id = d.message_id
                                                  and e.state not in ('queued', 'failed')) as may_have_left,
               m.automatic is not null as is_automatic
        from deliveries d join messages m on m.id = d.message_id where d.message_id = any(%s)
        order by d.message_id, d.created_at desc, d.id desc
        """,
        (list(messages),),
    )
    return {row.message_id: _shown(row) for row in rows}


async def row(tx: Transaction, delivery: UUID) -> Row | None:
    """A delivery with what hangs on it; None when its message was taken back."""
    return await tx.maybe(
        Row,
        """
        select d.id, d.message_id, d.channel_id, m.conversation_id, c.ticket_id, m.author_id
        from deliveries d
        join messages m on m.id = d.message_id
        join conversations c on c.id = m.conversation_id
        where d.id = %s
        """,
        (delivery,),
    )


async def claim(tx: Transaction, delivery: UUID) -> Claim:
    """The attempt that was made last, whoever made it."""

    class Attempt(msgspec.Struct):
        token: str
        tries: int
        claimed_by: str

    attempt = await tx.one(Attempt, "select token, tries, claimed_by from deliveries where id = %s", (delivery,))
    found = await row(tx, delivery)
    assert found is not None, "the row was read in the same transaction"
    return Claim(account_id=tx.account, row=found, token=attempt.token, tries=attempt.tries, mark=attempt.claimed_by)


async def hold(tx: Transaction, delivery: UUID, now: datetime) -> bool:
    """Lock a delivery that is still due; False when somebody else has it, or it is due no more."""
    return bool(
        await tx.value(
            """
            select true from deliveries where id = %s and state = 'queued' and next_try_at <= %s
            for update skip locked
            """,
            (delivery, now),
        )
    )


async def ahead(tx: Transaction, due: Row) -> Ahead | None:
    """What has to leave before this: anything of its conversation that is under way, and what was written earlier,
    unless it is meant for later or held back."""
    return await tx.maybe(
        Ahead,
        """
        select d.state, d.next_try_at
        from messages m
        join deliveries d on d.message_id = m.id
        join messages mine on mine.id = %(message)s
        where m.conversation_id = %(conversation)s and d.id <> %(id)s
          and (d.state in ('sending', 'data_sent')
               or d.state = 'queued' and (m.created_at, m.id) < (mine.created_at, mine.id)
                  and d.reason <> %(held)s and coalesce(d.send_at <= %(now)s, true))
        order by d.state = 'queued', m.created_at desc, m.id desc limit 1
        """,
        {
            "id": due.id,
            "message": due.message_id,
            "conversation": due.conversation_id,
            "held": rules.MEANWHILE,
            "now": clock.now(),
        },
    )


async def answers(tx: Transaction, left: Row) -> bool:
    """Whether an answer to the contact has left by this attempt for the first time. What nobody wrote, or what was said
    aside, is none."""
    return bool(
        await tx.value(
            """
            select first.changed_ticket <> '{}' and first.changed_ticket->'aside' is distinct from 'true'
                   and not exists (select from deliveries e where e.message_id = %(message)s and e.id <> %(id)s
                                                              and e.state in ('sent', 'bounced'))
            from deliveries first where first.message_id = %(message)s order by first.created_at, first.id limit 1
            """,
            {"message": left.message_id, "id": left.id},
        )
    )


class _Newest(msgspec.Struct, kw_only=True):
    id: UUID
    message_id: UUID
    state: State
    reason: str
    changed_at: datetime
    next_try_at: datetime | None
    send_at: datetime | None
    may_have_left: bool
    is_automatic: bool


def _shown(newest: _Newest) -> ShownDelivery:
    waits = newest.state == "queued"
    return ShownDelivery(
        id=newest.id,
        message_id=newest.message_id,
        state=rules.shown_state(newest.state),
        reason=newest.reason or None,
        at=newest.changed_at,
        not_before=newest.next_try_at if waits else None,
        send_at=newest.send_at if waits else None,
        held=waits and newest.reason == rules.MEANWHILE,
        can_retry=newest.state in rules.NEEDS_A_PERSON or (waits and bool(newest.reason)),
        can_confirm=newest.state == "unknown",
        can_cancel=waits and not newest.may_have_left and not newest.is_automatic,
    )


async def ticket_of(tx: Transaction, message: UUID) -> UUID | None:
    """The ticket in whose conversation a message stands."""
    found: UUID | None = await tx.value(
        "select c.ticket_id from messages m join conversations c on c.id = m.conversation_id where m.id = %s",
        (message,),
    )
    return found
