"""Where the routing of channels names somebody or something."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kanal.kit.db import Database, document
from kanal.kit.ids import new_id
from kanal.routing.uses import Use, uses
from tests.make import accounts, channels

ANA, TEAM, SKILL = new_id(), new_id(), new_id()
ROUTING: dict[str, Any] = {
    "properties": {"team": str(TEAM), "priority": "high"},
    "rules": [
        {"name": "VIP", "when": {"all": [{"not": {"field": "contact.tier", "operator": "is", "value": "gold"}}]}},
        {"name": "Finnish", "require_skills": [str(SKILL)], "to": {"users": [str(ANA)], "teams": []}, "active": False},
    ],
    "to": {"users": [str(ANA).upper()], "teams": [str(TEAM)]},
    "fallback": {"users": [], "teams": [str(TEAM)]},
}


async def _set(db: Database, routing: dict[str, Any]) -> tuple[int, UUID]:
    account = await accounts.account(db)
    channel = await channels.email_channel(db, account)
    async with db.transaction(account) as tx:
        await tx.run("update channels set routing = %s", (document(routing),))
    return account, channel


def _places(found: list[Use]) -> list[tuple[str, int | None, str | None]]:
    return [(use.where, use.rule_number, use.rule_name) for use in found]


async def test_every_place_that_names_it_is_found(db: Database) -> None:
    account, channel = await _set(db, ROUTING)
    async with db.transaction(account) as tx:
        of_ana = await uses(tx, member=ANA)
        assert [(use.channel_id, use.channel_name) for use in of_ana] == [(channel, "Support")] * 2
        assert _places(of_ana) == [("rule_to", 2, "Finnish"), ("to", None, None)]
        assert _places(await uses(tx, team=TEAM)) == [(w, None, None) for w in ("properties", "to", "fallback")]
        assert _places(await uses(tx, skill=SKILL)) == [("rule_skills", 2, "Finnish")]
        assert _places(await uses(tx, property="contact.tier")) == [("rule_when", 1, "VIP")]
        assert _places(await uses(tx, property="ticket.priority")) == [("properties", None, None)]
        assert await uses(tx, member=new_id(), property="ticket.tier") == []


async def test_what_is_broken_or_deleted_is_passed_over(db: Database) -> None:
    account, _ = await _set(db, {"rules": ["x", {"when": 3, "to": None}], "properties": [], "to": str(ANA)})
    async with db.transaction(account) as tx:
        assert _places(await uses(tx, member=ANA, property="ticket.priority")) == [("to", None, None)]
        await tx.run("update channels set deleted_at = now()")
        assert await uses(tx, member=ANA) == []
