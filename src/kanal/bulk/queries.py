"""Reading jobs and their items, and tickets as they stand before and after."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from kanal.bulk.models import Item, Job, Skipped, Standing
from kanal.kit.db import Transaction
from kanal.views.visible import viewer

JOBS: LiteralString = """
  select j.id, j.member_id, j.view, j.action, j.undoes,
         (select u.id from bulk_jobs u where u.undoes = j.id) as undone_by,
         j.state, j.reason, j.total, j.done, j.changed, j.skipped, j.created_at, j.told_at, j.ended_at
  from bulk_jobs j
"""


async def job(tx: Transaction, wanted: UUID) -> Job:
    """Raises NotFound."""
    return await tx.one(Job, f"{JOBS} where j.id = %s", (wanted,))


async def jobs_of(tx: Transaction, member: UUID, before: UUID | None, most: int) -> list[Job]:
    """Newest first."""
    return await tx.all(
        Job,
        f"""
        {JOBS}
        where j.member_id = %(member)s and (%(before)s::uuid is null or j.id < %(before)s)
        order by j.id desc limit %(most)s
        """,
        {"member": member, "before": before, "most": most},
    )


async def skipped(tx: Transaction, job: UUID, member: UUID, most: int) -> list[Skipped]:
    """What was passed over; numbers of those only that the member may see."""
    who = await viewer(tx, member)
    return await tx.all(
        Skipped,
        f"""
        select i.ticket_id, t.number, i.why, i.detail
        from bulk_items i left join tickets t on t.id = i.ticket_id and {who.visible_or_spam}
        where i.job_id = %(job)s and i.state = 'skipped'
        order by i.position limit %(most)s
        """,  # noqa: S608 - our own fragment
        {**who.params, "job": job, "most": most},
    )


async def waiting(tx: Transaction, job: UUID, most: int) -> list[Item]:
    return await tx.all(
        Item,
        """
        select position, ticket_id, version, was, became from bulk_items
        where job_id = %s and state = 'waiting' order by position limit %s
        """,
        (job, most),
    )


async def held(
    tx: Transaction, tickets: Collection[UUID], member: UUID, *, hidden_too: bool = False
) -> dict[UUID, Standing]:
    """Those that the member may see now, held until the end of the transaction; with `hidden_too` also what is out of
    everybody's sight, as spam is."""
    await tx.run("select from tickets where id = any(%s) order by id for no key update", (list(tickets),))
    who = await viewer(tx, member)
    return await _standing(tx, tickets, member, who.visible_or_spam if hidden_too else who.visible, who.params)


async def standing(tx: Transaction, tickets: Collection[UUID], member: UUID) -> dict[UUID, Standing]:
    """The same whether they may see them or not."""
    return await _standing(tx, tickets, member, "true", {})


async def _standing(
    tx: Transaction, tickets: Collection[UUID], member: UUID, visible: LiteralString, params: dict[str, Any]
) -> dict[UUID, Standing]:
    rows = await tx.dicts(
        f"""
        select t.id, t.version, t.pipeline_id, t.status_id, t.closed_at, t.waiting_since, t.priority, t.team_id,
               t.assignee_id, t.custom, t.is_open, t.snoozed_until, t.snoozed_by, t.deleted_at, t.merged_into,
               coalesce((select jsonb_object_agg(c.id, c.closed_at) from conversations c where c.ticket_id = t.id),
                        '{{}}') as conversations,
               array(select c.id from conversations c where c.ticket_id = t.id and c.spam_at is not null order by c.id)
                 as spam,
               array(select g.name from ticket_tags tt join tags g on g.id = tt.tag_id where tt.ticket_id = t.id
                     order by g.key) as tags,
               exists (select from ticket_followers f where f.ticket_id = t.id and f.member_id = %(asking)s) as follows,
               (select r.version from ticket_reads r where r.ticket_id = t.id and r.member_id = %(asking)s) as read
        from tickets t where t.id = any(%(tickets)s) and {visible}
        """,  # noqa: S608 - our own fragment
        {**params, "tickets": list(tickets), "asking": member},
    )
    return {row["id"]: msgspec.convert(row, Standing) for row in rows}


async def members_permissions(tx: Transaction, member: UUID) -> tuple[list[str], bool]:
    """What a member's role allows, and whether they have a seat; nothing for who left."""
    [row] = await tx.dicts(
        """
        select coalesce(r.permissions, '{}') as permissions, coalesce(m.has_seat, false) as has_seat
        from (select %s::uuid as id) asked
        left join members m on m.id = asked.id and m.deactivated_at is null
        left join roles r on r.key = m.role
        """,
        (member,),
    )
    return row["permissions"], row["has_seat"]
