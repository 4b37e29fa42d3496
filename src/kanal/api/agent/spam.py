"""/spam: conversations that are spam, to be read and brought back; and saying of one that it is spam or not."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import get, post

from kanal.api.agent import found
from kanal.api.agent.people_out import PersonOut, people_out
from kanal.api.agent.timeline import MessageOut, with_deliveries
from kanal.api.http.given import Db, FromPath, FromQuery, JSONBody, Limit
from kanal.api.http.pages import Page
from kanal.api.http.signin import DeskRequest, require
from kanal.contacts.senders import queries as senders
from kanal.contacts.senders.models import Verdict
from kanal.conversations.rules import SPAM_KEPT
from kanal.intake.spam import marking
from kanal.intake.spam.models import Reason, why_of
from kanal.kit.db import Transaction
from kanal.tickets.rules import snippet
from kanal.views import spam, ticket, timeline
from kanal.views.models import Ticket


class SpamRefOut(msgspec.Struct):
    id: UUID
    name: str


class SpamFromOut(msgspec.Struct):
    name: str
    address: str


class SpamTicketOut(msgspec.Struct):
    id: UUID
    number: int


class WhyOut(msgspec.Struct):
    """`code` says it; `detail` are a mail filter's own words, else empty."""

    code: Reason
    detail: str


class SpamOut(msgspec.Struct, kw_only=True):
    """`by` is who said so, null where a list or filter did; `at` since when it is spam, `forget_at` until when it is
    kept; `contact` is null for somebody unknown, `ticket` where none was made."""

    conversation_id: UUID
    channel: SpamRefOut
    contact: SpamRefOut | None
    sender: SpamFromOut = msgspec.field(name="from")
    subject: str
    snippet: str
    why: WhyOut
    by: PersonOut | None
    at: datetime
    received_at: datetime
    ticket: SpamTicketOut | None
    forget_at: datetime


class ReadSpamOut(SpamOut, kw_only=True):
    """`listed` is what the lists say of the sender now."""

    messages: list[MessageOut]
    listed: Verdict | None


class SpamIn(msgspec.Struct, forbid_unknown_fields=True):
    spam: bool
    block: bool = False
    """What the sender writes from now on is spam too. Saying "no spam" takes a block back."""


class MarkedOut(msgspec.Struct, kw_only=True):
    ticket: Ticket | None
    """The one that it belongs to, or that was made of it; null while it is spam, and where its inbox makes none."""
    unblocked: bool
    """The sender was blocked until now."""
    still_denied: bool
    """The sender is on the deny list: what comes from there next is spam again."""


@get("/spam", guards=[require("read")])
async def list_spam(
    request: DeskRequest,
    db: Db,
    limit: Limit = 50,
    after: FromQuery[str | None] = None,
    q: FromQuery[str] = "",
    channel: FromQuery[UUID | None] = None,
    contact: FromQuery[UUID | None] = None,
) -> Page[SpamOut]:
    """What became spam last comes first; `q` is a part of the sender or the subject."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        page = await spam.page(tx, caller.member, q=q, channel=channel, contact=contact, after=after, limit=limit)
        people = await people_out(tx, {row.by_id for row in page.items if row.by_id})
        return Page([SpamOut(**_described(row, people)) for row in page.items], page.next)


@get("/spam/{conversation_id:uuid}", guards=[require("read")])
async def read_spam(request: DeskRequest, db: Db, conversation_id: FromPath[UUID]) -> ReadSpamOut:
    """One conversation with what was said in it."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        row = await spam.one(tx, caller.member, conversation_id)
        people = await people_out(tx, {row.by_id} if row.by_id else set())
        items = await with_deliveries(tx, await timeline.of_conversation(tx, caller.member, conversation_id))
        return ReadSpamOut(
            **_described(row, people),
            messages=[item for item in items if isinstance(item, MessageOut)],
            listed=await _listed(tx, conversation_id),
        )


@post("/conversations/{conversation_id:uuid}/spam", guards=[require("answer")], status_code=200)
async def mark_spam(request: DeskRequest, data: JSONBody[SpamIn], db: Db, conversation_id: FromPath[UUID]) -> MarkedOut:
    """Say that a conversation is spam, or that it is not: it then is a ticket again, or for the first time, with the
    time at which it came."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        await found.conversation(tx, caller, conversation_id)
        if data.spam:
            await marking.mark(tx, conversation_id, caller.member, block=data.block)
            return MarkedOut(ticket=None, unblocked=False, still_denied=False)
        back = await marking.unmark(tx, conversation_id, caller.member)
        made = back.ticket_id
        return MarkedOut(
            ticket=await ticket.one(tx, caller.member, made, just_changed=True) if made else None,
            unblocked=back.unblocked,
            still_denied=await _listed(tx, conversation_id) == "deny",
        )


async def _listed(tx: Transaction, conversation: UUID) -> Verdict | None:
    writers = await marking.senders_of(tx, conversation)
    if not writers:
        return None
    key = (writers[0].kind, writers[0].key)
    return (await senders.verdict_of(tx, [key])).get(key)


def _described(row: spam.SpamRow, people: dict[UUID, PersonOut]) -> dict[str, Any]:
    why = why_of(row.why)
    return {
        "conversation_id": row.conversation_id,
        "channel": SpamRefOut(row.channel_id, row.channel_name),
        "contact": SpamRefOut(row.contact_id, row.contact_name or "") if row.contact_id else None,
        "sender": SpamFromOut(row.from_name, row.from_address),
        "subject": row.subject,
        "snippet": snippet(row.text),
        "why": WhyOut(why.code, why.detail),
        "by": people.get(row.by_id) if row.by_id else None,
        "at": row.at,
        "received_at": row.received_at,
        "ticket": SpamTicketOut(row.ticket_id, row.ticket_number or 0) if row.ticket_id else None,
        "forget_at": row.at + SPAM_KEPT,
    }
