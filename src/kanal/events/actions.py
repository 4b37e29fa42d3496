"""Writing events: `write` is the last statement of every transaction that has something to tell. It takes the numbers
from the account's counter row, inserts the events and wakes the listeners, so nothing is written after it."""

from __future__ import annotations

from collections import defaultdict

import msgspec

from kanal.events.models import Event, Name
from kanal.kit import clock
from kanal.kit.db import Transaction

NOTIFY_LIMIT = 7_900
"""PostgreSQL refuses a payload of 8,000 bytes or more."""


def emit(tx: Transaction, event: Event) -> None:
    """Note a fact of the transaction's account."""
    tx.emit((tx.account, event))


def told(tx: Transaction, name: Name) -> list[Event]:
    """What the transaction has told so far of this name."""
    return [event for _, event in tx.events if event.name == name]


async def write(tx: Transaction) -> None:
    by_account: dict[int, list[Event]] = defaultdict(list)
    for account, event in tx.events:
        by_account[account].append(event)
    for account in sorted(by_account):
        tx.wake(f"events:{account}:{await _insert(tx, account, by_account[account])}")
    if tx.wakes:
        await tx.run("select pg_notify('kanal', %s)", (_payload(tx.wakes),))


async def _insert(tx: Transaction, account: int, events: list[Event]) -> int:
    if tx.account_or_none != account:
        await tx.enter_account(account)
    last = await tx.value(
        """
        with counted as (
          insert into event_counters (account_id, last) values (%(account)s, %(count)s)
          on conflict (account_id) do update set last = event_counters.last + %(count)s
          returning last
        ), written as (
          insert into events (account_id, seq, name, version, at, actor_id, ticket_id, conversation_id, channel_id,
                              contact_id, data)
          select %(account)s, counted.last - %(count)s + e.position, e.name, e.version, %(now)s, e.actor_id,
                 e.ticket_id, e.conversation_id, e.channel_id, e.contact_id, e.data::jsonb
          from counted, unnest(%(names)s::text[], %(versions)s::int[], %(actors)s::uuid[], %(tickets)s::uuid[],
                               %(conversations)s::uuid[], %(channels)s::uuid[], %(contacts)s::uuid[], %(data)s::text[])
               with ordinality
               as e (name, version, actor_id, ticket_id, conversation_id, channel_id, contact_id, data, position)
        )
        select last from counted
        """,
        {
            "account": account,
            "count": len(events),
            "now": clock.now(),
            "names": [e.name for e in events],
            "versions": [e.version for e in events],
            "actors": [e.actor_id for e in events],
            "tickets": [e.ticket_id for e in events],
            "conversations": [e.conversation_id for e in events],
            "channels": [e.channel_id for e in events],
            "contacts": [e.contact_id for e in events],
            "data": [msgspec.json.encode(e.data).decode() for e in events],
        },
    )
    return int(last)


def _payload(wakes: set[str]) -> str:
    payload = " ".join(sorted(wakes))
    return payload if len(payload) <= NOTIFY_LIMIT else "sweep"


async def remember(tx: Transaction, consumer: str, seq: int) -> None:
    """Note how far a consumer has come in this account."""
    await tx.run(
        """
        insert into consumers (account_id, name, seq) values (%s, %s, %s)
        on conflict (account_id, name) do update set seq = excluded.seq
        """,
        (tx.account, consumer, seq),
    )
