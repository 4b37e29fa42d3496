"""/sender-rules: the allow and deny lists, and who is blocked."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import delete, get, post

from kanal.api.agent.people_out import PersonOut, people_out
from kanal.api.http.given import Db, FromPath, FromQuery, JSONBody, Limit
from kanal.api.http.pages import Page
from kanal.api.http.signin import DeskRequest, require
from kanal.contacts.senders import actions, queries
from kanal.contacts.senders.models import MAIL, NewSenderRule, SenderRule, Verdict, Why
from kanal.kit.db import Transaction
from kanal.views import cursor


class SenderRuleOut(msgspec.Struct, kw_only=True):
    """`entry` is an address or a domain with all below it; `why`: somebody typed it into the list, blocked the sender,
    or believes what they hand on. `by` is null when it was no member."""

    id: UUID
    verdict: Verdict
    entry: str
    why: Why
    note: str
    by: PersonOut | None
    created_at: datetime


class SenderRuleIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    verdict: Verdict
    entry: str
    """`name@shop.example` or `shop.example`."""
    note: str = ""
    why: Why = "list"
    """Other than `list` to put back what was deleted."""


@get("/sender-rules", guards=[require("manage_desk")])
async def list_sender_rules(
    request: DeskRequest,
    db: Db,
    limit: Limit = 50,
    after: FromQuery[str | None] = None,
    verdict: FromQuery[Verdict | None] = None,
    q: FromQuery[str] = "",
) -> Page[SenderRuleOut]:
    """The newest first; `q` is a part of the entry or its note."""
    question = {"verdict": verdict, "q": q}
    start = cursor.read(question, after, cursor.Position) if after else None
    async with db.transaction(request.user.account) as tx:
        before = (start.at, start.id) if start else None
        rows = await queries.listed(tx, verdict=verdict, q=q, before=before, limit=limit + 1)
        items = await _shown(tx, rows[:limit])
    last = cursor.Position(rows[limit - 1].created_at, rows[limit - 1].id) if len(rows) > limit else None
    return Page(items, cursor.write(question, last) if last else None)


@post("/sender-rules", guards=[require("manage_desk")])
async def create_sender_rule(request: DeskRequest, data: JSONBody[SenderRuleIn], db: Db) -> SenderRuleOut:
    """Add one; what was said of the same entry before is replaced."""
    async with db.transaction(request.user.account) as tx:
        wanted = NewSenderRule(verdict=data.verdict, entry=data.entry, space=MAIL, why=data.why, note=data.note)
        rule = await actions.put(tx, wanted, request.user.member)
        return (await _shown(tx, [rule]))[0]


@delete("/sender-rules/{sender_id:uuid}", guards=[require("manage_desk")])
async def delete_sender_rule(request: DeskRequest, db: Db, sender_id: FromPath[UUID]) -> None:
    async with db.transaction(request.user.account) as tx:
        await actions.remove(tx, sender_id, request.user.member)


async def _shown(tx: Transaction, rows: list[SenderRule]) -> list[SenderRuleOut]:
    people = await people_out(tx, {row.created_by for row in rows if row.created_by})
    return [
        SenderRuleOut(
            id=row.id,
            verdict=row.verdict,
            entry=row.entry,
            why=row.why,
            note=row.note,
            by=people.get(row.created_by) if row.created_by else None,
            created_at=row.created_at,
        )
        for row in rows
    ]
