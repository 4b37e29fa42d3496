"""/channels/{id}/route-preview: what would become of a message, by the rules as they are or as they would be."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import post

from kanal.api.agent import found
from kanal.api.agent.routing_history import seen_channel
from kanal.api.http.given import Db, FromPath, JSONBody
from kanal.api.http.problem import Invalid
from kanal.api.http.signin import Caller, DeskRequest, require
from kanal.kit.db import Transaction
from kanal.kit.mail import normalise
from kanal.routing import rules
from kanal.routing.actions import checked
from kanal.routing.came_in import CameIn, came_in
from kanal.routing.facts import Words
from kanal.routing.models import CandidateOut, Outcome, Routing, RuleRef
from kanal.routing.preview import Preview, RuleTried, pasted, preview
from kanal.views.models import Named

Line = Annotated[str, msgspec.Meta(max_length=1_000)]
Text = Annotated[str, msgspec.Meta(max_length=100_000)]


class PastedIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    sender: Line = msgspec.field(name="from")
    from_name: Line = ""
    to: Line = ""
    subject: Line = ""
    text: Text = ""


class RoutePreviewIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Without `routing` the stored rules are asked. Either of the messages is given: one that came in, or a pasted
    one."""

    routing: dict[str, Any] | None = None
    message_id: UUID | None = None
    message: PastedIn | None = None


class PreviewContactOut(msgspec.Struct, kw_only=True):
    id: UUID | None
    """null: it would be made."""
    name: str
    email: str | None
    is_new: bool
    owner: Named | None


class RoutePreviewOut(msgspec.Struct, kw_only=True):
    contact: PreviewContactOut
    properties: dict[str, Any]
    rule: RuleRef | None
    rules: list[RuleTried]
    assignee: Named | None
    outcome: Outcome
    why: str
    text: str
    candidates: list[CandidateOut]


@post("/channels/{channel_id:uuid}/route-preview", guards=[require("edit_routing")], status_code=200)
async def preview_route(
    request: DeskRequest, data: JSONBody[RoutePreviewIn], db: Db, channel_id: FromPath[UUID]
) -> RoutePreviewOut:
    """The contact, what is set, each rule with why it holds or not, the candidates and who of them would get it now.
    Nothing is written."""
    async with db.transaction(request.user.account) as tx, tx.savepoint():
        await tx.run("set transaction read only")
        await seen_channel(tx, request.user, channel_id)
        stored = await tx.value("select routing from channels where id = %s", (channel_id,))
        routing = await _routing(tx, channel_id, data.routing, stored)
        message = await _message(tx, request.user, data)
        found_out = await preview(tx, channel_id, routing, message)
        return await _out(tx, found_out)


async def _routing(tx: Transaction, channel: UUID, unsaved: dict[str, Any] | None, stored: Any) -> Routing:
    """What is stored may have become invalid in parts, which are passed over; what is not yet saved has to be right."""
    if unsaved is None:
        return rules.parse(stored)
    return await checked(tx, unsaved, before=stored, channel=channel)


async def _message(tx: Transaction, caller: Caller, data: RoutePreviewIn) -> CameIn:
    if (data.message_id is None) is (data.message is None):
        raise Invalid("message_id", "pick a message that came in, or write one as `message`")
    if data.message is not None:
        return await _pasted(tx, data.message)
    message = data.message_id or UUID(int=0)
    await found.message(tx, caller, message)
    if not await tx.value("select direction = 'in' from messages where id = %s", (message,)):
        raise Invalid("message_id", "pick a message that came in; this one was sent")
    return (await came_in(tx, [message]))[message]


async def _pasted(tx: Transaction, given: PastedIn) -> CameIn:
    words = Words(
        sender=normalise(given.sender) or given.sender,
        subject=given.subject,
        text=given.text,
        to=[given.to] if given.to else [],
    )
    message = await pasted(tx, words, given.from_name)
    if message is None:
        raise Invalid("message.from", "write an email address")
    return message


async def _out(tx: Transaction, made: Preview) -> RoutePreviewOut:
    wanted = [member for member in (made.contact.owner_id, made.assignee) if member]
    rows = await tx.all(
        Named, "select m.id, u.name from members m join users u on u.id = m.user_id where m.id = any(%s)", (wanted,)
    )
    people = {row.id: row for row in rows}
    return RoutePreviewOut(
        contact=PreviewContactOut(
            id=made.contact.id,
            name=made.contact.name,
            email=made.contact.email,
            is_new=made.contact.is_new,
            owner=people.get(made.contact.owner_id) if made.contact.owner_id else None,
        ),
        properties=made.properties,
        rule=made.rule,
        rules=made.rules,
        assignee=people.get(made.assignee) if made.assignee else None,
        outcome=made.outcome,
        why=made.why,
        text=made.text,
        candidates=made.candidates,
    )
