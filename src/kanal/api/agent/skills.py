"""/skill-categories and /skills: what people can do, and what routing may require of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

import msgspec
from litestar import delete, get, patch, post
from msgspec import UNSET, UnsetType

from kanal.api.agent import skill_uses
from kanal.api.agent.skill_uses import SkillUses
from kanal.api.http.given import Db, FromPath, JSONBody
from kanal.api.http.pages import Page
from kanal.api.http.problem import Invalid
from kanal.api.http.signin import DeskRequest, require
from kanal.people.skills import actions, queries
from kanal.people.skills.errors import SkillInUse
from kanal.people.skills.models import Category, CountedSkill, Skill
from kanal.routing.uses import skills_required


class SkillOut(msgspec.Struct, kw_only=True):
    """`members` have it, `rules` require it. A language has its code, by which a screen finds its name."""

    id: UUID
    name: str
    language: str | None
    members: int
    rules: int


class CategoryOut(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    is_languages: bool
    skills: list[SkillOut]


class CategoryIn(msgspec.Struct, forbid_unknown_fields=True):
    name: str


class SkillsIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Several at once: either `names` for a category, or codes of `languages`, whose category is found or made."""

    category_id: UUID | None = None
    names: list[str] = []
    languages: list[str] = []


class SkillPatch(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    name: str | UnsetType = UNSET
    category_id: UUID | UnsetType = UNSET


@get("/skill-categories", guards=[require("read")])
async def list_skill_categories(request: DeskRequest, db: Db) -> Page[CategoryOut]:
    """All categories with their skills. That of the languages is there once the first language was added."""
    async with db.transaction(request.user.account) as tx:
        skills = await queries.by_category(tx)
        required = await skills_required(tx)
        categories = await queries.categories(tx)
    return Page([_category(each, skills.get(each.id, ()), required) for each in categories], None)


@post("/skill-categories", guards=[require("manage_desk")])
async def create_skill_category(request: DeskRequest, data: JSONBody[CategoryIn], db: Db) -> CategoryOut:
    async with db.transaction(request.user.account) as tx:
        return _category(await actions.create_category(tx, data.name, request.user.member))


@patch("/skill-categories/{category_id:uuid}", guards=[require("manage_desk")])
async def rename_skill_category(
    request: DeskRequest, data: JSONBody[CategoryIn], db: Db, category_id: FromPath[UUID]
) -> CategoryOut:
    async with db.transaction(request.user.account) as tx:
        renamed = await actions.rename_category(tx, category_id, data.name, request.user.member)
        skills = (await queries.by_category(tx)).get(category_id, ())
        return _category(renamed, skills, await skills_required(tx))


@delete("/skill-categories/{category_id:uuid}", guards=[require("manage_desk")])
async def delete_skill_category(request: DeskRequest, db: Db, category_id: FromPath[UUID]) -> None:
    """Only an empty one; 409 else."""
    async with db.transaction(request.user.account) as tx:
        await actions.delete_category(tx, category_id, request.user.member)


@post("/skills", guards=[require("manage_desk")])
async def add_skills(request: DeskRequest, data: JSONBody[SkillsIn], db: Db) -> Page[Skill]:
    """Several at once: all of them or, where one cannot be, none. Languages that are there already are passed over."""
    if bool(data.names) == bool(data.languages):
        raise Invalid("names", "Give either names or languages.")
    async with db.transaction(request.user.account) as tx:
        if data.languages:
            return Page(await actions.add_languages(tx, data.languages, request.user.member), None)
        if data.category_id is None:
            raise Invalid("category_id", "Say in which category.")
        return Page(await actions.add(tx, data.category_id, data.names, request.user.member), None)


@patch("/skills/{skill_id:uuid}", guards=[require("manage_desk")])
async def change_skill(request: DeskRequest, data: JSONBody[SkillPatch], db: Db, skill_id: FromPath[UUID]) -> Skill:
    """Rename it or move it to another category; languages keep both."""
    async with db.transaction(request.user.account) as tx:
        return await actions.change(tx, skill_id, name=data.name, category=data.category_id, actor=request.user.member)


@delete("/skills/{skill_id:uuid}", guards=[require("manage_desk")])
async def delete_skill(request: DeskRequest, db: Db, skill_id: FromPath[UUID]) -> None:
    """Only one that nobody has and no rule requires; 409 `skill-in-use` names them."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        await actions.lock(tx)
        found = await skill_uses.of_skill(tx, skill_id, caller.member)
        if found.members or found.rules or found.hidden_rules:
            raise SkillInUse(found.members, found.rules, found.hidden_rules)
        await actions.delete(tx, skill_id, caller.member)


@get("/skills/{skill_id:uuid}/uses", guards=[require("read")])
async def read_skill_uses(request: DeskRequest, db: Db, skill_id: FromPath[UUID]) -> SkillUses:
    """Who has it, and which rules require it."""
    async with db.transaction(request.user.account) as tx:
        await queries.skill(tx, skill_id)
        return await skill_uses.of_skill(tx, skill_id, request.user.member)


def _category(
    category: Category, skills: Sequence[CountedSkill] = (), required: Counter[str] | None = None
) -> CategoryOut:
    return CategoryOut(
        id=category.id,
        name=category.name,
        is_languages=category.is_languages,
        skills=[
            SkillOut(
                id=skill.id,
                name=skill.name,
                language=skill.language,
                members=skill.members,
                rules=(required or Counter())[str(skill.id)],
            )
            for skill in skills
        ],
    )
