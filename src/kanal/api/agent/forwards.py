"""/messages/{id}/forward: handing a message on to somebody outside of its conversation."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from litestar import post

from kanal.api.agent import found
from kanal.api.agent.replies import Addresses, Files, ReplyOut, Text
from kanal.api.http.given import Db, FromPath, Given, JSONBody
from kanal.api.http.signin import DeskRequest
from kanal.delivery import forwarding, queries
from kanal.delivery.models import Carriers, Forward
from kanal.views.visible import hidden_channels


class ForwardIn(msgspec.Struct, forbid_unknown_fields=True):
    to: Addresses
    cc: Addresses = []
    bcc: Addresses = []
    text: Text = ""
    """What stands above it; may be empty."""
    html: Text = ""
    subject: Annotated[str, msgspec.Meta(max_length=1_000)] | None = None
    """Left out: that of the message, with Fwd: before it."""
    attachments: Files | Literal["all"] = "all"
    """Of the message, or uploaded. Pictures that stand in its words go with it in any case."""
    channel: UUID | None = None
    send_at: datetime | None = None


@post("/messages/{message_id:uuid}/forward", status_code=202)
async def forward_message(
    request: DeskRequest, data: JSONBody[ForwardIn], db: Db, carriers: Given[Carriers], message_id: FromPath[UUID]
) -> ReplyOut:
    """Queue it in the same ticket. Its receivers do not take part by that; what they answer comes in as a new
    person's."""
    caller = request.user
    given = msgspec.structs.asdict(data) | {"attachments": None if data.attachments == "all" else data.attachments}
    asked = Forward(message_id=message_id, author_id=caller.member, undoable=caller.how == "session", **given)
    async with db.transaction(caller.account) as tx:
        await found.message(tx, caller, message_id)
        queued = await forwarding.forward(tx, carriers, asked, await hidden_channels(tx, caller.member))
        delivery = (await queries.shown(tx, [queued.message_id]))[queued.message_id]
    return ReplyOut(queued.message_id, queued.version, delivery)
