"""/tickets/{id}/comments: what members say among themselves."""

from __future__ import annotations

from uuid import UUID

import msgspec
from litestar import post

from kanal.api.agent import found
from kanal.api.http.given import Db, FromPath, JSONBody
from kanal.api.http.problem import Invalid
from kanal.api.http.signin import DeskRequest
from kanal.kit import html
from kanal.tickets import actions
from kanal.views import timeline
from kanal.views.models import ShownComment


class CommentIn(msgspec.Struct, forbid_unknown_fields=True):
    text: str = ""
    html: str = ""
    attachments: list[UUID] = []


@post("/tickets/{ticket_ref:str}/comments")
async def add_comment(
    request: DeskRequest, data: JSONBody[CommentIn], db: Db, ticket_ref: FromPath[str]
) -> ShownComment:
    """Add an internal comment; the customer never sees it."""
    caller = request.user
    markup = html.sanitise(data.html).html if data.html else ""
    text = html.to_text(markup) if markup else data.text.strip()
    if not (text or data.attachments or "<img" in markup):
        raise Invalid("text", "write something")
    async with db.transaction(caller.account) as tx:
        ticket = await found.ticket(tx, caller, ticket_ref)
        comment = await actions.comment(
            tx, ticket, author=caller.member, text=text, html=markup, attachments=data.attachments
        )
        return await timeline.comment(tx, comment)
