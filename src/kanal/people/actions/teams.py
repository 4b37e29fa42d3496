"""Teams: who works together, as main members, who are given the team's tickets, or extra ones, who see them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from msgspec import UNSET, UnsetType

from kanal.events.actions import emit
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.kit.ids import new_id
from kanal.people import queries, spans
from kanal.people.errors import NotAccepted, TeamInUse, TeamNameTaken
from kanal.people.models import ClosedChannel, Team, TeamMember, TeamOf
from kanal.people.rules import one_line

LONGEST_NAME = 100


async def create_team(
    tx: Transaction, name: str, members: Sequence[UUID | TeamMember], *, actor: UUID | None = None
) -> Team:
    """A bare id is a main member's."""
    team = new_id()
    added = await tx.run(
        """
        insert into teams (account_id, id, name, created_at) values (%s, %s, %s, %s)
        on conflict (account_id, name) do nothing
        """,
        (tx.account, team, one_line(name, "name", LONGEST_NAME), clock.now()),
    )
    if not added:
        raise TeamNameTaken
    await _set_members(tx, team, [_main(each) if isinstance(each, UUID) else each for each in members])
    _tell(tx, team, ["name", "members"], actor)
    return await queries.team(tx, team)


async def change_team(
    tx: Transaction,
    team_id: UUID,
    *,
    name: str | UnsetType = UNSET,
    members: Sequence[TeamMember] | UnsetType = UNSET,
    sends_by: UUID | UnsetType | None = UNSET,
    actor: UUID | None,
) -> Team:
    """Rename it, say anew who is in it, or by which channel it writes (EML-25)."""
    before = await _to_change(tx, team_id)
    fields = []
    if name is not UNSET and (await _rename(tx, before, one_line(name, "name", LONGEST_NAME))):
        fields.append("name")
    if members is not UNSET and await _set_members(tx, team_id, members):
        fields.append("members")
    if sends_by is not UNSET and sends_by != before.sends_by:
        await tx.run("update teams set sends_by = %s where id = %s", (sends_by, team_id))
        fields.append("sends_by")
    if fields:
        _tell(tx, team_id, fields, actor)
    return await queries.team(tx, team_id)


async def delete_team(tx: Transaction, team_id: UUID, *, force: bool, actor: UUID | None) -> None:
    """Its tickets stay, with no team. A channel that was open to it alone is open to nobody after that but those who
    see everything; it is never opened to more people by this, and unless `force` is given the team is kept and these
    channels are named."""
    team = await _to_change(tx, team_id)
    closed = await _channels_of(tx, team_id, alone=True)
    if closed and not force:
        raise TeamInUse(closed)
    channels = await _channels_of(tx, team_id, alone=False)
    await tx.run("delete from teams where id = %s", (team_id,))
    await spans.follow(tx, team.member_ids)
    _tell(tx, team_id, ["deleted"], actor)
    for channel in channels:
        data = {"fields": ["team_ids"]}
        emit(tx, Event(name="channel.changed", actor_id=actor, channel_id=channel.id, data=data))


async def set_teams(tx: Transaction, member_id: UUID, wanted: Sequence[TeamOf], field: str = "teams") -> bool:
    """Say anew in which teams a member is; answers whether that is other than before. Spans are for the caller."""
    if len({team.id for team in wanted}) < len(wanted):
        raise NotAccepted(field, "A team is named twice.")
    await _check_teams(tx, [team.id for team in wanted], field)
    before = {team.id: team.is_main for team in await queries.teams_of(tx, member_id)}
    after = {team.id: team.is_main for team in wanted}
    if before == after:
        return False
    await tx.run("delete from team_members where member_id = %s", (member_id,))
    await tx.insert(
        "team_members",
        [{"team_id": team, "member_id": member_id, "is_main": is_main} for team, is_main in after.items()],
    )
    return True


async def _check_teams(tx: Transaction, teams: Collection[UUID], field: str) -> None:
    known = await tx.value("select count(*) from teams where id = any(%s)", (list(teams),))
    if known != len(teams):
        raise NotAccepted(field, "One of these teams does not exist.")


async def _to_change(tx: Transaction, team_id: UUID) -> Team:
    await tx.run("select from teams where id = %s for no key update", (team_id,))
    return await queries.team(tx, team_id)


async def _rename(tx: Transaction, team: Team, name: str) -> bool:
    if name == team.name:
        return False
    if await tx.value("select true from teams where name = %s", (name,)):
        raise TeamNameTaken
    await tx.run("update teams set name = %s where id = %s", (name, team.id))
    return True


async def _set_members(tx: Transaction, team_id: UUID, wanted: Sequence[TeamMember]) -> bool:
    after = {member.id: member.is_main for member in wanted}
    if len(after) < len(wanted):
        raise NotAccepted("members", "Somebody is named twice.")
    known = await tx.value("select count(*) from members where id = any(%s)", (list(after),))
    if known != len(after):
        raise NotAccepted("members", "One of these people is no member of the account.")
    before = {member.id: member.is_main for member in (await queries.team(tx, team_id)).members}
    if before == after:
        return False
    await tx.run("delete from team_members where team_id = %s", (team_id,))
    await tx.insert(
        "team_members",
        [{"team_id": team_id, "member_id": member, "is_main": is_main} for member, is_main in after.items()],
    )
    await spans.follow(tx, before.keys() | after.keys())
    return True


async def _channels_of(tx: Transaction, team_id: UUID, *, alone: bool) -> list[ClosedChannel]:
    """Channels that are open to this team, or to no other."""
    return await tx.all(
        ClosedChannel,
        """
        select c.id, c.name from channels c join channel_teams t on t.channel_id = c.id
        where t.team_id = %(team)s and c.open_to = 'teams' and c.deleted_at is null
          and (not %(alone)s or not exists (
            select from channel_teams other where other.channel_id = c.id and other.team_id <> %(team)s))
        order by c.id
        """,
        {"team": team_id, "alone": alone},
    )


def _main(member_id: UUID) -> TeamMember:
    return TeamMember(id=member_id, is_main=True)


def _tell(tx: Transaction, team_id: UUID, fields: list[str], actor: UUID | None) -> None:
    emit(tx, Event(name="team.changed", actor_id=actor, data={"team_id": str(team_id), "fields": fields}))
