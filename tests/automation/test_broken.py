"""A rule that names what is gone is shown as a problem and skipped, with the reason in the log: never silently."""

from __future__ import annotations

from typing import Any

import pytest

from kanal.automation import actions, checking, queries
from kanal.automation.errors import InvalidRule
from kanal.automation.models import RuleChange, SetStatus
from kanal.kit.ids import new_id
from kanal.properties import actions as properties
from kanal.properties.models import NewProperty, PropertyChange
from kanal.tickets import actions as tickets
from kanal.tickets.models import TicketChange
from tests.make.automating import Automating


async def _problems(desk: Automating) -> list[tuple[str, str]]:
    async with desk.db.transaction(desk.account) as tx:
        known = await checking.desk(tx)
        [rule] = await queries.of_channel(tx, desk.channel)
        return [(each.field, each.message) for each in checking.find(rule.condition, rule.actions, known)]


async def test_a_member_who_is_deactivated_is_given_nothing(desk: Automating) -> None:
    await desk.rule("created", {"do": "assign", "member": str(desk.ann)}, {"do": "tag", "name": "For Ann"})
    await desk.run("update members set deactivated_at = now() where id = %s", (desk.ann,))
    await desk.writes()
    why = "Ann Agent is deactivated; choose another one"
    assert await _problems(desk) == [("actions.0.member", why)]
    assert (await desk.log(), await desk.now("assignee_id"), await desk.tags()) == ([("failed", why)], None, [])


async def test_k3_a_member_without_a_seat_is_given_nothing(desk: Automating) -> None:
    await desk.rule("created", {"do": "assign", "member": str(desk.ann)})
    await desk.run("update members set has_seat = false where id = %s", (desk.ann,))
    await desk.writes()
    why = "Ann Agent has no seat; give them one, or choose another one"
    assert await _problems(desk) == [("actions.0.member", why)]
    assert (await desk.log(), await desk.now("assignee_id")) == ([("failed", why)], None)


async def test_a_property_that_is_archived_is_not_filled(desk: Automating) -> None:
    async with desk.db.transaction(desk.account) as tx:
        made = await properties.create(tx, NewProperty(object="ticket", label="Lamp type", type="text"), None)
    assert made.id is not None
    await desk.rule("created", {"do": "set", "property": "lamp_type", "value": "desk"})
    await desk.writes()
    assert await desk.now("custom") == {"lamp_type": "desk"}
    async with desk.db.transaction(desk.account) as tx:
        await properties.change(tx, made.id, PropertyChange(archived=True), None)
    await desk.writes("another")
    assert [field for field, _ in await _problems(desk)] == ["actions.0.property"]
    assert (await desk.runs())[0].outcome == "failed"


async def test_a_condition_on_a_property_that_is_gone_is_no_condition_that_does_not_hold(desk: Automating) -> None:
    await desk.rule("created", {"do": "tag", "name": "x"})
    gone = '{"field": "ticket.gone", "operator": "is", "value": "1"}'
    await desk.run("update automation_rules set condition = %s::jsonb", (gone,))
    await desk.writes()
    [run] = await desk.runs()
    assert run.outcome == "failed"
    assert run.why.startswith("its condition cannot be asked: there is no field")
    assert [field for field, _ in await _problems(desk)] == ["condition.field"]


async def test_a_status_that_the_tickets_pipeline_does_not_have_is_told(desk: Automating) -> None:
    await desk.rule("created", {"do": "tag", "name": "x"}, {"do": "status", "status": "closed"})
    await desk.run("update statuses set key = 'shut' where key = 'closed'")
    await desk.writes()
    assert await desk.log() == [("failed", "there is no such status any more; choose another one")]
    assert await desk.tags() == []


async def test_what_a_rule_cannot_do_undoes_the_whole_of_its_run(desk: Automating) -> None:
    await desk.rule("created", {"do": "tag", "name": "x"}, {"do": "status", "status": "closed"})
    pipeline = new_id()
    await desk.run(
        """
        insert into pipelines (account_id, id, name, is_default, position, created_at)
        values (%s, %s, 'Other', false, 1, now())
        """,
        (desk.account, pipeline),
    )
    await desk.run(
        """
        insert into statuses (account_id, id, pipeline_id, key, name, position, is_closed)
        values (%s, %s, %s, 'only', 'Only', 0, false)
        """,
        (desk.account, new_id(), pipeline),
    )
    await desk.writes()
    await desk.run("update statuses set key = 'closed' where key = 'only'")
    await desk.run("update statuses set key = 'done' where key = 'closed' and is_closed")
    await desk.writes("another")
    [last, _] = await desk.runs()
    assert (last.outcome, await desk.tags()) == ("failed", [])
    assert last.why.startswith("the ticket's pipeline has no such status")


async def test_a_ticket_on_which_rules_break_keeps_no_later_event_waiting(desk: Automating) -> None:
    await desk.rule("status_changed", {"do": "tag", "name": "Moved"})
    await desk.writes()
    async with desk.db.transaction(desk.account) as tx:
        await tickets.change(tx, desk.ticket, TicketChange(status_key="closed"), desk.ann)
        await tx.run("update tickets set custom = '[]'")  # no such value is ever written
    await desk.writes("another")
    await desk.change(status_key="closed")
    assert await desk.log() == [("failed", "it broke: AttributeError"), ("done", "")]
    assert await desk.tags() == ["Moved"]


async def test_a_rule_that_became_wrong_can_be_renamed_and_switched_off(desk: Automating) -> None:
    rule = await desk.rule("created", {"do": "status", "status": "closed"})
    await desk.run("update statuses set key = 'shut' where key = 'closed'")
    async with desk.db.transaction(desk.account) as tx:
        await actions.change(tx, rule, RuleChange(name="Old", active=False), None)
        with pytest.raises(InvalidRule):
            await actions.change(tx, rule, RuleChange(actions=[SetStatus(status="closed")]), None)


@pytest.mark.parametrize(
    ("does", "field"),
    [
        ([], "actions"),
        ([{"do": "set", "property": "priority", "value": "huge"}], "actions.0.value"),
        ([{"do": "set", "property": "nothing", "value": 1}], "actions.0.property"),
        ([{"do": "set", "property": "pipeline", "value": str(new_id())}], "actions.0.value"),
        ([{"do": "status", "status": "nowhere"}], "actions.0.status"),
        ([{"do": "assign"}], "actions.0.member"),
        ([{"do": "assign", "member": str(new_id())}], "actions.0.member"),
        ([{"do": "assign", "team": str(new_id())}], "actions.0.team"),
        ([{"do": "tag", "name": "a, b"}], "actions.0.name"),
        ([{"do": "mail", "to": "nobody", "text": "x"}], "actions.0.to"),
        ([{"do": "mail", "to": "contact", "text": " "}], "actions.0.text"),
        ([{"do": "mail", "to": "contact", "text": "{{x}}"}], "actions.0.text"),
        ([{"do": "mail", "to": "contact", "text": "x", "subject": "{{x}}"}], "actions.0.subject"),
    ],
)
async def test_what_makes_no_sense_is_refused_by_its_field(desk: Automating, does: list[Any], field: str) -> None:
    with pytest.raises(InvalidRule) as refused:
        await desk.rule("created", *does)
    assert [problem.field for problem in refused.value.problems] == [field]


async def test_a_channel_has_so_many_rules_and_no_more(desk: Automating, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MOST_RULES", 1)
    await desk.rule("created", {"do": "tag", "name": "x"})
    with pytest.raises(InvalidRule):
        await desk.rule("created", {"do": "tag", "name": "y"})
