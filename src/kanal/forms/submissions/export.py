"""Submissions as a file, read and written piece by piece: CSV for spreadsheets, JSON for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

import msgspec

from kanal.forms.definitions.queries import definition_of
from kanal.forms.submissions import queries
from kanal.forms.submissions.models import Asked, Format, Sight, Submission
from kanal.forms.submissions.queries import Place
from kanal.forms.submissions.rules import cell
from kanal.kit.db import Database, NotFound

BATCH = 500
BOM = "\ufeff"
"""Spreadsheets read UTF-8 only where a file begins so."""
OWN = ("_id", "_received_at", "_version", "_source", "_language", "_page", "_contact", "_caught", "_ticket", "_fate")
"""No field's name begins so."""
OTHER = "extra: "
"""Before a name that the form does not have."""
OTHERS = "_extra"
MOST_OTHERS = 100
"""Anybody can make up names: those that came most often have a column, the others stand in one."""


class Export(msgspec.Struct, kw_only=True):
    """Which submissions, as what, for whom."""

    form: UUID
    asked: Asked
    sight: Sight
    format: Format


async def stream(db: Database, account: int, export: Export) -> AsyncIterator[bytes]:
    """A missing form is told at once, not at the first piece. Each batch is read in a transaction of its own: what
    comes in meanwhile is newer than where it begins, and is left out. Raises NotFound."""
    async with db.transaction(account) as tx:
        if not await tx.value("select true from forms where id = %s", (export.form,)):
            raise NotFound("form")
    return _csv(db, account, export) if export.format == "csv" else _json(db, account, export)


async def _csv(db: Database, account: int, export: Export) -> AsyncIterator[bytes]:
    columns = await _columns(db, account, export.form)
    yield (BOM + _line([*OWN, *columns.fields, *(OTHER + name for name in columns.others), OTHERS])).encode()
    async for batch in _batches(db, account, export):
        yield "".join(_line(_cells(each, columns)) for each in batch).encode()


async def _json(db: Database, account: int, export: Export) -> AsyncIterator[bytes]:
    """A list; each submission as the API shows it."""
    before = b"["
    async for batch in _batches(db, account, export):
        yield before + b",\n".join(msgspec.json.encode(each) for each in batch)
        before = b",\n"
    yield b"[]\n" if before == b"[" else b"]\n"


async def _batches(db: Database, account: int, export: Export) -> AsyncIterator[list[Submission]]:
    after: Place | None = None
    while True:
        async with db.transaction(account) as tx:
            rows = await queries.rows(tx, export.form, export.asked, export.sight, after=after, most=BATCH)
            shown = await queries.shown(tx, rows)
        if shown:
            yield shown
        if len(rows) < BATCH:
            return
        after = (rows[-1].received_at, rows[-1].id)


class _Columns(msgspec.Struct):
    fields: list[str]
    """Of all versions, those of the newest first."""
    others: list[str]


async def _columns(db: Database, account: int, form: UUID) -> _Columns:
    async with db.transaction(account) as tx:
        versions = await tx.values(
            "select version from form_versions where form_id = %s order by version desc", (form,)
        )
        definitions = [await definition_of(tx, form, version) for version in versions]
        others = await tx.values(
            """
            select each.name from form_submissions s, jsonb_object_keys(s.extra) each (name)
            where s.form_id = %s group by each.name order by count(*) desc, each.name limit %s
            """,
            (form, MOST_OTHERS),
        )
    return _Columns(list(dict.fromkeys(field.name for each in definitions for field in each.fields)), others)


def _cells(submission: Submission, columns: _Columns) -> list[str]:
    return [*_own(submission), *_said(submission, columns.fields), *_others(submission, columns.others)]


def _own(submission: Submission) -> list[str]:
    return [
        str(submission.id),
        submission.received_at.isoformat(),
        str(submission.form.version),
        submission.source,
        cell(submission.language),
        cell(submission.page),
        cell(submission.contact.name) if submission.contact else "",
        submission.caught,
        str(submission.ticket.number) if submission.ticket else "",
        cell(submission.fate),
    ]


def _said(submission: Submission, fields: Sequence[str]) -> list[str]:
    """Files by their names; a number stays one, also below zero."""
    answers = {
        answer.name: answer.text if answer.type == "number" else cell(answer.text) for answer in submission.answers
    }
    return [answers.get(name, "") for name in fields]


def _others(submission: Submission, named: Sequence[str]) -> list[str]:
    left = {name: value for name, value in submission.extra.items() if name not in named}
    return [*(cell(_plain(submission.extra.get(name, ""))) for name in named), cell(_plain(left)) if left else ""]


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _line(cells: Sequence[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue()
