"""How members want to hear of things, and the mails to members that did not leave."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.notifications.models import NoticeTimes, Wishes
from kanal.notifications.rules import wishes
from kanal.notifications.times import times
from kanal.people.models import Permission
from kanal.people.outbox import MailKind

MailState = Literal["waiting", "sent", "failed", "dropped"]


class MemberMail(msgspec.Struct, kw_only=True):
    """A mail to a member: what it is about and how far it came, never its words."""

    id: UUID
    member_id: UUID
    member_name: str
    kind: MailKind
    state: MailState
    reason: str
    tries: int
    ticket_number: int | None
    channel_name: str | None
    created_at: datetime
    next_try_at: datetime | None
    sent_at: datetime | None


async def wishes_of(tx: Transaction, members: Collection[UUID]) -> dict[UUID, Wishes]:
    """For those who are active."""
    rows = await tx.dicts(
        "select id, preferences->'notices' as chosen from members where id = any(%s) and deactivated_at is null",
        (list(members),),
    )
    return {row["id"]: wishes(row["chosen"]) for row in rows}


class Seen(msgspec.Struct, kw_only=True):
    """What decides who may see a ticket."""

    id: UUID
    channel_id: UUID | None
    team_id: UUID | None
    assignee_id: UUID | None


async def times_of(tx: Transaction, members: Collection[UUID]) -> dict[UUID, tuple[NoticeTimes, str]]:
    """When each of those who are active is told of what comes in a digest, and their time zone."""
    rows = await tx.dicts(
        """
        select id, timezone, preferences->'notice_times' as chosen from members
        where id = any(%s) and deactivated_at is null
        """,
        (list(members),),
    )
    return {row["id"]: (times(row["chosen"]), row["timezone"]) for row in rows}


async def conversations(tx: Transaction, wanted: Collection[UUID]) -> dict[UUID, Seen]:
    """Of conversations inboxes; what is spam is nobody's."""
    rows = await tx.all(
        Seen,
        """
        select id, channel_id, team_id, assignee_id from conversations
        where id = any(%s) and apart and spam_at is null
        """,
        (list(wanted),),
    )
    return {row.id: row for row in rows}


async def tickets(tx: Transaction, wanted: Collection[UUID]) -> dict[UUID, Seen]:
    rows = await tx.all(
        Seen, "select id, channel_id, team_id, assignee_id from tickets where id = any(%s)", (list(wanted),)
    )
    return {row.id: row for row in rows}


async def mails(tx: Transaction, state: MailState, most: int) -> list[MemberMail]:
    """The newest in this state."""
    return await tx.all(
        MemberMail,
        """
        select m.id, m.member_id, u.name as member_name, m.kind, m.state, m.reason, m.tries,
               t.number as ticket_number, c.name as channel_name, m.created_at, m.next_try_at, m.sent_at
        from member_mails m
        join members p on p.id = m.member_id
        join users u on u.id = p.user_id
        left join tickets t on t.id = m.ticket_id
        left join channels c on c.id = m.channel_id
        where m.state = %s order by m.created_at desc, m.id desc limit %s
        """,
        (state, most),
    )


async def failed_mails(tx: Transaction) -> int:
    return int(await tx.value("select count(*) from member_mails where state = 'failed'"))


async def leads(tx: Transaction) -> list[UUID]:
    """Who leads: they hear of what has waited too long."""
    return await who_may(tx, "lead")


async def who_may(tx: Transaction, permission: Permission) -> list[UUID]:
    """The active members whose role lets them."""
    return await tx.values(
        """
        select m.id from members m join roles r on r.key = m.role
        where m.deactivated_at is null and %s = any(r.permissions) order by m.id
        """,
        (permission,),
    )
