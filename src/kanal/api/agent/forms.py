"""/forms: building forms and publishing them. What visitors see of them is served by api/visitor."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import delete, get, patch, post
from litestar.params import QueryParameter

from kanal.api.agent.form_out import FormOut, form_out
from kanal.api.http.given import Config, Db, FromPath, FromQuery, JSONBody, Limit
from kanal.api.http.pages import Page, page
from kanal.api.http.signin import DeskRequest, require
from kanal.forms.definitions import actions, queries
from kanal.forms.definitions.models import Draft, FormChange, NewForm, ShownState
from kanal.forms.models import FormProblem
from kanal.forms.pages.models import Preview
from kanal.forms.pages.render import preview
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.kit.settings import Settings
from kanal.views import cursor
from kanal.views.cursor import Position
from kanal.views.visible import hidden_channels


class FormDeletion(msgspec.Struct, forbid_unknown_fields=True):
    confirm_name: str


class FormCopy(msgspec.Struct, forbid_unknown_fields=True):
    name: str | None = None


class FormChecked(msgspec.Struct):
    problems: list[FormProblem]


@get("/forms", guards=[require("manage_forms")])
async def list_forms(
    request: DeskRequest,
    db: Db,
    settings: Config,
    limit: Limit = 50,
    after: FromQuery[str | None] = None,
    q: FromQuery[str] = "",
    state_: Annotated[ShownState | None, QueryParameter(name="state")] = None,
) -> Page[FormOut]:
    """The newest first; `q` is looked for in names."""
    question = {"forms": q, "state": state_}
    start = cursor.read(question, after, Position) if after else None
    async with db.transaction(request.user.account) as tx:
        place = (start.at, start.id) if start else None
        found = page(
            await queries.listed(tx, q=q, state=state_, after=place, limit=limit + 1),
            limit,
            lambda form: cursor.write(question, Position(form.created_at, form.id)),
        )
        hidden = await hidden_channels(tx, request.user.member)
    now, url = clock.now(), settings.public_url
    return Page([form_out(form, public_url=url, hidden=hidden, now=now) for form in found.items], found.next)


@post("/forms", guards=[require("manage_forms")])
async def create_form(request: DeskRequest, data: JSONBody[NewForm], db: Db, settings: Config) -> FormOut:
    """Make and publish a form; without `fields` it has those that a ticket needs."""
    async with db.transaction(request.user.account) as tx:
        return await shown_form(tx, request, settings, await actions.create(tx, data, request.user.member))


@post("/forms/check", guards=[require("manage_forms")], status_code=200)
async def check_form(request: DeskRequest, data: JSONBody[Draft], db: Db) -> FormChecked:
    """All that saving would refuse."""
    async with db.transaction(request.user.account) as tx:
        return FormChecked(await queries.check(tx, data))


@post("/forms/preview", guards=[require("manage_forms")], status_code=200)
async def preview_form(request: DeskRequest, data: JSONBody[Draft], db: Db) -> Preview:
    """How the form would look: the markup of its page and the stylesheet, for a shadow root."""
    async with db.transaction(request.user.account) as tx:
        return preview(await queries.drafted(tx, data))


@get("/forms/{form_id:uuid}", guards=[require("manage_forms")])
async def read_form(request: DeskRequest, db: Db, settings: Config, form_id: FromPath[UUID]) -> FormOut:
    async with db.transaction(request.user.account) as tx:
        return await shown_form(tx, request, settings, form_id)


@patch("/forms/{form_id:uuid}", guards=[require("manage_forms")])
async def change_form(
    request: DeskRequest, data: JSONBody[FormChange], db: Db, settings: Config, form_id: FromPath[UUID]
) -> FormOut:
    """Publish what is changed as a new version; 409 `form-changed` when `version` is not the newest."""
    async with db.transaction(request.user.account) as tx:
        await actions.change(tx, form_id, data, request.user.member)
        return await shown_form(tx, request, settings, form_id)


@delete("/forms/{form_id:uuid}", guards=[require("manage_forms")])
async def delete_form(request: DeskRequest, data: JSONBody[FormDeletion], db: Db, form_id: FromPath[UUID]) -> None:
    """Only one that no channel carries; 409 `form-carried` else. Tickets made of its submissions stay."""
    async with db.transaction(request.user.account) as tx:
        await actions.delete(tx, form_id, data.confirm_name, request.user.member)


@post("/forms/{form_id:uuid}/copy", guards=[require("manage_forms")])
async def copy_form(
    request: DeskRequest, data: JSONBody[FormCopy], db: Db, settings: Config, form_id: FromPath[UUID]
) -> FormOut:
    """A new form with the same fields and options, on no channel and without submissions."""
    async with db.transaction(request.user.account) as tx:
        made = await actions.copy(tx, form_id, data.name, request.user.member)
        return await shown_form(tx, request, settings, made)


async def shown_form(tx: Transaction, request: DeskRequest, settings: Settings, form: UUID) -> FormOut:
    """With what is wrong with it now."""
    found = await queries.one(tx, form)
    draft = Draft(name=found.name, fields=found.fields, options=found.options)
    return form_out(
        found,
        public_url=settings.public_url,
        hidden=await hidden_channels(tx, request.user.member),
        now=clock.now(),
        problems=await queries.check(tx, draft),
    )
