"""/conversations/{id}: one of a conversations inbox: who has it, whether it is open, what is said in it, a ticket of
it."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

import msgspec
from litestar import get, patch, post
from msgspec import UNSET, UnsetType

from kanal.api.agent import found
from kanal.api.agent.comments import AddedComment, CommentIn, mentioned
from kanal.api.agent.new_tickets import assignee_of, uuid_of
from kanal.api.agent.tickets import reply_form
from kanal.api.agent.timeline import TimelineOut, with_deliveries
from kanal.api.http.given import Db, FromPath, FromQuery, Given, JSONBody, Limit
from kanal.api.http.problem import Invalid
from kanal.api.http.signin import DeskRequest, require
from kanal.conversations import apart
from kanal.conversations.apart import Change, State
from kanal.delivery.models import Carriers
from kanal.delivery.prospect import way_back
from kanal.delivery.ways import Asked
from kanal.kit import html
from kanal.kit.db import Transaction
from kanal.notifications import actions as notifications
from kanal.tickets import actions as tickets
from kanal.tickets import queries as ticket_rows
from kanal.tickets.actions.of_conversation import Wanted
from kanal.tickets.errors import UnknownReference
from kanal.tickets.models import TicketChange
from kanal.views import inboxes, mentionable, timeline
from kanal.views.inboxes import WholeConversation
from kanal.views.models import Page, ReplyForm, ShownMember
from kanal.views.visible import hidden_channels


class ConversationPatch(msgspec.Struct, forbid_unknown_fields=True):
    state: State | UnsetType = UNSET
    assignee: str | UnsetType | None = UNSET
    """A member's id, or `me`; null: nobody."""
    team: UUID | UnsetType | None = UNSET


class TicketOfConversation(msgspec.Struct, forbid_unknown_fields=True):
    subject: str = ""
    """Left out: that of the conversation."""
    pipeline: UUID | None = None
    status: str | None = None
    """Key or id."""


class ConversationOut(WholeConversation, kw_only=True):
    reply: ReplyForm


class MadeTicketOut(msgspec.Struct):
    id: UUID
    number: int


@get("/conversations/{conversation_id:uuid}", guards=[require("read")])
async def get_conversation(
    request: DeskRequest, db: Db, carriers: Given[Carriers], conversation_id: FromPath[UUID]
) -> ConversationOut:
    """One with what the composer starts with."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        shown = await inboxes.conversation(tx, caller.member, conversation_id)
        hidden, asked = await hidden_channels(tx, caller.member), Asked(author=caller.member)
        way = way_back(tx, carriers, conversation_id, hidden, asked)
        return ConversationOut(**msgspec.structs.asdict(shown), reply=await reply_form(tx, caller, way))


@patch("/conversations/{conversation_id:uuid}", guards=[require("answer")])
async def change_conversation(
    request: DeskRequest, data: JSONBody[ConversationPatch], db: Db, conversation_id: FromPath[UUID]
) -> WholeConversation:
    """Open or close it, give it to somebody or to a team; null takes it from them."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        await found.apart(tx, caller, conversation_id)
        wanted = Change(state=data.state, assignee_id=assignee_of(data.assignee, caller), team_id=data.team)
        was = await apart.change(tx, conversation_id, wanted, caller.member)
        await _follow(tx, was, wanted, caller.member)
        return await inboxes.conversation(tx, caller.member, conversation_id, just_changed=True)


async def _follow(tx: Transaction, was: apart.Standing, wanted: Change, actor: UUID) -> None:
    """Whoever has the conversation has the ticket that was made of it."""
    if was.ticket_id is None or (wanted.assignee_id is UNSET and wanted.team_id is UNSET):
        return
    change = TicketChange(assignee_id=wanted.assignee_id, team_id=wanted.team_id)
    await tickets.change(tx, was.ticket_id, change, actor, by_rules=False)


@post("/conversations/{conversation_id:uuid}/read", guards=[require("read")], status_code=204)
async def read_conversation(request: DeskRequest, db: Db, conversation_id: FromPath[UUID]) -> None:
    """Mark it as seen by the caller."""
    async with db.transaction(request.user.account) as tx:
        await found.apart(tx, request.user, conversation_id)
        await apart.mark_read(tx, request.user.member, conversation_id)
        await notifications.mark_read_about(tx, request.user.member, conversation=conversation_id)


@get("/conversations/{conversation_id:uuid}/timeline", guards=[require("read")])
async def get_conversation_timeline(
    request: DeskRequest,
    db: Db,
    conversation_id: FromPath[UUID],
    before: FromQuery[str | None] = None,
    limit: Limit = timeline.MOST,
) -> TimelineOut:
    """Oldest first, the newest of them; `next` is the `before` of older ones."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        await found.apart(tx, caller, conversation_id)
        shown = await timeline.of_inbox(tx, caller.member, conversation_id, before=before, most=limit)
        return TimelineOut(shown.version, await with_deliveries(tx, shown.items), shown.next, None)


@post("/conversations/{conversation_id:uuid}/comments", guards=[require("answer")])
async def comment_on_conversation(
    request: DeskRequest, data: JSONBody[CommentIn], db: Db, conversation_id: FromPath[UUID]
) -> AddedComment:
    """Add an internal comment; the customer never sees it."""
    caller = request.user
    markup = html.sanitise_comment(data.html) if data.html else ""
    text = html.to_text(markup) if markup else data.text.strip()
    if not (text or data.attachments or "<img" in markup):
        raise Invalid("text", "write something")
    async with db.transaction(caller.account) as tx:
        await found.apart(tx, caller, conversation_id)
        told, not_told = await mentioned(tx, data.mentions, mentionable.of_conversation(tx, conversation_id))
        made = await apart.comment(
            tx,
            conversation_id,
            author=caller.member,
            text=text,
            html=markup,
            attachments=data.attachments,
            mentions=told,
        )
        return AddedComment(**msgspec.structs.asdict(await timeline.comment(tx, made)), not_told=not_told)


@get("/conversations/{conversation_id:uuid}/mentionable", guards=[require("answer")])
async def list_mentionable_in_conversation(
    request: DeskRequest, db: Db, conversation_id: FromPath[UUID]
) -> Page[ShownMember]:
    """Who can be named in a comment: members who see the conversation, by name."""
    async with db.transaction(request.user.account) as tx:
        await found.apart(tx, request.user, conversation_id)
        return Page(items=await mentionable.of_conversation(tx, conversation_id), next=None)


@post("/conversations/{conversation_id:uuid}/ticket", guards=[require("answer")])
async def make_ticket(
    request: DeskRequest, data: JSONBody[TicketOfConversation], db: Db, conversation_id: FromPath[UUID]
) -> MadeTicketOut:
    """A ticket that holds the conversation. It stays out of the help desk until the conversation's channel moves
    there; asked again, the one that was made."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        await found.apart(tx, caller, conversation_id)
        wanted = Wanted(
            subject=data.subject, pipeline_id=data.pipeline, status_id=await _status(tx, data.pipeline, data.status)
        )
        source: Literal["hand", "api"] = "hand" if caller.how == "session" else "api"
        made = await tickets.of_conversation(tx, conversation_id, wanted, source=source, actor=caller.member)
        return MadeTicketOut(made.id, made.number)


async def _status(tx: Transaction, pipeline: UUID | None, given: str | None) -> UUID | None:
    if given is None or (by_id := uuid_of(given)) is not None:
        return by_id if given else None
    pipelines = await ticket_rows.pipelines(tx)
    chosen = pipelines.get(pipeline) if pipeline else ticket_rows.default_of(pipelines)
    status = chosen.status(given) if chosen else None
    if status is None:
        raise UnknownReference("status", "the pipeline has no such status")
    return status.id
