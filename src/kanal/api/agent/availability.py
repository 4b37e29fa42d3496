"""/members/{id}/availability: whether somebody is there, changing it by hand, and how it was."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, TypeAlias
from uuid import UUID

import msgspec
from litestar import get, put
from litestar.params import QueryParameter

from kanal.api.agent.own import own_or
from kanal.api.http.given import Db, FromPath, JSONBody
from kanal.api.http.problem import Invalid
from kanal.api.http.signin import DeskRequest, require
from kanal.kit import clock
from kanal.people import queries as people
from kanal.people.availability import actions, queries
from kanal.people.availability.models import PastSpan, Standing, State, Why

LONGEST = timedelta(days=100)
"""How much of the past is told at once."""
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
From: TypeAlias = Annotated[Moment | None, QueryParameter(name="from", description="Default: a week before `to`.")]
To: TypeAlias = Annotated[Moment | None, QueryParameter(name="to", description="Default: now.")]


class AvailabilityIn(msgspec.Struct, forbid_unknown_fields=True):
    state: State


class SpanOut(msgspec.Struct, kw_only=True):
    """`to` is null where it is still so."""

    from_: datetime = msgspec.field(name="from")
    to: datetime | None
    state: State
    why: Why
    set_by: UUID | None


class AvailabilityHistory(msgspec.Struct):
    """`spans` follow each other; the first and the last reach beyond what was asked."""

    now: Standing
    spans: list[SpanOut]


@put("/members/{member_id:uuid}/availability", guards=[own_or("manage_availability")])
async def set_availability(
    request: DeskRequest, data: JSONBody[AvailabilityIn], db: Db, member_id: FromPath[UUID]
) -> Standing:
    """Say that somebody is there or away. It holds until their hours next change it, or an out-of-office period
    begins; without hours, until it is changed again. One's own, or with `manage_availability` anybody's."""
    async with db.transaction(request.user.account) as tx:
        await people.member(tx, member_id)
        await actions.set_by_hand(tx, member_id, data.state, request.user.member)
        return (await queries.standings(tx, [member_id]))[member_id]


@get("/members/{member_id:uuid}/availability", guards=[require("read")])
async def read_availability(
    request: DeskRequest, db: Db, member_id: FromPath[UUID], from_: From = None, to: To = None
) -> AvailabilityHistory:
    """How somebody stands now, and how they stood between two moments at most 100 days apart."""
    end = to or clock.now()
    begin = from_ or end - timedelta(days=7)
    if not timedelta() < end - begin <= LONGEST:
        raise Invalid("from", f"Choose a begin before the end, at most {LONGEST.days} days.")
    async with db.transaction(request.user.account) as tx:
        await people.member(tx, member_id)
        now = (await queries.standings(tx, [member_id]))[member_id]
        spans = await queries.history(tx, member_id, begin, end)
    return AvailabilityHistory(now, [_span(span) for span in spans])


def _span(span: PastSpan) -> SpanOut:
    return SpanOut(from_=span.from_at, to=span.to_at, state=span.state, why=span.why, set_by=span.set_by)
