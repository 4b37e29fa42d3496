"""Making, changing and deleting skills and their categories, and giving them to members. One change at a time in an
account, so that no two have one name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from msgspec import UNSET, UnsetType

from kanal.events.actions import emit
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.kit.ids import new_id
from kanal.people.errors import NotAccepted
from kanal.people.skills import queries, rules
from kanal.people.skills.errors import CategoryNotEmpty, SkillInUse
from kanal.people.skills.languages import LANGUAGES
from kanal.people.skills.models import Category, Level, Skill


async def create_category(tx: Transaction, name: str, actor: UUID | None) -> Category:
    await lock(tx)
    line = rules.kept(name, await _category_keys(tx), "name")
    return await _make_category(tx, line, is_languages=False, actor=actor)


async def rename_category(tx: Transaction, category: UUID, name: str, actor: UUID | None) -> Category:
    await lock(tx)
    found = await queries.category(tx, category)
    line = rules.kept(name, await _category_keys(tx, but=category), "name")
    if line != found.name:
        await tx.run("update skill_categories set name = %s where id = %s", (line, category))
        _tell(tx, {"category_id": str(category), "fields": ["name"]}, actor)
    return await queries.category(tx, category)


async def delete_category(tx: Transaction, category: UUID, actor: UUID | None) -> None:
    """An empty one; the one of the languages comes back with the next language."""
    await lock(tx)
    await queries.category(tx, category)
    if skills := await tx.value("select count(*) from skills where category_id = %s", (category,)):
        raise CategoryNotEmpty(skills)
    await tx.run("delete from skill_categories where id = %s", (category,))
    _tell(tx, {"category_id": str(category), "fields": ["deleted"]}, actor)


async def add(tx: Transaction, category: UUID, names: Sequence[str], actor: UUID | None) -> list[Skill]:
    """Several of one's own at once."""
    await lock(tx)
    await _check_own(tx, category)
    lines = rules.all_kept(names, await _skill_keys(tx, category))
    return await _make(tx, category, [(line, None) for line in lines], actor)


async def add_languages(tx: Transaction, codes: Sequence[str], actor: UUID | None) -> list[Skill]:
    """From the list; those that are there already stay as they are. Their category is made when it is first needed."""
    rules.check_languages(codes)
    await lock(tx)
    category = await _languages(tx, actor)
    known = await tx.values("select language from skills where category_id = %s", (category.id,))
    fresh = [code for code in dict.fromkeys(codes) if code not in known]
    return await _make(tx, category.id, [(LANGUAGES[code], code) for code in fresh], actor)


async def change(
    tx: Transaction,
    skill: UUID,
    *,
    name: str | UnsetType = UNSET,
    category: UUID | UnsetType = UNSET,
    actor: UUID | None,
) -> Skill:
    """Rename it, move it to another category; a language does neither."""
    await lock(tx)
    before = await queries.skill(tx, skill)
    into = before.category_id if category is UNSET else category
    wanted = before.name if name is UNSET else name
    if before.language is not None and (into, wanted) != (before.category_id, before.name):
        field = "name" if into == before.category_id else "category_id"
        raise NotAccepted(field, "A language keeps its name and its category; add a skill of your own beside it.")
    if into != before.category_id:
        await _check_own(tx, into)
    line = rules.kept(wanted, await _skill_keys(tx, into, but=skill), "name")
    fields = [
        field for field, other in (("name", line != before.name), ("category_id", into != before.category_id)) if other
    ]
    if fields:
        await tx.run(
            "update skills set name = %s, name_key = %s, category_id = %s where id = %s",
            (line, rules.key(line), into, skill),
        )
        _tell(tx, {"skill_id": str(skill), "fields": fields}, actor)
    return await queries.skill(tx, skill)


async def delete(tx: Transaction, skill: UUID, actor: UUID | None) -> None:
    """One that nobody has (ROUTE-20); whether a rule requires it is for the caller to know, under `lock`."""
    await lock(tx)
    await queries.skill(tx, skill)
    if held := await queries.holders(tx, skill):
        raise SkillInUse(held)
    await tx.run("delete from skills where id = %s", (skill,))
    _tell(tx, {"skill_id": str(skill), "fields": ["deleted"]}, actor)


async def set_for(tx: Transaction, member: UUID, wanted: Sequence[tuple[UUID, Level]]) -> bool:
    """Say anew what a member can do; answers whether that is other than before. Spans and telling are for the
    caller."""
    await lock(tx)
    after = dict(wanted)
    if len(after) < len(wanted):
        raise NotAccepted("skills", "A skill is named twice.")
    if len(after) > await tx.value("select count(*) from skills where id = any(%s)", (list(after),)):
        raise NotAccepted("skills", "One of these skills does not exist any more; choose again.")
    before = {skill.id: skill.level for skill in (await queries.of_members(tx, [member]))[member]}
    if after == before:
        return False
    await tx.run("delete from member_skills where member_id = %s", (member,))
    await tx.insert(
        "member_skills", [{"member_id": member, "skill_id": skill, "level": level} for skill, level in after.items()]
    )
    return True


async def lock(tx: Transaction) -> None:
    await tx.lock(f"skills/{tx.account}")


async def _languages(tx: Transaction, actor: UUID | None) -> Category:
    found = next((each for each in await queries.categories(tx) if each.is_languages), None)
    return found or await _make_category(tx, "Languages", is_languages=True, actor=actor)


async def _make_category(tx: Transaction, name: str, *, is_languages: bool, actor: UUID | None) -> Category:
    category = new_id()
    await tx.run(
        """
        insert into skill_categories (account_id, id, name, is_languages, position, created_at)
        select %s, %s, %s, %s, coalesce(max(position) + 1, 0), %s from skill_categories
        """,
        (tx.account, category, name, is_languages, clock.now()),
    )
    _tell(tx, {"category_id": str(category), "fields": ["name"]}, actor)
    return await queries.category(tx, category)


async def _make(
    tx: Transaction, category: UUID, wanted: Sequence[tuple[str, str | None]], actor: UUID | None
) -> list[Skill]:
    """From names, and codes where they are languages."""
    made = [Skill(id=new_id(), name=name, category_id=category, language=code) for name, code in wanted]
    now = clock.now()
    await tx.insert(
        "skills",
        [
            {
                "id": skill.id,
                "category_id": category,
                "name": skill.name,
                "name_key": rules.key(skill.name),
                "language": skill.language,
                "created_at": now,
            }
            for skill in made
        ],
    )
    for skill in made:
        _tell(tx, {"skill_id": str(skill.id), "fields": ["name"]}, actor)
    return made


async def _check_own(tx: Transaction, category: UUID) -> None:
    found = await tx.maybe(Category, "select id, name, is_languages from skill_categories where id = %s", (category,))
    if found is None:
        raise NotAccepted("category_id", "There is no such category; choose another or make one.")
    if found.is_languages:
        raise NotAccepted("category_id", "Languages are chosen from the list; put skills of your own elsewhere.")


async def _category_keys(tx: Transaction, but: UUID | None = None) -> Collection[str]:
    return {rules.key(category.name) for category in await queries.categories(tx) if category.id != but}


async def _skill_keys(tx: Transaction, category: UUID, but: UUID | None = None) -> Collection[str]:
    rows = await queries.by_id(tx)
    return {rules.key(row.name) for row in rows.values() if row.category_id == category and row.id != but}


def _tell(tx: Transaction, data: dict[str, object], actor: UUID | None) -> None:
    emit(tx, Event(name="skill.changed", actor_id=actor, data=data))
