"""Writing down what was decided, for many tickets by the same few statements: boards, decisions, assignments, turns,
the queue, and what others hear of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit.db import Transaction, document
from kanal.kit.ids import new_id
from kanal.people import outbox
from kanal.routing import rules
from kanal.routing.deciding import Verdict
from kanal.routing.models import Asked, Board, Cause
from kanal.routing.snapshot import JUST_AFTER
from kanal.tickets import actions as tickets
from kanal.tickets.models import Assignment


class Decided(msgspec.Struct, kw_only=True):
    id: UUID
    channel_id: UUID | None
    asked: Asked
    verdict: Verdict


def decided(channel: UUID | None, asked: Asked, verdict: Verdict) -> Decided:
    return Decided(id=new_id(), channel_id=channel, asked=asked, verdict=verdict)


async def record(
    tx: Transaction, at: datetime, found: Sequence[Decided], *, cause: Cause, actor: UUID | None = None
) -> None:
    """Make it so. What has to wait, or waits no longer, is the caller's to put in the queue or take out."""
    if not found:
        return
    boards = await keep_boards(tx, at, [each.verdict.board for each in found if each.verdict.board])
    await tx.insert("routing_decisions", [_row(each, boards, at, cause, actor) for each in found])
    for each in found:
        if each.verdict.why != "assign_none":
            _tell(tx, each, actor)
    await tickets.assign_many(tx, [_assignment(each) for each in found if _changes(each)], actor, cause=cause)
    await _note_turns(tx, at, found)
    await _tell_owners(tx, found)


async def put_in_queue(tx: Transaction, at: datetime, found: Sequence[Decided], actor: UUID | None = None) -> None:
    """Those that wait, each at the place of its arrival."""
    waiting = [each for each in found if each.verdict.outcome == "waiting"]
    if not waiting:
        return
    await tx.run(
        """
        insert into queue (account_id, ticket_id, channel_id, rank, arrived_at, queued_at, why, rule_id, was_member_id,
                           owner_id, owner_until, fewer_skills_at, too_long_at)
        select %(account)s, ticket_id, channel_id, rank, arrived_at, queued_at, why, rule_id, was_member_id, owner_id,
               owner_until, fewer_skills_at, too_long_at
        from json_populate_recordset(null::queue, %(rows)s)
        on conflict do nothing
        """,
        {"account": tx.account, "rows": document([_queue_row(each, at) for each in waiting])},
    )
    for each in waiting:
        data = {
            "why": each.verdict.why,
            "was_member_id": _text(each.asked.was_member_id),
            "owner_id": _text(each.verdict.owner_id),
            "message_id": _text(each.asked.message_id),
        }
        events.emit(
            tx,
            Event(
                name="ticket.queued",
                actor_id=actor,
                ticket_id=each.asked.ticket_id,
                channel_id=each.channel_id,
                data=data,
            ),
        )
    tx.wake(f"queue:{tx.account}")


async def keep_boards(tx: Transaction, at: datetime, boards: Sequence[Board]) -> dict[int, UUID]:
    """The ids of boards, by `id()`; one that says the same as one before is that one."""
    distinct = {id(board): board for board in boards}
    if not distinct:
        return {}
    texts = {key: msgspec.json.encode(board) for key, board in distinct.items()}
    digests = {key: hashlib.sha256(text).hexdigest() for key, text in texts.items()}
    rows = {
        digests[key]: {"id": new_id(), "digest": digests[key], "candidates": msgspec.Raw(text), "created_at": at}
        for key, text in texts.items()
    }
    await tx.run(
        """
        insert into routing_boards (account_id, id, digest, candidates, created_at)
        select %(account)s, id, digest, candidates, created_at
        from json_populate_recordset(null::routing_boards, %(rows)s)
        on conflict (account_id, digest) do nothing
        """,
        {"account": tx.account, "rows": document(list(rows.values()))},
    )
    known = await tx.dicts("select id, digest from routing_boards where digest = any(%s)", (list(rows),))
    ids = {row["digest"]: row["id"] for row in known}
    return {key: ids[digest] for key, digest in digests.items()}


def _row(each: Decided, boards: dict[int, UUID], at: datetime, cause: Cause, actor: UUID | None) -> dict[str, Any]:
    asked, verdict = each.asked, each.verdict
    return {
        "id": each.id,
        "ticket_id": asked.ticket_id,
        "channel_id": each.channel_id,
        "cause": cause,
        "outcome": verdict.outcome,
        "why": verdict.why,
        "rule": verdict.rule,
        "assignee_id": verdict.member,
        "was_member_id": asked.was_member_id,
        "board_id": boards[id(verdict.board)] if verdict.board else None,
        "since_board": verdict.since,
        "owner": verdict.owner,
        "actor_id": actor,
        "at": at,
    }


def _changes(each: Decided) -> bool:
    """Whether the ticket is given, taken, or gets a team."""
    verdict = each.verdict
    return verdict.outcome != "kept" and bool(verdict.member or verdict.team or each.asked.was_member_id)


def _assignment(each: Decided) -> Assignment:
    return Assignment(
        ticket_id=each.asked.ticket_id, assignee_id=each.verdict.member, team_id=each.verdict.team or UNSET
    )


async def _note_turns(tx: Transaction, at: datetime, found: Sequence[Decided]) -> None:
    """A batch is given out at one moment, but in an order, and the next one goes on from there."""
    turns = {
        (each.verdict.member, each.channel_id): at + place * JUST_AFTER
        for place, each in enumerate(found)
        if each.verdict.outcome == "assigned" and each.verdict.member and each.channel_id
    }
    given = sorted(turns)  # in one order, so that two never wait for each other
    if not given:
        return
    await tx.run(
        """
        insert into turns (account_id, member_id, channel_id, at)
        select %(account)s, t.member_id, t.channel_id, t.at
        from unnest(%(members)s::uuid[], %(channels)s::uuid[], %(at)s::timestamptz[]) as t (member_id, channel_id, at)
        on conflict (account_id, member_id, channel_id) do update set at = greatest(turns.at, excluded.at)
        """,
        {
            "account": tx.account,
            "at": [turns[each] for each in given],
            "members": [member for member, _ in given],
            "channels": [channel for _, channel in given],
        },
    )


async def _tell_owners(tx: Transaction, found: Sequence[Decided]) -> None:
    """An owner who is away reads by mail what their customer wrote (K6)."""
    for each in found:
        if each.verdict.tell_owner and each.asked.message_id:
            await outbox.put(
                tx,
                each.verdict.tell_owner,
                "contact_owner",
                once=f"contact_owner/{each.asked.message_id}",
                ticket_id=each.asked.ticket_id,
                message_id=each.asked.message_id,
            )


def _queue_row(each: Decided, at: datetime) -> dict[str, Any]:
    asked, verdict = each.asked, each.verdict
    return {
        "ticket_id": asked.ticket_id,
        "channel_id": each.channel_id,
        "rank": rules.rank(asked.priority),
        "arrived_at": asked.at,
        "queued_at": at,
        "why": verdict.why,
        "rule_id": verdict.rule.id if verdict.rule else None,
        "was_member_id": asked.was_member_id,
        "owner_id": verdict.owner_id,
        "owner_until": verdict.owner_until,
        "fewer_skills_at": verdict.fewer_skills_at,
        "too_long_at": verdict.too_long_at,
    }


def _tell(tx: Transaction, each: Decided, actor: UUID | None) -> None:
    data = {"decision_id": str(each.id), "outcome": each.verdict.outcome, "why": each.verdict.why}
    events.emit(
        tx,
        Event(
            name="ticket.routed",
            actor_id=actor,
            ticket_id=each.asked.ticket_id,
            channel_id=each.channel_id,
            data=data,
        ),
    )


def _text(id_: UUID | None) -> str | None:
    return None if id_ is None else str(id_)
