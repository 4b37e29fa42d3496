"""Skills through the API: making them, and what keeps one from being deleted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from kanal.kit.db import document
from tests.make import people
from tests.make.people import field, kind
from tests.make.site import Site


@pytest.fixture
async def admin(site: Site) -> AsyncIterator[httpx2.AsyncClient]:
    async with people.caller(site, "adam", "admin") as client:
        yield client


async def category(admin: httpx2.AsyncClient, name: str = "Products") -> str:
    return str((await admin.post("skill-categories", json={"name": name})).json()["id"])


async def skills(admin: httpx2.AsyncClient, **body: Any) -> list[dict[str, Any]]:
    answer = await admin.post("skills", json=body)
    assert answer.status_code == 201, answer.text
    return list(answer.json()["items"])


async def listed(admin: httpx2.AsyncClient) -> list[tuple[str, bool, list[str]]]:
    items = (await admin.get("skill-categories")).json()["items"]
    return [(item["name"], item["is_languages"], [skill["name"] for skill in item["skills"]]) for item in items]


async def require(site: Site, skill: str, *rules: str) -> None:
    """The channel has rules, of which those named so require the skill."""
    made = [{"id": "1", "name": "", "require_skills": []}]
    made += [{"id": name, "name": name, "require_skills": [skill]} for name in rules]
    async with site.db.transaction(site.account) as tx:
        await tx.run("update channels set routing = %s", (document({"rules": made}),))


async def test_route_19_languages_and_own_skills_several_at_once(admin: httpx2.AsyncClient) -> None:
    assert await listed(admin) == []
    products = await category(admin)
    await skills(admin, category_id=products, names=["Lamps", "Billing"])
    await skills(admin, languages=["sv", "fi"])
    assert await listed(admin) == [
        ("Products", False, ["Billing", "Lamps"]),
        ("Languages", True, ["Finnish", "Swedish"]),
    ]
    languages = {each["code"]: each["name"] for each in (await admin.get("languages")).json()["items"]}
    assert languages["sv"] == "Swedish"


async def test_route_19_skills_and_categories_are_renamed_and_moved(admin: httpx2.AsyncClient) -> None:
    products, tools = await category(admin), await category(admin, "Tools")
    [lamps] = await skills(admin, category_id=products, names=["Lamps"])
    changed = await admin.patch(f"skills/{lamps['id']}", json={"name": "Lights", "category_id": tools})
    assert (changed.json()["name"], changed.json()["category_id"]) == ("Lights", tools)
    assert (await admin.patch(f"skill-categories/{tools}", json={"name": "Craft"})).json()["name"] == "Craft"
    assert (await admin.delete(f"skill-categories/{products}")).status_code == 204
    assert await listed(admin) == [("Craft", False, ["Lights"])]


async def test_a_category_with_skills_is_kept(admin: httpx2.AsyncClient) -> None:
    products = await category(admin)
    await skills(admin, category_id=products, names=["Lamps"])
    refused = await admin.delete(f"skill-categories/{products}")
    assert (refused.status_code, kind(refused), refused.json()["skills"]) == (409, "category-not-empty", 1)


async def test_route_20_a_skill_that_rules_require_is_kept_and_names_them(
    site: Site, admin: httpx2.AsyncClient
) -> None:
    [swedish] = await skills(admin, languages=["sv"])
    await require(site, swedish["id"], "Swedes", "VIPs")
    refused = await admin.delete(f"skills/{swedish['id']}")
    assert (refused.status_code, kind(refused)) == (409, "skill-in-use")
    assert [(use["channel_id"], use["rule"]) for use in refused.json()["rules"]] == [
        (str(site.channel), {"number": 2, "name": "Swedes"}),
        (str(site.channel), {"number": 3, "name": "VIPs"}),
    ]
    uses = (await admin.get(f"skills/{swedish['id']}/uses")).json()
    assert (uses["rules"], uses["members"], uses["hidden_rules"]) == (refused.json()["rules"], [], 0)
    [shown] = (await admin.get("skill-categories")).json()["items"][0]["skills"]
    assert (shown["rules"], shown["members"]) == (2, 0)
    await require(site, swedish["id"])
    assert (await admin.delete(f"skills/{swedish['id']}")).status_code == 204


async def test_route_20_a_skill_that_somebody_has_is_kept_and_names_them(site: Site, admin: httpx2.AsyncClient) -> None:
    [swedish] = await skills(admin, languages=["sv"])
    ann = await site.member("ann")
    async with people.caller(site, "cia", "super_admin") as chief:
        given = await chief.patch(f"members/{ann}", json={"skills": [{"id": swedish["id"], "level": "secondary"}]})
    assert [(skill["name"], skill["level"]) for skill in given.json()["skills"]] == [("Swedish", "secondary")]
    refused = await admin.delete(f"skills/{swedish['id']}")
    assert refused.json()["members"] == [{"id": str(ann), "name": "Ann Agent", "active": True}]
    assert (await admin.get(f"skills/{swedish['id']}/uses")).json()["members"] == refused.json()["members"]


async def test_k17_rules_of_channels_that_one_does_not_see_are_counted_only(
    site: Site, admin: httpx2.AsyncClient
) -> None:
    [swedish] = await skills(admin, languages=["sv"])
    await require(site, swedish["id"], "Secret")
    async with site.db.transaction(site.account) as tx:
        await tx.run("update channels set open_to = 'teams'")
    async with people.caller(site, "ann") as agent:
        uses = await agent.get(f"skills/{swedish['id']}/uses")
    assert (uses.json()["rules"], uses.json()["hidden_rules"]) == ([], 1)
    assert "Secret" not in uses.text


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, "names"),
        ({"names": ["a"], "languages": ["sv"]}, "names"),
        ({"names": ["a"]}, "category_id"),
        ({"names": ["a"], "category_id": "00000000-0000-7000-8000-000000000001"}, "category_id"),
        ({"languages": ["sv", "xx"]}, "languages.1"),
    ],
)
async def test_what_cannot_be_added_is_refused(admin: httpx2.AsyncClient, body: dict[str, Any], wrong: str) -> None:
    assert field(await admin.post("skills", json=body)) == wrong


async def test_names_that_are_there_already_are_refused(admin: httpx2.AsyncClient) -> None:
    products = await category(admin)
    await skills(admin, category_id=products, names=["Lamps"])
    assert field(await admin.post("skills", json={"category_id": products, "names": ["Chairs", "LAMPS"]})) == "names.1"
    assert field(await admin.post("skill-categories", json={"name": "products"})) == "name"
