"""Where tickets come from, beside messages on channels."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx2

from kanal.channelkit.messages import Door
from kanal.tickets import actions as tickets
from kanal.tickets.actions.of_conversation import Wanted
from tests.make.inboxes import office as make_office
from tests.make.said import hear, said
from tests.make.site import Site


async def test_gen_4_tickets_come_by_the_api_by_hand_by_an_import_and_by_a_workflow(
    site: Site, agent: httpx2.AsyncClient
) -> None:
    office = await make_office(site.db, site.account, site.carriers, address="office@a.example")
    talk = await office.conversation()
    before = {ticket["number"] for ticket in (await agent.get("/api/v1/tickets")).json()["items"]}

    await agent.post("/api/v1/tickets", json={"subject": "By a program"})
    long_ago = datetime(2024, 3, 1, 9, tzinfo=UTC)
    old = said("Dark", subject="Old mail", external_id="old@kund.example")
    await hear(site.db, site.account, site.channel, old, at=long_ago, door=Door(history=True))
    async with site.db.transaction(site.account) as tx:
        await tickets.by_workflow(tx, talk, Wanted())

    listed = (await agent.get("/api/v1/tickets")).json()["items"]
    made = [ticket["number"] for ticket in listed if ticket["number"] not in before]
    whole = [(await agent.get(f"/api/v1/tickets/{number}")).json() for number in made]
    assert {(ticket["source"], ticket["subject"]) for ticket in whole} == {
        ("api", "By a program"),
        ("import", "Old mail"),
        ("workflow", ""),
    }
