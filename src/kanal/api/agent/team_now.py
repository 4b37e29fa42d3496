"""/team-now: the live screen of those who lead."""

from __future__ import annotations

from datetime import datetime

import msgspec
from litestar import get

from kanal.api.agent.people_out import LoadOut, PersonOut, load_out, people_out
from kanal.api.http.given import Db
from kanal.api.http.signin import DeskRequest, require
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.notifications import queries as mails
from kanal.views import team_now
from kanal.views.team_now import OldestUnanswered, QueueNow


class PersonNow(PersonOut, kw_only=True):
    load: LoadOut
    capacity: dict[str, int]
    """The most that they are given: `total`, or by sort of work; empty without a limit."""
    oldest_unanswered: OldestUnanswered | None
    since: datetime
    """Since when they are available or away."""


class TeamNow(msgspec.Struct, kw_only=True):
    at: datetime
    people: list[PersonNow]
    channels: list[QueueNow]
    teams: list[QueueNow]
    unassigned: int
    """Open tickets that nobody has; counted up to 10,000."""
    failed_mails: int | None
    """Mails to members that did not leave; null for those who do not manage members."""


@get("/team-now", guards=[require("lead")])
async def show_team_now(request: DeskRequest, db: Db) -> TeamNow:
    caller = request.user
    async with db.transaction(caller.account) as tx:
        queues = await team_now.queues(tx, caller.member)
        return TeamNow(
            at=clock.now(),
            people=await _people(tx, request),
            channels=queues.channels,
            teams=queues.teams,
            unassigned=queues.unassigned,
            failed_mails=await mails.failed_mails(tx) if caller.may("manage_members") else None,
        )


async def _people(tx: Transaction, request: DeskRequest) -> list[PersonNow]:
    work = await team_now.people(tx, request.user.member)
    shown = await people_out(tx, list(work))
    return [
        PersonNow(
            **msgspec.structs.asdict(shown[member]),
            load=load_out(each.load),
            capacity=each.capacity,
            oldest_unanswered=each.oldest_unanswered,
            since=shown[member].availability.since,
        )
        for member, each in work.items()
        if member in shown
    ]
