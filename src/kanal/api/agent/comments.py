"""/tickets/{id}/comments: what members say among themselves, and whom they can name in it."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get, post

from kanal.api.agent import found
from kanal.api.agent.replies import Files, Text
from kanal.api.http.given import Db, FromPath, JSONBody
from kanal.api.http.problem import Invalid
from kanal.api.http.signin import DeskRequest, require
from kanal.kit import html
from kanal.kit.db import Transaction
from kanal.people import queries as people
from kanal.tickets import actions
from kanal.views import mentionable, timeline
from kanal.views.models import Page, ShownComment, ShownMember


class CommentIn(msgspec.Struct, forbid_unknown_fields=True):
    text: Text = ""
    html: Text = ""
    attachments: Files = []
    mentions: Annotated[list[UUID], msgspec.Meta(max_length=100)] = []
    """Members who are told of it. In `html` each stands as `<span data-mention="ID">`."""


class AddedComment(ShownComment, kw_only=True, tag="comment"):
    not_told: list[ShownMember]
    """Who was mentioned and does not see the ticket, or works here no more."""


@post("/tickets/{ticket_ref:str}/comments")
async def add_comment(
    request: DeskRequest, data: JSONBody[CommentIn], db: Db, ticket_ref: FromPath[str]
) -> AddedComment:
    """Add an internal comment; the customer never sees it."""
    caller = request.user
    markup = html.sanitise_comment(data.html) if data.html else ""
    text = html.to_text(markup) if markup else data.text.strip()
    if not (text or data.attachments or "<img" in markup):
        raise Invalid("text", "write something")
    async with db.transaction(caller.account) as tx:
        ticket = await found.ticket(tx, caller, ticket_ref)
        told, not_told = await mentioned(tx, data.mentions, mentionable.of_ticket(tx, ticket))
        comment = await actions.comment(
            tx,
            ticket,
            author=caller.member,
            text=text,
            html=markup,
            attachments=data.attachments,
            mentions=told,
        )
        shown = await timeline.comment(tx, comment)
        return AddedComment(**msgspec.structs.asdict(shown), not_told=not_told)


@get("/tickets/{ticket_ref:str}/mentionable", guards=[require("answer")])
async def list_mentionable(request: DeskRequest, db: Db, ticket_ref: FromPath[str]) -> Page[ShownMember]:
    """Who can be named in a comment: members who see the ticket, by name."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        ticket = await found.ticket(tx, caller, ticket_ref)
        return Page(items=await mentionable.of_ticket(tx, ticket), next=None)


async def mentioned(
    tx: Transaction, wanted: Sequence[UUID], who_sees: Awaitable[list[ShownMember]]
) -> tuple[list[UUID], list[ShownMember]]:
    """Who is told of it, and who cannot be."""
    can_see = await who_sees
    if not wanted:
        return [], []
    known = {person.id: person.name for person in await people.persons(tx, wanted)}
    if unknown := [member for member in wanted if member not in known]:
        raise Invalid("mentions", f"{unknown[0]} is no member of this account; take it out")
    seeing = {member.member_id for member in can_see}
    told = [member for member in dict.fromkeys(wanted) if member in seeing]
    blind = [ShownMember(member_id=id_, name=name) for id_, name in known.items() if id_ not in seeing]
    return told, blind
