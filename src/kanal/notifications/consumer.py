"""Reads each account's events in their order and makes notices of them. At least once: how far it came is noted in the
same commit, and a second reading makes nothing new."""

from __future__ import annotations

from uuid import UUID

from kanal.events import actions as events
from kanal.events import queries
from kanal.events.following import Follower
from kanal.events.models import Recorded
from kanal.kit.db import Database, Transaction
from kanal.notifications import actions, channels, rules
from kanal.notifications import queries as reading
from kanal.notifications.models import Known

CONSUMER = "notifications"
BATCH = 500


class Notifier:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._follower = Follower(db, CONSUMER, self.run_once)
        self.wake, self.run = self._follower.wake, self._follower.run

    async def run_once(self, account: int) -> bool:
        """One batch of an account; False when there was nothing new."""
        async with self._db.transaction(account) as tx:
            await tx.lock(f"{CONSUMER}/{account}")
            position = await queries.position(tx, CONSUMER)
            fresh = await queries.after(tx, position, BATCH)
            if not fresh:
                return False
            await _notify(tx, fresh)
            await events.remember(tx, CONSUMER, fresh[-1].seq)
        return True


async def _notify(tx: Transaction, fresh: list[Recorded]) -> None:
    known = await _known(tx, fresh)
    concerns = [concern for event in fresh for concern in rules.concerns(event, known)]
    if concerns:
        await actions.make(tx, concerns)
    await channels.tell(tx, fresh)


SAID = frozenset({"message.received", "comment.added", "ticket.woke"})
"""Events that concern whoever has a ticket, or follows it."""


async def _known(tx: Transaction, fresh: list[Recorded]) -> Known:
    said = [event for event in fresh if event.name in SAID]
    tickets = list({event.ticket_id for event in said if event.ticket_id})
    apart = list({event.conversation_id for event in said if event.conversation_id and not event.ticket_id})
    told_late = any(event.name == "ticket.waited_too_long" for event in fresh)
    return Known(
        assignees=await _assignees(tx, tickets),
        owners=await _owners(tx, tickets),
        followers=await _followers(tx, tickets),
        keepers=await _keepers(tx, apart),
        leads=await reading.leads(tx) if told_late else [],
    )


async def _followers(tx: Transaction, tickets: list[UUID]) -> dict[UUID, list[UUID]]:
    if not tickets:
        return {}
    rows = await tx.dicts(
        "select ticket_id, array_agg(member_id) as members from ticket_followers where ticket_id = any(%s) group by 1",
        (tickets,),
    )
    return {row["ticket_id"]: row["members"] for row in rows}


async def _keepers(tx: Transaction, conversations: list[UUID]) -> dict[UUID, UUID]:
    if not conversations:
        return {}
    rows = await tx.dicts(
        "select id, assignee_id from conversations where id = any(%s) and apart and assignee_id is not null",
        (conversations,),
    )
    return {row["id"]: row["assignee_id"] for row in rows}


async def _assignees(tx: Transaction, tickets: list[UUID]) -> dict[UUID, UUID]:
    if not tickets:
        return {}
    rows = await tx.dicts(
        "select id, assignee_id from tickets where id = any(%s) and assignee_id is not null", (tickets,)
    )
    return {row["id"]: row["assignee_id"] for row in rows}


async def _owners(tx: Transaction, tickets: list[UUID]) -> dict[UUID, UUID]:
    """For which contact owners these tickets wait."""
    if not tickets:
        return {}
    rows = await tx.dicts(
        "select ticket_id, owner_id from queue where ticket_id = any(%s) and owner_id is not null", (tickets,)
    )
    return {row["ticket_id"]: row["owner_id"] for row in rows}
