"""Rules of a channel, their order and their log over the API; tags of a ticket; the acknowledgement."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from kanal.kit.db import Database
from tests.make.automating import Automating, automating

TAG = {"do": "tag", "name": "New"}


@pytest.fixture
async def desk(db: Database, tmp_path: Path) -> Automating:
    return await automating(db, tmp_path)


@pytest.fixture
async def chief(desk: Automating) -> AsyncIterator[httpx2.AsyncClient]:
    async with await desk.site.program("chief", "super_admin") as client:
        client.base_url = client.base_url.join("/api/v1/")
        yield client


async def _made(chief: httpx2.AsyncClient, desk: Automating, name: str = "A rule", **given: Any) -> dict[str, Any]:
    body = {"name": name, "trigger": "created", "actions": [TAG]} | given
    answer = await chief.post(f"channels/{desk.channel}/automations", json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def _names(chief: httpx2.AsyncClient, desk: Automating) -> list[str]:
    items = (await chief.get(f"channels/{desk.channel}/automations")).json()["items"]
    return [each["name"] for each in items]


async def test_eml_24_a_rule_is_made_changed_and_taken_off(chief: httpx2.AsyncClient, desk: Automating) -> None:
    made = await _made(chief, desk)
    assert (made["active"], made["problems"], made["last_run"]) == (True, [], None)
    changed = await chief.patch(f"automations/{made['id']}", json={"active": False, "trigger": "status_changed"})
    assert (changed.json()["active"], changed.json()["trigger"]) == (False, "status_changed")
    assert (await chief.delete(f"automations/{made['id']}")).status_code == 204
    assert await _names(chief, desk) == []
    assert (await chief.patch(f"automations/{made['id']}", json={"active": True})).status_code == 404


async def test_what_was_deleted_is_taken_back_where_it_stood(chief: httpx2.AsyncClient, desk: Automating) -> None:
    first, _ = [await _made(chief, desk, name) for name in ("One", "Two")]
    await chief.delete(f"automations/{first['id']}")
    assert (await chief.post(f"automations/{first['id']}/undelete")).status_code == 200
    assert await _names(chief, desk) == ["One", "Two"]
    assert (await chief.post(f"automations/{first['id']}/undelete")).status_code == 404


async def test_rules_stand_in_the_order_that_was_asked_for(chief: httpx2.AsyncClient, desk: Automating) -> None:
    ids = [(await _made(chief, desk, name))["id"] for name in ("One", "Two", "Three")]
    body = {"ids": [ids[2], ids[0]]}
    answer = await chief.put(f"channels/{desk.channel}/automations/order", json=body)
    assert [each["name"] for each in answer.json()["items"]] == ["Three", "One", "Two"]
    await _made(chief, desk, "Four")
    assert await _names(chief, desk) == ["Three", "One", "Two", "Four"]


async def test_everything_that_is_wrong_is_told_by_its_field(chief: httpx2.AsyncClient, desk: Automating) -> None:
    condition = {"field": "ticket.nothing", "operator": "is", "value": "x"}
    does = [TAG, {"do": "status", "status": "nowhere"}]
    body = {"name": " ", "trigger": "created", "condition": condition, "actions": does}
    answer = await chief.post(f"channels/{desk.channel}/automations", json=body)
    assert answer.status_code == 422
    fields = [error["field"] for error in answer.json()["errors"]]
    assert fields == ["name", "condition.field", "actions.1.status"]


async def test_what_is_no_action_at_all_is_refused(chief: httpx2.AsyncClient, desk: Automating) -> None:
    body = {"name": "x", "trigger": "created", "actions": [{"do": "dance"}]}
    answer = await chief.post(f"channels/{desk.channel}/automations", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"].startswith("actions")


async def test_a_rule_that_became_wrong_says_so(chief: httpx2.AsyncClient, desk: Automating) -> None:
    await _made(chief, desk, actions=[{"do": "assign", "member": str(desk.ann)}])
    await desk.run("update members set deactivated_at = now() where id = %s", (desk.ann,))
    [rule] = (await chief.get(f"channels/{desk.channel}/automations")).json()["items"]
    assert [problem["field"] for problem in rule["problems"]] == ["actions.0.member"]


async def test_the_log_is_read_by_rule_ticket_and_outcome_and_in_pages(
    chief: httpx2.AsyncClient, desk: Automating
) -> None:
    first = await _made(chief, desk, "First")
    never = {"field": "message.subject", "operator": "is", "value": "never"}
    await _made(chief, desk, "Never", condition=never)
    for text in ("one", "two", "three"):
        await desk.writes(text)
    runs = f"channels/{desk.channel}/automation-runs"

    async def found(**asked: Any) -> list[tuple[str, int]]:
        items = (await chief.get(runs, params=asked)).json()["items"]
        return [(each["rule_name"], each["ticket_number"]) for each in items]

    assert await found(rule=first["id"]) == [("First", 3), ("First", 2), ("First", 1)]
    assert await found(ticket=2, outcome="not_met") == [("Never", 2)]
    page = (await chief.get(runs, params={"limit": 4})).json()
    rest = (await chief.get(runs, params={"limit": 4, "after": page["next"]})).json()
    assert (len(page["items"]), len(rest["items"]), rest["next"]) == (4, 2, None)
    assert (await chief.get(f"channels/{desk.channel}/automations")).json()["items"][0]["last_run"]["outcome"] == "done"


async def test_a_tag_is_put_on_and_taken_off_a_ticket(chief: httpx2.AsyncClient, desk: Automating) -> None:
    await desk.writes()
    for name in ("VIP", " vip ", "Lamps"):
        answer = await chief.post("tickets/1/tags", json={"name": name})
    assert answer.json()["tags"] == ["Lamps", "VIP"]
    assert (await chief.get("tickets")).json()["items"][0]["tags"] == ["Lamps", "VIP"]
    assert (await chief.delete("tickets/1/tags/vip")).json()["tags"] == ["Lamps"]
    items = (await chief.get("tags", params={"q": "L"})).json()["items"]
    assert [(each["name"], each["tickets"]) for each in items] == [("Lamps", 1)]
    events = await desk.rows("select name from events where name like '%tag%' order by seq")
    assert [event["name"] for event in events] == [
        "tag.created", "ticket.tagged", "tag.created", "ticket.tagged", "ticket.untagged",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["", "a, b", "x" * 51, "line\u0007"])
async def test_what_is_no_tag_is_refused_with_the_mend(chief: httpx2.AsyncClient, desk: Automating, name: str) -> None:
    await desk.writes()
    answer = await chief.post("tickets/1/tags", json={"name": name})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "name")


async def test_eml_24_the_acknowledgement_is_off_until_somebody_writes_it(
    chief: httpx2.AsyncClient, desk: Automating
) -> None:
    channel = f"channels/{desk.channel}"
    assert (await chief.get(channel)).json()["acknowledgement"]["on"] is False
    wanted = {"on": True, "language": "sv", "expected_hours": 4}
    kept = (await chief.patch(channel, json={"acknowledgement": wanted})).json()["acknowledgement"]
    assert kept == {"on": True, "language": "sv", "subject": "", "text": "", "expected_hours": 4}
    refused = await chief.patch(channel, json={"acknowledgement": {"on": True, "text": "{{agent}}"}})
    assert [error["field"] for error in refused.json()["errors"]] == ["acknowledgement.text"]
    shown = (await chief.post("acknowledgements/preview", json={"acknowledgement": wanted})).json()
    assert "inom 4 timmar" in shown["text"]
