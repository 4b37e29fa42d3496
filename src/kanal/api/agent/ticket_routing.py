"""/tickets/{id}/routing: who has a ticket and why, and why each of the others has not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec
from litestar import get

from kanal.api.agent import found
from kanal.api.agent.people_out import PersonOut, people_out
from kanal.api.http.given import Db, FromPath
from kanal.api.http.signin import DeskRequest, require
from kanal.kit.db import Transaction
from kanal.people import queries as people
from kanal.routing import explaining, queries, text
from kanal.routing.models import Board, CandidateOut, DecisionOut, RuleRef

MOST_DECISIONS = 20


class QueuePlaceOut(msgspec.Struct, kw_only=True):
    position: int
    """From 1, among all that wait."""
    why: str
    why_text: str
    was: PersonOut | None
    """Who had it until they were away when the customer answered."""
    owner: PersonOut | None
    """The contact's owner, who is waited for until `owner_until`."""
    owner_until: datetime | None


class TicketRoutingOut(msgspec.Struct, kw_only=True):
    assignee: PersonOut | None
    rule: RuleRef | None
    waiting_since: datetime | None
    """Since when the customer's word is the last."""
    queue: QueuePlaceOut | None
    candidates: list[CandidateOut]
    """Of the latest decision."""
    decision: DecisionOut | None
    history: list[DecisionOut]
    """Earlier decisions, newest first."""


class _Ticket(msgspec.Struct, kw_only=True):
    assignee_id: UUID | None
    waiting_since: datetime | None


@get("/tickets/{ticket_ref:str}/routing", guards=[require("read")])
async def get_ticket_routing(request: DeskRequest, db: Db, ticket_ref: FromPath[str]) -> TicketRoutingOut:
    """Why a ticket is whose it is, and where it stands in the queue while it is nobody's."""
    async with db.transaction(request.user.account) as tx:
        ticket = await found.ticket(tx, request.user, ticket_ref, even_gone=True)
        row = await tx.one(_Ticket, "select assignee_id, waiting_since from tickets where id = %s", (ticket,))
        decisions = await _decisions(tx, ticket)
        place = await queries.place(tx, ticket)
        wanted = {row.assignee_id, place and place.was_member_id, place and place.owner_id} - {None}
        shown = await people_out(tx, [member for member in wanted if member])
    latest = decisions[0] if decisions else None
    return TicketRoutingOut(
        assignee=shown.get(row.assignee_id) if row.assignee_id else None,
        rule=latest.rule if latest else None,
        waiting_since=row.waiting_since,
        queue=_place(place, shown),
        candidates=latest.candidates if latest else [],
        decision=latest,
        history=decisions[1:],
    )


async def _decisions(tx: Transaction, ticket: UUID) -> list[DecisionOut]:
    rows = await queries.decisions(tx, ticket, MOST_DECISIONS)
    if not rows:
        return []
    boards = await queries.boards(tx, {row.board_id for row in rows if row.board_id})
    names = {member.id: member.name for member in await people.members(tx)}
    return [_decision(row, boards.get(row.board_id) if row.board_id else None, names) for row in rows]


def _decision(row: queries.DecisionRow, board: Board | None, names: Mapping[UUID, str]) -> DecisionOut:
    chosen = explaining.Chosen(member=row.assignee_id, at=row.at, since=row.since_board, owner=row.owner)
    rule = (row.rule.name or str(row.rule.number)) if row.rule else None
    assignee = names.get(row.assignee_id) if row.assignee_id else None
    was = names.get(row.was_member_id) if row.was_member_id else None
    return DecisionOut(
        id=row.id,
        at=row.at,
        cause=row.cause,
        outcome=row.outcome,
        why=row.why,
        text=text.decision(row.outcome, row.why, assignee, was, rule),
        assignee=row.assignee_id,
        was_member=row.was_member_id,
        rule=row.rule,
        actor=row.actor_id,
        candidates=explaining.candidates(board, chosen, names),
    )


def _place(place: queries.Place | None, shown: Mapping[UUID, PersonOut]) -> QueuePlaceOut | None:
    if place is None:
        return None
    return QueuePlaceOut(
        position=place.position,
        why=place.why,
        why_text=text.nobody(place.why),
        was=shown.get(place.was_member_id) if place.was_member_id else None,
        owner=shown.get(place.owner_id) if place.owner_id else None,
        owner_until=place.owner_until,
    )
