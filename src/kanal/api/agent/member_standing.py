"""/members/{id}/deactivate and /reactivate: closing the account's door behind somebody, and opening it again. Nothing
they did is lost, and what they had to do is kept, queued or given to a colleague."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

import msgspec
from litestar import post

from kanal.api.agent import member_out
from kanal.api.agent.member_out import WholeMember
from kanal.api.http.given import Db, FromPath, JSONBody
from kanal.api.http.signin import DeskRequest, require
from kanal.kit.db import Transaction
from kanal.people import actions, queries
from kanal.routing import hand_over


class GiveTo(msgspec.Struct, forbid_unknown_fields=True):
    to: UUID


class Deactivation(msgspec.Struct, forbid_unknown_fields=True):
    """What becomes of their open tickets: they stay theirs, go back to the queue, or go to a colleague."""

    tickets: Literal["keep", "queue"] | GiveTo = "keep"


class Deactivated(msgspec.Struct):
    """With the hand-over all of it can be undone, as far as nobody has gone on with it."""

    hand_over_id: UUID | None


@post("/members/{member_id:uuid}/deactivate", guards=[require("manage_members")], status_code=200)
async def deactivate_member(
    request: DeskRequest, data: JSONBody[Deactivation], db: Db, member_id: FromPath[UUID]
) -> Deactivated:
    """From their next request on they do not get in here; other accounts are not touched. Rules that name them are
    marked and pass them over."""
    async with db.transaction(request.user.account) as tx:
        await actions.deactivate(tx, member_id, actor=request.user.member)
        return Deactivated(await _give_on(tx, member_id, data.tickets, request.user.member))


@post("/members/{member_id:uuid}/reactivate", guards=[require("manage_members")], status_code=200)
async def reactivate_member(request: DeskRequest, db: Db, member_id: FromPath[UUID]) -> WholeMember:
    """Let somebody in again, with the role, the seat and the teams they had."""
    async with db.transaction(request.user.account) as tx:
        await actions.reactivate(tx, member_id, actor=request.user.member)
        return await member_out.whole(tx, await queries.member(tx, member_id), request.user.member)


async def _give_on(
    tx: Transaction, member_id: UUID, tickets: Literal["keep", "queue"] | GiveTo, actor: UUID
) -> UUID | None:
    if tickets == "keep":
        return None
    to = tickets.to if isinstance(tickets, GiveTo) else None
    return await hand_over.make(tx, from_member=member_id, why="deactivated", tickets=None, to=to, actor=actor)
