"""Who of those that opened a ticket is told so: people, who wrote to one of our addresses themselves, once a day
(RFC 3834). What is not acknowledged is told on its ticket with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Literal
from uuid import UUID

import msgspec

from kanal.channelkit.messages import Party
from kanal.delivery import tokens
from kanal.delivery.acknowledging.setting import Acknowledgement, read, worded
from kanal.delivery.confirming import Wanted, confirm
from kanal.delivery.models import Carriers
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Database, Transaction

ONCE_IN = timedelta(hours=24)
"""A sender gets one acknowledgement of a channel in so long."""
Why = Literal["not_addressed", "handed_on", "sender_not_proved", "told_today"]


class Opened(msgspec.Struct, kw_only=True, frozen=True):
    """A person's message that opened a ticket."""

    conversation_id: UUID
    ticket_id: UUID
    contact_id: UUID | None
    sender: Party
    external_id: str = ""
    references: tuple[str, ...] = ()
    addressed: bool = True
    """One of our addresses stands in To or Cc."""
    handed_on: bool = False
    """Somebody else than its writer sent it to us."""
    forged: bool = False
    """The domain of its sender says that it did not send it."""


class _Setting(msgspec.Struct, kw_only=True):
    kind: str
    acknowledgement: object


class _Ticket(msgspec.Struct, kw_only=True):
    id: UUID
    number: int
    subject: str
    name: str


async def acknowledge(tx: Transaction, carriers: Carriers, channel_id: UUID, opened: Sequence[Opened]) -> None:
    """Queue the acknowledgements of what came in by one channel."""
    setting = await _setting(tx, carriers, channel_id) if opened else None
    if setting is None:
        return
    for_whom = [each for each in opened if _may_be_told(tx, channel_id, each)]
    fresh = await _once_a_day(tx, channel_id, for_whom)
    tickets = await _tickets(tx, [each.ticket_id for each in fresh])
    wanted = [_wanted(setting, each, tickets[each.ticket_id]) for each in fresh]
    for each in await confirm(tx, carriers, channel_id, wanted):
        events.emit(
            tx,
            Event(
                name="message.acknowledged",
                ticket_id=each.ticket_id,
                conversation_id=each.conversation_id,
                channel_id=channel_id,
                contact_id=each.contact_id,
            ),
        )


async def forget_old(db: Database) -> None:
    """Whoever was told more than a day ago may be told again, and is not remembered for longer."""
    before = clock.now() - ONCE_IN
    async with db.transaction(None) as tx:
        accounts = await tx.values("select account_id from acknowledgements_to_forget(%s)", (before,))
    for account in accounts:
        async with db.transaction(account) as tx:
            await tx.run("delete from acknowledgements where at < %s", (before,))


async def _setting(tx: Transaction, carriers: Carriers, channel_id: UUID) -> Acknowledgement | None:
    row = await tx.one(_Setting, "select kind, acknowledgement from channels where id = %s", (channel_id,))
    kind = carriers.kinds.get(row.kind)
    setting = read(row.acknowledgement)
    return setting if setting.on and kind is not None and kind.capabilities.acknowledges else None


def _may_be_told(tx: Transaction, channel_id: UUID, each: Opened) -> bool:
    if each.handed_on:
        return _not_told(tx, channel_id, each, "handed_on")
    if each.forged:
        return _not_told(tx, channel_id, each, "sender_not_proved")
    if not each.addressed:
        return _not_told(tx, channel_id, each, "not_addressed")
    return True


async def _once_a_day(tx: Transaction, channel_id: UUID, opened: Sequence[Opened]) -> list[Opened]:
    """Each sender's first; that they were told is noted with it. The channel's lock is held, so nobody else counts."""
    first = {(each.sender.handle.kind, each.sender.handle.key): each for each in reversed(opened)}
    now = clock.now()
    told = await tx.dicts(
        """
        insert into acknowledgements as a (account_id, channel_id, space, key, at)
        select %(account)s, %(channel)s, n.space, n.key, %(now)s
        from unnest(%(spaces)s::text[], %(keys)s::text[]) as n (space, key)
        on conflict (account_id, channel_id, space, key) do update set at = excluded.at where a.at <= %(before)s
        returning space, key
        """,
        {
            "account": tx.account,
            "channel": channel_id,
            "now": now,
            "before": now - ONCE_IN,
            "spaces": [space for space, _ in first],
            "keys": [key for _, key in first],
        },
    )
    may = {(row["space"], row["key"]) for row in told}
    fresh = [each for key, each in first.items() if key in may]
    for each in opened:
        if each not in fresh:
            _not_told(tx, channel_id, each, "told_today")
    return fresh


async def _tickets(tx: Transaction, wanted: Sequence[UUID]) -> dict[UUID, _Ticket]:
    rows = await tx.all(
        _Ticket,
        """
        select t.id, t.number, t.subject, coalesce(c.name, '') as name
        from tickets t left join contacts c on c.id = t.contact_id where t.id = any(%s)
        """,
        (list(wanted),),
    )
    return {row.id: row for row in rows}


def _wanted(setting: Acknowledgement, each: Opened, ticket: _Ticket) -> Wanted:
    called = tokens.first_name(ticket.name or each.sender.name)
    return Wanted(
        conversation_id=each.conversation_id,
        ticket_id=each.ticket_id,
        contact_id=each.contact_id,
        to=each.sender,
        confirmation=worded(setting, number=ticket.number, subject=ticket.subject, first_name=called),
        in_reply_to=each.external_id,
        references=each.references,
    )


def _not_told(tx: Transaction, channel_id: UUID, each: Opened, why: Why) -> Literal[False]:
    events.emit(
        tx,
        Event(
            name="message.not_confirmed",
            ticket_id=each.ticket_id,
            conversation_id=each.conversation_id,
            channel_id=channel_id,
            contact_id=each.contact_id,
            data={"why": why},
        ),
    )
    return False
