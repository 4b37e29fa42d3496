"""One ticket becomes part of another: what was said, remarked, tagged and followed goes over. The one that stays keeps
its own values, but it is as old as the older of the two, and waits for us if either did."""

from __future__ import annotations

from uuid import UUID

import msgspec

from kanal.conversations import moving
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction, document
from kanal.kit.ids import new_id
from kanal.tickets import queries, rules
from kanal.tickets.actions import load
from kanal.tickets.actions.merging import standing
from kanal.tickets.actions.merging.models import Merge, Standing, Taken
from kanal.tickets.actions.state import on_ticket, save, status_of, tell_status
from kanal.tickets.errors import Unfit
from kanal.tickets.models import State


async def merge(tx: Transaction, ticket: UUID, into: UUID, actor: UUID | None) -> UUID:
    """Returns the merge, by which it is taken back. Raises Unfit, naming `into`, for a ticket and itself, and where one
    of the two is merged, deleted, spam or worked in another inbox."""
    if ticket == into:
        raise Unfit("into", "a ticket cannot be merged into itself; name another one")
    states = await queries.locked(tx, [ticket, into])
    if len(states) < 2:
        raise NotFound("ticket")
    part, whole = states[ticket], states[into]
    for state in (part, whole):
        await _check(tx, state)
    was, gone = await standing.standing(tx, into), await standing.standing(tx, ticket)
    there = await moving.of_ticket(tx, into)
    await _settle(tx, part, whole, was, gone, actor)
    taken = await _take(tx, ticket, into, [each.id for each in there])
    await tx.run(
        "update tickets set merged_into = %s, is_open = false, updated_at = %s where id = %s",
        (into, clock.now(), ticket),
    )
    became = await standing.standing(tx, into)
    made = await _keep(tx, ticket, into, Merge(taken=taken, there=there, was=was, became=became), actor)
    await load.keep(tx, [ticket, into])
    _tell(tx, part, whole, made, actor)
    return made


async def _check(tx: Transaction, state: State) -> None:
    if state.merged_into is not None:
        whole = await queries.whole_of(tx, state.id)
        raise Unfit("into", f"#{state.number} is part of #{whole.number} already")
    if state.deleted_at is not None:
        raise Unfit("into", f"#{state.number} was deleted; restore it first")
    if state.spam_at is not None:
        raise Unfit("into", f"#{state.number} is spam; say first that it is not")
    if state.elsewhere:
        raise Unfit("into", f"#{state.number} is worked in another inbox")


async def _settle(
    tx: Transaction, part: State, whole: State, was: Standing, gone: Standing, actor: UUID | None
) -> None:
    """A customer who waits for an answer does not vanish in a ticket that waits for nobody."""
    pipeline, current = status_of(whole, await queries.pipelines(tx))
    waits = part.is_open and gone.waiting_since is not None
    status = rules.after_customer(pipeline, current) if waits and was.waiting_since is None else current
    if status.id != current.id:
        await save(tx, whole, status, priority=whole.priority, team_id=whole.team_id, assignee_id=whole.assignee_id)
        tell_status(tx, whole, status, actor)
    await standing.write(tx, whole.id, _together(was, gone))
    await tx.run("update tickets set version = version + 1 where id = %s", (whole.id,))


def _together(was: Standing, gone: Standing) -> Standing:
    later = gone if gone.last_direction and gone.last_message_at > was.last_message_at else was
    waits = [each.waiting_since for each in (was, gone) if each.waiting_since is not None]
    return msgspec.structs.replace(
        was,
        contact_id=was.contact_id or gone.contact_id,
        channel_id=was.channel_id or gone.channel_id,
        created_at=min(was.created_at, gone.created_at),
        last_message_at=later.last_message_at,
        last_direction=later.last_direction,
        snippet=later.snippet,
        waiting_since=min(waits, default=None),
        has_failed_reply=was.has_failed_reply or gone.has_failed_reply,
    )


async def _take(tx: Transaction, part: UUID, whole: UUID, there: list[UUID]) -> Taken:
    both = {"part": part, "whole": whole}
    is_open = await tx.value("select is_open from tickets where id = %(whole)s", both)
    conversations = await moving.move(tx, part, whole, is_open=is_open)
    await tx.run("update mentions set ticket_id = %(whole)s where ticket_id = %(part)s", both)
    return Taken(
        conversations=conversations,
        introduced=await moving.introduce(tx, there, [each.id for each in conversations]),
        comments=await tx.values(
            "update comments set ticket_id = %(whole)s where ticket_id = %(part)s returning id", both
        ),
        # Whoever has begun something on both finds the other one again when the merge is undone.
        drafts=await tx.values(
            """
            update drafts d set ticket_id = %(whole)s
            where d.ticket_id = %(part)s and not exists (
              select from drafts o where o.ticket_id = %(whole)s and o.member_id = d.member_id)
            returning d.member_id
            """,
            both,
        ),
        notices=await tx.values(
            "update notices set ticket_id = %(whole)s where ticket_id = %(part)s returning id", both
        ),
        followers=await tx.values(
            """
            insert into ticket_followers (account_id, ticket_id, member_id, created_at)
            select account_id, %(whole)s, member_id, created_at from ticket_followers where ticket_id = %(part)s
            on conflict do nothing returning member_id
            """,
            both,
        ),
        tags=await tx.values(
            """
            insert into ticket_tags (account_id, ticket_id, tag_id, created_at)
            select account_id, %(whole)s, tag_id, created_at from ticket_tags where ticket_id = %(part)s
            on conflict do nothing returning tag_id
            """,
            both,
        ),
        links=await _take_links(tx, part, whole),
    )


async def _take_links(tx: Transaction, part: UUID, whole: UUID) -> list[UUID]:
    return await tx.values(
        """
        with others as (
          select other_id as id, why, created_at from ticket_links where ticket_id = %(part)s
          union
          select ticket_id, why, created_at from ticket_links where other_id = %(part)s
        )
        insert into ticket_links (account_id, ticket_id, other_id, why, created_at)
        select distinct on (o.id) %(account)s, %(whole)s, o.id, o.why, o.created_at from others o
        where o.id <> %(whole)s and not exists (
          select from ticket_links l where (l.ticket_id, l.other_id) in ((%(whole)s, o.id), (o.id, %(whole)s)))
        order by o.id, o.created_at
        returning other_id
        """,
        {"account": tx.account, "part": part, "whole": whole},
    )


async def _keep(tx: Transaction, part: UUID, whole: UUID, moved: Merge, actor: UUID | None) -> UUID:
    made = new_id()
    await tx.run(
        """
        insert into ticket_merges (account_id, id, ticket_id, into_id, moved, made_by, made_at)
        values (%s, %s, %s, %s, %s, %s, %s)
        """,
        (tx.account, made, part, whole, document(moved), actor, clock.now()),
    )
    return made


def _tell(tx: Transaction, part: State, whole: State, made: UUID, actor: UUID | None) -> None:
    """Either hears of the other."""
    for state, about in ((part, {"into_id": str(whole.id)}), (whole, {"merged_id": str(part.id)})):
        data = {"merge_id": str(made), **about}
        events.emit(tx, Event(name="ticket.merged", actor_id=actor, **on_ticket(state), data=data))
