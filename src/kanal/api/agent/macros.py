"""/macros: texts and what they do to tickets, kept to oneself or shared; and using one on a ticket."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import delete, get, patch, post

from kanal.api.agent import found
from kanal.api.http.given import Db, FromPath, JSONBody
from kanal.api.http.pages import Page
from kanal.api.http.problem import Invalid
from kanal.api.http.signin import Caller, DeskRequest, require
from kanal.kit.db import Transaction
from kanal.macros import actions, applying, checking, previewing, queries, rules, values
from kanal.macros.models import (
    Action,
    Macro,
    MacroChange,
    MacroPreview,
    MacroProblem,
    MacroToken,
    NewMacro,
    SharedWith,
)
from kanal.macros.rules import Powers
from kanal.properties import queries as properties
from kanal.views import ticket
from kanal.views.models import Named, Ticket


class MacroOut(msgspec.Struct, kw_only=True):
    """`shortcut` is typed without its sign. Without actions it is a snippet."""

    id: UUID
    name: str
    shortcut: str
    body_html: str
    body_text: str
    actions: list[Action]
    shared_with: SharedWith
    teams: list[UUID]
    owner: Named | None
    """null: they have left."""
    may_edit: bool
    problems: list[MacroProblem]
    """What became wrong after it was written."""
    used: int
    """How often the caller has used it."""
    last_used_at: datetime | None
    used_by_all: int
    updated_at: datetime


class MacroPreviewIn(msgspec.Struct, forbid_unknown_fields=True):
    ticket: str
    """Id or number."""


class DraftPreviewIn(MacroPreviewIn, forbid_unknown_fields=True):
    body_html: str = ""
    actions: list[Action] = []


class UseIn(msgspec.Struct, forbid_unknown_fields=True):
    macro: UUID
    leave_out: list[int] = []
    """Actions that are not done, by their place from 0."""


@get("/macros", guards=[require("read")])
async def list_macros(request: DeskRequest, db: Db) -> Page[MacroOut]:
    """Those that the caller may use: what they use most comes first."""
    async with db.transaction(request.user.account) as tx:
        powers = await _powers(tx, request.user)
        desk = await checking.desk(tx)
        macros = await queries.listed(tx, powers.member, all_shared=powers.manages)
        return Page([_out(macro, powers, desk) for macro in macros], None)


@get("/macros/tokens", guards=[require("read")])
async def list_tokens(request: DeskRequest, db: Db) -> Page[MacroToken]:
    """What a text may hold between `{{` and `}}`."""
    async with db.transaction(request.user.account) as tx:
        return Page(values.known(await properties.catalogue(tx)), None)


@post("/macros")
async def create_macro(request: DeskRequest, data: JSONBody[NewMacro], db: Db) -> MacroOut:
    """Sharing with everybody needs `manage_desk`; with one's own teams `lead` is enough."""
    async with db.transaction(request.user.account) as tx:
        powers = await _powers(tx, request.user)
        return await _one(tx, await actions.create(tx, data, powers), powers)


@get("/macros/{macro_id:uuid}", guards=[require("read")])
async def get_macro(request: DeskRequest, db: Db, macro_id: FromPath[UUID]) -> MacroOut:
    async with db.transaction(request.user.account) as tx:
        return await _one(tx, macro_id, await _powers(tx, request.user))


@patch("/macros/{macro_id:uuid}")
async def change_macro(request: DeskRequest, data: JSONBody[MacroChange], db: Db, macro_id: FromPath[UUID]) -> MacroOut:
    """What is left out stays as it is; actions are replaced whole."""
    async with db.transaction(request.user.account) as tx:
        powers = await _powers(tx, request.user)
        await actions.change(tx, macro_id, data, powers)
        return await _one(tx, macro_id, powers)


@delete("/macros/{macro_id:uuid}")
async def delete_macro(request: DeskRequest, db: Db, macro_id: FromPath[UUID]) -> None:
    """It can be restored for 30 days."""
    async with db.transaction(request.user.account) as tx:
        await actions.delete(tx, macro_id, await _powers(tx, request.user))


@post("/macros/{macro_id:uuid}/restore", status_code=200)
async def restore_macro(request: DeskRequest, db: Db, macro_id: FromPath[UUID]) -> MacroOut:
    async with db.transaction(request.user.account) as tx:
        powers = await _powers(tx, request.user)
        await actions.restore(tx, macro_id, powers)
        return await _one(tx, macro_id, powers)


@post("/macros/{macro_id:uuid}/preview", guards=[require("read")], status_code=200)
async def preview_macro(
    request: DeskRequest, data: JSONBody[MacroPreviewIn], db: Db, macro_id: FromPath[UUID]
) -> MacroPreview:
    """What it would say and do on a ticket; nothing is done."""
    async with db.transaction(request.user.account) as tx:
        macro = await _macro(tx, macro_id, await _powers(tx, request.user))
        return await _preview(tx, request.user, data.ticket, macro.body_html, macro.body_text, macro.actions)


@post("/macros/preview", guards=[require("read")], status_code=200)
async def preview_draft(request: DeskRequest, data: JSONBody[DraftPreviewIn], db: Db) -> MacroPreview:
    """The same of one that is being written."""
    body_html, body_text = rules.body(data.body_html[: rules.LONGEST_BODY], "")
    if len(data.actions) > rules.MOST_ACTIONS:
        raise Invalid("actions", f"a macro may do {rules.MOST_ACTIONS} things")
    async with db.transaction(request.user.account) as tx:
        return await _preview(tx, request.user, data.ticket, body_html, body_text, data.actions)


@post("/macros/{macro_id:uuid}/used", status_code=204)
async def note_use(request: DeskRequest, db: Db, macro_id: FromPath[UUID]) -> None:
    """Its text was put into an answer: what is used most is offered first."""
    async with db.transaction(request.user.account) as tx:
        await _macro(tx, macro_id, await _powers(tx, request.user))
        await actions.note_use(tx, macro_id, request.user.member)


@post("/tickets/{ticket_ref:str}/macro", status_code=200)
async def use_macro(request: DeskRequest, data: JSONBody[UseIn], db: Db, ticket_ref: FromPath[str]) -> Ticket:
    """Do what a macro does to a ticket, all or nothing; its text is not sent."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        wanted = await found.ticket(tx, caller, ticket_ref)
        await use(tx, caller, wanted, data, "macro")
        return await ticket.one(tx, caller.member, wanted, just_changed=True)


async def use(tx: Transaction, caller: Caller, wanted: UUID, asked: UseIn, field: str) -> None:
    """Raises NotFound, and Invalid that names the field."""
    macro = await _macro(tx, asked.macro, await _powers(tx, caller))
    chosen = [action for n, action in enumerate(macro.actions) if n not in asked.leave_out]
    refused = await applying.apply(tx, [wanted], chosen, caller.member)
    if wanted in refused:
        raise Invalid(field, refused[wanted])


async def _preview(
    tx: Transaction, caller: Caller, given: str, body_html: str, body_text: str, chosen: list[Action]
) -> MacroPreview:
    wanted = await found.ticket(tx, caller, given)
    return await previewing.preview(tx, wanted, caller.member, body_html=body_html, body_text=body_text, actions=chosen)


async def _powers(tx: Transaction, caller: Caller) -> Powers:
    return Powers(
        member=caller.member,
        manages=caller.may("manage_desk"),
        leads=caller.may("lead"),
        teams=frozenset(await queries.teams_of(tx, caller.member)),
    )


async def _macro(tx: Transaction, wanted: UUID, powers: Powers) -> Macro:
    return await queries.one(tx, wanted, powers.member, all_shared=powers.manages)


async def _one(tx: Transaction, wanted: UUID, powers: Powers) -> MacroOut:
    return _out(await _macro(tx, wanted, powers), powers, await checking.desk(tx))


def _out(macro: Macro, powers: Powers, desk: checking.Desk) -> MacroOut:
    return MacroOut(
        id=macro.id,
        name=macro.name,
        shortcut=macro.shortcut,
        body_html=macro.body_html,
        body_text=macro.body_text,
        actions=macro.actions,
        shared_with=macro.shared_with,
        teams=macro.teams,
        owner=Named(id=macro.owner_id, name=macro.owner_name or "") if macro.owner_id else None,
        may_edit=rules.may_edit(powers, macro),
        problems=[*checking.of_actions(macro.actions, desk), *checking.of_body(macro.body_text, desk)],
        used=macro.used,
        last_used_at=macro.last_used_at,
        used_by_all=macro.used_by_all,
        updated_at=macro.updated_at,
    )
