"""Reading what was submitted: the list, one, how many, how many a day, and files. Each is shown by the version of the
form that was filled in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from kanal.channelkit.submissions import SubmittedFile
from kanal.forms.definitions.queries import definition_of
from kanal.forms.filling.submitted import submitted
from kanal.forms.models import Value
from kanal.forms.submissions.models import (
    Asked,
    FormDay,
    FormFigures,
    FormTotals,
    Sight,
    Source,
    StoredFile,
    Submission,
    SubmissionAnswer,
    SubmissionContact,
    SubmissionCounts,
    SubmissionFile,
    SubmissionForm,
    SubmissionTicket,
)
from kanal.forms.submissions.rules import text
from kanal.kit.db import NotFound, Transaction
from kanal.kit.text import storable_text

COUNTED_AT_MOST = 10_000
Place = tuple[datetime, UUID]
"""Of one in the list: when it came, and its id."""


async def page(
    tx: Transaction, form: UUID, asked: Asked, sight: Sight, *, after: Place | None = None, most: int
) -> list[Submission]:
    """The newest first; `after` is the last one of the page before. Raises NotFound."""
    if not await tx.value("select true from forms where id = %s", (form,)):
        raise NotFound("form")
    return await shown(tx, await rows(tx, form, asked, sight, after=after, most=most))


async def one(tx: Transaction, form: UUID, submission: UUID, sight: Sight) -> Submission:
    found = await tx.all(
        Row,
        _described("select * from form_submissions s where s.id = %(id)s and s.form_id = %(form)s", sight),
        {"id": submission, "form": form, **sight.params},
    )
    if not found:
        raise NotFound("submission")
    return (await shown(tx, found))[0]


async def of_ids(tx: Transaction, submissions: Sequence[UUID], sight: Sight) -> dict[UUID, Submission]:
    """Of whatever forms."""
    found = await tx.all(
        Row,
        _described("select * from form_submissions s where s.id = any(%(ids)s)", sight),
        {"ids": list(submissions), **sight.params},
    )
    return {each.id: each for each in await shown(tx, found)}


async def counts(tx: Transaction, form: UUID, asked: Asked) -> SubmissionCounts:
    """How many there are, whatever `asked.state` says. Raises NotFound."""
    if not await tx.value("select true from forms where id = %s", (form,)):
        raise NotFound("form")
    params: dict[str, Any] = {"most": COUNTED_AT_MOST}
    counted: list[LiteralString] = []
    for state in ("accepted", "caught"):
        where, more = _conditions(form, msgspec.structs.replace(asked, state=state))
        counted.append(f"(select count(*) from (select from form_submissions s where {where} limit %(most)s) c)")  # noqa: S608 - our own fragments
        params |= more
    return await tx.one(SubmissionCounts, f"select {counted[0]} as accepted, {counted[1]} as caught", params)


async def figures(tx: Transaction, form: UUID, first: date, last: date) -> FormFigures:
    """FormDay by day, both ends with it; a day without a row had nothing."""
    if not await tx.value("select true from forms where id = %s", (form,)):
        raise NotFound("form")
    found = await tx.all(
        FormDay,
        """
        select day, views, starts, submissions, caught from form_days
        where form_id = %s and day between %s and %s
        """,
        (form, first, last),
    )
    known = {each.day: each for each in found}
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    shown_days = [known.get(day) or FormDay(day=day, views=0, starts=0, submissions=0, caught=0) for day in days]
    return FormFigures(
        days=shown_days,
        totals=FormTotals(
            views=sum(each.views for each in shown_days),
            starts=sum(each.starts for each in shown_days),
            submissions=sum(each.submissions for each in shown_days),
            caught=sum(each.caught for each in shown_days),
        ),
    )


async def file(tx: Transaction, form: UUID, submission: UUID, wanted: UUID) -> StoredFile:
    return await tx.one(
        StoredFile,
        """
        select f.name, f.blob, f.size, f.virus
        from form_files f join form_submissions s on s.id = f.submission_id
        where f.id = %s and s.id = %s and s.form_id = %s
        """,
        (wanted, submission, form),
    )


class Row(msgspec.Struct, kw_only=True):
    """A submission as it stands in the table, and what it led to."""

    id: UUID
    form_id: UUID
    version: int
    received_at: datetime
    answers: dict[str, Value]
    extra: dict[str, Any]
    source: Source
    page: str
    language: str
    caught: str
    contact_id: UUID | None
    contact_name: str | None
    fate: str
    reason: str
    ticket_id: UUID | None
    ticket_number: int | None
    ticket_subject: str | None


async def rows(
    tx: Transaction, form: UUID, asked: Asked, sight: Sight, *, after: Place | None = None, most: int
) -> list[Row]:
    where, params = _conditions(form, asked)
    if after is not None:
        where = f"{where} and (s.received_at, s.id) < (%(at)s, %(id)s)"
        params |= {"at": after[0], "id": after[1]}
    found: LiteralString = f"""
      select * from form_submissions s where {where} order by s.received_at desc, s.id desc limit %(most)s
    """  # noqa: S608 - our own fragments
    return await tx.all(Row, _described(found, sight), params | sight.params | {"most": most})


async def shown(tx: Transaction, found: Sequence[Row]) -> list[Submission]:
    """With their answers under the labels that the form had; the number of statements does not grow with the list,
    only with versions that were not read before."""
    files = await _files(tx, [row.id for row in found])
    return [await _shown(tx, row, files[row.id]) for row in found]


def _conditions(form: UUID, asked: Asked) -> tuple[LiteralString, dict[str, Any]]:
    parts: list[LiteralString] = ["s.form_id = %(form)s"]
    if asked.state == "accepted":
        parts.append("s.caught = ''")
    if asked.state == "caught":
        parts.append("s.caught <> ''")
    if asked.q.strip():
        parts.append(
            """
            (s.answers::text ilike %(written)s or s.extra::text ilike %(written)s)
            and exists (
              select from (select value from jsonb_each_text(s.answers) union all
                           select value from jsonb_each_text(s.extra)) each
              where each.value ilike %(like)s)
            """
        )
    if asked.since is not None:
        parts.append("s.received_at >= %(since)s")
    if asked.until is not None:
        parts.append("s.received_at < %(until)s")
    if asked.source is not None:
        parts.append("s.source = %(source)s")
    if asked.contact is not None:
        parts.append("s.contact_id = %(contact)s")
    words = " ".join(storable_text(asked.q).split())
    params = {
        "form": form,
        "like": _like(words),
        "written": _like(msgspec.json.encode(words).decode()[1:-1]),
        "since": asked.since,
        "until": asked.until,
        "source": asked.source,
        "contact": asked.contact,
    }
    return " and ".join(parts), params


def _like(words: str) -> str:
    escaped = words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{escaped}%"


def _described(found: LiteralString, sight: Sight) -> LiteralString:
    """Found first, on one index, and described after that."""
    return f"""
      select s.id, s.form_id, s.version, s.received_at, s.answers, s.extra, s.source, s.page, s.language, s.caught,
             s.contact_id, c.name as contact_name, coalesce(r.state, '') as fate, coalesce(r.reason, '') as reason,
             t.id as ticket_id, t.number as ticket_number, t.subject as ticket_subject
      from ({found}) s
      left join contacts c on c.account_id = s.account_id and c.id = s.contact_id
      left join raw_events r on r.account_id = s.account_id and r.id = s.raw_event_id
      left join tickets t on t.account_id = r.account_id and t.id = r.ticket_id and {sight.condition}
      order by s.received_at desc, s.id desc
    """  # noqa: S608 - our own fragments


async def _files(tx: Transaction, submissions: Sequence[UUID]) -> dict[UUID, list[_FileRow]]:
    by_submission: defaultdict[UUID, list[_FileRow]] = defaultdict(list)
    found = await tx.all(
        _FileRow,
        """
        select submission_id, field, id, name, content_type, size, blob, virus from form_files
        where submission_id = any(%s) order by position, id
        """,
        (list(submissions),),
    )
    for each in found:
        by_submission[each.submission_id].append(each)
    return by_submission


async def _shown(tx: Transaction, row: Row, files: Sequence[_FileRow]) -> Submission:
    definition = await definition_of(tx, row.form_id, row.version)
    by_field: defaultdict[str, list[SubmissionFile]] = defaultdict(list)
    for each in files:
        by_field[each.field].append(
            SubmissionFile(id=each.id, name=each.name, content_type=each.content_type, size=each.size, virus=each.virus)
        )
    no_files: dict[str, list[SubmittedFile]] = {}
    return Submission(
        id=row.id,
        form=SubmissionForm(id=row.form_id, name=definition.name, version=row.version),
        received_at=row.received_at,
        source=row.source,
        page=row.page,
        language=row.language,
        contact=SubmissionContact(id=row.contact_id, name=row.contact_name or "") if row.contact_id else None,
        caught=row.caught,
        ticket=SubmissionTicket(id=row.ticket_id, number=row.ticket_number or 0, subject=row.ticket_subject or "")
        if row.ticket_id
        else None,
        fate=f"{row.fate}: {row.reason}" if row.reason else row.fate,
        answers=[
            SubmissionAnswer(
                name=field.name,
                label=field.label,
                type=field.type,
                value=field.value,
                text=text(field, definition.options.language, [each.name for each in by_field[field.name]]),
                hidden=field.hidden,
                files=by_field[field.name],
            )
            for field in submitted(definition, row.answers, no_files)
        ],
        extra=row.extra,
    )


class _FileRow(msgspec.Struct, kw_only=True):
    submission_id: UUID
    field: str
    id: UUID
    name: str
    content_type: str
    size: int
    blob: str
    virus: str
