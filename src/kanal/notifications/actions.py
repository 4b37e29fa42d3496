"""Making notices and promising mails, marking notices as read, and choosing how to hear of things."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction, document
from kanal.kit.ids import new_id
from kanal.notifications import queries, times
from kanal.notifications.errors import InvalidWish
from kanal.notifications.models import Concern, NoticeTimes, Wish, Wishes
from kanal.people import outbox
from kanal.views.models import NoticeKind
from kanal.views.visible import viewers

POPUPS = 3
"""On a member's desktop from one batch of events: a hand-over of a hundred tickets is no hundred pop-ups."""


DIGESTS = "digests"
"""The topic on which a new time for a digest is told."""


class _Made(msgspec.Struct, kw_only=True):
    id: UUID
    member_id: UUID
    kind: NoticeKind
    ticket_id: UUID | None
    conversation_id: UUID | None
    channel_id: UUID | None
    event_seq: int


async def make(tx: Transaction, concerns: Sequence[Concern]) -> None:
    """One notice for each, and an event for those that are new; members who may not see the ticket hear nothing."""
    wishes = await queries.wishes_of(tx, {each.member_id for each in concerns})
    seen = await _those_who_see(tx, [each for each in concerns if each.member_id in wishes])
    await notice(tx, [each for each in seen if wishes[each.member_id][each.kind].app], wishes)
    mailed = [each for each in seen if _is_mailed_at_once(each, wishes)]
    quiet = await _quiet(tx, {each.member_id for each in mailed})
    for each in mailed:
        assert each.kind != "bulk_done", "it is in the app alone"
        await outbox.put(
            tx,
            each.member_id,
            each.kind,
            once=_once(each),
            ticket_id=each.ticket_id,
            conversation_id=each.conversation_id,
            message_id=each.message_id,
            comment_id=each.comment_id,
            not_before=quiet.get(each.member_id),
        )


async def _those_who_see(tx: Transaction, concerns: Sequence[Concern]) -> list[Concern]:
    """A job of one's own everybody sees."""
    who = await viewers(tx, {each.member_id for each in concerns})
    tickets = await queries.tickets(tx, {each.ticket_id for each in concerns if each.ticket_id})
    apart = await queries.conversations(tx, {each.conversation_id for each in concerns if each.conversation_id})

    def sees(each: Concern) -> bool:
        if each.kind == "bulk_done":
            return True
        found = tickets.get(each.ticket_id) if each.ticket_id else None
        found = apart.get(each.conversation_id) if each.conversation_id else found
        return found is not None and who[each.member_id].may_see(found.channel_id, found.team_id, found.assignee_id)

    return [each for each in concerns if sees(each)]


def _is_mailed_at_once(concern: Concern, wishes: Mapping[UUID, Wishes]) -> bool:
    wish = wishes[concern.member_id][concern.kind]
    return wish.mail and not wish.digest and concern.kind != "bulk_done"


async def _quiet(tx: Transaction, members: Collection[UUID]) -> dict[UUID, datetime]:
    """Until when the quiet hours last of those who have them now."""
    chosen = await queries.times_of(tx, members)
    now = clock.now()
    return {member: until for member, (when, zone) in chosen.items() if (until := times.quiet_until(when, zone, now))}


def _once(concern: Concern) -> str:
    """What a customer wrote is mailed to its owner once, whoever promises it: routing does when the ticket arrives."""
    by_message = concern.kind == "contact_owner" and concern.message_id
    return f"{concern.kind}/{concern.message_id if by_message else concern.event_seq}"


async def notice(tx: Transaction, concerns: Sequence[Concern], wishes: Mapping[UUID, Wishes]) -> None:
    """A notice for each, whoever may see what it is about."""
    if not concerns:
        return
    columns = ("member_id", "kind", "ticket_id", "conversation_id", "channel_id", "actor_id", "event_seq")
    now = clock.now()
    rows = [{"id": new_id(), "created_at": now} | {c: getattr(each, c) for c in columns} for each in concerns]
    made = await tx.all(
        _Made,
        """
        insert into notices (account_id, id, member_id, kind, ticket_id, conversation_id, channel_id, actor_id,
                             event_seq, created_at)
        select %(account)s, n.id, n.member_id, n.kind, t.id, v.id, n.channel_id, actor.id, n.event_seq, n.created_at
        from json_populate_recordset(null::notices, %(rows)s) n
        left join tickets t on t.id = n.ticket_id
        left join conversations v on v.id = n.conversation_id
        left join members actor on actor.id = n.actor_id
        where (t.id is not null or n.ticket_id is null) and (v.id is not null or n.conversation_id is null)
        on conflict do nothing
        returning id, member_id, kind, ticket_id, conversation_id, channel_id, event_seq
        """,
        {"account": tx.account, "rows": document(rows)},
    )
    why = {(each.member_id, each.event_seq): each.why for each in concerns}
    popups = dict.fromkeys((each.member_id for each in made), POPUPS)
    quiet = await _quiet(tx, set(popups))
    for each in made:
        desktop = wishes[each.member_id][each.kind].desktop and popups[each.member_id] > 0
        desktop = desktop and each.member_id not in quiet
        popups[each.member_id] -= desktop
        data = {
            "member_id": str(each.member_id),
            "notice_id": str(each.id),
            "kind": each.kind,
            "why": why[each.member_id, each.event_seq],
            "desktop": desktop,
        }
        event = Event(name="notice.created", ticket_id=each.ticket_id, channel_id=each.channel_id, data=data)
        event.conversation_id = each.conversation_id
        events.emit(tx, event)


async def mark_read(tx: Transaction, member: UUID, notices: Sequence[UUID] | None) -> None:
    """These notices of a member, or all."""
    await tx.run(
        """
        update notices set read_at = %(now)s
        where member_id = %(member)s and read_at is null and (%(ids)s::uuid[] is null or id = any(%(ids)s))
        """,
        {"member": member, "now": clock.now(), "ids": None if notices is None else list(notices)},
    )


async def mark_unread(tx: Transaction, member: UUID, notices: Sequence[UUID]) -> None:
    """To come back to; a digest tells of each once all the same."""
    await tx.run("update notices set read_at = null where member_id = %s and id = any(%s)", (member, list(notices)))


async def mark_read_about(
    tx: Transaction, member: UUID, *, ticket: UUID | None = None, conversation: UUID | None = None
) -> None:
    """Whoever looks at a ticket, or a conversation, knows what they were told of it."""
    await tx.run(
        """
        update notices set read_at = %(now)s
        where member_id = %(member)s and read_at is null
          and (ticket_id = %(ticket)s::uuid or conversation_id = %(conversation)s::uuid)
        """,
        {"member": member, "now": clock.now(), "ticket": ticket, "conversation": conversation},
    )


async def choose(tx: Transaction, member: UUID, wanted: Mapping[NoticeKind, Wish]) -> Wishes:
    """How a member wants to hear of these kinds; the others stay as they are. Raises InvalidWish."""
    for kind, wish in wanted.items():
        if wish.digest and not wish.app:
            raise InvalidWish(f"{kind}.digest", "A digest tells what is unread in the app; switch that on too.")
    chosen: Wishes = {**(await queries.wishes_of(tx, [member]))[member], **wanted}
    await tx.run(
        "update members set preferences = preferences || jsonb_build_object('notices', %s::jsonb) where id = %s",
        (document(chosen), member),
    )
    await _await_digest(tx, member, chosen)
    return chosen


async def choose_times(tx: Transaction, member: UUID, wanted: NoticeTimes) -> NoticeTimes:
    """When a member is told of what comes in a digest, and when of nothing."""
    await tx.run(
        "update members set preferences = preferences || jsonb_build_object('notice_times', %s::jsonb) where id = %s",
        (document(wanted), member),
    )
    await _await_digest(tx, member, (await queries.wishes_of(tx, [member]))[member])
    return wanted


async def _await_digest(tx: Transaction, member: UUID, wishes: Wishes) -> None:
    """The row is there while some kind of news comes in a digest."""
    await tx.run("delete from digests where member_id = %s", (member,))
    if not any(wish.mail and wish.digest for wish in wishes.values()):
        return
    when, zone = (await queries.times_of(tx, [member]))[member]
    await tx.insert("digests", [{"member_id": member, "due_at": times.next_digest(when, zone, clock.now())}])
    tx.wake(DIGESTS)


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
