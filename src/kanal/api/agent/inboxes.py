"""/inboxes: the help desk and the conversations inboxes beside it, and what stands in these."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import delete, get, patch, post
from litestar.params import QueryParameter

from kanal.api.http.given import Db, FromPath, FromQuery, JSONBody, Limit
from kanal.api.http.pages import Page
from kanal.api.http.problem import Invalid
from kanal.api.http.signin import DeskRequest, require
from kanal.conversations.apart import State
from kanal.inboxes import inboxes as actions
from kanal.views import inboxes
from kanal.views.inboxes import Inbox, InboxConversation

STATES: dict[str, State] = {"open": "open", "closed": "closed"}


class InboxIn(msgspec.Struct, forbid_unknown_fields=True):
    name: str


@get("/inboxes", guards=[require("read")])
async def list_inboxes(request: DeskRequest, db: Db) -> Page[Inbox]:
    """The help desk first; conversations inboxes with how much is open in each, up to ten thousand."""
    async with db.transaction(request.user.account) as tx:
        return Page(await inboxes.every(tx, request.user.member), None)


@post("/inboxes", guards=[require("manage_channels")])
async def create_inbox(request: DeskRequest, data: JSONBody[InboxIn], db: Db) -> Inbox:
    """A conversations inbox: what its channels bring makes conversations, and no tickets by itself."""
    async with db.transaction(request.user.account) as tx:
        made = await actions.create(tx, data.name, request.user.member)
        return await inboxes.one(tx, request.user.member, made)


@patch("/inboxes/{inbox_id:uuid}", guards=[require("manage_channels")])
async def rename_inbox(request: DeskRequest, data: JSONBody[InboxIn], db: Db, inbox_id: FromPath[UUID]) -> Inbox:
    async with db.transaction(request.user.account) as tx:
        await actions.rename(tx, inbox_id, data.name, request.user.member)
        return await inboxes.one(tx, request.user.member, inbox_id)


@delete("/inboxes/{inbox_id:uuid}", guards=[require("manage_channels")])
async def delete_inbox(request: DeskRequest, db: Db, inbox_id: FromPath[UUID]) -> None:
    """Only an empty one: without channels and conversations."""
    async with db.transaction(request.user.account) as tx:
        await actions.delete(tx, inbox_id, request.user.member)


@get("/inboxes/{inbox_id:uuid}/conversations", guards=[require("read")])
async def list_conversations(
    request: DeskRequest,
    db: Db,
    inbox_id: FromPath[UUID],
    limit: Limit = 50,
    after: FromQuery[str | None] = None,
    in_state: Annotated[str, QueryParameter(name="state")] = "open",
    assignee: FromQuery[str | None] = None,
) -> Page[InboxConversation]:
    """What was last written in comes first. `state` is open or closed; `assignee` a member's id, `me` or `none`."""
    async with db.transaction(request.user.account) as tx:
        page = await inboxes.page(
            tx, request.user.member, inbox_id, state=_state(in_state), assignee=assignee, after=after, limit=limit
        )
        return Page(page.items, page.next)


def _state(given: str) -> State:
    if given not in STATES:
        raise Invalid("state", "It is open or closed.")
    return STATES[given]
