"""What a message does to a status, and where people may take a ticket."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from kanal.tickets import rules
from kanal.tickets.errors import InvalidPipeline
from kanal.tickets.models import Pipeline, Status
from kanal.tickets.pipelines import rules as pipelines
from kanal.tickets.pipelines.models import StatusIn


def pipeline(*statuses: dict[str, Any], **rules_: Any) -> Pipeline:
    made = Pipeline(id=UUID(int=9), name="Orders", is_default=False, grace_days=30, **rules_)
    made.statuses = [
        Status(
            id=UUID(int=number + 1),
            pipeline_id=made.id,
            name=given["key"].title(),
            position=number,
            **{"is_closed": False, **given},
        )
        for number, given in enumerate(statuses)
    ]
    return made


ORDERS = pipeline(
    {"key": "received", "on_agent_reply": UUID(int=2)},
    {"key": "packed", "may_start": False, "on_customer_message": UUID(int=1)},
    {"key": "sent", "may_start": False},
    {"key": "done", "is_closed": True, "may_start": False},
    {"key": "lost", "is_closed": True, "on_customer_message": UUID(int=3)},
)
received, packed, sent, done, lost = ORDERS.statuses


@pytest.mark.parametrize(
    ("current", "after"), [(received, received), (packed, received), (sent, sent), (done, received), (lost, sent)]
)
def test_pipe_3_a_customers_message_does_what_the_status_says(current: Status, after: Status) -> None:
    assert rules.after_customer(ORDERS, current) is after


def test_pipe_7_a_reopened_ticket_is_open() -> None:
    turns_to_closed = pipeline(
        {"key": "open"},
        {"key": "closed", "is_closed": True, "on_customer_message": UUID(int=3)},
        {"key": "old", "is_closed": True},
    )
    assert not rules.after_customer(turns_to_closed, turns_to_closed.statuses[1]).is_closed


@pytest.mark.parametrize(("current", "after"), [(received, packed), (packed, packed), (done, done)])
def test_pipe_3_an_agents_answer_does_what_the_status_says(current: Status, after: Status) -> None:
    assert rules.after_agent(ORDERS, current) is after


def test_pipe_2_no_status_is_skipped_forward_but_any_backward() -> None:
    strict = pipeline(*({"key": key} for key in "abcd"), no_skipping=True)
    a, b, c, d = strict.statuses
    assert rules.refusal(strict, a, b) is None
    assert rules.refusal(strict, d, a) is None
    assert rules.refusal(strict, a, c) == "tickets of this pipeline skip no status; after A comes B"


def test_pipe_2_nothing_goes_backwards() -> None:
    strict = pipeline(*({"key": key} for key in "abcd"), no_backwards=True)
    a, b, _, d = strict.statuses
    assert rules.refusal(strict, a, d) is None
    assert rules.refusal(strict, b, a) == "tickets of this pipeline do not go back; after B come C, D"
    assert rules.refusal(strict, d, a) == "tickets of this pipeline do not go back, and D is the last status"


def test_pipe_2_where_tickets_begin() -> None:
    assert rules.entry_refusal(ORDERS, received) is None
    assert rules.entry_refusal(ORDERS, packed) == "tickets of this pipeline begin in Received, Lost"
    assert ORDERS.first_status is received


@pytest.mark.parametrize(
    ("current", "stands"),
    [
        ({"key": "received"}, received),
        ({"key": "sent"}, received),
        ({"key": "elsewhere"}, received),
        ({"key": "done", "is_closed": True}, done),
        ({"key": "elsewhere", "is_closed": True}, lost),
        ({"key": "done", "is_closed": False}, received),
    ],
)
def test_a_ticket_from_another_pipeline_stays_open_or_closed(current: dict[str, Any], stands: Status) -> None:
    assert rules.entry(ORDERS, pipeline(current).statuses[0]) is stands


def given(*names: str, **more: Any) -> list[StatusIn]:
    return [*(StatusIn(name=name, **more) for name in names), StatusIn(name="Done", is_closed=True)]


def test_statuses_get_keys_and_know_each_other_by_them() -> None:
    found = pipelines.statuses(
        pipeline(), [*given("Väntar på svar", "Open"), StatusIn(name="Last", on_agent_reply="done")]
    )
    assert [status.key for status in found] == ["vantar_pa_svar", "open_2", "done", "last"]
    assert found[3].on_agent_reply == found[2].id
    assert [status.counts for status in found] == [True, True, False, True]


def test_a_status_that_turns_to_itself_stays() -> None:
    [first, _] = pipelines.statuses(
        pipeline(), [StatusIn(name="New", on_agent_reply="new"), StatusIn(name="Done", is_closed=True)]
    )
    assert first.on_agent_reply is None


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ([], "statuses"),
        (given(), "statuses"),
        ([StatusIn(name="New")], "statuses"),
        (given("New", may_start=False), "statuses"),
        (given("New", " "), "statuses.1.name"),
        (given("New", "NEW"), "statuses.1.name"),
        (given("New", key="New"), "statuses.0.key"),
        (given("New", key="open"), "statuses.0.key"),
        (given("New", id=UUID(int=7)), "statuses.0.id"),
        (given("New", on_agent_reply="gone"), "statuses.0.on_agent_reply"),
        (given("New", on_customer_message="done"), "statuses.0.on_customer_message"),
        (given(*(f"S{number}" for number in range(50))), "statuses"),
    ],
)
def test_statuses_that_cannot_stand_together_are_refused(wanted: list[StatusIn], field: str) -> None:
    with pytest.raises(InvalidPipeline) as refused:
        pipelines.statuses(pipeline(), wanted)
    assert refused.value.field == field
