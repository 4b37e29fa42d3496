"""Skills in categories: making them, giving them, and not losing those that are in use."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from kanal.kit.db import Database, NotFound, Transaction
from kanal.people import spans
from kanal.people.errors import NotAccepted
from kanal.people.skills import actions, queries
from kanal.people.skills.errors import CategoryNotEmpty, SkillInUse
from kanal.people.skills.languages import LANGUAGES
from kanal.people.skills.models import Skill
from tests.make import accounts
from tests.make.statements import counted


class Desk:
    def __init__(self, db: Database, account: int, ann: UUID) -> None:
        self.db, self.account, self.ann = db, account, ann

    async def do(self, what: Any, *args: Any, **more: Any) -> Any:
        """Run one of the actions or queries in a transaction of its own."""
        async with self.db.transaction(self.account) as tx:
            return await what(tx, *args, **more)

    async def category(self, name: str = "Products") -> UUID:
        return UUID(str((await self.do(actions.create_category, name, self.ann)).id))

    async def skills(self, category: UUID, *names: str) -> list[Skill]:
        made: list[Skill] = await self.do(actions.add, category, names, self.ann)
        return made

    async def languages(self, *codes: str) -> list[Skill]:
        made: list[Skill] = await self.do(actions.add_languages, codes, self.ann)
        return made

    async def give(self, *skills: tuple[UUID, Any]) -> bool:
        return bool(await self.do(actions.set_for, self.ann, skills))

    async def had(self) -> list[tuple[str, str]]:
        found = await self.do(queries.of_members, [self.ann])
        return [(skill.name, skill.level) for skill in found[self.ann]]

    async def told(self) -> list[dict[str, Any]]:
        async with self.db.transaction(self.account) as tx:
            return await tx.values("select data from events where name = 'skill.changed' order by seq")


@pytest.fixture
async def desk(db: Database) -> Desk:
    account = await accounts.account(db)
    return Desk(db, account, await accounts.member(db, account))


async def test_route_19_languages_are_predefined_and_main_or_secondary(desk: Desk) -> None:
    swedish, finnish = await desk.languages("sv", "fi")
    assert (swedish.name, swedish.language) == ("Swedish", "sv")
    assert await desk.give((finnish.id, "secondary"), (swedish.id, "main"))
    assert await desk.had() == [("Swedish", "main"), ("Finnish", "secondary")]


async def test_route_19_own_skills_are_added_several_at_once(desk: Desk) -> None:
    category = await desk.category()
    await desk.skills(category, "Lamps", " Chairs  and tables ", "Billing")
    found = (await desk.do(queries.by_category))[category]
    assert [(skill.name, skill.members) for skill in found] == [("Billing", 0), ("Chairs and tables", 0), ("Lamps", 0)]


async def test_route_19_skill_and_category_can_be_renamed(desk: Desk) -> None:
    category = await desk.category()
    [lamps] = await desk.skills(category, "Lamps")
    await desk.do(actions.rename_category, category, "Things", desk.ann)
    await desk.do(actions.change, lamps.id, name="lamps", actor=desk.ann)
    assert (await desk.do(queries.category, category)).name == "Things"
    assert (await desk.do(queries.by_id))[lamps.id].name == "lamps"


async def test_a_skill_moves_to_another_category(desk: Desk) -> None:
    products, tools = await desk.category(), await desk.category("Tools")
    [lamps] = await desk.skills(products, "Lamps")
    moved = await desk.do(actions.change, lamps.id, category=tools, actor=desk.ann)
    assert moved.category_id == tools
    assert (await desk.told())[-1] == {"skill_id": str(lamps.id), "fields": ["category_id"]}


async def test_the_category_of_languages_is_made_when_it_is_needed_and_again_after_it_was_deleted(desk: Desk) -> None:
    assert await desk.do(queries.categories) == []
    [swedish] = await desk.languages("sv")
    await desk.do(actions.delete, swedish.id, desk.ann)
    await desk.do(actions.delete_category, swedish.category_id, desk.ann)
    await desk.languages("sv", "sv", "de")
    await desk.languages("de", "fi")
    [category] = await desk.do(queries.categories)
    assert category.is_languages
    assert [skill.language for skill in (await desk.do(queries.by_category))[category.id]] == ["fi", "de", "sv"]


def test_the_list_of_languages_is_that_of_iso_639_1() -> None:
    assert len(LANGUAGES) == len(set(LANGUAGES.values())) == 183
    assert all(len(code) == 2 and code.islower() for code in LANGUAGES)


async def test_route_20_a_skill_is_not_deleted_while_somebody_has_it(desk: Desk) -> None:
    [lamps, chairs] = await desk.skills(await desk.category(), "Lamps", "Chairs")
    await desk.give((lamps.id, "main"))
    with pytest.raises(SkillInUse):
        await desk.do(actions.delete, lamps.id, desk.ann)
    [holder] = await desk.do(queries.holders, lamps.id)
    assert (holder.id, holder.name) == (desk.ann, "Ann Agent")
    await desk.do(actions.delete, chairs.id, desk.ann)
    await desk.give()
    await desk.do(actions.delete, lamps.id, desk.ann)
    assert await desk.do(queries.by_id) == {}


async def test_route_21_what_somebody_without_a_seat_can_do_is_kept_and_they_have_no_seat(desk: Desk) -> None:
    viewer = await accounts.member(desk.db, desk.account, "vi@example.com", "viewer", False)
    [swedish] = await desk.languages("sv")

    async def give(tx: Transaction) -> list[str]:
        await actions.set_for(tx, viewer, [(swedish.id, "main")])
        await spans.follow(tx, [viewer])
        return await tx.values("select what from member_spans where member_id = %s and to_at is null", (viewer,))

    assert await desk.do(give) == ["skill"]


async def test_giving_the_same_again_is_no_change(desk: Desk) -> None:
    [swedish] = await desk.languages("sv")
    assert await desk.give((swedish.id, "main"))
    assert not await desk.give((swedish.id, "main"))
    assert await desk.give((swedish.id, "secondary"))
    assert await desk.give()


async def test_a_category_with_skills_is_not_deleted(desk: Desk) -> None:
    category = await desk.category()
    await desk.skills(category, "Lamps")
    with pytest.raises(CategoryNotEmpty) as refused:
        await desk.do(actions.delete_category, category, desk.ann)
    assert refused.value.skills == 1


@pytest.mark.parametrize(
    ("names", "field"),
    [
        (["LAMPS"], "names.0"),
        (["Chairs", " ｌａｍｐｓ "], "names.1"),
        (["Chairs", "chairs"], "names.1"),
        (["Chairs", "  "], "names.1"),
        (["x" * 101], "names.0"),
        ([], "names"),
        ([str(number) for number in range(101)], "names"),
    ],
)
async def test_names_that_cannot_be_are_refused_and_nothing_is_added(desk: Desk, names: list[str], field: str) -> None:
    category = await desk.category()
    await desk.skills(category, "Lamps")
    with pytest.raises(NotAccepted) as refused:
        await desk.skills(category, *names)
    assert refused.value.field == field
    assert len(await desk.do(queries.by_id)) == 1


async def test_names_are_one_category_s_own(desk: Desk) -> None:
    products, tools = await desk.category(), await desk.category("Tools")
    [lamps] = await desk.skills(products, "Lamps")
    await desk.skills(tools, "Lamps")
    with pytest.raises(NotAccepted, match="already"):
        await desk.do(actions.change, lamps.id, category=tools, actor=desk.ann)
    with pytest.raises(NotAccepted, match="already"):
        await desk.category("TOOLS")


async def test_languages_keep_their_names_and_their_category(desk: Desk) -> None:
    products = await desk.category()
    [lamps] = await desk.skills(products, "Lamps")
    [swedish] = await desk.languages("sv")
    refusals: list[tuple[Any, ...]] = [
        (actions.add_languages, ["xx"], desk.ann),
        (actions.add, swedish.category_id, ["Klingon"], desk.ann),
        (actions.add, uuid4(), ["Klingon"], desk.ann),
    ]
    for what, *args in refusals:
        with pytest.raises(NotAccepted):
            await desk.do(what, *args)
    for skill, change in (
        (swedish, {"name": "Svenska"}),
        (swedish, {"category": products}),
        (lamps, {"category": swedish.category_id}),
    ):
        with pytest.raises(NotAccepted):
            await desk.do(actions.change, skill.id, **change, actor=desk.ann)


async def test_a_skill_that_is_gone_or_named_twice_is_not_given(desk: Desk) -> None:
    [swedish] = await desk.languages("sv")
    for wanted in ([(uuid4(), "main")], [(swedish.id, "main"), (swedish.id, "secondary")]):
        with pytest.raises(NotAccepted) as refused:
            await desk.give(*wanted)
        assert refused.value.field == "skills"
    assert await desk.had() == []


async def test_two_who_add_the_same_name_at_once_add_it_once(desk: Desk) -> None:
    category = await desk.category()
    done = await asyncio.gather(*(desk.skills(category, "Lamps") for _ in range(4)), return_exceptions=True)
    assert sum(isinstance(each, NotAccepted) for each in done) == 3
    assert len(await desk.do(queries.by_id)) == 1


async def test_what_another_account_has_is_not_there(desk: Desk, db: Database) -> None:
    [swedish] = await desk.languages("sv")
    other = Desk(db, await accounts.account(db, "b"), desk.ann)
    with pytest.raises(NotFound):
        await other.do(actions.delete, swedish.id, None)
    with pytest.raises(NotAccepted):
        await other.skills(swedish.category_id, "Lamps")
    assert await other.do(queries.by_id) == {}


async def test_skills_of_any_number_of_members_are_read_by_one_statement(desk: Desk) -> None:
    bo = await accounts.member(desk.db, desk.account, "bo@example.com")
    async with desk.db.transaction(desk.account) as tx:
        with counted(tx) as statements:
            assert await queries.of_members(tx, [desk.ann, bo]) == {desk.ann: [], bo: []}
    assert len(statements) == 1


async def test_k21_what_is_told_holds_no_names(desk: Desk) -> None:
    category = await desk.category()
    [lamps] = await desk.skills(category, "Lamps")
    await desk.do(actions.delete, lamps.id, desk.ann)
    assert await desk.told() == [
        {"category_id": str(category), "fields": ["name"]},
        {"skill_id": str(lamps.id), "fields": ["name"]},
        {"skill_id": str(lamps.id), "fields": ["deleted"]},
    ]
