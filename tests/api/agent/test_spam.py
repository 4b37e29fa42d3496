"""Spam through the API: the list, reading one, saying that it is or is not, and the lists of senders."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import httpx2
import pytest

from kanal.intake.spam.jobs import forget_spam
from kanal.kit import clock
from tests.make.said import said
from tests.make.site import Site


class Client:
    """Calls as one member, and says what came back."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self.client = client

    async def get(self, path: str, **params: Any) -> Any:
        answer = await self.client.get(f"/api/v1/{path}", params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def spam(self, **params: Any) -> list[dict[str, Any]]:
        return list((await self.get("spam", **params))["items"])

    async def say(self, conversation: str, **body: Any) -> httpx2.Response:
        return await self.client.post(f"/api/v1/conversations/{conversation}/spam", json=body)

    async def conversation_of(self, ticket: object) -> str:
        return str((await self.get(f"tickets/{ticket}"))["conversations"][0]["id"])


@pytest.fixture
async def ann(agent: httpx2.AsyncClient) -> Client:
    return Client(agent)


@pytest.fixture
async def admin(site: Site) -> AsyncIterator[Client]:
    async with await site.program("chief", "super_admin") as client:
        yield Client(client)


async def test_the_list_says_why_by_whom_and_until_when_it_is_kept(site: Site, ann: Client) -> None:
    [fate] = await site.hear(said("Buy now", "ads@shop.example", name="Shop"))
    await ann.say(await ann.conversation_of(fate.ticket_id), spam=True)
    await site.hear(said("News", "news@shop.example", bulk="newsletter", subject="News of May"))
    by_filter, by_hand = await ann.spam()
    assert (by_filter["why"]["code"], by_filter["by"], by_filter["ticket"]) == ("marketing", None, None)
    assert (by_filter["subject"], by_filter["snippet"]) == ("News of May", "News")
    assert by_filter["from"] == {"name": "Eva Ek", "address": "news@shop.example"}
    assert (by_hand["why"]["code"], by_hand["by"]["name"]) == ("hand", "Ann Agent")
    assert by_hand["ticket"]["number"] == 1
    kept = datetime.fromisoformat(by_hand["forget_at"]) - datetime.fromisoformat(by_hand["at"])
    assert kept == timedelta(days=90)


async def test_the_list_is_searched_and_paged(site: Site, ann: Client) -> None:
    for name in ("one", "two", "three"):
        await site.hear(
            said("News", f"{name}@shop.example", name=name.title(), bulk="newsletter", subject=f"No {name}")
        )
    page = await ann.get("spam", limit=2)
    rest = await ann.get("spam", limit=2, after=page["next"])
    assert [each["subject"] for each in page["items"] + rest["items"]] == ["No three", "No two", "No one"]
    assert rest["next"] is None
    for q in ("TWO@shop", "no two", "Two"):
        assert [each["subject"] for each in await ann.spam(q=q)] == ["No two"]
    assert await ann.spam(q="nobody") == []


async def test_spam_is_read_with_its_messages(site: Site, ann: Client) -> None:
    await site.hear(said("Cheap lamps", bulk="newsletter"))
    [row] = await ann.spam()
    whole = await ann.get(f"spam/{row['conversation_id']}")
    assert [message["text"] for message in whole["messages"]] == ["Cheap lamps"]
    assert whole["listed"] is None


async def test_eml_47_a_ticket_marked_as_spam_is_gone_from_the_desk_and_undone_it_is_back(
    site: Site, ann: Client
) -> None:
    [fate] = await site.hear(said())
    conversation = await ann.conversation_of(fate.ticket_id)
    assert (await ann.say(conversation, spam=True)).json() == {
        "ticket": None,
        "unblocked": False,
        "still_denied": False,
    }
    assert (await ann.get("tickets"))["items"] == []
    gone = await ann.client.get(f"/api/v1/tickets/{fate.ticket_id}")
    assert (gone.status_code, gone.json()["conversation_id"]) == (404, conversation)
    assert gone.json()["type"].endswith("ticket-is-spam")
    counts = (await ann.get("views/counts"))["items"]
    assert [counts[view]["n"] for view in ("open", "unassigned", "closed")] == [0, 0, 0]
    back = (await ann.say(conversation, spam=False)).json()
    assert back["ticket"]["id"] == str(fate.ticket_id)
    assert [each["id"] for each in (await ann.get("tickets"))["items"]] == [str(fate.ticket_id)]
    assert await ann.spam() == []


async def test_eml_46_what_is_not_spam_becomes_a_ticket_with_its_own_time(site: Site, ann: Client) -> None:
    came = clock.now() - timedelta(days=2)
    await site.hear(said(bulk="newsletter"), at=came)
    [row] = await ann.spam()
    ticket = (await ann.say(row["conversation_id"], spam=False)).json()["ticket"]
    assert datetime.fromisoformat(ticket["created_at"]) == came
    assert ticket["contact"]["email"] == "eva@kund.example"


async def test_eml_48_a_sender_is_blocked_by_an_agent_and_unblocked_with_the_undo(
    site: Site, ann: Client, admin: Client
) -> None:
    [fate] = await site.hear(said())
    conversation = await ann.conversation_of(fate.ticket_id)
    await ann.say(conversation, spam=True, block=True)
    [rule] = (await admin.get("sender-rules"))["items"]
    assert (rule["verdict"], rule["entry"], rule["why"]) == ("deny", "eva@kund.example", "block")
    assert rule["by"]["name"] == "Ann Agent"
    assert (await site.hear(said("again")))[0].state == "spam"
    assert (await ann.say(conversation, spam=False)).json()["unblocked"] is True
    assert (await admin.get("sender-rules"))["items"] == []


async def test_who_is_still_on_the_deny_list_is_said(site: Site, ann: Client, admin: Client) -> None:
    await admin.client.post("/api/v1/sender-rules", json={"verdict": "deny", "entry": "kund.example"})
    await site.hear(said())
    [row] = await ann.spam()
    assert (await ann.say(row["conversation_id"], spam=False)).json()["still_denied"] is True


async def test_who_is_on_the_allow_list_is_not_blocked(site: Site, ann: Client, admin: Client) -> None:
    await admin.client.post("/api/v1/sender-rules", json={"verdict": "allow", "entry": "eva@kund.example"})
    [fate] = await site.hear(said())
    answer = await ann.say(await ann.conversation_of(fate.ticket_id), spam=True, block=True)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "block")
    assert len((await ann.get("tickets"))["items"]) == 1


@pytest.mark.parametrize("entry", ["", "eva", "com", "a@b@c d"])
async def test_eml_40_an_entry_that_is_none_is_refused_at_its_field(admin: Client, entry: str) -> None:
    answer = await admin.client.post("/api/v1/sender-rules", json={"verdict": "deny", "entry": entry})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "entry")


async def test_a_rule_is_added_found_and_removed(admin: Client) -> None:
    body = {"verdict": "deny", "entry": "@Shop.Example", "note": "Sells lamps"}
    made = (await admin.client.post("/api/v1/sender-rules", json=body)).json()
    assert (made["entry"], made["note"], made["by"]["name"]) == ("shop.example", "Sells lamps", "Chief Super Admin")
    assert [each["id"] for each in (await admin.get("sender-rules", q="LAMPS"))["items"]] == [made["id"]]
    assert (await admin.get("sender-rules", verdict="allow"))["items"] == []
    assert (await admin.client.delete(f"/api/v1/sender-rules/{made['id']}")).status_code == 204
    assert (await admin.get("sender-rules"))["items"] == []


async def test_eml_43_the_filters_are_switches_of_the_desk(site: Site, ann: Client, admin: Client) -> None:
    usual = {"automatic": True, "marketing": True, "unsubscribe": False, "role_based": False}
    assert (await admin.get("desk-settings"))["spam_filters"] == usual
    change = {"spam_filters": {"marketing": False}}
    answer = await admin.client.patch("/api/v1/desk-settings", json=change)
    assert answer.json()["spam_filters"] == usual | {"marketing": False}
    assert (await site.hear(said(bulk="newsletter")))[0].state == "ticket"


async def test_spam_of_a_channel_that_is_closed_to_somebody_is_not_shown(site: Site, ann: Client) -> None:
    await site.hear(said(bulk="newsletter"))
    [row] = await ann.spam()
    async with site.db.transaction(site.account) as tx:
        await tx.run("update channels set open_to = 'teams'")
    assert await ann.spam() == []
    assert (await ann.client.get(f"/api/v1/spam/{row['conversation_id']}")).status_code == 404
    assert (await ann.say(row["conversation_id"], spam=False)).status_code == 404


async def test_spam_of_a_contact_is_found_by_the_contact(site: Site, ann: Client) -> None:
    [fate] = await site.hear(said())
    contact = (await ann.get(f"tickets/{fate.ticket_id}"))["contact"]["id"]
    await site.hear(said("Away", automatic="auto_reply"), said("Other", "b@kund.example", bulk="newsletter"))
    assert [each["why"]["code"] for each in await ann.spam(contact=contact)] == ["automatic"]
    timeline = await ann.get(f"contacts/{contact}/timeline")
    assert "Away" not in str(timeline)


async def test_eml_45_after_ninety_days_it_is_gone_with_its_bytes(
    site: Site, ann: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    [fate] = await site.hear(said())
    await ann.say(await ann.conversation_of(fate.ticket_id), spam=True)
    await site.hear(said("News", bulk="newsletter"), said("A lamp", "b@kund.example"))
    async with site.db.transaction(site.account) as tx:
        await tx.run("update raw_events set body = 'x'")
    await forget_spam(site.db, site.storage)
    assert len(await ann.spam()) == 2
    later = clock.now() + timedelta(days=90, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    await forget_spam(site.db, site.storage)
    async with site.db.transaction(site.account) as tx:
        assert await tx.value("select count(*) from conversations") == 1
        assert await tx.values("select number from tickets") == [2]
        states = await tx.values("select state from raw_events where body is null")
        assert states == ["spam", "spam"]
        assert await tx.value("select count(*) from contacts") == 2
