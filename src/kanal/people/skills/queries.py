"""Reading skills, and who has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from kanal.kit.db import Transaction
from kanal.people.skills.models import Category, CountedSkill, Holder, MemberSkill, Skill


async def by_id(tx: Transaction) -> dict[UUID, Skill]:
    """All skills of the account."""
    rows = await tx.all(Skill, "select id, name, category_id, language from skills order by name_key, id")
    return {row.id: row for row in rows}


async def skill(tx: Transaction, wanted: UUID) -> Skill:
    return await tx.one(Skill, "select id, name, category_id, language from skills where id = %s", (wanted,))


async def categories(tx: Transaction) -> list[Category]:
    """In the order in which they were made."""
    return await tx.all(Category, "select id, name, is_languages from skill_categories order by position, id")


async def category(tx: Transaction, wanted: UUID) -> Category:
    return await tx.one(Category, "select id, name, is_languages from skill_categories where id = %s", (wanted,))


async def by_category(tx: Transaction) -> dict[UUID, list[CountedSkill]]:
    """The skills of each category by name, with how many have them."""
    rows = await tx.all(
        CountedSkill,
        """
        select s.id, s.name, s.category_id, s.language,
               (select count(*) from member_skills m where m.skill_id = s.id) as members
        from skills s order by s.name_key, s.id
        """,
    )
    found: defaultdict[UUID, list[CountedSkill]] = defaultdict(list)
    for row in rows:
        found[row.category_id].append(row)
    return found


async def holders(tx: Transaction, wanted: UUID) -> list[Holder]:
    """Who has a skill, those who left included: it would be theirs again."""
    return await tx.all(
        Holder,
        """
        select m.id, u.name, m.deactivated_at is null as active
        from member_skills s join members m on m.id = s.member_id join users u on u.id = m.user_id
        where s.skill_id = %s order by m.id
        """,
        (wanted,),
    )


async def of_members(tx: Transaction, members: Collection[UUID]) -> dict[UUID, list[MemberSkill]]:
    """What each of these has, main languages first; every one of them is in it."""
    found: dict[UUID, list[MemberSkill]] = {member: [] for member in members}
    rows = await tx.all(
        _Had,
        """
        select h.member_id, s.id, s.name, s.language, h.level from member_skills h join skills s on s.id = h.skill_id
        where h.member_id = any(%s) order by h.level, s.name_key, s.id
        """,
        (list(members),),
    )
    for row in rows:
        found[row.member_id].append(MemberSkill(id=row.id, name=row.name, language=row.language, level=row.level))
    return found


class _Had(MemberSkill, kw_only=True):
    member_id: UUID
