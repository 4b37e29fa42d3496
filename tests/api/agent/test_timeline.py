"""/tickets/{id}/timeline and comments."""

from __future__ import annotations

import httpx2

from kanal.delivery import send
from kanal.delivery.models import Reply
from tests.make.said import said
from tests.make.site import Site

TICKET = "/api/v1/tickets/1"


async def test_a_message_shows_all_that_callers_from_outside_rely_on(site: Site, agent: httpx2.AsyncClient) -> None:
    await site.hear(said("It does not light up", cc=("olle@kund.example",)))
    body = (await agent.get(f"{TICKET}/timeline")).json()
    assert (body["version"], body["next"]) == (1, None)
    message, created = body["items"]
    assert (message["type"], message["direction"], message["text"]) == ("message", "in", "It does not light up")
    assert (message["from"]["name"], message["from"]["address"]) == ("Eva Ek", "eva@kund.example")
    assert message["cc"] == [{"name": "", "address": "olle@kund.example"}]
    assert (message["html"], message["delivery"], message["attachments"]) == (None, None, [])
    assert message["trust"] == {"spf": "none", "dkim": "none", "dmarc": "none", "verdict": "none"}
    assert (created["type"], created["name"], created["actor"]) == ("event", "ticket.created", None)


async def test_a_reply_shows_what_became_of_it(site: Site, agent: httpx2.AsyncClient) -> None:
    [fate] = await site.hear(said())
    assert fate.ticket_id is not None
    async with site.db.transaction(site.account) as tx:
        asked = Reply(ticket_id=fate.ticket_id, author_id=site.members["ann"], text="We send a new one.")
        await send.reply(tx, site.carriers, asked)
    [reply] = [item for item in (await agent.get(f"{TICKET}/timeline")).json()["items"] if item.get("delivery")]
    assert (reply["direction"], reply["text"]) == ("out", "We send a new one.")
    assert (reply["from"]["name"], reply["from"]["member_id"]) == ("Ann Agent", str(site.members["ann"]))
    assert [each["address"] for each in reply["to"]] == ["eva@kund.example"]
    assert (reply["delivery"]["state"], reply["delivery"]["can_cancel"]) == ("queued", True)


async def test_a_comment_is_harmless_and_in_the_timeline(site: Site, agent: httpx2.AsyncClient) -> None:
    await site.hear(said())
    answer = await agent.post(f"{TICKET}/comments", json={"html": "<p>Call <b>her</b><script>alert(1)</script></p>"})
    assert answer.status_code == 201, answer.text
    comment = answer.json()
    assert comment.pop("not_told") == []
    assert (comment["text"], comment["html"]) == ("Call her", "<p>Call <b>her</b></p>")
    assert comment["author"]["name"] == "Ann Agent"
    body = (await agent.get(f"{TICKET}/timeline")).json()
    assert body["items"][-1] == comment
    assert body["version"] == 2


async def test_an_empty_comment_is_refused(site: Site, agent: httpx2.AsyncClient) -> None:
    await site.hear(said())
    for body in ({}, {"text": "  "}, {"html": "<p></p>"}):
        answer = await agent.post(f"{TICKET}/comments", json=body)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "text"


async def test_a_foreign_cursor_is_named(site: Site, agent: httpx2.AsyncClient) -> None:
    await site.hear(said())
    answer = await agent.get(f"{TICKET}/timeline", params={"before": "rubbish"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "before")


async def test_it_says_when_the_caller_was_here_before(site: Site, agent: httpx2.AsyncClient) -> None:
    await site.hear(said())
    assert (await agent.get(f"{TICKET}/timeline")).json()["seen_at"] is None
    assert (await agent.post(f"{TICKET}/read")).status_code in (200, 201, 204)
    seen = (await agent.get(f"{TICKET}/timeline")).json()["seen_at"]
    assert seen is not None
    other = await site.program("bea")
    assert (await other.get(f"{TICKET}/timeline")).json()["seen_at"] is None
