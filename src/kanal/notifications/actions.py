"""Making notices, and marking them as read."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Transaction, document
from kanal.kit.ids import new_id
from kanal.notifications.models import Concern, NoticeKind
from kanal.views.visible import hidden_from


class _Made(msgspec.Struct, kw_only=True):
    id: UUID
    member_id: UUID
    kind: NoticeKind
    ticket_id: UUID


async def make(tx: Transaction, concerns: Sequence[Concern]) -> None:
    """One notice for each, and an event for those that are new; members who may not see the ticket hear nothing."""
    hidden = await hidden_from(tx, sorted({each.member_id for each in concerns}))
    seen = [each for each in concerns if each.channel_id not in hidden[each.member_id]]
    if not seen:
        return
    rows = [{"id": new_id(), "created_at": clock.now(), **msgspec.structs.asdict(each)} for each in seen]
    made = await tx.all(
        _Made,
        """
        insert into notices (account_id, id, member_id, kind, ticket_id, actor_id, event_seq, created_at)
        select %(account)s, n.id, n.member_id, n.kind, n.ticket_id, actor.id, n.event_seq, n.created_at
        from json_populate_recordset(null::notices, %(rows)s) n
        join members m on m.id = n.member_id and m.deactivated_at is null
        join tickets t on t.id = n.ticket_id
        left join members actor on actor.id = n.actor_id
        on conflict do nothing
        returning id, member_id, kind, ticket_id
        """,
        {"account": tx.account, "rows": document(rows)},
    )
    for notice in made:
        data = {"member_id": str(notice.member_id), "notice_id": str(notice.id), "kind": notice.kind}
        events.emit(tx, Event(name="notice.created", ticket_id=notice.ticket_id, data=data))


async def mark_read(tx: Transaction, member: UUID, notices: Sequence[UUID] | None) -> None:
    """These notices of a member, or all."""
    await tx.run(
        """
        update notices set read_at = %(now)s
        where member_id = %(member)s and read_at is null and (%(ids)s::uuid[] is null or id = any(%(ids)s))
        """,
        {"member": member, "now": clock.now(), "ids": None if notices is None else list(notices)},
    )
