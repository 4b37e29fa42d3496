"""What sets a new ticket's properties: the sender goes before the channel, the channel before the form (FRM-9)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from kanal.channelkit.messages import Answer, Said
from kanal.kit.db import Database, document
from kanal.kit.ids import new_id
from tests.make import accounts, channels
from tests.make.said import hear, said


class Place:
    def __init__(self, db: Database, account: int, channel: UUID) -> None:
        self.db, self.account, self.channel = db, account, channel

    async def run(self, sql: Any, params: Any = None) -> None:
        async with self.db.transaction(self.account) as tx:
            await tx.run(sql, params)

    async def rows(self, sql: Any, params: Any = None) -> list[dict[str, Any]]:
        async with self.db.transaction(self.account) as tx:
            return await tx.dicts(sql, params)

    async def route(self, **routing: Any) -> None:
        await self.run("update channels set routing = %s", (document(routing),))

    async def pipeline(self, name: str, *statuses: str) -> str:
        pipeline = new_id()
        await self.run(
            "insert into pipelines (account_id, id, name, is_default, grace_days, position, created_at) "
            "select account_id, %s, %s, false, 30, 9, now() from pipelines limit 1",
            (pipeline, name),
        )
        for position, key in enumerate(statuses):
            await self.run(
                "insert into statuses (account_id, id, pipeline_id, key, name, position, is_closed) "
                "select account_id, %s, %s, %s, %s, %s, %s from pipelines where id = %s",
                (new_id(), pipeline, key, key.title(), position, key == "done", pipeline),
            )
        return str(pipeline)

    async def becomes(self, *things: Said) -> list[dict[str, Any]]:
        """The tickets that these open."""
        await hear(self.db, self.account, self.channel, *things)
        return await self.rows(
            """
            select t.priority, t.description, t.custom, p.name as pipeline, s.key as status
            from tickets t join pipelines p on p.id = t.pipeline_id join statuses s on s.id = t.status_id
            order by t.number
            """
        )


@pytest.fixture
async def place(db: Database) -> Place:
    account = await accounts.account(db)
    return Place(db, account, await channels.email_channel(db, account))


def chose(properties: dict[str, Any] | None = None, sender: str = "eva@kund.example", **defaults: Any) -> Said:
    return said("Broken", sender, properties=properties or {}, property_defaults=defaults)


async def test_frm_9_the_sender_goes_before_the_channel_and_the_channel_before_the_form(place: Place) -> None:
    await place.route(properties={"priority": "high"})
    chosen, set_by_channel = await place.becomes(
        chose({"priority": "urgent"}, priority="low"), chose(sender="bo@kund.example", priority="low")
    )
    assert (chosen["priority"], set_by_channel["priority"]) == ("urgent", "high")


async def test_frm_9_the_forms_default_holds_where_nobody_says_anything(place: Place) -> None:
    [ticket] = await place.becomes(chose(priority="low"))
    assert ticket["priority"] == "low"


@pytest.mark.parametrize(
    "wrong", [{"priority": "now"}, {"priority": ["urgent"]}, {"pipeline": str(new_id())}, {"gone": 1}, {"status": 7}]
)
async def test_what_cannot_be_set_is_passed_over_and_the_next_holds(place: Place, wrong: dict[str, Any]) -> None:
    await place.route(properties={"priority": "high"})
    [ticket] = await place.becomes(chose(wrong, priority="low"))
    assert (ticket["priority"], ticket["status"], ticket["custom"]) == ("high", "new", {})


async def test_frm_3_the_description_goes_to_the_ticket(place: Place) -> None:
    [ticket] = await place.becomes(chose({"description": "It does not light up."}))
    assert ticket["description"] == "It does not light up."


async def test_a_status_counts_where_the_pipeline_has_it_whoever_chose_which(place: Place) -> None:
    returns = await place.pipeline("Returns", "arrived", "checked", "done")
    await place.route(properties={"pipeline": returns})
    fitting, foreign, over = await place.becomes(
        chose(status="checked"),
        chose({"status": "waiting_on_us"}, "bo@kund.example", status="checked"),
        chose({"status": "done"}, "cy@kund.example"),
    )
    assert (fitting["pipeline"], fitting["status"]) == ("Returns", "checked")
    assert (foreign["pipeline"], foreign["status"]) == ("Returns", "checked")
    assert (over["pipeline"], over["status"]) == ("Returns", "arrived")


async def test_frm_5_rules_see_what_was_set_in_the_end(place: Place) -> None:
    member = await accounts.member(place.db, place.account)
    when = {"field": "ticket.priority", "operator": "is", "value": "urgent"}
    rule = {"id": "1", "name": "", "when": when, "to": {"users": [str(member)]}}
    await place.route(assign="none", rules=[rule], only_available=False, properties={"priority": "low"})
    await place.becomes(chose({"priority": "urgent"}), chose(sender="bo@kund.example"))
    rows = await place.rows("select assignee_id from tickets order by number")
    assert [row["assignee_id"] for row in rows] == [member, None]


async def test_frm_8_hidden_answers_never_reach_the_desk(place: Place) -> None:
    answers = [Answer(label="Order", value="4711"), Answer(label="Campaign", value="spring", hidden=True)]
    await place.becomes(said("Broken", answers=answers))
    [row] = await place.rows("select answers from messages")
    assert row["answers"] == [{"label": "Order", "value": "4711"}]
