"""/conversations/{id}/replies, /reply and /draft: answering in a conversations inbox, with the composer of tickets."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Response, delete, get, post, put
from litestar.params import QueryParameter

from kanal.api.agent import found
from kanal.api.agent.drafts import DraftIn, DraftOut, draft_out
from kanal.api.agent.replies import ReplyIn, ReplyOut
from kanal.api.agent.timeline import with_deliveries
from kanal.api.http.given import Db, FromPath, FromQuery, Given, JSONBody
from kanal.api.http.problem import Invalid
from kanal.api.http.signin import DeskRequest, require
from kanal.delivery import apart, composer, drafts, queries
from kanal.delivery.composer_models import Composer
from kanal.delivery.drafts import NewDraft
from kanal.delivery.errors import SeenVersionRequired, StaleReply
from kanal.delivery.models import Carriers, ReplyApart
from kanal.delivery.ways import Asked
from kanal.views import timeline
from kanal.views.visible import hidden_channels

Everybody = Annotated[bool | None, QueryParameter(name="all")]


@get("/conversations/{conversation_id:uuid}/reply", guards=[require("answer")])
async def get_conversation_composer(
    request: DeskRequest,
    db: Db,
    carriers: Given[Carriers],
    conversation_id: FromPath[UUID],
    message: FromQuery[UUID | None] = None,
    everybody: Everybody = None,
    forward: FromQuery[bool] = False,
    channel: FromQuery[UUID | None] = None,
) -> Composer:
    """What an answer would be: to whom, by which channel, what stands below it; with `forward` what handing the message
    on would be."""
    caller = request.user
    asked = Asked(answers=message, everybody=everybody, channel=channel, author=caller.member)
    async with db.transaction(caller.account) as tx:
        await found.apart(tx, caller, conversation_id)
        if message is not None:
            await found.message(tx, caller, message)
        hidden = await hidden_channels(tx, caller.member)
        if forward:
            return await composer.of_forward(tx, carriers, asked, hidden)
        return await composer.of_answer_apart(tx, carriers, conversation_id, asked, hidden)


@post("/conversations/{conversation_id:uuid}/replies", guards=[require("answer")], status_code=202)
async def answer_conversation(
    request: DeskRequest, data: JSONBody[ReplyIn], db: Db, carriers: Given[Carriers], conversation_id: FromPath[UUID]
) -> ReplyOut:
    """Queue an answer to the contact; `status` is the state of the conversation afterwards. Refused when something was
    said that its author had not seen."""
    caller = request.user
    if data.seen_version is None and caller.how == "session":
        raise SeenVersionRequired
    if data.macros:
        raise Invalid("macros", "A macro changes a ticket; make one of the conversation first.")
    async with db.transaction(caller.account) as tx:
        await found.apart(tx, caller, conversation_id)
    given = {field: value for field, value in msgspec.structs.asdict(data).items() if field != "macros"}
    asked = ReplyApart(
        conversation_id=conversation_id,
        author_id=caller.member,
        undoable=caller.how == "session",
        **given,
    )
    try:
        async with db.transaction(caller.account) as tx:
            queued = await apart.reply(tx, carriers, asked, await hidden_channels(tx, caller.member))
            delivery = (await queries.shown(tx, [queued.message_id]))[queued.message_id]
    except StaleReply as stale:
        async with db.transaction(caller.account) as tx:
            newest = await timeline.newer_apart(tx, caller.member, conversation_id, stale.version - stale.seen)
            stale.newer = await with_deliveries(tx, newest)
        raise
    return ReplyOut(queued.message_id, queued.version, delivery)


@get("/conversations/{conversation_id:uuid}/draft", guards=[require("answer")])
async def get_conversation_draft(
    request: DeskRequest, db: Db, conversation_id: FromPath[UUID]
) -> Response[DraftOut | None]:
    """204 when nothing was begun."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        await found.apart(tx, caller, conversation_id)
        draft = await drafts.find(tx, conversation_id, caller.member, "conversation")
    return Response(draft_out(draft), status_code=200) if draft else Response(None, status_code=204)


@put("/conversations/{conversation_id:uuid}/draft", guards=[require("answer")])
async def put_conversation_draft(
    request: DeskRequest, data: JSONBody[DraftIn], db: Db, conversation_id: FromPath[UUID]
) -> DraftOut:
    """Keep what the editor holds now, in the place of what it held before."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        await found.apart(tx, caller, conversation_id)
        draft = NewDraft(**msgspec.structs.asdict(data))
        return draft_out(await drafts.save(tx, conversation_id, caller.member, draft, "conversation"))


@delete("/conversations/{conversation_id:uuid}/draft", guards=[require("answer")])
async def drop_conversation_draft(request: DeskRequest, db: Db, conversation_id: FromPath[UUID]) -> None:
    caller = request.user
    async with db.transaction(caller.account) as tx:
        await found.apart(tx, caller, conversation_id)
        await drafts.drop(tx, conversation_id, caller.member, of="conversation")
