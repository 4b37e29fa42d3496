"""A macro on a ticket: what it would say and do, and doing it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx2
import pytest

from kanal.kit import clock
from kanal.properties import actions as properties
from kanal.properties.models import NewProperty
from tests.macros.conftest import Place

DOES_MUCH: list[dict[str, Any]] = [
    {"do": "assign", "member": "me"},
    {"do": "priority", "priority": "high"},
    {"do": "tags", "add": ["Refund"]},
    {"do": "snooze", "minutes": 60},
    {"do": "follow"},
]


async def _make(by: httpx2.AsyncClient, html: str = "", actions: list[dict[str, Any]] | None = None) -> str:
    made = await by.post("/api/v1/macros", json={"name": "Refund", "body_html": html, "actions": actions or []})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def _preview(by: httpx2.AsyncClient, place: Place, macro: str) -> dict[str, Any]:
    answer = await by.post(f"/api/v1/macros/{macro}/preview", json={"ticket": str(place.ticket)})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def _use(by: httpx2.AsyncClient, place: Place, macro: str, **more: Any) -> httpx2.Response:
    return await by.post(f"/api/v1/tickets/{place.ticket}/macro", json={"macro": macro, **more})


async def test_the_text_is_filled_in_with_what_is_known_of_the_ticket(place: Place) -> None:
    ann = await place.program()
    macro = await _make(
        ann,
        "<p>Dear {{contact.first_name}}, #{{ticket.number}} {{ticket.subject}} is {{ticket.status}} on "
        "{{channel.name}} ({{contact.email}})</p><p>{{agent.name}}</p>",
    )
    shown = await _preview(ann, place, macro)
    assert shown["html"] == ("<p>Dear Eva, #1 Lamp &lt;1&gt; is New on Support (eva@kund.example)</p><p>Ann Agent</p>")
    assert shown["text"] == "Dear Eva, #1 Lamp <1> is New on Support (eva@kund.example)\n\nAnn Agent"
    assert shown["gaps"] == []


async def test_gaps_are_told_and_left_out(place: Place) -> None:
    ann = await place.program()
    shown = await _preview(ann, place, await _make(ann, "<p>Ask {{assignee.name}}. {{no.thing}}</p>"))
    assert shown["gaps"] == [{"token": "assignee.name", "why": "empty"}, {"token": "no.thing", "why": "unknown"}]
    assert shown["html"] == "<p>Ask.</p>"


async def test_what_a_property_holds_is_words_and_no_link_can_be_made_of_it(place: Place) -> None:
    ann = await place.program()
    async with place.site.db.transaction(place.site.account) as tx:
        await properties.create(tx, NewProperty(object="ticket", label="Order", type="text"), None)
        await tx.run("""update tickets set custom = '{"order": "javascript:alert(1)"}'""")
    shown = await _preview(ann, place, await _make(ann, '<p><a href="{{ticket.order}}">{{ticket.order}}</a></p>'))
    assert "href" not in shown["html"]
    assert "javascript:alert(1)</a>" in shown["html"]


async def test_steps_are_in_names_and_say_what_stands_in_the_way(place: Place) -> None:
    ann = await place.program()
    await place.rows("update pipelines set no_skipping = true returning id")
    macro = await _make(ann, actions=[*DOES_MUCH, {"do": "status", "status": "closed"}])
    steps = (await _preview(ann, place, macro))["steps"]
    assert [step["do"] for step in steps] == ["assign", "priority", "tags", "snooze", "follow", "status"]
    assert (steps[0]["me"], steps[0]["member"], steps[2]["add"], steps[3]["minutes"]) == (
        *(True, "Ann Agent", ["Refund"]),
        60,
    )
    assert "skip no status" in steps[5]["problem"]
    assert not any(step["problem"] for step in steps[:5])
    before = await place.stands()
    assert (before["priority"], before["tags"]) == ("normal", [])


async def test_all_that_it_does_is_done(place: Place) -> None:
    ann = await place.program()
    done = await _use(ann, place, await _make(ann, actions=DOES_MUCH))
    assert done.status_code == 200, done.text
    stands, me = await place.stands(), place.site.members["ann"]
    assert (stands["assignee_id"], stands["priority"], stands["tags"]) == (me, "high", ["Refund"])
    assert (stands["rests"], stands["followers"]) == (True, [me])
    [told] = await place.rows("select data from events where name = 'ticket.assigned'")
    assert told["data"]["cause"] == "hand"


async def test_what_is_left_out_is_not_done(place: Place) -> None:
    ann = await place.program()
    await _use(ann, place, await _make(ann, actions=DOES_MUCH), leave_out=[1, 3])
    stands = await place.stands()
    assert (stands["priority"], stands["rests"], stands["tags"]) == ("normal", False, ["Refund"])


@pytest.mark.parametrize(
    "impossible",
    [
        {"do": "status", "status": "closed"},
        {"do": "set", "property": "order", "value": "x" * 1_001},
    ],
)
async def test_what_cannot_be_done_leaves_the_ticket_as_it_was(place: Place, impossible: dict[str, Any]) -> None:
    ann = await place.program()
    async with place.site.db.transaction(place.site.account) as tx:
        await properties.create(tx, NewProperty(object="ticket", label="Order", type="text"), None)
    usable = impossible | ({"value": "x"} if "value" in impossible else {})
    macro = await _make(ann, actions=[*DOES_MUCH, usable])
    await place.rows("update pipelines set no_skipping = true returning id")
    await place.rows("""update properties set archived_at = created_at returning id""")
    refused = await _use(ann, place, macro)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "macro")
    stands = await place.stands()
    assert (stands["priority"], stands["tags"], stands["rests"], stands["followers"]) == ("normal", [], False, [])


async def test_closing_and_snoozing_at_once_is_refused(place: Place) -> None:
    ann = await place.program()
    macro = await _make(ann, actions=[{"do": "status", "status": "closed"}, {"do": "snooze", "minutes": 5}])
    refused = await _use(ann, place, macro)
    assert refused.json()["errors"] == [{"field": "macro", "message": "only what is open can be snoozed"}]


async def test_others_macros_cannot_be_used(place: Place) -> None:
    ann, bo = await place.program(), await place.program("bo")
    macro = await _make(ann, actions=DOES_MUCH)
    assert (await _use(bo, place, macro)).status_code == 404


async def test_tokens_that_can_be_used_are_listed_with_those_of_properties(place: Place) -> None:
    ann = await place.program()
    async with place.site.db.transaction(place.site.account) as tx:
        await properties.create(tx, NewProperty(object="contact", label="Plan", type="text"), None)
    items = (await ann.get("/api/v1/macros/tokens")).json()["items"]
    assert {"token": "contact.plan", "label": "Plan", "custom": True} in items
    shown = await _preview(ann, place, await _make(ann, " ".join(f"{{{{{each['token']}|-}}}}" for each in items)))
    assert shown["gaps"] == []


async def test_with_an_answer_it_is_done_and_both_are_taken_back(place: Place) -> None:
    ann = await place.program()
    close = await _make(ann, actions=[{"do": "status", "status": "closed"}, {"do": "tags", "add": ["Refund"]}])
    answer = {"text": "Here you are", "macros": [{"macro": close, "leave_out": [1]}]}
    later = (clock.now() + timedelta(days=1)).isoformat()
    sent = await ann.post(f"/api/v1/tickets/{place.ticket}/replies", json=answer | {"send_at": later})
    assert sent.status_code == 202, sent.text
    assert ((await place.stands())["status"], (await place.stands())["tags"]) == ("closed", [])
    await ann.delete(f"/api/v1/messages/{sent.json()['id']}")
    stands = await place.stands()
    assert (stands["status"], stands["assignee_id"]) == ("new", None)


async def test_an_answer_whose_macro_is_refused_is_not_sent(place: Place) -> None:
    ann = await place.program()
    close = await _make(ann, actions=[{"do": "status", "status": "closed"}])
    await place.rows("update pipelines set no_backwards = true, no_skipping = true returning id")
    answer = {"text": "Here you are", "macros": [{"macro": close}]}
    refused = await ann.post(f"/api/v1/tickets/{place.ticket}/replies", json=answer)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "macros.0")
    assert not await place.rows("select from messages where direction = 'out'")
