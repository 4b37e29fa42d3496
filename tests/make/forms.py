"""Forms: as visitors meet them, built in the database as an admin would build them, and the channels that carry
them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from kanal.channelkit.submissions import SPACE
from kanal.forms.definitions import actions, queries
from kanal.forms.definitions.models import NewForm
from kanal.forms.models import Definition, Field, Options
from kanal.kit import clock
from kanal.kit.db import Database, Transaction, document
from kanal.kit.ids import new_id

FORM = UUID("00000000-0000-7000-8000-00000000f000")


def field(name: str, type_: str = "text", **more: Any) -> Field:
    """A field as the API would read it; its label is its name where none is given."""
    return msgspec.convert({"name": name, "type": type_, "label": name.capitalize(), **more}, Field)


def definition(*fields: Field, account: int = 1, **given: Any) -> Definition:
    """In no database; `given` are its options."""
    return Definition(
        account_id=account,
        form_id=FORM,
        key="abcdefghij234567",
        version=1,
        name="Contact us",
        fields=list(fields),
        options=options(**given),
    )


def options(**given: Any) -> Options:
    return msgspec.convert(given, Options)


async def make_form(
    db: Database, account: int, *fields: Field, name: str = "Contact us", actor: UUID | None = None, **given: Any
) -> Definition:
    """Without fields it has those of every new form; `given` are its options."""
    new = NewForm(name=name, fields=list(fields) or UNSET, options=options(**given))
    async with db.transaction(account) as tx:
        form = await actions.create(tx, new, actor)
        return await queries.definition_of(tx, form, 1)


async def connect_form(
    db: Database, account: int, form: UUID, *, name: str = "Web form", answer_by: UUID | None = None
) -> UUID:
    """A channel that carries the form, as connecting one leaves it; returns its id."""
    channel, now = new_id(), clock.now()
    settings = {"form": str(form), "answer_by": str(answer_by or "")}
    async with db.transaction(account) as tx:
        await tx.run(
            """
            insert into channels (account_id, id, inbox_id, kind, work, name, settings, routing, health_since,
                                  created_at)
            select account_id, %(id)s, id, 'form', 'email', %(name)s, %(settings)s, '{}', %(now)s, %(now)s
            from inboxes where kind = 'help_desk'
            """,
            {"id": channel, "name": name, "settings": document(settings), "now": now},
        )
        await tx.run(
            """
            insert into addresses (space, key, account_id, channel_id, proved_at, claimed_at)
            values (%s, %s, %s, %s, %s, %s)
            """,
            (SPACE, str(form), account, channel, now, now),
        )
        first = {"channel_id": channel, "version": 1, "routing": {}, "set_by": None, "from_at": now}
        await tx.insert("routing_versions", [first])
    return channel


async def put_submissions(db: Database, form: Definition, count: int = 1, *, caught: str = "") -> list[UUID]:
    """Rows as submitting leaves them, without answers; oldest first, a second apart."""
    async with db.transaction(form.account_id) as tx:
        return [await put_submission(tx, form.form_id, form.version, count - at, caught) for at in range(1, count + 1)]


async def put_submission(tx: Transaction, form: UUID, version: int = 1, seconds_ago: int = 0, caught: str = "") -> UUID:
    row = {
        "id": new_id(),
        "form_id": form,
        "version": version,
        "token": str(new_id()),
        "answers": {},
        "extra": {},
        "source": "hosted",
        "page": "",
        "language": "en",
        "visitor": "",
        "caught": caught,
        "received_at": clock.now() - timedelta(seconds=seconds_ago),
    }
    await tx.insert("form_submissions", [row])
    return UUID(str(row["id"]))


async def put_file(tx: Transaction, submission: UUID, blob: str = "0") -> UUID:
    """A file of a submission; the blob is in storage only where the caller put it there."""
    row = {
        "id": new_id(),
        "submission_id": submission,
        "field": "file",
        "position": 0,
        "blob": blob,
        "name": "order.txt",
        "content_type": "text/plain",
        "size": 1,
        "virus": "",
        "created_at": clock.now(),
    }
    await tx.insert("form_files", [row])
    return UUID(str(row["id"]))
