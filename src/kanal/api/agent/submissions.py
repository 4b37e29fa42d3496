"""/forms/{id}/submissions: what people sent with a form, as a list, a file and figures; let in, and taken away."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from litestar import delete, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import QueryParameter
from litestar.response import Stream

from kanal.api.http.download import DOWNLOAD, SANDBOX, disposition
from kanal.api.http.given import Db, FromPath, FromQuery, Given, Limit
from kanal.api.http.pages import Page
from kanal.api.http.problem import Invalid
from kanal.api.http.signin import DeskRequest, require
from kanal.forms.submissions import deleting, handing_in, queries, releasing
from kanal.forms.submissions.errors import InfectedFile
from kanal.forms.submissions.export import Export, stream
from kanal.forms.submissions.models import (
    Asked,
    Format,
    FormFigures,
    Sight,
    Source,
    State,
    Submission,
    SubmissionCounts,
)
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.kit.storage import Storage
from kanal.views import cursor
from kanal.views.visible import viewer

FORMS = [require("manage_forms")]
MOST_DAYS = 800
MEDIA: dict[Format, str] = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
FILE = {200: ResponseSpec(bytes, description="The file", media_type=DOWNLOAD, generate_examples=False)}
Which = Annotated[State | None, QueryParameter(name="state")]
From = Annotated[str | None, QueryParameter(name="from", description="A date, or a moment with its offset; with it.")]
Until = Annotated[str | None, QueryParameter(description="A date, with it, or a moment with its offset, without it.")]
"""Dates are days in UTC."""


class DeletedSubmissions(msgspec.Struct):
    deleted: int


class HandingIn(msgspec.Struct):
    left: int
    """How many submissions are still to be made into tickets."""


@get("/forms/{form_id:uuid}/submissions", guards=FORMS)
async def list_submissions(
    request: DeskRequest,
    db: Db,
    form_id: FromPath[UUID],
    limit: Limit = 50,
    after: FromQuery[str | None] = None,
    which: Which = None,
    q: FromQuery[str] = "",
    since: From = None,
    until: Until = None,
    source: FromQuery[Source | None] = None,
    contact: FromQuery[UUID | None] = None,
) -> Page[Submission]:
    """Newest first. `q` is part of an answer."""
    asked = _asked(which, q, since, until, source, contact)
    question = {"form": form_id, "asked": asked}
    last = cursor.read(question, after, cursor.Position) if after else None
    async with db.transaction(request.user.account) as tx:
        found = await queries.page(
            tx,
            form_id,
            asked,
            await _sight(tx, request.user.member),
            after=(last.at, last.id) if last else None,
            most=limit + 1,
        )
    items = found[:limit]
    end = cursor.Position(items[-1].received_at, items[-1].id) if len(found) > limit else None
    return Page(items, cursor.write(question, end) if end else None)


@get("/forms/{form_id:uuid}/submissions/counts", guards=FORMS)
async def count_submissions(
    request: DeskRequest,
    db: Db,
    form_id: FromPath[UUID],
    q: FromQuery[str] = "",
    since: From = None,
    until: Until = None,
    source: FromQuery[Source | None] = None,
    contact: FromQuery[UUID | None] = None,
) -> SubmissionCounts:
    """How many the list has, up to 10,000 of each."""
    async with db.transaction(request.user.account) as tx:
        return await queries.counts(tx, form_id, _asked(None, q, since, until, source, contact))


@get("/forms/{form_id:uuid}/submissions/{submission_id:uuid}", guards=FORMS)
async def get_submission(
    request: DeskRequest, db: Db, form_id: FromPath[UUID], submission_id: FromPath[UUID]
) -> Submission:
    async with db.transaction(request.user.account) as tx:
        return await queries.one(tx, form_id, submission_id, await _sight(tx, request.user.member))


@delete("/forms/{form_id:uuid}/submissions/{submission_id:uuid}", guards=FORMS)
async def delete_submission(
    request: DeskRequest, db: Db, storage: Given[Storage], form_id: FromPath[UUID], submission_id: FromPath[UUID]
) -> None:
    """With its files. A ticket that was made of it stays."""
    caller = request.user
    await deleting.delete(db, storage, caller.account, form_id, submission_id, caller.member)


@post("/forms/{form_id:uuid}/submissions/{submission_id:uuid}/release", guards=FORMS, status_code=200)
async def release_submission(
    request: DeskRequest, db: Db, form_id: FromPath[UUID], submission_id: FromPath[UUID]
) -> Submission:
    """Not spam: it is taken in as if nothing had been said against it."""
    async with db.transaction(request.user.account) as tx:
        await releasing.release(tx, form_id, submission_id, request.user.member)
        return await queries.one(tx, form_id, submission_id, await _sight(tx, request.user.member))


@get(
    "/forms/{form_id:uuid}/submissions/{submission_id:uuid}/files/{file_id:uuid}",
    guards=FORMS,
    responses=FILE,
    account_in_query=True,
)
async def download_submitted_file(
    request: DeskRequest,
    db: Db,
    storage: Given[Storage],
    form_id: FromPath[UUID],
    submission_id: FromPath[UUID],
    file_id: FromPath[UUID],
) -> Stream:
    """A file that was sent with the form; none that the virus scanner found something in."""
    async with db.transaction(request.user.account) as tx:
        file = await queries.file(tx, form_id, submission_id, file_id)
    if file.virus:
        raise InfectedFile
    return Stream(
        await storage.stream(file.blob),
        media_type=DOWNLOAD,
        headers={
            "content-disposition": disposition("attachment", file.name),
            "content-length": str(file.size),
            "content-security-policy": SANDBOX,
            "cache-control": "private, no-store",
        },
    )


@get("/forms/{form_id:uuid}/export", guards=FORMS, responses=FILE, account_in_query=True)
async def export_submissions(
    request: DeskRequest,
    db: Db,
    form_id: FromPath[UUID],
    as_: Annotated[Literal["csv", "json"], QueryParameter(name="format")] = "csv",
    which: Which = None,
    q: FromQuery[str] = "",
    since: From = None,
    until: Until = None,
    source: FromQuery[Source | None] = None,
    contact: FromQuery[UUID | None] = None,
) -> Stream:
    """What the list has, as a file for spreadsheets or for programs."""
    async with db.transaction(request.user.account) as tx:
        sight = await _sight(tx, request.user.member)
    asked = _asked(which, q, since, until, source, contact)
    pieces = await stream(db, request.user.account, Export(form=form_id, asked=asked, sight=sight, format=as_))
    name = f"submissions-{clock.now():%Y-%m-%d}.{as_}"
    return Stream(pieces, media_type=MEDIA[as_], headers={"content-disposition": disposition("attachment", name)})


@get("/forms/{form_id:uuid}/figures", guards=FORMS)
async def get_figures(
    request: DeskRequest,
    db: Db,
    form_id: FromPath[UUID],
    first: Annotated[
        date | None, QueryParameter(name="from", description="29 days before `until` where left out.")
    ] = None,
    until: Annotated[date | None, QueryParameter(description="With it; today where left out.")] = None,
) -> FormFigures:
    """Views, starts, submissions and spam, day by day in UTC."""
    last = until or clock.now().date()
    first = first or last - timedelta(days=29)
    if not timedelta() <= last - first < timedelta(days=MOST_DAYS):
        raise Invalid("from", f"It is not after `until`, and at most {MOST_DAYS} days before it.")
    async with db.transaction(request.user.account) as tx:
        return await queries.figures(tx, form_id, first, last)


@post(
    "/forms/{form_id:uuid}/make-tickets", guards=[require("manage_forms"), require("manage_channels")], status_code=202
)
async def make_tickets(request: DeskRequest, db: Db, form_id: FromPath[UUID]) -> HandingIn:
    """Make tickets of what was sent before a channel carried the form; in the background, oldest first."""
    async with db.transaction(request.user.account) as tx:
        return HandingIn(await handing_in.begin(tx, form_id, request.user.member))


@delete("/contacts/{contact_id:uuid}/submissions", guards=FORMS, status_code=200)
async def delete_submissions_of_contact(
    request: DeskRequest, db: Db, storage: Given[Storage], contact_id: FromPath[UUID]
) -> DeletedSubmissions:
    """All that a contact sent, of every form, with the files. Tickets stay."""
    caller = request.user
    return DeletedSubmissions(await deleting.delete_of_contact(db, storage, caller.account, contact_id, caller.member))


async def _sight(tx: Transaction, member: UUID) -> Sight:
    who = await viewer(tx, member)
    return Sight(who.visible, who.params)


def _asked(
    state: State | None, q: str, since: str | None, until: str | None, source: Source | None, contact: UUID | None
) -> Asked:
    return Asked(
        state=state,
        q=q,
        since=_moment("from", since, timedelta()),
        until=_moment("until", until, timedelta(days=1)),
        source=source,
        contact=contact,
    )


def _moment(field: str, given: str | None, of_day: timedelta) -> datetime | None:
    """`of_day` is how far into a day a date without a time means."""
    if not given:
        return None
    try:
        if len(given) == len("2026-05-31"):
            return datetime.combine(date.fromisoformat(given), time(), UTC) + of_day
        moment = datetime.fromisoformat(given)
    except (ValueError, OverflowError):
        raise Invalid(field, "Write a date, such as 2026-05-31, or a moment with its offset.") from None
    if moment.tzinfo is None:
        raise Invalid(field, "Write the moment with its offset, such as 2026-05-31T09:00:00Z.")
    return moment
