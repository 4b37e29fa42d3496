"""The one writer of delivery states: every change obeys the table in `rules`, tells an event, and keeps the ticket's
mark of a reply that did not arrive."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from kanal.conversations import apart
from kanal.delivery import queries, rules, waking
from kanal.delivery.errors import NotRepeatable
from kanal.delivery.models import Change, Claim, Row, ShownDelivery, State
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction, document
from kanal.kit.ids import new_id
from kanal.tickets import actions as tickets

TOKEN_BYTES = 16
"""Of the return path; written as hexadecimal digits, since some servers fold case."""


class _Taken(msgspec.Struct):
    token: str
    tries: int
    send_at: datetime | None


class _Moved(Row, kw_only=True):
    is_news: bool


async def queue(
    tx: Transaction, message: UUID, channel: UUID, not_before: datetime, send_at: datetime | None = None
) -> UUID:
    """Promise to deliver a message; the row is the promise. `send_at` says that its author chose the time."""
    [delivery] = await queue_many(tx, [(message, channel)], not_before)
    if send_at is not None:
        await tx.run("update deliveries set send_at = %s where id = %s", (send_at, delivery))
    return delivery


async def queue_many(tx: Transaction, messages: Sequence[tuple[UUID, UUID]], not_before: datetime) -> list[UUID]:
    """The same for many, each with its channel."""
    now = clock.now()
    rows = [
        {
            "id": new_id(),
            "message_id": message,
            "channel_id": channel,
            "token": secrets.token_hex(TOKEN_BYTES),
            "created_at": now,
            "changed_at": now,
            "next_try_at": not_before,
        }
        for message, channel in messages
    ]
    await tx.insert("deliveries", rows)
    tx.wake("deliver")
    return [UUID(str(row["id"])) for row in rows]


async def move(tx: Transaction, delivery: UUID, change: Change, *, mark: str | None = None) -> Row | None:
    """Bring a delivery into another state; None when it is in none from which that follows, or, with `mark`, when
    somebody else has taken it over."""
    if change.to in rules.SETTLED:
        await lock_ticket(tx, delivery)
    moved = await tx.maybe(
        _Moved,
        """
        update deliveries d set state = %(to)s, reason = %(reason)s, changed_at = %(now)s,
          said = case when %(said)s = '' then d.said else %(said)s end,
          refused = d.refused || %(refused)s::jsonb, next_try_at = %(next_try_at)s,
          tries = coalesce(%(tries)s, d.tries)
        from deliveries old, messages m join conversations c on c.id = m.conversation_id
        where d.id = %(id)s and old.id = d.id and m.id = d.message_id and d.state = any(%(sources)s)
          and (%(mark)s::text is null or d.claimed_by = %(mark)s)
        returning d.id, d.message_id, d.channel_id, m.conversation_id, c.ticket_id, m.author_id,
                  (old.state, old.reason) <> (d.state, d.reason) as is_news
        """,
        {
            "id": delivery,
            "to": change.to,
            "sources": rules.sources(change.to),
            "reason": change.reason,
            "said": change.said,
            "refused": document(change.refused),
            "next_try_at": change.next_try_at,
            "tries": change.tries,
            "mark": mark,
            "now": clock.now(),
        },
    )
    if moved is None:
        return None
    if moved.is_news:
        answers = change.to == "sent" and await queries.answers(tx, moved)
        _tell(tx, moved, change.to, held=change.reason == rules.MEANWHILE, answers=answers)
    if change.to in rules.SETTLED:
        await waking.wake_conversation(tx, moved.conversation_id, behind_another=True)
        await mark_failed(tx, moved.ticket_id, moved.conversation_id)
    return moved


async def claim(tx: Transaction, due: Row, mark: str) -> Claim:
    """Take a due delivery, whose row is locked, for one attempt."""
    taken = await tx.one(
        _Taken,
        """
        update deliveries set state = 'sending', claimed_by = %s, tries = tries + 1, changed_at = %s
        where id = %s returning token, tries, send_at
        """,
        (mark, clock.now(), due.id),
    )
    if taken.send_at is not None and taken.tries == 1:
        # It stands in the conversation, and is dated, where it leaves and not where it was written.
        await tx.run("update messages set created_at = %s where id = %s", (clock.now(), due.message_id))
    _tell(tx, due, "sending")
    return Claim(account_id=tx.account, row=due, token=taken.token, tries=taken.tries, mark=mark)


async def data_leaves(tx: Transaction, claim: Claim) -> bool:
    """Note that from here on nobody can know whether the provider took it; False: it is no longer ours to send."""
    return bool(
        await tx.run(
            """
            update deliveries set state = 'data_sent', changed_at = %s
            where id = %s and claimed_by = %s and state in ('sending', 'data_sent')
            """,
            (clock.now(), claim.row.id, claim.mark),
        )
    )


async def retry(tx: Transaction, delivery: UUID, actor: UUID | None) -> ShownDelivery:
    """Send again with the same Message-ID: a new attempt where the last one ended, the same one where it waits."""
    shown = await _newest(tx, delivery)
    if not shown.can_retry:
        raise NotRepeatable
    if shown.held:
        if not await send_now(tx, delivery, shown.message_id, actor):
            raise NotRepeatable
    elif shown.state == "queued":
        await waking.make_due(tx, [delivery])
    else:
        channel = await tx.value("select channel_id from deliveries where id = %s", (delivery,))
        again = await queue(tx, shown.message_id, channel, clock.now())
        await tell_queued(tx, again, actor)
    return (await queries.shown(tx, [shown.message_id]))[shown.message_id]


async def send_now(tx: Transaction, delivery: UUID, message: UUID, actor: UUID | None) -> bool:
    """What was meant for later, or was held back, leaves at once, and was written now as far as others can see. False:
    it does not wait any more."""
    now = clock.now()
    waited = await tx.run(
        """
        update deliveries set send_at = null, reason = '', next_try_at = %s, changed_at = %s
        where id = %s and state = 'queued'
        """,
        (now, now, delivery),
    )
    if not waited:
        return False
    await tx.run("update messages set created_at = %s where id = %s", (now, message))
    tx.wake("deliver")
    await tell_queued(tx, delivery, actor)
    return True


async def tell_queued(tx: Transaction, delivery: UUID, actor: UUID | None) -> None:
    row = await queries.row(tx, delivery)
    if row is not None:
        _tell(tx, row, "queued", actor)
        await mark_failed(tx, row.ticket_id, row.conversation_id)


async def confirm(tx: Transaction, delivery: UUID, actor: UUID | None) -> ShownDelivery:
    """A person looked and says that the message arrived."""
    shown = await _newest(tx, delivery)
    if not shown.can_confirm:
        raise NotRepeatable
    await move(tx, delivery, Change(to="sent", said=f"confirmed by {actor}"))
    return (await queries.shown(tx, [shown.message_id]))[shown.message_id]


async def name_message(tx: Transaction, message: UUID, external_id: str) -> None:
    """Note the provider's id, where it names messages."""
    await tx.run("update messages set external_id = %s where id = %s and external_id = ''", (external_id, message))


async def mark_failed(tx: Transaction, ticket: UUID | None, conversation: UUID) -> None:
    """Say where an answer stands whether one there needs a person: it failed, or is held back."""
    if ticket is not None:
        await mark_ticket(tx, ticket)
    if await tx.value("select apart from conversations where id = %s", (conversation,)):
        await apart.failed_reply(tx, conversation, await _needs_a_person(tx, "c.id = %(of)s", conversation))


async def mark_ticket(tx: Transaction, ticket: UUID) -> None:
    await tickets.failed_reply(tx, ticket, await _needs_a_person(tx, "c.ticket_id = %(of)s", ticket))


async def _needs_a_person(tx: Transaction, which: LiteralString, of: UUID) -> bool:
    return bool(
        await tx.value(
            f"""
            select exists (
              select from conversations c
              join messages m on m.conversation_id = c.id and m.direction = 'out'
              cross join lateral (select d.state, d.reason from deliveries d where d.message_id = m.id
                                  order by d.created_at desc, d.id desc limit 1) newest
              where {which} and (newest.state = any(%(states)s)
                                 or newest.state = 'queued' and newest.reason = %(held)s))
            """,  # noqa: S608 - our own fragments
            {"of": of, "states": list(rules.NEEDS_A_PERSON), "held": rules.MEANWHILE},
        )
    )


async def lock_ticket(tx: Transaction, delivery: UUID) -> None:
    """Always before the delivery's row, so that an answer, its undoing and its result never wait for each other. Where
    there is no ticket, the conversation."""
    locked = await tx.run(
        """
        select t.id from tickets t
        join conversations c on c.ticket_id = t.id
        join messages m on m.conversation_id = c.id
        join deliveries d on d.message_id = m.id
        where d.id = %s for no key update of t
        """,
        (delivery,),
    )
    if locked:
        return
    await tx.run(
        """
        select c.id from conversations c
        join messages m on m.conversation_id = c.id
        join deliveries d on d.message_id = m.id
        where d.id = %s and c.apart for no key update of c
        """,
        (delivery,),
    )


async def _newest(tx: Transaction, delivery: UUID) -> ShownDelivery:
    """The delivery, its ticket locked; only the newest attempt of a message can be repeated or confirmed."""
    await lock_ticket(tx, delivery)
    message = await tx.value("select message_id from deliveries where id = %s", (delivery,))
    if message is None:
        raise NotFound("delivery")
    shown = (await queries.shown(tx, [message]))[message]
    if shown.id != delivery:
        raise NotRepeatable
    return shown


def _tell(
    tx: Transaction,
    moved: Row,
    state: State,
    actor: UUID | None = None,
    *,
    held: bool = False,
    answers: bool = False,
) -> None:
    """`answers`: with it somebody's answer has left."""
    data: dict[str, Any] = {
        "state": state,
        "delivery_id": str(moved.id),
        "message_id": str(moved.message_id),
        "author_id": moved.author_id and str(moved.author_id),
    }
    if held:
        data |= {"held": True, "why": "held"}
    if answers:
        data["answers"] = True
    events.emit(
        tx,
        Event(
            name="delivery.changed",
            actor_id=actor,
            ticket_id=moved.ticket_id,
            conversation_id=moved.conversation_id,
            channel_id=moved.channel_id,
            data=data,
        ),
    )
