"""Making, sharing, changing, deleting: who may, who sees what, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx2
import pytest

from kanal.kit import clock
from kanal.macros import jobs
from tests.macros.conftest import Place


async def _make(by: httpx2.AsyncClient, name: str = "Refund", **more: Any) -> dict[str, Any]:
    made = await by.post("/api/v1/macros", json={"name": name, "body_html": "<p>Hello</p>", **more})
    assert made.status_code == 201, made.text
    return dict(made.json())


async def _names(of: httpx2.AsyncClient) -> list[str]:
    return [each["name"] for each in (await of.get("/api/v1/macros")).json()["items"]]


async def test_ones_own_are_seen_by_nobody_else(place: Place) -> None:
    ann, chief = await place.program(), await place.program("chief", "super_admin")
    made = await _make(ann)
    assert (await _names(ann), await _names(chief)) == (["Refund"], [])
    assert (await chief.get(f"/api/v1/macros/{made['id']}")).status_code == 404
    assert (await chief.patch(f"/api/v1/macros/{made['id']}", json={"name": "x"})).status_code == 404


async def test_sharing_takes_the_permission_to_manage_the_desk(place: Place) -> None:
    ann, admin = await place.program(), await place.program("adam", "admin")
    refused = await ann.post("/api/v1/macros", json={"name": "x", "body_html": "x", "shared_with": "everyone"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "shared_with")
    shared = await _make(admin, shared_with="everyone")
    assert await _names(ann) == ["Refund"]
    assert not (await ann.get(f"/api/v1/macros/{shared['id']}")).json()["may_edit"]
    for answer in (
        await ann.patch(f"/api/v1/macros/{shared['id']}", json={"name": "x"}),
        await ann.delete(f"/api/v1/macros/{shared['id']}"),
    ):
        assert answer.status_code == 403


async def test_what_is_shared_with_a_team_is_for_its_members(place: Place) -> None:
    ann, bo = await place.program(), await place.program("bo")
    admin = await place.program("adam", "admin")
    team = await place.team("Lamps", "bo")
    await _make(admin, shared_with="teams", teams=[str(team)])
    assert (await _names(ann), await _names(bo), await _names(admin)) == ([], ["Refund"], ["Refund"])


async def test_who_leads_shares_with_their_own_teams_only(place: Place) -> None:
    bo = await place.program("bo")
    await place.site.member("ann")
    own, other = await place.team("Lamps", "bo"), await place.team("Chairs", "ann")
    async with place.site.db.transaction(place.site.account) as tx:
        await tx.run("update roles set permissions = permissions || '{lead}' where key = 'agent'")
    bo = await place.program("bo")
    await _make(bo, shared_with="teams", teams=[str(own)])
    wanted = {"name": "x", "body_html": "x", "shared_with": "teams", "teams": [str(other)]}
    refused = await bo.post("/api/v1/macros", json=wanted)
    assert refused.json()["errors"] == [
        {"field": "shared_with", "message": "you may share with your own teams only"},
    ]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": " "}, "name"),
        ({"shortcut": "two words"}, "shortcut"),
        ({"body_html": ""}, "body_html"),
        ({"body_html": "x" * 100_001}, "body_html"),
        ({"shared_with": "teams"}, "teams"),
        ({"actions": [{"do": "status", "status": "nothing"}]}, "actions.0.status"),
        ({"actions": [{"do": "assign"}]}, "actions.0.member"),
        ({"actions": [{"do": "follow"}, {"do": "assign", "member": "nobody"}]}, "actions.1.member"),
        ({"actions": [{"do": "tags"}]}, "actions.0.add"),
        ({"actions": [{"do": "tags", "add": ["a,b"]}]}, "actions.0.add"),
        ({"actions": [{"do": "snooze", "minutes": 0}]}, "actions.0.minutes"),
        ({"actions": [{"do": "set", "property": "nothing", "value": 1}]}, "actions.0.property"),
    ],
)
async def test_what_is_wrong_is_named_with_its_field(place: Place, given: dict[str, Any], field: str) -> None:
    ann = await place.program()
    refused = await ann.post("/api/v1/macros", json={"name": "x", "body_html": "<p>x</p>", **given})
    assert (refused.status_code, [error["field"] for error in refused.json()["errors"]]) == (422, [field])


async def test_the_text_is_made_harmless_and_kept_in_plain_text_too(place: Place) -> None:
    made = await _make(await place.program(), body_html="<p>One <b>two</b></p><script>x</script><p>Three</p>")
    assert (made["body_html"], made["body_text"]) == ("<p>One <b>two</b></p><p>Three</p>", "One two\n\nThree")


async def test_what_became_wrong_is_shown_and_can_still_be_renamed(place: Place) -> None:
    ann, bo = await place.program(), await place.site.member("bo")
    made = await _make(ann, body_html="{{ticket.order}}", actions=[{"do": "assign", "member": str(bo)}])
    await place.rows("update members set deactivated_at = created_at where id = %s returning id", (bo,))
    [shown] = (await ann.get("/api/v1/macros")).json()["items"]
    assert [problem["field"] for problem in shown["problems"]] == ["actions.0.member", "body"]
    renamed = await ann.patch(f"/api/v1/macros/{made['id']}", json={"name": "New"})
    assert (renamed.status_code, renamed.json()["name"]) == (200, "New")


async def test_deleted_it_can_be_restored_until_it_is_forgotten(place: Place) -> None:
    ann = await place.program()
    made = await _make(ann)
    assert (await ann.delete(f"/api/v1/macros/{made['id']}")).status_code == 204
    assert await _names(ann) == []
    assert (await ann.post(f"/api/v1/macros/{made['id']}/restore")).json()["name"] == "Refund"
    await ann.delete(f"/api/v1/macros/{made['id']}")
    await place.rows("update macros set deleted_at = %s returning id", (clock.now() - timedelta(days=31),))
    await jobs.forget_deleted(place.site.db)
    assert (await ann.post(f"/api/v1/macros/{made['id']}/restore")).status_code == 404


async def test_what_is_used_most_comes_first(place: Place) -> None:
    ann = await place.program()
    await _make(ann, "A")
    second = await _make(ann, "B")
    assert await _names(ann) == ["A", "B"]
    assert (await ann.post(f"/api/v1/macros/{second['id']}/used")).status_code == 204
    assert await _names(ann) == ["B", "A"]


async def test_the_live_event_names_no_words(place: Place) -> None:
    made = await _make(await place.program())
    [told] = await place.rows("select data from events where name = 'macro.changed'")
    assert told["data"] == {"macro_id": made["id"], "what": "created"}
