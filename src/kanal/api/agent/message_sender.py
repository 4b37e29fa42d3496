"""/messages/{id}/sender: whose a message is that somebody handed on."""

from __future__ import annotations

from uuid import UUID

import msgspec
from litestar import post

from kanal.api.agent import found
from kanal.api.http.given import Db, FromPath, JSONBody
from kanal.api.http.problem import Forbidden, Invalid
from kanal.api.http.signin import DeskRequest
from kanal.intake import choosing
from kanal.intake.choosing import Choice
from kanal.views import ticket
from kanal.views.models import Ticket


class SenderIn(msgspec.Struct, forbid_unknown_fields=True):
    choice: Choice
    """`original`: it is from whoever wrote it first; `forwarder`: from whoever handed it on."""
    always: bool = False
    """With `original`: believe this forwarder from now on. Only for those who look after the desk."""


class SenderChosenOut(msgspec.Struct):
    ticket: Ticket | None
    """The one that the message belongs to, as it is now; null where there is none."""


@post("/messages/{message_id:uuid}/sender", status_code=200)
async def choose_sender(
    request: DeskRequest, data: JSONBody[SenderIn], db: Db, message_id: FromPath[UUID]
) -> SenderChosenOut:
    """Say whose a message is that was handed on; its conversation and ticket go over to them where they began with it.
    `always` needs the permission manage_desk."""
    caller = request.user
    if data.always and data.choice != "original":
        raise Invalid("always", "a forwarder is believed only together with the original sender")
    if data.always and not caller.may("manage_desk"):
        raise Forbidden("manage_desk")
    async with db.transaction(caller.account) as tx:
        await found.message(tx, caller, message_id)
        belongs_to = await choosing.choose(tx, message_id, data.choice, caller.member)
        if data.always:
            await choosing.believe_always(tx, message_id, caller.member)
        if belongs_to is None:
            return SenderChosenOut(None)
        return SenderChosenOut(await ticket.one(tx, caller.member, belongs_to, just_changed=True))
