"""Availability, out-of-office periods, holidays and the desk's settings through the API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx2
import pytest

from kanal.kit import clock
from kanal.kit.db import Database
from kanal.people import actions, sessions
from kanal.people import queries as members
from tests.make import people, web
from tests.make.people import field
from tests.make.site import Site


@pytest.fixture
async def ann(site: Site) -> UUID:
    return await site.member("ann")


@pytest.fixture
async def agent(site: Site, ann: UUID) -> AsyncIterator[httpx2.AsyncClient]:
    async with people.caller(site, "ann") as client:
        yield client


@pytest.fixture
async def admin(site: Site) -> AsyncIterator[httpx2.AsyncClient]:
    async with people.caller(site, "adam", "admin") as client:
        yield client


async def put(client: httpx2.AsyncClient, member: UUID, state: str) -> httpx2.Response:
    return await client.put(f"members/{member}/availability", json={"state": state})


def hours(number: float) -> str:
    """So many hours from now."""
    return (clock.now() + timedelta(hours=number)).isoformat()


async def out(client: httpx2.AsyncClient, member: UUID, from_: float, to: float) -> httpx2.Response:
    body = {"from": hours(from_), "to": hours(to), "note": "Skiing"}
    return await client.post(f"members/{member}/out-of-office", json=body)


async def fields_of(client: httpx2.AsyncClient, member: UUID, *names: str) -> tuple[Any, ...]:
    shown = (await client.get(f"members/{member}/availability")).json()["now"]
    return tuple(shown[name] for name in names)


async def test_route_29_oneself_and_the_standing_that_all_see(agent: httpx2.AsyncClient, ann: UUID) -> None:
    answer = await put(agent, ann, "away")
    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["why"], answer.json()["set_by"]) == ("away", "hand", str(ann))
    assert answer.json()["back_at"] is None
    assert (await agent.get(f"members/{ann}")).json()["availability"] == answer.json()
    assert (await agent.get("me")).json()["availability"] == answer.json()


async def test_route_29_others_take_manage_availability(
    site: Site, agent: httpx2.AsyncClient, admin: httpx2.AsyncClient, ann: UUID
) -> None:
    adam = site.members["adam"]
    assert (await put(agent, adam, "away")).status_code == 403
    assert (await out(agent, adam, 1, 2)).status_code == 403
    assert (await put(admin, ann, "away")).json()["set_by"] == str(adam)
    period = (await out(admin, adam, 1, 2)).json()["id"]
    assert (await agent.delete(f"out-of-office/{period}")).status_code == 403


async def test_a_viewer_without_a_seat_sets_their_own(site: Site) -> None:
    async with people.caller(site, "vi", "viewer") as viewer:
        assert (await put(viewer, site.members["vi"], "away")).status_code == 200
        assert (await out(viewer, site.members["vi"], 1, 2)).status_code == 201


async def test_a_token_that_only_reads_changes_nothing_of_its_own(
    site: Site, agent: httpx2.AsyncClient, ann: UUID, db: Database
) -> None:
    period = (await out(agent, ann, 1, 2)).json()["id"]
    async with db.transaction(site.account) as tx:
        await tx.run("update api_tokens set scopes = '{read}'")
    assert (await put(agent, ann, "away")).status_code == 403
    assert (await out(agent, ann, 3, 4)).status_code == 403
    assert (await agent.delete(f"out-of-office/{period}")).status_code == 403


async def test_a_browser_sets_its_own(site: Site, ann: UUID, db: Database) -> None:
    async with db.transaction(site.account) as tx:
        user = (await members.member(tx, ann)).user_id
    async with db.transaction(None) as tx:
        secret = await sessions.start(tx, user, "203.0.113.7", "Browser")
    async with web.browser(site.app) as browser:
        browser.headers |= {"cookie": f"__Host-kanal_session={secret}", "kanal-account": "a"}
        answer = await browser.put(f"/api/v1/members/{ann}/availability", json={"state": "away"})
    assert answer.status_code == 200


@pytest.mark.parametrize("state", ["busy", "", None])
async def test_only_available_and_away_can_be_set(agent: httpx2.AsyncClient, ann: UUID, state: Any) -> None:
    assert (await put(agent, ann, state)).status_code == 422


async def test_nobody_who_left_is_set(site: Site, admin: httpx2.AsyncClient, ann: UUID, db: Database) -> None:
    await site.member("cia", "super_admin")
    async with db.transaction(site.account) as tx:
        await actions.deactivate(tx, ann, actor=None)
    assert field(await put(admin, ann, "available")) == "state"
    assert await fields_of(admin, ann, "state", "why") == ("away", "deactivated")


async def test_history_tells_how_it_was(agent: httpx2.AsyncClient, ann: UUID) -> None:
    await put(agent, ann, "away")
    await put(agent, ann, "available")
    shown = (await agent.get(f"members/{ann}/availability")).json()
    assert [(span["state"], span["why"]) for span in shown["spans"]] == [
        ("available", "start"),
        ("away", "hand"),
        ("available", "hand"),
    ]
    assert [span["to"] for span in shown["spans"]] == [*(span["from"] for span in shown["spans"][1:]), None]
    assert shown["now"]["since"] == shown["spans"][-1]["from"]


async def test_history_of_a_time_before_is_empty_and_of_too_long_is_refused(
    agent: httpx2.AsyncClient, ann: UUID
) -> None:
    address = f"members/{ann}/availability"
    before = await agent.get(address, params={"from": hours(-48), "to": hours(-24)})
    assert before.json()["spans"] == []
    for from_, to in ((-24 * 101, 0), (0, -1)):
        assert field(await agent.get(address, params={"from": hours(from_), "to": hours(to)})) == "from"


# Out of office -----------------------------------------------------------------------------------------------------


async def test_route_30_a_period_that_runs_is_away_until_its_end(agent: httpx2.AsyncClient, ann: UUID) -> None:
    period = (await out(agent, ann, -1, 5)).json()
    assert await fields_of(agent, ann, "state", "why", "back_at") == ("away", "out_of_office", period["to"])
    [listed] = (await agent.get(f"members/{ann}/out-of-office")).json()["items"]
    assert listed == period
    assert (listed["note"], listed["made_by"]) == ("Skiing", str(ann))


async def test_route_30_ending_early_asks_for_then(agent: httpx2.AsyncClient, ann: UUID) -> None:
    period = (await out(agent, ann, -1, 5)).json()["id"]
    assert field(await agent.delete(f"out-of-office/{period}")) == "then"
    answer = await agent.delete(f"out-of-office/{period}?then=away")
    assert (answer.json()["state"], answer.json()["why"]) == ("away", "hand")
    assert (await agent.get(f"members/{ann}/out-of-office")).json()["items"] == []
    assert (await agent.delete(f"out-of-office/{period}?then=away")).status_code == 404


async def test_a_coming_period_is_taken_back_without_then(agent: httpx2.AsyncClient, ann: UUID) -> None:
    period = (await out(agent, ann, 1, 5)).json()["id"]
    answer = await agent.delete(f"out-of-office/{period}")
    assert (answer.status_code, answer.json()["state"]) == (200, "available")


async def test_periods_that_cannot_be_are_refused_with_the_field(agent: httpx2.AsyncClient, ann: UUID) -> None:
    await out(agent, ann, 10, 20)
    assert field(await out(agent, ann, 5, 4)) == "to"
    assert field(await out(agent, ann, -5, -4)) == "to"
    assert field(await out(agent, ann, 5, 15)) == "to"
    assert field(await out(agent, ann, 15, 25)) == "from"
    naive = {"from": "2030-01-01T09:00:00", "to": "2030-01-02T09:00:00"}
    assert (await agent.post(f"members/{ann}/out-of-office", json=naive)).status_code == 422


# Holidays ----------------------------------------------------------------------------------------------------------


async def test_holidays_of_a_country_in_the_readers_language(
    site: Site, agent: httpx2.AsyncClient, ann: UUID, db: Database
) -> None:
    english = (await agent.get("holidays?country=SE&year=2026")).json()["items"]
    assert {"date": "2026-12-25", "name": "Christmas Day"} in english
    async with db.transaction(site.account) as tx:
        await actions.change_user(tx, (await members.member(tx, ann)).user_id, None, "sv")
    swedish = (await agent.get("holidays?country=SE&year=2026")).json()["items"]
    assert {"date": "2026-12-25", "name": "Juldagen"} in swedish


async def test_countries_have_regions_that_can_be_asked_for(agent: httpx2.AsyncClient) -> None:
    countries = {each["code"]: each for each in (await agent.get("holiday-countries")).json()["items"]}
    assert (countries["SE"]["name"], countries["SE"]["subdivisions"]) == ("Sweden", [])
    assert {"code": "DE-BY", "name": "Bayern"} in countries["DE"]["subdivisions"]
    names = [day["name"] for day in (await agent.get("holidays?country=DE-BY&year=2026")).json()["items"]]
    assert "Epiphany" in names


@pytest.mark.parametrize(
    ("query", "wrong"),
    [("country=XX&year=2026", "country"), ("country=DE-XX&year=2026", "country"), ("country=SE&year=9999", "year")],
)
async def test_unknown_countries_and_years_are_refused(agent: httpx2.AsyncClient, query: str, wrong: str) -> None:
    assert field(await agent.get(f"holidays?{query}")) == wrong


# Hours -------------------------------------------------------------------------------------------------------------


async def test_route_28_new_hours_count_at_once(agent: httpx2.AsyncClient, ann: UUID) -> None:
    assert (await agent.patch(f"members/{ann}", json={"working_hours": {}})).status_code == 200
    assert await fields_of(agent, ann, "state", "why", "back_at") == ("away", "hours", None)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"working_hours": {"mon": [["17:00", "09:00"]]}}, "working_hours.mon.0"),
        ({"timezone": "Europe/Stokholm"}, "timezone"),
        ({"country": "XX"}, "country"),
    ],
)
async def test_hours_that_cannot_be_are_refused(
    agent: httpx2.AsyncClient, ann: UUID, change: dict[str, Any], wrong: str
) -> None:
    assert field(await agent.patch(f"members/{ann}", json=change)) == wrong


# The desk ----------------------------------------------------------------------------------------------------------


async def test_route_26_tickets_may_be_left_out_of_the_count_by_age(
    agent: httpx2.AsyncClient, admin: httpx2.AsyncClient
) -> None:
    assert (await agent.get("desk-settings")).json()["capacity_max_age_days"] is None
    assert (await agent.patch("desk-settings", json={"capacity_max_age_days": 30})).status_code == 403
    for days in (30, 7, None):
        answer = await admin.patch("desk-settings", json={"capacity_max_age_days": days})
        assert answer.json() == (await agent.get("desk-settings")).json()
        assert answer.json()["capacity_max_age_days"] == days
    for wrong in (0, -1, 100_000):
        assert (
            field(await admin.patch("desk-settings", json={"capacity_max_age_days": wrong})) == "capacity_max_age_days"
        )
