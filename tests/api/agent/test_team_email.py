"""What a team does with the mail of a shared address, as its members call the API."""

from __future__ import annotations

from tests.make import people
from tests.make.said import said
from tests.make.site import Site


async def test_eml_1_mail_to_a_shared_address_is_viewed_managed_and_answered_by_the_team(site: Site) -> None:
    await site.hear(said("The lamp is broken", subject="Lamp"))
    async with people.caller(site, "ann") as ann, people.caller(site, "bea") as bea:
        for member in (ann, bea):
            [ticket] = (await member.get("tickets")).json()["items"]
            assert (ticket["subject"], ticket["contact"]["name"]) == ("Lamp", "Eva Ek")
        changed = await bea.patch(f"tickets/{ticket['number']}", json={"priority": "high"})
        assert (changed.status_code, changed.json()["priority"]) == (200, "high")
        version = (await ann.get(f"tickets/{ticket['number']}")).json()["version"]
        answer = {"text": "We send a new one.", "seen_version": version}
        assert (await ann.post(f"tickets/{ticket['number']}/replies", json=answer)).status_code == 202
        said_there = (await bea.get(f"tickets/{ticket['number']}/timeline")).json()["items"]
    texts = [item["text"] for item in said_there if item["type"] == "message"]
    assert texts == ["The lamp is broken", "We send a new one."]
