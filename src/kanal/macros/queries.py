"""Reading macros: a member sees their own, those of everybody, and those of their teams. Whoever may share with
everybody sees what is shared with any team."""

from __future__ import annotations

from typing import LiteralString
from uuid import UUID

import msgspec

from kanal.kit.db import NotFound, Transaction
from kanal.macros.models import Macro

MACROS: LiteralString = """
  select c.id, c.name, c.shortcut, c.body_html, c.body_text, c.actions, c.shared_with, c.owner_id,
         owner.name as owner_name, c.created_at, c.updated_at,
         array(select x.team_id from macro_teams x where x.macro_id = c.id order by x.team_id) as teams,
         coalesce(mine.used, 0) as used, mine.last_used_at,
         (select coalesce(sum(u.used), 0)::int from macro_uses u where u.macro_id = c.id) as used_by_all
  from macros c
  left join members o on o.id = c.owner_id
  left join users owner on owner.id = o.user_id
  left join macro_uses mine on mine.macro_id = c.id and mine.member_id = %(member)s
"""
VISIBLE: LiteralString = """
  (c.shared_with = 'everyone' or c.owner_id = %(member)s
   or c.shared_with = 'teams' and (%(all_shared)s or exists (
     select from macro_teams x join team_members tm on tm.team_id = x.team_id
     where x.macro_id = c.id and tm.member_id = %(member)s)))
"""


async def listed(tx: Transaction, member: UUID, *, all_shared: bool) -> list[Macro]:
    """What the member uses most comes first, then what everybody does, then by name."""
    rows = await tx.dicts(
        f"""
        {MACROS}
        where c.deleted_at is null and {VISIBLE}
        order by used desc, used_by_all desc, c.name, c.id
        """,
        {"member": member, "all_shared": all_shared},
    )
    return [msgspec.convert(row, Macro) for row in rows]


async def one(tx: Transaction, wanted: UUID, member: UUID, *, all_shared: bool, deleted: bool = False) -> Macro:
    """Raises NotFound."""
    rows = await tx.dicts(
        f"""
        {MACROS}
        where c.id = %(id)s and (c.deleted_at is not null) = %(deleted)s and {VISIBLE}
        """,
        {"id": wanted, "member": member, "all_shared": all_shared, "deleted": deleted},
    )
    if not rows:
        raise NotFound("macro")
    return msgspec.convert(rows[0], Macro)


async def teams_of(tx: Transaction, member: UUID) -> set[UUID]:
    return set(await tx.values("select team_id from team_members where member_id = %s", (member,)))
