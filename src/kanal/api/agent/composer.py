"""/tickets/{id}/reply and /new-mail: all that a composer starts with, in one answer each."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.params import QueryParameter

from kanal.api.agent import found
from kanal.api.http.given import Db, FromPath, FromQuery, Given
from kanal.api.http.signin import DeskRequest, require
from kanal.delivery import composer
from kanal.delivery.composer_models import Composer, NewMailForm
from kanal.delivery.models import Carriers
from kanal.delivery.ways import Asked
from kanal.views.visible import hidden_channels

Everybody = Annotated[bool | None, QueryParameter(name="all")]


@get("/tickets/{ticket_ref:str}/reply", guards=[require("answer")])
async def get_composer(
    request: DeskRequest,
    db: Db,
    carriers: Given[Carriers],
    ticket_ref: FromPath[str],
    message: FromQuery[UUID | None] = None,
    everybody: Everybody = None,
    forward: FromQuery[bool] = False,
    channel: FromQuery[UUID | None] = None,
) -> Composer:
    """What an answer to the ticket, or to one `message`, would be: to whom (`all` true: everybody whom the message
    names), by which channel, what stands below it; with `forward` what handing the message on would be."""
    caller = request.user
    asked = Asked(answers=message, everybody=everybody, channel=channel, author=caller.member)
    async with db.transaction(caller.account) as tx:
        ticket = await found.ticket(tx, caller, ticket_ref)
        if message is not None:
            await found.message(tx, caller, message)
        hidden = await hidden_channels(tx, caller.member)
        if forward:
            return await composer.of_forward(tx, carriers, asked, hidden)
        return await composer.of_answer(tx, carriers, ticket, asked, hidden)


@get("/new-mail", guards=[require("answer")])
async def get_new_mail(request: DeskRequest, db: Db, carriers: Given[Carriers]) -> NewMailForm:
    """By which channels the caller can write first, and which one goes unless they choose."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        hidden = await hidden_channels(tx, caller.member)
        return await composer.of_new_mail(tx, carriers, caller.member, hidden)
