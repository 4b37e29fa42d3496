"""Which tickets a member may see: of the channels open to them (K17), and of these as many as their role shows. The one
fragment that every list, count, search, single ticket, live update and export starts from."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.people.models import Sees

ANY_OPEN_CHANNEL: LiteralString = "nullif(coalesce(t.channel_id = any (%(hidden)s), false), true) is not null"
"""In words whose odds the planner takes for good: of `<> all` it believes that next to nothing remains whenever it does
not know the array, and no longer walks a list in its order."""
OPEN_CHANNEL: LiteralString = f"(t.listed and {ANY_OPEN_CHANNEL})"
"""Tickets `t` that stand in the help desk, of channels that the viewer may see: all there is to ask where the role
shows `all` or `channels`."""
PRESENT: LiteralString = "t.spam_at is null and t.deleted_at is null and t.merged_into is null"
OWN: LiteralString = "t.assignee_id = %(viewer)s"
TEAMS: LiteralString = """
  (t.assignee_id = any(%(mates)s) or t.team_id = any(%(viewer_teams)s)
   or t.assignee_id is null and t.team_id is null)
"""


MOST_DIGITS = 18


class Viewer(msgspec.Struct, kw_only=True, frozen=True):
    """Who looks, with all that decides what they may see."""

    member: UUID | None
    """None: the installation itself, which sees all."""
    sees: Sees
    hidden: list[UUID] = []
    """Channels that are open to other teams only."""
    teams: list[UUID] = []
    """The viewer's; with `teams` only."""
    mates: list[UUID] = []
    """The viewer and the main members of their teams; with `teams` only."""

    @property
    def is_narrow(self) -> bool:
        """Whether the role shows less than all of the open channels."""
        return self.sees in ("teams", "own")

    @property
    def any_channel(self) -> LiteralString:
        """Keeps tickets of channels open to the viewer. Where none is hidden nothing is asked: the server keeps one
        plan for all then."""
        return ANY_OPEN_CHANNEL if self.hidden else "true"

    @property
    def channel(self) -> LiteralString:
        """The same of those that stand in the help desk."""
        return OPEN_CHANNEL if self.hidden else "t.listed"

    @property
    def visible(self) -> LiteralString:
        """Keeps the tickets `t` that the viewer may see; its parameters are `params`."""
        return self._of_channels(self.channel)

    @property
    def visible_or_spam(self) -> LiteralString:
        """The same with those that are spam, for where spam is looked at."""
        return self._of_channels(self.any_channel)

    @property
    def visible_alone(self) -> LiteralString:
        """Keeps the tickets that have a page: also those whose conversation is worked in another inbox (GEN-7)."""
        return self._of_channels(f"((t.listed or t.elsewhere and {PRESENT}) and {ANY_OPEN_CHANNEL})")

    @property
    def visible_conversation(self) -> LiteralString:
        """Keeps the conversations `t` of conversations inboxes that the viewer may see: spam stands elsewhere."""
        return self._of_channels("(t.spam_at is null and t.channel_id <> all (%(hidden)s))")

    @property
    def visible_message(self) -> LiteralString:
        """Keeps what stands in conversations `v` and their tickets `t`, if they have one."""
        return f"""
          (v.channel_id <> all (%(hidden)s) and case
             when v.apart then {self._of_channels("true").replace("t.", "v.")} else {self.visible_or_spam} end)
        """

    @property
    def visible_active(self) -> LiteralString:
        """The same of tickets that ask for work now: all of these stand in the help desk, and an index that leaves
        `listed` out answers it."""
        return self._of_channels(self.any_channel)

    @property
    def visible_deleted(self) -> LiteralString:
        """Of those that are out of sight, the tickets that the viewer could see; ask for `deleted_at` beside it."""
        return self._of_channels(self.any_channel)

    def _of_channels(self, open_channel: LiteralString) -> LiteralString:
        if self.sees == "own":
            return f"({open_channel} and {OWN})"
        return f"({open_channel} and {TEAMS})" if self.sees == "teams" else open_channel

    @property
    def visible_raw(self) -> LiteralString:
        """Keeps the raw events `r` that the viewer may see: what became no ticket belongs to nobody."""
        channel: LiteralString = "r.channel_id <> all (%(hidden)s)"
        of_ticket: LiteralString = f"r.ticket_id in (select t.id from tickets t where {self.visible_or_spam})"  # noqa: S608 - our own
        if self.sees == "own":
            return f"({channel} and {of_ticket})"
        return f"({channel} and (r.ticket_id is null or {of_ticket}))" if self.sees == "teams" else channel

    @property
    def params(self) -> dict[str, Any]:
        given: dict[str, Any] = {"viewer": self.member, "hidden": self.hidden}
        return given | {"viewer_teams": self.teams, "mates": self.mates} if self.sees == "teams" else given

    def may_see(self, channel: UUID | None, team: UUID | None, assignee: UUID | None) -> bool:
        """The same of a ticket that stands so."""
        if channel is not None and channel in self.hidden:
            return False
        if self.sees == "own":
            return assignee == self.member
        if self.sees == "teams":
            return assignee in self.mates or team in self.teams or (assignee is None and team is None)
        return True


INSTALLATION = Viewer(member=None, sees="all")


async def viewer(tx: Transaction, member: UUID | None) -> Viewer:
    """Looked up once a transaction."""
    if member is None:
        return INSTALLATION
    known: Viewer | None = tx.kept.get(("viewer", member))
    if known is None:
        known = tx.kept["viewer", member] = (await viewers(tx, [member]))[member]
    return known


async def viewers(tx: Transaction, members: Collection[UUID]) -> dict[UUID, Viewer]:
    """Many at once. Who is no member sees what is assigned to them: nothing."""
    found = await tx.all(
        Viewer,
        """
        select v.id as member, coalesce(r.sees, 'own') as sees,
          array(
            select c.id from channels c
            where c.open_to = 'teams' and r.sees is distinct from 'all'
              and not exists (
                select from channel_teams ct join team_members tm on tm.team_id = ct.team_id
                where ct.channel_id = c.id and tm.member_id = v.id)
          ) as hidden,
          array(select tm.team_id from team_members tm where r.sees = 'teams' and tm.member_id = v.id) as teams,
          array(
            select v.id where r.sees = 'teams'
            union
            select mate.member_id from team_members tm
            join team_members mate on mate.team_id = tm.team_id and mate.is_main
            where r.sees = 'teams' and tm.member_id = v.id
          ) as mates
        from unnest(%s::uuid[]) as v (id)
        left join members m on m.id = v.id
        left join roles r on r.key = m.role
        """,
        (list(members),),
    )
    return {each.member: each for each in found if each.member is not None}


async def hidden_channels(tx: Transaction, member: UUID | None) -> list[UUID]:
    """The channels that a member may not see."""
    return (await viewer(tx, member)).hidden


async def ticket_id(tx: Transaction, member: UUID | None, wanted: UUID | int) -> UUID | None:
    """The id of a ticket, given by id or number; None when there is none that this member may see."""
    who = await viewer(tx, member)
    by: LiteralString = "t.number = %(wanted)s" if isinstance(wanted, int) else "t.id = %(wanted)s"
    found: UUID | None = await tx.value(
        f"select t.id from tickets t where {by} and {who.visible_alone}",  # noqa: S608 - our own fragments
        {"wanted": wanted, **who.params},
    )
    return found


class OutOfSight(msgspec.Struct, kw_only=True, frozen=True):
    """A ticket that stands in no list."""

    id: UUID
    is_spam: bool
    is_deleted: bool
    merged_into: UUID | None


async def out_of_sight(tx: Transaction, member: UUID | None, wanted: UUID | int) -> OutOfSight | None:
    """A deleted or merged ticket, or one that is spam; None where there is none that this member could see else."""
    who = await viewer(tx, member)
    by: LiteralString = "t.number = %(wanted)s" if isinstance(wanted, int) else "t.id = %(wanted)s"
    return await tx.maybe(
        OutOfSight,
        f"""
        select t.id, t.spam_at is not null as is_spam, t.deleted_at is not null as is_deleted, t.merged_into
        from tickets t
        where {by} and (t.spam_at is not null or t.deleted_at is not null or t.merged_into is not null)
          and {who.visible_or_spam}
        """,  # noqa: S608 - our own fragments
        {"wanted": wanted, **who.params},
    )


async def named(tx: Transaction, member: UUID | None, given: str) -> UUID | None:
    """The same where somebody wrote it: an id, or a number, `#12` too."""
    wanted = id_or_number(given.removeprefix("#"))
    return None if wanted is None else await ticket_id(tx, member, wanted)


def id_or_number(given: str) -> UUID | int | None:
    if given.isascii() and given.isdigit() and len(given) <= MOST_DIGITS:
        return int(given)
    try:
        return UUID(given)
    except ValueError:
        return None
