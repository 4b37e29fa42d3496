"""/messages/{id}/invitation and /receipt: what a mail asks for besides an answer in words."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import post

from kanal.api.agent import found
from kanal.api.agent.replies import ReplyOut
from kanal.api.http.given import Db, FromPath, Given, JSONBody
from kanal.api.http.signin import Caller, DeskRequest
from kanal.delivery import invitations, queries, read_receipts
from kanal.delivery.models import Carriers, Queued
from kanal.kit.db import Transaction
from kanal.kit.itip import Answer
from kanal.routing import actions as routing
from kanal.views.visible import hidden_channels


class InvitationAnswer(msgspec.Struct, forbid_unknown_fields=True):
    answer: Answer
    comment: Annotated[str, msgspec.Meta(max_length=10_000)] = ""


@post("/messages/{message_id:uuid}/invitation", status_code=202)
async def answer_invitation(
    request: DeskRequest,
    data: JSONBody[InvitationAnswer],
    db: Db,
    carriers: Given[Carriers],
    message_id: FromPath[UUID],
) -> ReplyOut:
    """Accept, accept perhaps or decline the meeting that a message invites to; its organizer's calendar is told."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        await found.message(tx, caller, message_id)
        queued = await invitations.answer(
            tx,
            carriers,
            message_id,
            data.answer,
            data.comment.strip(),
            author=caller.member,
            undoable=caller.how == "session",
            hidden_channels=await hidden_channels(tx, caller.member),
        )
        await _by_hand(tx, caller, message_id)
        return await _out(tx, queued)


@post("/messages/{message_id:uuid}/receipt", status_code=202)
async def send_receipt(request: DeskRequest, db: Db, carriers: Given[Carriers], message_id: FromPath[UUID]) -> ReplyOut:
    """Tell the sender, who asked for it, that their message was read; once."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        await found.message(tx, caller, message_id)
        hidden = await hidden_channels(tx, caller.member)
        return await _out(tx, await read_receipts.send(tx, carriers, message_id, caller.member, hidden))


async def _by_hand(tx: Transaction, caller: Caller, message: UUID) -> None:
    ticket = await queries.ticket_of(tx, message)
    if ticket is not None:
        await routing.by_hand(tx, [ticket], caller.member)


async def _out(tx: Transaction, queued: Queued) -> ReplyOut:
    delivery = (await queries.shown(tx, [queued.message_id]))[queued.message_id]
    return ReplyOut(queued.message_id, queued.version, delivery)
