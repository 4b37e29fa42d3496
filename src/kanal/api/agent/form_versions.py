"""/forms/{id}/versions: how a form was before, and getting that back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import get, post

from kanal.api.agent.form_out import FormFieldOut, FormOptionsOut, FormOut, fields_out, options_out
from kanal.api.agent.forms import shown_form
from kanal.api.agent.people_out import PersonOut, people_out
from kanal.api.http.given import Config, Db, FromPath
from kanal.api.http.pages import Page
from kanal.api.http.signin import DeskRequest, require
from kanal.forms.definitions import actions, queries


class FormVersionOut(msgspec.Struct, kw_only=True):
    """`fields_changed`: how many were added, taken away or changed since the version before."""

    version: int
    name: str
    by: PersonOut | None
    created_at: datetime
    fields_changed: int


class WholeFormVersionOut(msgspec.Struct, kw_only=True):
    version: int
    name: str
    fields: list[FormFieldOut]
    options: FormOptionsOut
    created_at: datetime


@get("/forms/{form_id:uuid}/versions", guards=[require("manage_forms")])
async def list_form_versions(request: DeskRequest, db: Db, form_id: FromPath[UUID]) -> Page[FormVersionOut]:
    """All of them, the newest, which is published, first."""
    async with db.transaction(request.user.account) as tx:
        found = await queries.versions(tx, form_id)
        people = await people_out(tx, {each.by for each in found if each.by is not None})
    return Page(
        [
            FormVersionOut(
                version=each.version,
                name=each.name,
                by=people.get(each.by) if each.by else None,
                created_at=each.created_at,
                fields_changed=each.fields_changed,
            )
            for each in found
        ],
        None,
    )


@get("/forms/{form_id:uuid}/versions/{version:int}", guards=[require("manage_forms")])
async def read_form_version(
    request: DeskRequest, db: Db, form_id: FromPath[UUID], version: FromPath[int]
) -> WholeFormVersionOut:
    async with db.transaction(request.user.account) as tx:
        found = await queries.version(tx, form_id, version)
    return WholeFormVersionOut(
        version=found.version,
        name=found.name,
        fields=fields_out(found.fields),
        options=options_out(found.options),
        created_at=found.created_at,
    )


@post("/forms/{form_id:uuid}/versions/{version:int}/restore", guards=[require("manage_forms")], status_code=200)
async def restore_form(
    request: DeskRequest, db: Db, settings: Config, form_id: FromPath[UUID], version: FromPath[int]
) -> FormOut:
    """Publish an earlier version again, as a new one. What of it became wrong since stands among the `problems`."""
    async with db.transaction(request.user.account) as tx:
        await actions.restore(tx, form_id, version, request.user.member)
        return await shown_form(tx, request, settings, form_id)
