"""What a job does to its tickets, and what it passes over with the reason."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
import pytest

from kanal.bulk.errors import InvalidBulk
from kanal.kit.ids import new_id
from kanal.macros import actions as macros
from kanal.macros.models import NewMacro
from kanal.macros.rules import Powers
from kanal.tickets import actions as tickets
from kanal.tickets.models import TicketChange
from tests.bulk.conftest import Many
from tests.make import roles
from tests.make.said import said


async def test_ws_16_many_tickets_are_assigned_and_each_is_told_of(many: Many) -> None:
    wanted = await many.make(3)
    job = await many.do(wanted[:2], assign={"assignee": "me"})
    assert (job.state, job.total, job.done, job.changed, job.skipped) == ("done", 2, 2, 2, 0)
    assert [row["assignee_id"] for row in await many.stand()] == [many.agent, many.agent, None]
    told = await many.rows("select ticket_id, actor_id from events where name = 'ticket.assigned' order by seq")
    assert {row["ticket_id"] for row in told} == set(wanted[:2])
    assert {row["actor_id"] for row in told} == {many.agent}


async def test_what_was_so_already_is_neither_changed_nor_told_of(many: Many) -> None:
    wanted = await many.make(2, priority="high")
    await many.run("update tickets set priority = 'low' where id = %s", (wanted[0],))
    job = await many.do(wanted, priority="high")
    assert (job.done, job.changed, job.skipped) == (2, 1, 0)
    told = await many.rows("select ticket_id from events where name = 'ticket.priority_changed'")
    assert [row["ticket_id"] for row in told] == [wanted[0]]


async def test_a_status_by_its_key_closes_tickets_with_their_conversations(many: Many) -> None:
    await many.site.hear(said(external_id="1@x"), said(external_id="2@x"))
    wanted = [row["id"] for row in await many.rows("select id from tickets")]
    await many.do(wanted, status={"status": "closed"})
    assert {(row["status"], row["is_open"], row["waiting_since"]) for row in await many.stand()} == {
        ("closed", False, None)
    }
    assert {row["state"] for row in await many.rows("select state from conversations")} == {"closed"}


async def test_what_the_pipelines_rules_refuse_is_listed_with_its_number_and_the_mend(many: Many) -> None:
    wanted = await many.make(2)
    await many.run("update pipelines set no_skipping = true")
    await many.do(wanted[:1], status={"status": "waiting_on_contact"})
    job = await many.do(wanted, status={"status": "waiting_on_us"})
    assert (job.changed, job.skipped) == (1, 1)
    [passed] = await many.skipped(job)
    assert (passed.number, passed.why) == (2, "refused")
    assert "skip no status" in passed.detail


async def test_one_to_which_something_was_said_since_is_passed_over(many: Many) -> None:
    wanted = await many.make(2)
    seen = {str(row["id"]): row["version"] for row in await many.rows("select id, version from tickets")}
    async with many.db.transaction(many.account) as tx:
        await tickets.comment(tx, wanted[0], author=None, text="Wait", html="")
    job = await many.do({"tickets": wanted, "versions": seen}, status={"status": "closed"})
    assert [(each.number, each.why) for each in await many.skipped(job)] == [(1, "answered")]
    assert [row["status"] for row in await many.stand()] == ["new", "closed"]


async def test_what_is_gone_or_out_of_sight_is_passed_over_without_a_number(many: Many) -> None:
    [theirs, own] = await many.make(2)
    olga = await many.site.member("olga")
    async with many.db.transaction(many.account) as tx:
        await tickets.change(tx, theirs, TicketChange(assignee_id=olga), None)
        await tickets.change(tx, own, TicketChange(assignee_id=many.agent), None)
    await roles.give(many.db, many.account, many.agent, "own")
    nothing = new_id()
    job = await many.do([theirs, own, nothing], priority="urgent")
    assert {(each.ticket_id, each.number, each.why) for each in await many.skipped(job)} == {
        (theirs, None, "gone"),
        (nothing, None, "gone"),
    }
    assert [row["priority"] for row in await many.stand()] == ["normal", "urgent"]


async def test_tags_are_put_on_and_taken_off(many: Many) -> None:
    wanted = await many.make(2)
    await many.do(wanted[:1], tags={"add": ["Lamp"]})
    job = await many.do(wanted, tags={"add": ["Refund", "new one"], "remove": ["lamp"]})
    assert job.changed == 2
    assert [row["tags"] for row in await many.stand()] == [["new one", "Refund"], ["new one", "Refund"]]
    told = await many.rows("select name, count(*) as n from events where name like 'ticket.%%tagged' group by 1")
    assert {row["name"]: row["n"] for row in told} == {"ticket.tagged": 5, "ticket.untagged": 1}


async def test_a_ticket_with_enough_tags_is_passed_over(many: Many) -> None:
    wanted = await many.make(2)
    await many.do(wanted[:1], tags={"add": [f"tag {n}" for n in range(50)]})
    job = await many.do(wanted, tags={"add": ["one more"]})
    assert [(each.number, each.why) for each in await many.skipped(job)] == [(1, "refused")]


async def test_spam_leaves_the_lists_and_what_has_no_conversation_says_so(many: Many) -> None:
    await many.site.hear(said(external_id="1@x"))
    by_hand = await many.make(1)
    wanted = [row["id"] for row in await many.rows("select id from tickets")]
    job = await many.do(wanted, spam={})
    assert (job.changed, [(each.ticket_id, each.why) for each in await many.skipped(job)]) == (
        1,
        [(by_hand[0], "nothing_to_mark")],
    )
    assert [row["spam_at"] is not None for row in await many.stand()] == [True, False]


async def test_read_marks_them_as_seen_by_whoever_asked(many: Many) -> None:
    await many.site.hear(said(external_id="1@x"), said(external_id="2@x"))
    wanted = [row["id"] for row in await many.rows("select id from tickets")]
    job = await many.do(wanted, read={})
    assert job.changed == 2
    assert [len(row["reads"]) for row in await many.stand()] == [1, 1]


async def test_a_macro_does_what_it_did_when_it_was_asked_for_and_says_nothing(many: Many) -> None:
    await many.site.hear(said(external_id="1@x"), said(external_id="2@x"))
    wanted = [row["id"] for row in await many.rows("select id from tickets order by number")]
    does: list[Any] = [
        {"do": "tags", "add": ["Refund"]},
        {"do": "assign", "member": "me"},
        {"do": "snooze", "minutes": 9},
    ]
    macro = await _macro(many, body_text="Hello", actions=does)
    before = await many.stand()
    job = await many.ask(wanted, macro={"macro": str(macro)})
    await many.run("update macros set actions = '[]'")
    await many.work()
    assert {(row["assignee_id"], *row["tags"]) for row in await many.stand()} == {(many.agent, "Refund")}
    assert not await many.rows("select from messages where direction = 'out'")
    await many.undo(await many.job(job))
    assert await many.stand() == before


async def test_a_macro_is_refused_that_does_nothing_or_is_anothers(many: Many) -> None:
    bo = await many.site.member("bo")
    snippet = await _macro(many, body_text="Hello")
    theirs = await _macro(many, owner=bo, actions=[{"do": "follow"}])
    for macro in (snippet, theirs):
        with pytest.raises(InvalidBulk) as refused:
            await many.ask({"view": "open"}, macro={"macro": str(macro)})
        assert refused.value.field == "action.macro.macro"


async def _macro(many: Many, owner: UUID | None = None, **more: Any) -> UUID:
    async with many.db.transaction(many.account) as tx:
        powers = Powers(member=owner or many.agent, manages=False, leads=False, teams=frozenset())
        return await macros.create(tx, msgspec.convert({"name": "Refund", **more}, NewMacro), powers)


async def test_what_is_not_open_cannot_be_snoozed(many: Many) -> None:
    wanted = await many.make(2)
    await many.do(wanted[:1], status={"status": "closed"})
    job = await many.do(wanted, snooze={"until": "2099-01-01T08:00:00Z"})
    assert [(each.number, each.why) for each in await many.skipped(job)] == [(1, "refused")]
    assert [row["snoozed_until"] is not None for row in await many.stand()] == [False, True]


async def test_all_of_a_view_but_some_as_the_member_sees_it(many: Many) -> None:
    [first, second, closed] = await many.make(3)
    async with many.db.transaction(many.account) as tx:
        await tickets.change(tx, closed, TicketChange(status_key="closed"), None)
    job = await many.do({"view": "open", "except": [str(second)]}, priority="high")
    assert (job.total, job.changed) == (1, 1)
    assert [row["priority"] for row in await many.stand()] == ["high", "normal", "normal"]
    assert first


@pytest.mark.parametrize(
    ("which", "action", "field"),
    [
        ({}, {"spam": {}}, "which"),
        ({"tickets": [], "view": "open"}, {"spam": {}}, "which"),
        ({"tickets": []}, {"spam": {}}, "which.tickets"),
        ({"view": "nothing"}, {"spam": {}}, "which.view"),
        ({"view": "open"}, {}, "action"),
        ({"view": "open"}, {"spam": {}, "priority": "low"}, "action"),
        ({"view": "open"}, {"assign": {}}, "action.assign"),
        ({"view": "open"}, {"assign": {"assignee": "nobody"}}, "action.assign.assignee"),
        ({"view": "open"}, {"status": {"status": "nothing"}}, "action.status.status"),
        ({"view": "spam"}, {"spam": {}}, "which.view"),
        ({"view": "open"}, {"snooze": {"until": "2020-01-01T08:00:00Z"}}, "action.snooze.until"),
        ({"view": "open"}, {"snooze": {"until": "2099-01-01T08:00:00"}}, "action.snooze.until"),
        ({"view": "open"}, {"merge": {"into": 99}}, "action.merge.into"),
        ({"view": "open"}, {"tags": {}}, "action.tags"),
        ({"view": "open"}, {"tags": {"add": ["a,b"]}}, "action.tags.add"),
        ({"view": "open"}, {"tags": {"add": ["a"], "remove": ["A"]}}, "action.tags"),
    ],
)
async def test_what_cannot_be_meant_is_refused_with_its_field(
    many: Many, which: dict[str, Any], action: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidBulk) as refused:
        await many.ask(which, **action)
    assert refused.value.field == field
