"""Rules that set each other off come to an end, and so do two desks that answer each other."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kanal.automation import rules
from kanal.automation.jobs import forget_old
from kanal.automation.models import Chain
from kanal.channelkit.messages import Door
from kanal.delivery.automatic import TO_ONE_ADDRESS
from kanal.events.models import Name, Recorded
from kanal.kit import clock
from kanal.kit.db import Database, document
from kanal.kit.ids import new_id
from tests.make.automating import Automating, automating
from tests.make.said import hear, said

OURS = "support@a.example"


async def test_a_rule_does_not_set_itself_off(desk: Automating) -> None:
    await desk.rule("status_changed", {"do": "status", "status": "new"}, {"do": "tag", "name": "Moved"})
    await desk.writes()
    await desk.change(status_key="waiting_on_us")
    assert await desk.log() == [("done", ""), ("stopped", rules.ITSELF)]
    assert [run.depth for run in await desk.runs()] == [1, 0]


async def test_two_rules_that_turn_each_others_work_back_stop(desk: Automating) -> None:
    at = "ticket.status"
    await desk.rule(
        "status_changed", {"do": "status", "status": "new"}, when={"field": at, "operator": "is_not", "value": "new"}
    )
    await desk.rule(
        "status_changed",
        {"do": "status", "status": "waiting_on_us"},
        when={"field": at, "operator": "is", "value": "new"},
    )
    await desk.writes()
    await desk.change(status_key="closed")
    assert [outcome for outcome, _ in await desk.log()].count("stopped") >= 1
    assert len(await desk.runs()) < 10


async def test_more_than_three_rules_in_a_row_stop(desk: Automating) -> None:
    keys = ["waiting_on_us", "waiting_on_contact", "closed", "new"]
    # The last one first: rules that come later see at once what those before them did.
    for was, will in reversed(list(zip(["new", *keys], keys, strict=False))):
        when = {"field": "ticket.status", "operator": "is", "value": was}
        trigger: Any = "created" if was == "new" and will == keys[0] else "status_changed"
        await desk.rule(trigger, {"do": "status", "status": will}, when=when)
    await desk.writes()
    assert [run.outcome for run in reversed(await desk.runs()) if run.outcome != "not_met"] == [
        "done",
        "done",
        "done",
        "stopped",
    ]
    assert (await desk.runs(outcome="stopped"))[0].why == rules.TOO_DEEP


async def test_all_rules_of_a_channel_run_on_one_event_however_many_there_are(desk: Automating) -> None:
    for number in range(rules.MOST_A_MINUTE + 2):
        await desk.rule("created", {"do": "tag", "name": f"Tag {number}"})
    await desk.writes()
    assert await desk.log() == [("done", "")] * (rules.MOST_A_MINUTE + 2)


async def test_ten_runs_on_a_ticket_in_a_minute_are_enough(desk: Automating) -> None:
    await desk.rule("customer_answered", {"do": "tag", "name": "Again"})
    await desk.writes()
    for _ in range(12):
        await desk.answers()
    log = await desk.log()
    assert (log.count(("done", "")), log.count(("stopped", rules.TOO_OFTEN))) == (10, 2)


def test_a_rule_may_run_after_others_but_not_after_itself() -> None:
    one, two = new_id(), new_id()
    assert rules.obstacle(two, Chain(rules=(one,)), 0) == ""
    assert rules.obstacle(one, Chain(rules=(one, two)), 0) == rules.ITSELF
    assert rules.chain_of(rules.told(Chain(rules=(one, two)))) == Chain(rules=(one, two))


@pytest.mark.parametrize(
    ("name", "data", "trigger"),
    [
        ("message.queued", {}, None),
        ("delivery.changed", {"state": "sending"}, None),
        ("delivery.changed", {"state": "sent"}, None),
        ("delivery.changed", {"state": "sent", "answers": True}, "agent_answered"),
        ("message.sent_elsewhere", {}, "agent_answered"),
        ("message.sent_elsewhere", {"automatic": True}, None),
        ("message.sent_elsewhere", {"history": True}, None),
    ],
)
def test_only_what_a_person_has_sent_to_the_contact_is_an_answer(
    name: Name, data: dict[str, Any], trigger: str | None
) -> None:
    happened = Recorded(
        seq=1,
        name=name,
        version=1,
        at=clock.now(),
        actor_id=None,
        ticket_id=new_id(),
        conversation_id=None,
        channel_id=None,
        contact_id=None,
        data=data,
    )
    assert rules.trigger_of(happened) == trigger


async def test_the_log_is_kept_for_90_days(desk: Automating) -> None:
    await desk.rule("created", {"do": "tag", "name": "New"})
    await desk.writes()
    await desk.run("update automation_runs set at = at - %s", (timedelta(days=89),))
    await forget_old(desk.db)
    assert len(await desk.runs()) == 1
    await desk.run("update automation_runs set at = at - %s", (timedelta(days=2),))
    await desk.run("update automation_rules set deleted_at = now() - interval '91 days'")
    await forget_old(desk.db)
    assert (await desk.runs(), await desk.rows("select 1 from automation_rules")) == ([], [])


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(behaviour=st.lists(st.builds(dict, marks=st.booleans(), threads=st.booleans()), min_size=1, max_size=3))
async def test_two_desks_that_acknowledge_each_other_stop(
    db: Database, tmp_path: Path, behaviour: list[dict[str, bool]]
) -> None:
    desk = await automating(db, tmp_path, slug=f"a-{new_id().hex}")
    await desk.run("update channels set acknowledgement = %s", (document({"on": True}),))
    await desk.rule("created", {"do": "mail", "to": "contact", "text": "Thank you."})
    await desk.rule("customer_answered", {"do": "mail", "to": "contact", "text": "Thank you again."})
    await _other_desk_says(desk, "", marks=False, threads=False)
    answered, rounds = 0, 0
    while len(ours := await desk.said_automatically()) > answered:
        rounds += 1
        assert rounds < 40, "they would go on for ever"
        other = behaviour[answered % len(behaviour)]
        await _other_desk_says(desk, ours[answered]["external_id"], **other)
        answered += 1
    assert 1 <= len(ours) <= 2 + TO_ONE_ADDRESS.most


async def _other_desk_says(desk: Automating, to: str, *, marks: bool, threads: bool) -> None:
    """It answers whatever we send; it may hide that it is a machine, or lose the thread."""
    thing = said(
        f"We have got your message {new_id()}",
        "help@other.example",
        in_reply_to=to if threads else "",
        automatic="auto_reply" if marks else None,
        cc=(OURS,),
    )
    door = Door(account_addresses=[OURS])
    await hear(desk.db, desk.account, desk.channel, thing, door=door, carriers=desk.site.carriers)
    await desk.consume()
