"""/hand-overs: everybody hands over their own, with the permission also what others have."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from kanal.kit.db import Database
from kanal.tickets import actions as tickets
from kanal.tickets.models import TicketChange
from tests.make.people import caller, field
from tests.make.said import said
from tests.make.site import Site


@pytest.fixture
async def site(db: Database, tmp_path: Path) -> Site:
    """Ann, beside Bo and Lea, who leads, has a ticket."""
    site = await Site(db, tmp_path).open()
    await site.member("ann")
    await site.member("bo")
    await site.member("lea", "admin", has_seat=False)
    await has(site, "ann")
    return site


async def has(site: Site, name: str) -> UUID:
    [fate] = await site.hear(said(subject=f"Lamp of {name}"))
    assert fate.ticket_id is not None
    async with site.db.transaction(site.account) as tx:
        await tickets.change(tx, fate.ticket_id, TicketChange(assignee_id=site.members[name]), None)
    return fate.ticket_id


def ill(site: Site, name: str = "ann", to: str | None = None) -> dict[str, object]:
    return {
        "from": str(site.members[name]),
        "why": "ill",
        "tickets": "all",
        "to": str(site.members[to]) if to else None,
    }


async def test_a_lead_sees_the_plan_makes_it_and_undoes_it(site: Site) -> None:
    async with caller(site, "lea") as lea:
        plan = (await lea.get("hand-overs/plan", params={"member": str(site.members["ann"])})).json()
        assert [ticket["subject"] for ticket in plan["tickets"]] == ["Lamp of ann"]
        made = await lea.post("hand-overs", json=ill(site, to="bo"))
        assert made.status_code == 201
        assert made.json()["tickets"] == 1
        undone = await lea.post(f"hand-overs/{made.json()['id']}/undo")
        assert (undone.status_code, undone.json()) == (200, {"restored": 1, "left": []})
        again = await lea.post(f"hand-overs/{made.json()['id']}/undo")
        assert field(again) == "id"


async def test_everybody_hands_over_their_own_and_no_others(site: Site) -> None:
    async with caller(site, "ann") as ann:
        assert (await ann.post("hand-overs", json=ill(site))).status_code == 201
    async with caller(site, "bo") as bo:
        plan = await bo.get("hand-overs/plan", params={"member": str(site.members["ann"])})
        refused = await bo.post("hand-overs", json=ill(site))
        assert (plan.status_code, refused.status_code) == (403, 403)


async def test_what_a_lead_does_not_see_stays_where_it_is(site: Site) -> None:
    async with site.db.transaction(site.account) as tx:
        await tx.run("update channels set open_to = 'teams'")
        await tx.run("update roles set sees = 'channels' where key = 'admin'")
    async with caller(site, "lea") as lea:
        plan = await lea.get("hand-overs/plan", params={"member": str(site.members["ann"])})
        assert plan.json() == {"tickets": []}
        assert (await lea.post("hand-overs", json=ill(site))).json()["tickets"] == 0


async def test_a_receiver_who_cannot_have_it_is_refused_with_the_field(site: Site) -> None:
    async with caller(site, "lea") as lea:
        assert field(await lea.post("hand-overs", json=ill(site, to="ann"))) == "to"
