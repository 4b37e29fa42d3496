"""Which tickets a member may see (K17): all but those of channels that are open to other teams only. The one fragment
that every list, count, search, live update and export starts from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import LiteralString
from uuid import UUID

import msgspec

from kanal.kit.db import Transaction

HIDDEN: LiteralString = """
  select c.id from channels c
  where c.open_to = 'teams' and %(viewer)s::uuid is not null
    and not exists (
      select from members m join roles r on r.key = m.role where m.id = %(viewer)s and r.sees = 'all')
    and not exists (
      select from channel_teams ct join team_members tm on tm.team_id = ct.team_id
      where ct.channel_id = c.id and tm.member_id = %(viewer)s)
"""
"""Ids of the channels that `%(viewer)s` may not see; null, the installation itself, sees all."""

VISIBLE: LiteralString = f"(t.channel_id is null or t.channel_id <> all (array({HIDDEN})))"
"""Keeps the tickets `t` that `%(viewer)s` may see. The array is computed once a statement."""


class _Hidden(msgspec.Struct):
    member_id: UUID
    channels: list[UUID]


async def hidden_channels(tx: Transaction, member: UUID | None) -> list[UUID]:
    """The channels that a member may not see."""
    return await tx.values(HIDDEN, {"viewer": member})


async def hidden_from(tx: Transaction, members: Sequence[UUID]) -> dict[UUID, frozenset[UUID]]:
    """The channels that each of these may not see, for many at once."""
    hidden: LiteralString = HIDDEN.replace("%(viewer)s", "viewer.id")
    rows = await tx.all(
        _Hidden,
        f"select viewer.id as member_id, array({hidden}) as channels from unnest(%s::uuid[]) as viewer (id)",  # noqa: S608 - our own fragment
        (list(members),),
    )
    return {row.member_id: frozenset(row.channels) for row in rows}


async def ticket_id(tx: Transaction, member: UUID | None, wanted: UUID | int) -> UUID | None:
    """The id of a ticket, given by id or number; None when there is none that this member may see."""
    by: LiteralString = "t.number = %(wanted)s" if isinstance(wanted, int) else "t.id = %(wanted)s"
    found: UUID | None = await tx.value(
        f"select t.id from tickets t where {by} and {VISIBLE}",  # noqa: S608 - our own fragments
        {"viewer": member, "wanted": wanted},
    )
    return found
