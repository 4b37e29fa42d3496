"""Reading forms: the list with its counts, one form, its versions, and what visitors are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kanal.channelkit.submissions import SPACE
from kanal.forms.definitions import binding, checking, rules
from kanal.forms.definitions.binding import Desk
from kanal.forms.definitions.models import Draft, ShownState, Version, VersionWhole
from kanal.forms.errors import FormDeleted
from kanal.forms.models import Carrier, Definition, Field, Form, FormProblem, Options
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction
from kanal.kit.text import storable_text
from kanal.properties import queries as properties
from kanal.tickets import queries as tickets

MOST_COUNTED = 10_000
MOST_REMEMBERED = 500


async def listed(
    tx: Transaction,
    *,
    q: str = "",
    state: ShownState | None = None,
    after: tuple[datetime, UUID] | None = None,
    limit: int,
) -> list[Form]:
    """The newest first, of those whose name contains `q`. Counts stop at ten thousand."""
    rows = await tx.all(_Row, _FORMS, _asked(q=q, state=state, after=after, limit=limit))
    return [_form(row) for row in rows]


async def one(tx: Transaction, form: UUID) -> Form:
    row = await tx.maybe(_Row, _FORMS, _asked(only=form, limit=1))
    if row is None:
        raise NotFound("form")
    return _form(row)


async def versions(tx: Transaction, form: UUID) -> list[Version]:
    """Newest first."""
    found = await tx.all(
        _VersionRow,
        """
        select v.version, v.name, v.fields, v.created_by, v.created_at
        from form_versions v join forms f on f.id = v.form_id
        where v.form_id = %s and f.deleted_at is null order by v.version desc
        """,
        (form,),
    )
    if not found:
        raise NotFound("form")
    return [
        Version(
            version=row.version,
            name=row.name,
            by=row.created_by,
            created_at=row.created_at,
            fields_changed=rules.fields_changed(before.fields, row.fields) if before else 0,
        )
        for row, before in zip(found, [*found[1:], None], strict=True)
    ]


async def version(tx: Transaction, form: UUID, wanted: int) -> VersionWhole:
    row = await tx.one(
        _WholeRow,
        """
        select v.version, v.name, v.fields, v.options, v.created_by, v.created_at
        from form_versions v join forms f on f.id = v.form_id
        where v.form_id = %s and v.version = %s and f.deleted_at is null
        """,
        (form, wanted),
    )
    return VersionWhole(
        version=row.version,
        name=row.name,
        fields=msgspec.convert(row.fields, list[Field]),
        options=msgspec.convert(row.options, Options),
        created_by=row.created_by,
        created_at=row.created_at,
    )


async def carrier(tx: Transaction, form: UUID) -> UUID | None:
    """The channel that makes tickets of the form's submissions."""
    found: UUID | None = await tx.value(
        """
        select c.id from addresses a join channels c on c.id = a.channel_id and c.account_id = a.account_id
        where a.space = %s and a.key = %s and c.deleted_at is null
        """,
        (SPACE, str(form)),
    )
    return found


async def reference_problem(tx: Transaction, form: UUID, channel: UUID | None = None) -> str:
    """Why this channel, or a new one, cannot carry the form; "" when it can. Until the end of the transaction the form
    is not deleted."""
    deleted = await tx.values("select deleted_at is not null from forms where id = %s for share", (form,))
    if not deleted:
        return "There is no such form; choose another one."
    if deleted[0]:
        return "The form was deleted; choose another one."
    if await carrier(tx, form) not in (None, channel):
        return "Another channel carries this form; choose another one, or disconnect it there first."
    return ""


async def answerable(tx: Transaction, forms: Sequence[UUID]) -> set[UUID]:
    """Which of these ask for an address that an answer can go to."""
    rows = await tx.all(
        _FieldsRow,
        """
        select f.id, v.fields from forms f join form_versions v on v.form_id = f.id and v.version = f.version
        where f.id = any(%s)
        """,
        (list(forms),),
    )
    return {row.id for row in rows if rules.answerable(msgspec.convert(row.fields, list[Field]))}


class _FieldsRow(msgspec.Struct, kw_only=True):
    id: UUID
    fields: list[dict[str, Any]]


async def desk(tx: Transaction) -> Desk:
    """What fields may name: the account's properties and pipelines."""
    return binding.desk(await properties.catalogue(tx), await tickets.pipelines(tx))


async def check(tx: Transaction, draft: Draft) -> list[FormProblem]:
    """All that is wrong with a form now, as saving it would say."""
    found = await desk(tx)
    return checking.problems(rules.settled(draft, found), found)


async def drafted(tx: Transaction, draft: Draft) -> Definition:
    """A form as it would be published now, whatever is wrong with it; it has no id and no key yet."""
    settled = rules.settled(draft, await desk(tx))
    return Definition(
        account_id=tx.account,
        form_id=UUID(int=0),
        key="",
        version=0,
        name=settled.name,
        fields=settled.fields,
        options=settled.options,
    )


# What visitors are shown


async def published(tx: Transaction, key: str) -> Definition:
    """The published version of the form with this key, open or closed (`rules.is_closed`). The transaction goes on as
    the form's account. Raises NotFound, or FormDeleted."""
    if not (key.isascii() and key.isalnum()):  # anybody may write anything into an address
        raise NotFound("form")
    found = await tx.maybe(_Key, "select account_id, id, version, deleted from form_of_key(%s)", (key,))
    if found is None:
        raise NotFound("form")
    await tx.enter_account(found.account_id)
    definition = await definition_of(tx, found.id, found.version)
    if found.deleted:
        raise FormDeleted(definition.options.language)
    return definition


async def definition_of(tx: Transaction, form: UUID, version: int) -> Definition:
    """A form in one of its versions, whether it was deleted or not. Versions never change, so that each is read once in
    a process."""
    known = _REMEMBERED.get((tx.account, form, version))
    if known is not None:
        return known
    row = await tx.one(
        _DefinitionRow,
        """
        select f.key, v.name, v.fields, v.options
        from form_versions v join forms f on f.id = v.form_id
        where v.form_id = %s and v.version = %s
        """,
        (form, version),
    )
    definition = Definition(
        account_id=tx.account,
        form_id=form,
        key=row.key,
        version=version,
        name=row.name,
        fields=msgspec.convert(row.fields, list[Field]),
        options=msgspec.convert(row.options, Options),
    )
    while len(_REMEMBERED) >= MOST_REMEMBERED:
        del _REMEMBERED[next(iter(_REMEMBERED))]
    _REMEMBERED[tx.account, form, version] = definition
    return definition


_REMEMBERED: dict[tuple[int, UUID, int], Definition] = {}


class _Row(msgspec.Struct, kw_only=True):
    id: UUID
    key: str
    name: str
    version: int
    fields: list[Any]
    options: dict[str, Any]
    channel_id: UUID | None
    channel_name: str | None
    channel_active: bool | None
    submissions: int
    caught: int
    waiting_to_hand_in: int
    handing_in: bool
    last_submission_at: datetime | None
    created_at: datetime
    updated_at: datetime


class _VersionRow(msgspec.Struct, kw_only=True):
    version: int
    name: str
    fields: list[Any]
    created_by: UUID | None
    created_at: datetime


class _WholeRow(_VersionRow, kw_only=True):
    options: dict[str, Any]


class _DefinitionRow(msgspec.Struct, kw_only=True):
    key: str
    name: str
    fields: list[Any]
    options: dict[str, Any]


class _Key(msgspec.Struct, kw_only=True):
    account_id: int
    id: UUID
    version: int
    deleted: bool


_FORMS = """
with shown as (
  select f.id, f.key, f.name, f.version, f.hand_in_before, f.created_at, f.updated_at, v.fields, v.options,
         c.id as channel_id, c.name as channel_name, c.active as channel_active
  from forms f
  join form_versions v on v.form_id = f.id and v.version = f.version
  left join addresses a on a.space = %(space)s and a.key = f.id::text and a.account_id = f.account_id
  left join channels c on c.id = a.channel_id and c.deleted_at is null
  cross join lateral (
    select (v.options->>'closed')::boolean or coalesce((v.options->>'closes_at')::timestamptz <= %(now)s, false) as yes
  ) closed
  where f.deleted_at is null
    and (%(only)s::uuid is null or f.id = %(only)s)
    and (%(like)s::text is null or f.name ilike %(like)s)
    and case %(state)s::text when 'open' then not closed.yes when 'closed' then closed.yes
                             when 'connected' then c.id is not null when 'unconnected' then c.id is null else true end
    and (%(after_at)s::timestamptz is null or (f.created_at, f.id) < (%(after_at)s, %(after_id)s::uuid))
  order by f.created_at desc, f.id desc limit %(limit)s
)
select f.id, f.key, f.name, f.version, f.fields, f.options, f.channel_id, f.channel_name, f.channel_active,
       greatest(t.submissions - h.caught, 0) as submissions, h.caught,
       case when f.channel_id is null then 0 else (
         select count(*) from (
           select from form_submissions s
           where s.form_id = f.id and s.raw_event_id is null and s.caught = '' limit %(most)s) w
       ) end as waiting_to_hand_in,
       f.hand_in_before is not null as handing_in,
       (select s.received_at from form_submissions s where s.form_id = f.id and s.caught = ''
        order by s.received_at desc, s.id desc limit 1) as last_submission_at,
       f.created_at, f.updated_at
from shown f
cross join lateral (
  select count(*) as caught from (
    select from form_submissions s where s.form_id = f.id and s.caught <> '' limit %(most)s) c
) h
cross join lateral (
  select count(*) as submissions from (
    select from form_submissions s where s.form_id = f.id limit %(most)s + h.caught) c
) t
order by f.created_at desc, f.id desc
"""
"""The page is found first, so that only its forms are counted; of all and of caught submissions by an index alone."""


def _asked(
    *,
    limit: int,
    q: str = "",
    state: ShownState | None = None,
    after: tuple[datetime, UUID] | None = None,
    only: UUID | None = None,
) -> dict[str, Any]:
    at, id_ = after or (None, None)
    words = rules.line(storable_text(q)).replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return {
        "space": SPACE,
        "now": clock.now(),
        "only": only,
        "like": f"%{words}%" if words else None,
        "state": state,
        "after_at": at,
        "after_id": id_,
        "limit": limit,
        "most": MOST_COUNTED,
    }


def _form(row: _Row) -> Form:
    return Form(
        id=row.id,
        key=row.key,
        name=row.name,
        version=row.version,
        fields=msgspec.convert(row.fields, list[Field]),
        options=msgspec.convert(row.options, Options),
        channel=Carrier(id=row.channel_id, name=row.channel_name or "", active=bool(row.channel_active))
        if row.channel_id is not None
        else None,
        submissions=row.submissions,
        caught=row.caught,
        waiting_to_hand_in=row.waiting_to_hand_in,
        handing_in=row.handing_in,
        last_submission_at=row.last_submission_at,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
