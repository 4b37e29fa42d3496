"""/channels/{id}/automation-runs: what the rules of a channel did, and why they did not."""

from __future__ import annotations

from uuid import UUID

from litestar import get

from kanal.api.agent.routing_history import seen_channel
from kanal.api.http.given import Db, FromPath, FromQuery, Limit
from kanal.api.http.pages import Page
from kanal.api.http.signin import DeskRequest, require
from kanal.automation import queries
from kanal.automation.models import AutomationRun, Outcome
from kanal.views import cursor


@get("/channels/{channel_id:uuid}/automation-runs", guards=[require("manage_channels")])
async def list_automation_runs(
    request: DeskRequest,
    db: Db,
    channel_id: FromPath[UUID],
    limit: Limit = 50,
    after: FromQuery[str | None] = None,
    rule: FromQuery[UUID | None] = None,
    ticket: FromQuery[int | None] = None,
    outcome: FromQuery[Outcome | None] = None,
) -> Page[AutomationRun]:
    """The log of the channel's rules over 90 days, newest first; `ticket` is a ticket's number."""
    question = [str(channel_id), rule and str(rule), ticket, outcome]
    start = cursor.read(question, after, cursor.Position) if after else None
    async with db.transaction(request.user.account) as tx:
        await seen_channel(tx, request.user, channel_id)
        found = await queries.runs(
            tx, channel_id, rule=rule, ticket=ticket, outcome=outcome, after=start, most=limit + 1
        )
    shown, more = found[:limit], len(found) > limit
    return Page(shown, cursor.write(question, cursor.Position(shown[-1].at, shown[-1].id)) if more else None)
