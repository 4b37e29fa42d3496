"""Tickets snoozed, followed, linked, deleted, merged and split through the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx2

from kanal.kit import clock
from tests.make.said import said
from tests.make.site import Site


async def two(site: Site) -> tuple[str, str]:
    """Tickets 1 and 2, of two customers."""
    fates = await site.hear(said("The lamp", subject="Lamp"), said("The cable", "bo@kund.example", subject="Cable"))
    first, second = (str(fate.ticket_id) for fate in fates)
    return first, second


async def ok(answer: httpx2.Response, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


async def fault(answer: httpx2.Response) -> tuple[int, str, list[str]]:
    body = answer.json()
    return answer.status_code, body["type"].split("/")[-1], [each["field"] for each in body.get("errors", [])]


async def test_ws_8_a_merged_ticket_says_where_it_went_and_takes_no_more(site: Site, agent: httpx2.AsyncClient) -> None:
    first, second = await two(site)
    made = await ok(await agent.post(f"/api/v1/tickets/{second}/merge", json={"into": "#1"}))
    assert (made["ticket"]["merged_into"], made["into"]["id"]) == ({"id": first, "number": 1}, first)
    shown = await ok(await agent.get("/api/v1/tickets/2"))
    assert (shown["merged_into"]["number"], shown["reply"]["possible"]) == (1, False)
    refused = await agent.post("/api/v1/tickets/2/comments", json={"text": "x"})
    assert (refused.status_code, refused.json()["into"]) == (409, {"id": first, "number": 1})
    whole = await ok(await agent.get(f"/api/v1/tickets/{first}"))
    assert [(each["id"], each["ticket"]["number"]) for each in whole["merged"]] == [(made["id"], 2)]
    assert len(whole["conversations"]) == 2


async def test_k12_delete_merges_brings_it_back(site: Site, agent: httpx2.AsyncClient) -> None:
    _, second = await two(site)
    made = await ok(await agent.post(f"/api/v1/tickets/{second}/merge", json={"into": 1}))
    for _ in range(2):
        back = await ok(await agent.delete(f"/api/v1/merges/{made['id']}"))
        assert (back["number"], back["merged_into"]) == (2, None)
    assert len((await ok(await agent.get("/api/v1/tickets/2/timeline")))["items"]) >= 1


async def test_a_merge_of_a_ticket_with_itself_names_the_field(site: Site, agent: httpx2.AsyncClient) -> None:
    await two(site)
    for into in (1, "1", "#1"):
        assert await fault(await agent.post("/api/v1/tickets/1/merge", json={"into": into})) == (
            422,
            "invalid",
            ["into"],
        )
    assert await fault(await agent.post("/api/v1/tickets/1/merge", json={"into": 99})) == (422, "invalid", ["into"])


async def test_the_page_of_a_merge_of_merges_leads_to_the_last(site: Site, agent: httpx2.AsyncClient) -> None:
    await two(site)
    await site.hear(said("Three", "cy@kund.example"))
    await ok(await agent.post("/api/v1/tickets/1/merge", json={"into": 2}))
    await ok(await agent.post("/api/v1/tickets/2/merge", json={"into": 3}))
    assert (await ok(await agent.get("/api/v1/tickets/1")))["merged_into"]["number"] == 3


async def test_ws_9_split_answers_with_the_new_ticket(site: Site, agent: httpx2.AsyncClient) -> None:
    first, second = await two(site)
    await ok(await agent.post(f"/api/v1/tickets/{second}/merge", json={"into": first}))
    items = (await ok(await agent.get(f"/api/v1/tickets/{first}/timeline")))["items"]
    cable = next(item["id"] for item in items if item["type"] == "message" and item["text"] == "The cable")
    made = await ok(await agent.post(f"/api/v1/tickets/{first}/split", json={"messages": [cable]}), 201)
    assert (made["number"], made["contact"]["email"]) == (3, "bo@kund.example")
    linked = (await ok(await agent.get("/api/v1/tickets/3")))["linked"]
    assert [(each["number"], each["why"]) for each in linked] == [(1, "split")]


async def test_ws_10_a_snoozed_ticket_is_in_snoozed_alone(site: Site, agent: httpx2.AsyncClient) -> None:
    first, _ = await two(site)
    until = (clock.now() + timedelta(hours=3)).isoformat()
    assert (await ok(await agent.post(f"/api/v1/tickets/{first}/snooze", json={"until": until})))["snoozed_until"]
    numbers = {
        view: [each["number"] for each in (await ok(await agent.get(f"/api/v1/tickets?view={view}")))["items"]]
        for view in ("open", "unassigned", "snoozed")
    }
    assert numbers == {"open": [2], "unassigned": [2], "snoozed": [1]}
    assert (await ok(await agent.delete(f"/api/v1/tickets/{first}/snooze")))["snoozed_until"] is None


async def test_a_time_without_its_offset_and_one_that_is_over_are_refused(
    site: Site, agent: httpx2.AsyncClient
) -> None:
    await two(site)
    for until in ("2100-01-01T08:00:00", "2020-01-01T08:00:00Z"):
        answer = await agent.post("/api/v1/tickets/1/snooze", json={"until": until})
        assert await fault(answer) == (422, "invalid", ["until"])


async def test_ws_7_whoever_follows_is_named_and_finds_it(site: Site, agent: httpx2.AsyncClient) -> None:
    await two(site)
    assert (await ok(await agent.post("/api/v1/tickets/1/follow")))["following"] is True
    assert [each["name"] for each in (await ok(await agent.get("/api/v1/tickets/1")))["followers"]] == ["Ann Agent"]
    found = (await ok(await agent.get("/api/v1/tickets?view=following")))["items"]
    assert [each["number"] for each in found] == [1]
    assert (await ok(await agent.delete("/api/v1/tickets/1/follow")))["following"] is False


async def test_linked_tickets_name_each_other(site: Site, agent: httpx2.AsyncClient) -> None:
    await two(site)
    await ok(await agent.post("/api/v1/tickets/1/links", json={"other": 2}))
    await ok(await agent.post("/api/v1/tickets/2/links", json={"other": 1}))
    for one, other in ((1, 2), (2, 1)):
        linked = (await ok(await agent.get(f"/api/v1/tickets/{one}")))["linked"]
        assert [(each["number"], each["why"]) for each in linked] == [(other, "by_hand")]
    await ok(await agent.delete("/api/v1/tickets/2/links/1"))
    assert (await ok(await agent.get("/api/v1/tickets/1")))["linked"] == []
    assert await fault(await agent.post("/api/v1/tickets/1/links", json={"other": 1})) == (422, "invalid", ["other"])


async def test_a_deleted_ticket_can_be_read_and_restored_and_nothing_else(
    site: Site, agent: httpx2.AsyncClient
) -> None:
    await two(site)
    assert (await ok(await agent.delete("/api/v1/tickets/1")))["deleted_at"] is not None
    shown = await ok(await agent.get("/api/v1/tickets/1"))
    assert (shown["restore_until"] is not None, shown["reply"]["possible"]) == (True, False)
    assert (await fault(await agent.patch("/api/v1/tickets/1", json={"priority": "high"})))[:2] == (
        409,
        "ticket-deleted",
    )
    assert [each["number"] for each in (await ok(await agent.get("/api/v1/tickets?view=deleted")))["items"]] == [1]
    assert (await ok(await agent.post("/api/v1/tickets/1/restore")))["deleted_at"] is None
    assert (await agent.patch("/api/v1/tickets/1", json={"priority": "high"})).status_code == 200


async def test_subject_description_and_contact_are_changed(site: Site, agent: httpx2.AsyncClient) -> None:
    await two(site)
    change = {"subject": "Oak lamp", "description": "Two of them", "contact": {"email": "new@kund.example"}}
    changed = await ok(await agent.patch("/api/v1/tickets/1", json=change))
    assert (changed["subject"], changed["contact"]["email"]) == ("Oak lamp", "new@kund.example")
    assert (await ok(await agent.patch("/api/v1/tickets/1", json={"contact": None})))["contact"] is None
    assert await fault(await agent.patch("/api/v1/tickets/1", json={"subject": " "})) == (422, "invalid", ["subject"])
    items = (await ok(await agent.get("/api/v1/tickets/1/timeline")))["items"]
    fields = [item["data"]["fields"] for item in items if item["type"] == "event" and item["name"] == "ticket.changed"]
    assert fields == [["subject", "description", "contact"], ["contact"]]


async def test_ws_5_a_ticket_by_hand_needs_neither_contact_nor_conversation(
    site: Site, agent: httpx2.AsyncClient
) -> None:
    made = await ok(await agent.post("/api/v1/tickets", json={"subject": "Order chairs", "priority": "low"}), 201)
    shown = await ok(await agent.get(f"/api/v1/tickets/{made['number']}"))
    assert (shown["contact"], shown["conversations"], shown["source"]) == (None, [], "api")
    answer = await agent.post("/api/v1/tickets", json={"subject": "x", "team": made["id"]})
    assert await fault(answer) == (422, "invalid", ["team"])


async def test_contacts_are_found_by_the_beginning_of_an_address(site: Site, agent: httpx2.AsyncClient) -> None:
    await two(site)
    found = await ok(await agent.get("/api/v1/contacts?q=BO@"))
    assert [each["email"] for each in found["items"]] == ["bo@kund.example"]
    assert (await ok(await agent.get("/api/v1/contacts?q=%25")))["items"] == []


async def test_the_time_in_each_status_adds_up(site: Site, agent: httpx2.AsyncClient) -> None:
    await two(site)
    async with site.db.transaction(site.account) as tx:
        await tx.run("update tickets set created_at = %s", (clock.now() - timedelta(hours=2),))
    await ok(await agent.patch("/api/v1/tickets/1", json={"status": "waiting_on_us"}))
    times = await ok(await agent.get("/api/v1/tickets/1/times"))
    assert [(each["status"]["key"], each["now"]) for each in times["items"]] == [
        ("new", False),
        ("waiting_on_us", True),
    ]
    assert 7_200 <= times["items"][0]["seconds"] < 7_260


async def test_a_slip_is_taken_back_where_the_pipeline_knows_no_way_back(site: Site, agent: httpx2.AsyncClient) -> None:
    await two(site)
    async with site.db.transaction(site.account) as tx:
        await tx.run("update pipelines set no_backwards = true")
    await ok(await agent.patch("/api/v1/tickets/1", json={"status": "waiting_on_us"}))
    await ok(await agent.patch("/api/v1/tickets/1", json={"status": "new"}))
    await ok(await agent.patch("/api/v1/tickets/1", json={"status": "waiting_on_us"}))
    async with await site.program("bo") as other:
        answer = await other.patch("/api/v1/tickets/1", json={"status": "new"})
    assert await fault(answer) == (422, "invalid", ["status"])
