"""What sets rules off, what they may ask, and what they do (EML-24)."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from kanal.automation.consumer import Automator
from kanal.delivery import undo
from kanal.kit import clock
from kanal.kit.ids import new_id
from tests.make.automating import Automating
from tests.make.said import hear, said

HIGH = {"do": "set", "property": "priority", "value": "high"}


def asks(field: str, operator: str, value: Any) -> dict[str, Any]:
    return {"field": field, "operator": operator, "value": value}


async def test_eml_24_a_new_ticket_sets_a_rule_off(desk: Automating) -> None:
    await desk.rule("created", HIGH)
    await desk.writes()
    assert await desk.now("priority") == "high"
    [run] = await desk.runs()
    assert (run.outcome, run.depth, run.ticket_number) == ("done", 0, 1)
    assert [(did.do, did.changed) for did in run.did] == [("set", True)]


async def test_eml_24_a_customers_answer_sets_a_rule_off_and_their_first_words_do_not(desk: Automating) -> None:
    await desk.rule("customer_answered", {"do": "tag", "name": "Came back"})
    await desk.writes()
    assert await desk.runs() == []
    await desk.answers()
    assert await desk.tags() == ["Came back"]


async def test_eml_24_an_agents_answer_sets_a_rule_off_when_it_leaves(desk: Automating) -> None:
    await desk.rule("agent_answered", {"do": "tag", "name": "Answered"})
    await desk.writes()
    queued = await desk.replies(send_at=clock.now() + timedelta(days=1))
    assert await desk.runs() == []
    await desk.leaves(queued.delivery_id)
    assert await desk.tags() == ["Answered"]


async def test_an_answer_that_is_taken_back_set_nothing_off(desk: Automating) -> None:
    await desk.rule("agent_answered", HIGH)
    await desk.writes()
    queued = await desk.replies(undoable=True)
    async with desk.db.transaction(desk.account) as tx:
        await undo.cancel(tx, queued.message_id, desk.ann)
    await desk.consume()
    assert await desk.runs() == []


async def test_an_answer_that_leaves_again_sets_nothing_off_again(desk: Automating) -> None:
    await desk.rule("agent_answered", HIGH)
    await desk.writes()
    queued = await desk.replies()
    await desk.leaves(queued.delivery_id)
    await desk.leaves(await desk.fails(queued.delivery_id))
    assert len(await desk.runs()) == 1


async def test_what_is_handed_on_is_no_answer(desk: Automating) -> None:
    await desk.rule("agent_answered", HIGH)
    await desk.writes()
    queued = await desk.hands_on("supplier@lamps.example")
    await desk.leaves(queued.delivery_id)
    assert await desk.runs() == []


async def test_eml_24_a_change_of_status_sets_a_rule_off(desk: Automating) -> None:
    await desk.rule("status_changed", HIGH, when=asks("ticket.status", "is", "closed"))
    await desk.writes()
    await desk.change(priority="low")
    assert await desk.now("priority") == "low"
    await desk.change(status_key="closed")
    assert await desk.now("priority") == "high"


async def test_an_out_of_office_note_is_no_answer(desk: Automating) -> None:
    await desk.rule("customer_answered", HIGH)
    await desk.writes()
    await desk.answers(automatic="auto_reply")
    assert await desk.runs() == []


async def test_a_rule_asks_what_routing_asks_and_who_has_the_ticket_and_its_tags(desk: Automating) -> None:
    when = {
        "all": [
            asks("message.text", "contains", "there"),
            asks("contact.email_domain", "is", "kund.example"),
            asks("ticket.assignee", "is", str(desk.ann)),
            asks("ticket.tags", "has_any_of", ["vip"]),
            asks("ticket.priority", "is", "normal"),
        ]
    }
    await desk.rule("created", {"do": "tag", "name": "VIP"}, {"do": "assign", "member": str(desk.ann)})
    await desk.rule("customer_answered", HIGH, when=when)
    await desk.writes()
    await desk.answers()
    assert await desk.now("priority") == "high"


async def test_a_condition_that_does_not_hold_is_told_in_the_log(desk: Automating) -> None:
    await desk.rule("created", HIGH, when=asks("message.subject", "contains", "invoice"))
    await desk.writes()
    assert (await desk.log(), await desk.now("priority")) == ([("not_met", "")], "normal")


async def test_rules_run_in_their_order_and_each_sees_what_the_one_before_did(desk: Automating) -> None:
    await desk.rule("created", HIGH)
    await desk.rule("created", {"do": "tag", "name": "Urgent"}, when=asks("ticket.priority", "is", "high"))
    await desk.writes()
    assert await desk.tags() == ["Urgent"]


async def test_a_rule_sets_statuses_teams_and_properties(desk: Automating) -> None:
    team = new_id()
    await desk.run(
        "insert into teams (account_id, id, name, created_at) values (%s, %s, 'Lamps', now())", (desk.account, team)
    )
    await desk.rule(
        "created",
        {"do": "status", "status": "waiting_on_us"},
        {"do": "assign", "team": str(team)},
        {"do": "assign", "member": str(desk.ann)},
    )
    await desk.writes()
    assert (await desk.now("team_id"), await desk.now("assignee_id")) == (team, desk.ann)
    [row] = await desk.rows("select s.key from tickets t join statuses s on s.id = t.status_id")
    assert row["key"] == "waiting_on_us"
    [decision] = await desk.rows("select cause, why, assignee_id from routing_decisions where cause = 'rule'")
    assert (decision["why"], decision["assignee_id"]) == ("by_rule", desk.ann)


async def test_a_rule_takes_a_ticket_from_whoever_has_it(desk: Automating) -> None:
    await desk.rule("customer_answered", {"do": "assign", "member": None}, {"do": "untag", "name": "Seen"})
    await desk.writes()
    await desk.change(assignee_id=desk.ann)
    await desk.answers()
    assert await desk.now("assignee_id") is None
    assert [did.changed for did in (await desk.runs())[0].did] == [True, False]


async def test_a_rule_that_is_off_rests_and_one_that_is_switched_on_looks_at_what_follows(desk: Automating) -> None:
    rule = await desk.rule("created", HIGH, active=False)
    await desk.writes()
    assert await desk.runs() == []
    await desk.run("update consumers set seq = 0 where name = 'automation'")
    await desk.run("update automation_rules set active = true, active_since = now() where id = %s", (rule,))
    await desk.consume()
    assert await desk.runs() == []
    await desk.writes("another one")
    assert await desk.now("priority") == "high"


async def test_an_event_that_is_read_again_runs_no_rule_twice(desk: Automating) -> None:
    await desk.rule("created", {"do": "mail", "to": "contact", "text": "Thanks"})
    await desk.writes()
    await desk.run("update consumers set seq = 0 where name = 'automation'")
    await desk.consume()
    assert (len(await desk.runs()), len(await desk.said_automatically())) == (1, 1)


async def test_d6_what_is_taken_over_from_before_sets_nothing_off(desk: Automating) -> None:
    await desk.rule("created", HIGH)
    await desk.writes()
    await desk.run("delete from automation_runs")
    await desk.run("update events set data = data || '{\"history\": true}' where name = 'ticket.created'")
    await desk.run("update consumers set seq = 0 where name = 'automation'")
    await desk.consume()
    assert await desk.runs() == []


async def test_spam_sets_nothing_off(desk: Automating) -> None:
    await desk.rule("status_changed", HIGH)
    await desk.writes()
    await desk.run("update tickets set spam_at = now(), is_open = false")
    await desk.change(status_key="closed")
    assert await desk.runs() == []


async def test_rules_of_a_deleted_channel_rest(desk: Automating) -> None:
    await desk.rule("status_changed", HIGH)
    await desk.writes()
    await desk.run("update channels set deleted_at = now()")
    await desk.change(status_key="closed")
    assert await desk.runs() == []


async def test_what_a_rule_changes_says_so_in_the_events_and_in_the_timeline(desk: Automating) -> None:
    rule = await desk.rule("created", HIGH, name="Lamps first")
    await desk.writes()
    [event] = await desk.rows("select actor_id, data from events where name = 'ticket.priority_changed'")
    assert (event["actor_id"], event["data"]["by_rules"]) == (None, [str(rule)])
    async with await desk.site.program("chief", "super_admin") as chief:
        items = (await chief.get(f"/api/v1/tickets/{desk.ticket}/timeline")).json()["items"]
    [told] = [item for item in items if item.get("name") == "ticket.priority_changed"]
    assert told["rule"] == {"id": str(rule), "name": "Lamps first"}


async def test_two_workers_at_once_run_a_rule_once(desk: Automating) -> None:
    await desk.rule("created", {"do": "mail", "to": "contact", "text": "Thanks"})
    await hear(desk.db, desk.account, desk.channel, said(), carriers=desk.site.carriers)
    workers = [Automator(desk.db, desk.site.carriers) for _ in range(2)]
    await asyncio.gather(*(worker.run_once(desk.account) for worker in workers))
    assert len(await desk.said_automatically()) == 1
