"""/tickets/{id}/draft: what the caller has begun to write; nobody else sees it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import Response, delete, get, put

from kanal.api.agent import found
from kanal.api.agent.attachments import shown
from kanal.api.agent.replies import Addresses, Files, Text
from kanal.api.http.given import Db, FromPath, JSONBody
from kanal.api.http.signin import DeskRequest, require
from kanal.delivery import drafts
from kanal.delivery.drafts import Draft, Mode, NewDraft
from kanal.views.models import ShownAttachment


class DraftIn(msgspec.Struct, forbid_unknown_fields=True):
    html: Text = ""
    to: Addresses = []
    cc: Addresses = []
    bcc: Addresses = []
    attachments: Files = []
    mode: Mode = "reply"
    seen_version: int | None = None
    about: UUID | None = None
    """The message that it answers or hands on."""
    channel: UUID | None = None
    """By which it shall leave."""


class DraftOut(msgspec.Struct):
    html: str
    to: list[str]
    cc: list[str]
    bcc: list[str]
    attachments: list[ShownAttachment]
    mode: Mode
    seen_version: int | None
    about: UUID | None
    channel: UUID | None
    updated_at: datetime


@get("/tickets/{ticket_ref:str}/draft", guards=[require("answer")])
async def get_draft(request: DeskRequest, db: Db, ticket_ref: FromPath[str]) -> Response[DraftOut | None]:
    """204 when nothing was begun."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        draft = await drafts.find(tx, await found.ticket(tx, caller, ticket_ref, even_gone=True), caller.member)
    return Response(draft_out(draft), status_code=200) if draft else Response(None, status_code=204)


@put("/tickets/{ticket_ref:str}/draft")
async def put_draft(request: DeskRequest, data: JSONBody[DraftIn], db: Db, ticket_ref: FromPath[str]) -> DraftOut:
    """Keep what the editor holds now, in the place of what it held before."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        ticket = await found.ticket(tx, caller, ticket_ref)
        return draft_out(await drafts.save(tx, ticket, caller.member, NewDraft(**msgspec.structs.asdict(data))))


@delete("/tickets/{ticket_ref:str}/draft")
async def drop_draft(request: DeskRequest, db: Db, ticket_ref: FromPath[str]) -> None:
    caller = request.user
    async with db.transaction(caller.account) as tx:
        await drafts.drop(tx, await found.ticket(tx, caller, ticket_ref), caller.member)


def draft_out(draft: Draft) -> DraftOut:
    return DraftOut(
        html=draft.html,
        to=draft.to,
        cc=draft.cc,
        bcc=draft.bcc,
        attachments=[shown(file) for file in draft.attachments],
        mode=draft.mode,
        seen_version=draft.seen_version,
        about=draft.about,
        channel=draft.channel,
        updated_at=draft.updated_at,
    )
