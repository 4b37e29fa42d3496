"""/teams: who works together."""

from __future__ import annotations

from uuid import UUID

import msgspec
from litestar import delete, get, patch, post
from msgspec import UNSET, UnsetType

from kanal.api.agent.channel_references import NOT_A_SENDER, can_answer
from kanal.api.http.given import Db, FromPath, FromQuery, Given, JSONBody, Limit
from kanal.api.http.pages import Page, page
from kanal.api.http.problem import Invalid
from kanal.api.http.signin import DeskRequest, require
from kanal.delivery.models import Carriers
from kanal.people import actions, queries
from kanal.people.models import Team, TeamMember


class GivenMember(TeamMember, kw_only=True, forbid_unknown_fields=True):
    is_main: bool = True


class NewTeam(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    name: str
    members: list[GivenMember] = []


class TeamChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """`members` is the whole list."""

    name: str | UnsetType = UNSET
    members: list[GivenMember] | UnsetType = UNSET
    sends_by: UUID | UnsetType | None = UNSET
    """The channel by which its members write where no thread says otherwise; null: none."""


class TeamEnd(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    force: bool = False


@get("/teams", guards=[require("read")])
async def list_teams(
    request: DeskRequest, db: Db, limit: Limit = 50, after: FromQuery[UUID | None] = None
) -> Page[Team]:
    """The account's teams, oldest first."""
    async with db.transaction(request.user.account) as tx:
        found = await queries.teams(tx, after, limit + 1)
    return page(found, limit, lambda team: team.id)


@post("/teams", guards=[require("manage_members")])
async def create_team(request: DeskRequest, data: JSONBody[NewTeam], db: Db) -> Team:
    """Make a team."""
    async with db.transaction(request.user.account) as tx:
        return await actions.create_team(tx, data.name, data.members, actor=request.user.member)


@patch("/teams/{team_id:uuid}", guards=[require("manage_members")])
async def change_team(
    request: DeskRequest, data: JSONBody[TeamChange], db: Db, carriers: Given[Carriers], team_id: FromPath[UUID]
) -> Team:
    """Rename a team, say anew who is in it, or by which channel it writes."""
    async with db.transaction(request.user.account) as tx:
        if data.sends_by is not UNSET and data.sends_by and not await can_answer(tx, carriers, data.sends_by):
            raise Invalid("sends_by", NOT_A_SENDER)
        return await actions.change_team(
            tx,
            team_id,
            name=data.name,
            members=data.members,
            sends_by=data.sends_by,
            actor=request.user.member,
        )


@delete("/teams/{team_id:uuid}", guards=[require("manage_members")])
async def delete_team(
    request: DeskRequest, db: Db, team_id: FromPath[UUID], data: JSONBody[TeamEnd | None] = None
) -> None:
    """Delete a team; its tickets stay, with no team. Channels that are open to it alone are named in the answer
    `team-in-use`, and with `force` they stay closed: only those who see everything see them, until they are opened to
    others."""
    async with db.transaction(request.user.account) as tx:
        await actions.delete_team(tx, team_id, force=data is not None and data.force, actor=request.user.member)
