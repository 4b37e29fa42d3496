"""Making, changing, copying and deleting forms. Whatever is saved passed `checking.problems` first and is a new
version; what was a version once may come back, and tells what became wrong since."""

from __future__ import annotations

import base64
import secrets
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from kanal.events import actions as events
from kanal.events.models import Event, Name
from kanal.forms.definitions import checking, defaults, queries, rules
from kanal.forms.definitions.models import Draft, FormChange, NewForm, OptionsChange
from kanal.forms.errors import FormCarried, FormChanged, FormInvalid
from kanal.forms.models import Form, FormProblem, Language, Options
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction
from kanal.kit.ids import new_id
from kanal.people import queries as people

KEY_BYTES = 10
"""Sixteen characters of base32: nobody finds a form by guessing."""

COPY: dict[Language, str] = {"en": "copy", "sv": "kopia"}


async def create(tx: Transaction, new: NewForm, actor: UUID | None) -> UUID:
    """Raises FormInvalid."""
    fields = defaults.fields(new.options.language) if new.fields is UNSET else new.fields
    draft = Draft(name=new.name, fields=fields, options=new.options)
    return await _make(tx, await _right(tx, draft), actor)


async def change(tx: Transaction, form: UUID, wanted: FormChange, actor: UUID | None) -> None:
    """Make a version of what is given, where that is other than what is published. What became wrong with fields that
    stay as they are does not stand in the way. Raises FormInvalid, FormChanged."""
    was = await _locked(tx, form, wanted)
    before = Draft(name=was.name, fields=was.fields, options=was.options)
    became = Draft(
        name=was.name if wanted.name is UNSET else wanted.name,
        fields=was.fields if wanted.fields is UNSET else wanted.fields,
        options=was.options if wanted.options is UNSET else _changed(was.options, wanted.options),
    )
    if became != before:
        await _publish(tx, was, await _right(tx, became, before), actor)


async def restore(tx: Transaction, form: UUID, version: int, actor: UUID | None) -> None:
    """Publish an earlier version again, as a new one."""
    was = await _locked(tx, form)
    then = await queries.version(tx, form, version)
    await _publish(tx, was, Draft(name=then.name, fields=then.fields, options=then.options), actor)


async def copy(tx: Transaction, form: UUID, name: str | None, actor: UUID | None) -> UUID:
    """A form of its own with the same fields and options, on no channel and without submissions."""
    was = await queries.one(tx, form)
    named = rules.line(f"{was.name} ({COPY[was.options.language]})" if name is None else name)
    if found := checking.name_problems(named):
        raise FormInvalid(found)
    return await _make(tx, Draft(name=named, fields=was.fields, options=was.options), actor)


async def delete(tx: Transaction, form: UUID, confirm_name: str, actor: UUID | None) -> None:
    """Its address says from now on that it was deleted; what was submitted stays. Raises FormInvalid without the right
    name, FormCarried while a channel carries it."""
    was = await _locked(tx, form)
    if rules.line(confirm_name) != was.name:
        message = "Type the name of the form exactly as it is shown."
        raise FormInvalid([FormProblem(field="confirm_name", message=message)])
    if channel := await queries.carrier(tx, form):
        raise FormCarried(channel)
    now = clock.now()
    await tx.run(
        "update forms set deleted_at = %s, updated_at = %s, hand_in_before = null where id = %s", (now, now, form)
    )
    _tell(tx, "form.deleted", form, {"version": was.version}, actor)


async def _right(tx: Transaction, draft: Draft, before: Draft | None = None) -> Draft:
    """As it is kept; raises FormInvalid."""
    desk = await queries.desk(tx)
    settled = rules.settled(draft, desk)
    found = checking.problems(settled, desk)
    if before is not None and draft.fields == before.fields:
        settled.fields = before.fields
        found = [problem for problem in found if problem.field.partition(".")[0] != "fields"]
    if found:
        raise FormInvalid(found)
    return settled


async def _locked(tx: Transaction, form: UUID, wanted: FormChange | None = None) -> Form:
    held = await tx.values("select id from forms where id = %s and deleted_at is null for update", (form,))
    if not held:
        raise NotFound("form")
    was = await queries.one(tx, form)
    if wanted is not None and wanted.version not in (UNSET, was.version):
        newest = await queries.version(tx, form, was.version)
        persons = await people.persons(tx, [newest.created_by] if newest.created_by else [])
        raise FormChanged(was.version, newest.created_by, "".join(person.name for person in persons), newest.created_at)
    return was


def _changed(options: Options, wanted: OptionsChange) -> Options:
    given = {
        name: value
        for name in OptionsChange.__struct_fields__
        if (value := getattr(wanted, name)) is not UNSET and name != "look"
    }
    look = options.look
    if wanted.look is not UNSET:
        asked = msgspec.structs.asdict(wanted.look)
        look = msgspec.structs.replace(look, **{name: value for name, value in asked.items() if value is not UNSET})
    return msgspec.structs.replace(options, look=look, **given)


async def _make(tx: Transaction, draft: Draft, actor: UUID | None) -> UUID:
    form, now = new_id(), clock.now()
    row = {
        "id": form,
        "key": base64.b32encode(secrets.token_bytes(KEY_BYTES)).decode().lower(),
        "name": draft.name,
        "version": 1,
        "created_by": actor,
        "created_at": now,
        "updated_at": now,
    }
    await tx.insert("forms", [row])
    await _store(tx, form, 1, draft, actor)
    _tell(tx, "form.created", form, {"version": 1, "count": len(draft.fields)}, actor)
    return form


async def _publish(tx: Transaction, was: Form, draft: Draft, actor: UUID | None) -> None:
    changed = rules.changed(Draft(name=was.name, fields=was.fields, options=was.options), draft)
    if not changed:
        return
    version = was.version + 1
    await _store(tx, was.id, version, draft, actor)
    await tx.run(
        "update forms set name = %s, version = %s, updated_at = %s where id = %s",
        (draft.name, version, clock.now(), was.id),
    )
    _tell(tx, "form.changed", was.id, {"version": version, "fields": changed}, actor)


async def _store(tx: Transaction, form: UUID, version: int, draft: Draft, actor: UUID | None) -> None:
    row = {
        "form_id": form,
        "version": version,
        "name": draft.name,
        "fields": draft.fields,
        "options": draft.options,
        "created_by": actor,
        "created_at": clock.now(),
    }
    await tx.insert("form_versions", [row])


def _tell(tx: Transaction, name: Name, form: UUID, data: dict[str, Any], actor: UUID | None) -> None:
    events.emit(tx, Event(name=name, actor_id=actor, data={"form_id": str(form), **data}))
