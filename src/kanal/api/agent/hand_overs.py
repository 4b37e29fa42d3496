"""/hand-overs: giving on what somebody has because they are ill or away, and taking that back."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

import msgspec
from litestar import get, post

from kanal.api.http.given import Db, FromPath, FromQuery, JSONBody
from kanal.api.http.problem import Forbidden
from kanal.api.http.signin import Caller, DeskRequest, require
from kanal.kit.db import NotFound, Transaction
from kanal.routing import hand_over
from kanal.views import hand_overs
from kanal.views.hand_overs import Planned

Asked = Literal["ill", "out_of_office", "other"]
"""Deactivation hands over by its own route."""


class HandOverIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    from_: UUID = msgspec.field(name="from")
    why: Asked
    tickets: Literal["all"] | list[UUID]
    to: UUID | None
    """null: back to the queue."""


class HandedOver(msgspec.Struct, kw_only=True):
    id: UUID
    tickets: int


class Plan(msgspec.Struct, kw_only=True):
    tickets: list[Planned]


class UndoneOut(msgspec.Struct, kw_only=True):
    restored: int
    left: list[hand_over.Left]
    """Tickets that somebody has touched since; they stay where they are."""


@get("/hand-overs/plan", guards=[require("read")])
async def plan_hand_over(request: DeskRequest, db: Db, member: FromQuery[UUID]) -> Plan:
    """The open tickets of a member that the caller sees."""
    _check_may(request.user, member)
    async with db.transaction(request.user.account) as tx:
        return Plan(tickets=await hand_overs.plan(tx, request.user.member, member))


@post("/hand-overs", guards=[require("read")])
async def make_hand_over(request: DeskRequest, data: JSONBody[HandOverIn], db: Db) -> HandedOver:
    """Whoever is ill or out of office is set to away with it. Tickets that are no longer theirs are passed over."""
    caller = request.user
    _check_may(caller, data.from_)
    async with db.transaction(caller.account) as tx:
        theirs = {each.id for each in await hand_overs.plan(tx, caller.member, data.from_)}
        wanted = theirs if data.tickets == "all" else theirs.intersection(data.tickets)
        over = await hand_over.make(
            tx, from_member=data.from_, why=data.why, tickets=wanted, to=data.to, actor=caller.member
        )
        count = await tx.value("select count(*) from hand_over_tickets where hand_over_id = %s", (over,))
        return HandedOver(id=over, tickets=count)


@post("/hand-overs/{hand_over_id:uuid}/undo", guards=[require("read")], status_code=200)
async def undo_hand_over(request: DeskRequest, hand_over_id: FromPath[UUID], db: Db) -> UndoneOut:
    async with db.transaction(request.user.account) as tx:
        _check_may(request.user, await _whose(tx, hand_over_id))
        undone = await hand_over.undo(tx, hand_over_id, request.user.member)
        return UndoneOut(restored=len(undone.restored), left=undone.left)


async def _whose(tx: Transaction, over: UUID) -> UUID:
    member: UUID | None = await tx.value("select from_member_id from hand_overs where id = %s", (over,))
    if member is None:
        raise NotFound("hand-over")
    return member


def _check_may(caller: Caller, member: UUID) -> None:
    """Their own, and with the permission everybody's; a lead needs no seat for it."""
    if not caller.may("answer" if member == caller.member else "manage_availability"):
        raise Forbidden
