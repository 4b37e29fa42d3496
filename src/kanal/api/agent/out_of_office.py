"""/members/{id}/out-of-office and /out-of-office/{id}: periods in which somebody is away whatever their hours say."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import delete, get, post

from kanal.api.agent.own import own_or, writes
from kanal.api.http.given import Db, FromPath, FromQuery, JSONBody
from kanal.api.http.pages import Page
from kanal.api.http.problem import Forbidden
from kanal.api.http.signin import DeskRequest, require
from kanal.people import queries as people
from kanal.people.availability import out_of_office, queries
from kanal.people.availability.models import OutOfOffice, Standing, State

Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class OutOfOfficeIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    from_: Moment = msgspec.field(name="from")
    to: Moment
    note: str = ""


class OutOfOfficeOut(msgspec.Struct, kw_only=True):
    id: UUID
    from_: datetime = msgspec.field(name="from")
    to: datetime
    note: str
    made_by: UUID | None


@get("/members/{member_id:uuid}/out-of-office", guards=[require("read")])
async def list_out_of_office(request: DeskRequest, db: Db, member_id: FromPath[UUID]) -> Page[OutOfOfficeOut]:
    """Periods that run or will, in order."""
    async with db.transaction(request.user.account) as tx:
        await people.member(tx, member_id)
        return Page([period_out(each) for each in await queries.out_of_office(tx, member_id)], None)


@post("/members/{member_id:uuid}/out-of-office", guards=[own_or("manage_availability")])
async def add_out_of_office(
    request: DeskRequest, data: JSONBody[OutOfOfficeIn], db: Db, member_id: FromPath[UUID]
) -> OutOfOfficeOut:
    """From `from` on they are away, at `to` what their hours say. Periods do not overlap."""
    async with db.transaction(request.user.account) as tx:
        await people.member(tx, member_id)
        added = await out_of_office.add(tx, member_id, data.from_, data.to, data.note, request.user.member)
        return period_out(added)


@delete("/out-of-office/{period_id:uuid}", guards=[require("read")], status_code=200)
async def end_out_of_office(
    request: DeskRequest, db: Db, period_id: FromPath[UUID], then: FromQuery[State | None] = None
) -> Standing:
    """Take back a period that has not begun. One that runs is ended now, and `then` says how they are from now on."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        member = (await out_of_office.find(tx, period_id)).member_id
        if not (caller.may("manage_availability") or (member == caller.member and writes(caller))):
            raise Forbidden
        await out_of_office.end(tx, period_id, then, caller.member)
        return (await queries.standings(tx, [member]))[member]


def period_out(period: OutOfOffice) -> OutOfOfficeOut:
    return OutOfOfficeOut(id=period.id, from_=period.from_at, to=period.to_at, note=period.note, made_by=period.made_by)
