"""Making notices and promising mails, marking notices as read, and choosing how to hear of things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction, document
from kanal.kit.ids import new_id
from kanal.notifications import queries
from kanal.notifications.models import Concern, Wish, Wishes
from kanal.people import outbox
from kanal.views.models import NoticeKind
from kanal.views.visible import viewers

POPUPS = 3
"""On a member's desktop from one batch of events: a hand-over of a hundred tickets is no hundred pop-ups."""


class _Made(msgspec.Struct, kw_only=True):
    id: UUID
    member_id: UUID
    kind: NoticeKind
    ticket_id: UUID | None
    channel_id: UUID | None
    event_seq: int


async def make(tx: Transaction, concerns: Sequence[Concern]) -> None:
    """One notice for each, and an event for those that are new; members who may not see the ticket hear nothing."""
    wishes = await queries.wishes_of(tx, {each.member_id for each in concerns})
    who = await viewers(tx, wishes)
    tickets = await queries.tickets(tx, {each.ticket_id for each in concerns if each.ticket_id})
    seen = [
        each
        for each in concerns
        if each.member_id in wishes
        and each.ticket_id
        and (ticket := tickets.get(each.ticket_id))
        and who[each.member_id].may_see(ticket.channel_id, ticket.team_id, ticket.assignee_id)
    ]
    await notice(tx, [each for each in seen if wishes[each.member_id][each.kind].app], wishes)
    for each in seen:
        if wishes[each.member_id][each.kind].mail:
            about = {"ticket_id": each.ticket_id, "message_id": each.message_id}
            await outbox.put(tx, each.member_id, each.kind, once=_once(each), words=None, **about)


def _once(concern: Concern) -> str:
    """What a customer wrote is mailed to its owner once, whoever promises it: routing does when the ticket arrives."""
    by_message = concern.kind == "contact_owner" and concern.message_id
    return f"{concern.kind}/{concern.message_id if by_message else concern.event_seq}"


async def notice(tx: Transaction, concerns: Sequence[Concern], wishes: Mapping[UUID, Wishes]) -> None:
    """A notice for each, whoever may see what it is about."""
    if not concerns:
        return
    columns = ("member_id", "kind", "ticket_id", "channel_id", "actor_id", "event_seq")
    now = clock.now()
    rows = [{"id": new_id(), "created_at": now} | {c: getattr(each, c) for c in columns} for each in concerns]
    made = await tx.all(
        _Made,
        """
        insert into notices (account_id, id, member_id, kind, ticket_id, channel_id, actor_id, event_seq, created_at)
        select %(account)s, n.id, n.member_id, n.kind, t.id, n.channel_id, actor.id, n.event_seq, n.created_at
        from json_populate_recordset(null::notices, %(rows)s) n
        left join tickets t on t.id = n.ticket_id
        left join members actor on actor.id = n.actor_id
        where t.id is not null or n.ticket_id is null
        on conflict do nothing
        returning id, member_id, kind, ticket_id, channel_id, event_seq
        """,
        {"account": tx.account, "rows": document(rows)},
    )
    why = {(each.member_id, each.event_seq): each.why for each in concerns}
    popups = dict.fromkeys((each.member_id for each in made), POPUPS)
    for each in made:
        desktop = wishes[each.member_id][each.kind].desktop and popups[each.member_id] > 0
        popups[each.member_id] -= desktop
        data = {
            "member_id": str(each.member_id),
            "notice_id": str(each.id),
            "kind": each.kind,
            "why": why[each.member_id, each.event_seq],
            "desktop": desktop,
        }
        events.emit(tx, Event(name="notice.created", ticket_id=each.ticket_id, channel_id=each.channel_id, data=data))


async def mark_read(tx: Transaction, member: UUID, notices: Sequence[UUID] | None) -> None:
    """These notices of a member, or all."""
    await tx.run(
        """
        update notices set read_at = %(now)s
        where member_id = %(member)s and read_at is null and (%(ids)s::uuid[] is null or id = any(%(ids)s))
        """,
        {"member": member, "now": clock.now(), "ids": None if notices is None else list(notices)},
    )


async def choose(tx: Transaction, member: UUID, wanted: Mapping[NoticeKind, Wish]) -> Wishes:
    """How a member wants to hear of these kinds; the others stay as they are."""
    chosen: Wishes = {**(await queries.wishes_of(tx, [member]))[member], **wanted}
    await tx.run(
        "update members set preferences = preferences || jsonb_build_object('notices', %s::jsonb) where id = %s",
        (document(chosen), member),
    )
    return chosen


async def send_again(tx: Transaction, mail: UUID, actor: UUID) -> None:
    """Try a mail that failed once more, from the beginning; raises NotFound when there is none."""
    member: UUID | None = await tx.value(
        """
        update member_mails set state = 'waiting', tries = 0, reason = '', next_try_at = %s
        where id = %s and state = 'failed' returning member_id
        """,
        (clock.now(), mail),
    )
    if member is None:
        raise NotFound("mail")
    data = {"member_mail_id": str(mail), "member_id": str(member)}
    events.emit(tx, Event(name="member_mail.retried", actor_id=actor, data=data))
    tx.wake(outbox.TOPIC)
