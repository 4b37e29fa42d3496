"""What is planned, how long a hand holds against it, and who is back when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from kanal.kit import hours
from kanal.people.availability import rules
from kanal.people.availability.models import Period, Plan, Span, State

STOCKHOLM = "Europe/Stockholm"
OFFICE = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
ANN = Plan(hours=OFFICE, zone=STOCKHOLM, country="SE")
BO = UUID(int=7)
FOUNDED = datetime(2026, 1, 1, tzinfo=UTC)


def at(text: str) -> datetime:
    """A wall clock's reading in Stockholm."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(STOCKHOLM)).astimezone(UTC)


def out(from_: str, to: str, created_at: datetime = FOUNDED) -> Period:
    return Period(from_at=at(from_), to_at=at(to), made_by=BO, created_at=created_at)


def told(span: Span) -> tuple[str, str, datetime | None]:
    return span.state, span.why, span.next_change_at


# The plan --------------------------------------------------------------------------------------------------------


def test_route_28_available_from_the_begin_and_away_from_the_end_of_ones_hours() -> None:
    assert told(rules.planned(ANN, at("2026-11-23T09:00"))) == ("available", "hours", at("2026-11-23T17:00"))
    assert told(rules.planned(ANN, at("2026-11-23T17:00"))) == ("away", "hours", at("2026-11-24T09:00"))


def test_route_28_hours_are_those_of_ones_own_zone() -> None:
    moment = at("2026-11-23T10:00")
    zones = (STOCKHOLM, "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago")
    states = [rules.planned(Plan(hours=OFFICE, zone=zone), moment).state for zone in zones]
    assert states == ["available", "away", "away", "away"]


def test_a_holiday_of_ones_country_is_the_reason_from_midnight_to_midnight() -> None:
    friday = at("2026-12-25T10:00")
    assert told(rules.planned(ANN, at("2026-12-24T18:00"))) == ("away", "hours", at("2026-12-25T00:00"))
    assert told(rules.planned(ANN, friday)) == ("away", "holiday", at("2026-12-26T00:00"))
    assert told(rules.planned(ANN, at("2026-12-26T00:00"))) == ("away", "hours", at("2026-12-28T09:00"))
    assert rules.planned(Plan(hours=OFFICE, zone=STOCKHOLM, country="DE"), friday).why == "holiday"
    assert rules.planned(Plan(hours=OFFICE, zone=STOCKHOLM, country="EG"), friday).state == "available"


def test_a_holiday_is_that_of_ones_region() -> None:
    epiphany = at("2027-01-06T10:00")
    states = {
        country: rules.planned(Plan(hours=OFFICE, zone=STOCKHOLM, country=country), epiphany).state
        for country in ("DE", "DE-BY", "DE-BE")
    }
    assert states == {"DE": "available", "DE-BY": "away", "DE-BE": "available"}


def test_without_hours_one_is_available_also_on_holidays() -> None:
    assert told(rules.planned(Plan(country="SE"), at("2026-12-25T03:00"))) == ("available", "start", None)


def test_route_30_out_of_office_is_away_from_its_begin_and_what_the_hours_say_at_its_end() -> None:
    plan = Plan(hours=OFFICE, zone=STOCKHOLM, periods=(out("2026-11-23T12:00", "2026-11-24T10:00"),))
    assert told(rules.planned(plan, at("2026-11-23T10:00"))) == ("available", "hours", at("2026-11-23T12:00"))
    during = rules.planned(plan, at("2026-11-23T12:00"))
    assert (told(during), during.set_by) == (("away", "out_of_office", at("2026-11-24T10:00")), BO)
    assert rules.planned(plan, at("2026-11-24T10:00")).state == "available"


def test_route_30_without_hours_one_is_available_after_being_out_of_office() -> None:
    plan = Plan(periods=(out("2026-11-23T12:00", "2026-11-24T10:00"),))
    assert told(rules.planned(plan, at("2026-11-24T10:00"))) == ("available", "start", None)


def test_who_left_or_has_not_come_yet_is_away() -> None:
    gone, invited = Plan(deactivated=True), Plan(joined=False)
    assert told(rules.planned(gone, at("2026-11-23T10:00"))) == ("away", "deactivated", None)
    assert told(rules.planned(invited, at("2026-11-23T10:00"))) == ("away", "start", None)


# By hand ---------------------------------------------------------------------------------------------------------


def test_route_29_a_hand_holds_until_the_hours_next_change() -> None:
    assert rules.by_hand_until(ANN, at("2026-11-23T10:00")) == at("2026-11-23T17:00")
    assert rules.by_hand_until(ANN, at("2026-11-23T20:00")) == at("2026-11-24T09:00")


def test_route_29_a_hand_holds_over_the_midnight_at_which_only_the_reason_changes() -> None:
    assert rules.by_hand_until(ANN, at("2026-12-24T20:00")) == at("2026-12-28T09:00")


def test_route_29_without_hours_a_hand_holds_until_it_is_changed() -> None:
    assert rules.by_hand_until(Plan(), at("2026-11-23T10:00")) is None
    assert rules.by_hand_until(Plan(hours={}), at("2026-11-23T10:00")) is None


def test_route_30_out_of_office_begins_also_for_somebody_who_set_themselves_available() -> None:
    plan = Plan(hours=OFFICE, zone=STOCKHOLM, periods=(out("2026-11-28T00:00", "2026-12-01T00:00"),))
    assert rules.by_hand_until(plan, at("2026-11-27T20:00")) == at("2026-11-28T00:00")
    assert rules.by_hand_until(plan, at("2026-11-28T12:00")) == at("2026-12-01T09:00")


def test_a_hand_set_before_a_period_was_entered_gives_way_to_it() -> None:
    by_hand = rules.by_hand(ANN, "available", at("2026-11-23T18:00"), BO)
    entered = out("2026-11-23T08:00", "2026-11-25T00:00", created_at=at("2026-11-23T19:00"))
    later = rules.refreshed(Plan(hours=OFFICE, zone=STOCKHOLM, periods=(entered,)), by_hand, at("2026-11-23T19:00"))
    assert [span.why for span in later] == ["hand", "out_of_office"]


def test_a_hand_set_during_a_period_holds() -> None:
    plan = Plan(hours=OFFICE, zone=STOCKHOLM, periods=(out("2026-11-23T08:00", "2026-11-25T12:00"),))
    by_hand = rules.by_hand(plan, "available", at("2026-11-23T18:00"), BO)
    assert rules.refreshed(plan, by_hand, at("2026-11-23T19:00")) == [by_hand]


def test_a_hand_holds_through_a_change_of_hours_until_the_new_ones_change() -> None:
    by_hand = rules.by_hand(ANN, "away", at("2026-11-23T10:00"), BO)
    early = {day: [["07:00", "13:00"]] for day in hours.DAYS}
    [still] = rules.refreshed(Plan(hours=early, zone=STOCKHOLM), by_hand, at("2026-11-23T11:00"))
    assert told(still) == ("away", "hand", at("2026-11-23T13:00"))


# Late ------------------------------------------------------------------------------------------------------------


def test_what_nobody_wrote_for_days_is_written_as_it_was() -> None:
    friday = rules.planned(ANN, at("2026-11-20T10:00"))
    spans = rules.settled(ANN, friday, at("2026-11-24T10:00"))
    assert [(span.state, span.from_at) for span in spans] == [
        ("available", at("2026-11-20T10:00")),
        ("away", at("2026-11-20T17:00")),
        ("available", at("2026-11-23T09:00")),
        ("away", at("2026-11-23T17:00")),
        ("available", at("2026-11-24T09:00")),
    ]


def test_years_of_nobody_looking_end_at_now() -> None:
    first = rules.planned(ANN, at("2010-01-04T10:00"))
    spans = rules.settled(ANN, first, at("2026-11-24T10:00"))
    assert len(spans) <= rules.MOST_SPANS + 1
    assert told(spans[-1]) == ("available", "hours", at("2026-11-24T17:00"))


def test_a_clock_that_was_put_back_makes_no_row_that_ends_before_it_begins() -> None:
    [only] = rules.refreshed(Plan(deactivated=True), rules.planned(ANN, at("2026-11-23T10:00")), at("2026-11-23T09:59"))
    assert (only.why, only.from_at) == ("deactivated", at("2026-11-23T10:00"))


# Back ------------------------------------------------------------------------------------------------------------


def back(plan: Plan, moment: str) -> datetime | None:
    return rules.back_at(plan, rules.planned(plan, at(moment)), at(moment))


def test_back_at_the_next_begin_of_hours_that_no_holiday_or_period_covers() -> None:
    assert back(ANN, "2026-11-23T18:00") == at("2026-11-24T09:00")
    assert back(ANN, "2026-12-24T18:00") == at("2026-12-28T09:00")
    plan = Plan(hours=OFFICE, zone=STOCKHOLM, periods=(out("2026-11-24T00:00", "2026-11-26T12:00"),))
    assert back(plan, "2026-11-23T18:00") == at("2026-11-26T12:00")
    two = (*plan.periods, out("2026-11-26T12:00", "2026-11-28T00:00"))
    assert back(Plan(hours=OFFICE, zone=STOCKHOLM, periods=two), "2026-11-23T18:00") == at("2026-11-30T09:00")


def test_nobody_who_is_available_left_or_never_works_is_back() -> None:
    for plan in (ANN, Plan(deactivated=True), Plan(joined=False), Plan(hours={})):
        assert back(plan, "2026-11-23T10:00") is None


def test_who_went_away_by_hand_is_back_when_the_plan_next_makes_them_available() -> None:
    noon = at("2026-11-23T12:00")
    assert rules.back_at(ANN, rules.by_hand(ANN, "away", noon, None), noon) == at("2026-11-24T09:00")
    assert rules.back_at(Plan(), rules.by_hand(Plan(), "away", noon, None), noon) is None
    plan = Plan(periods=(out("2026-11-24T00:00", "2026-11-26T12:00"),))
    assert rules.back_at(plan, rules.by_hand(plan, "away", noon, None), noon) == at("2026-11-26T12:00")


# Whatever happens ---------------------------------------------------------------------------------------------------

quarters = st.integers(0, 4 * 24 * 60).map(lambda quarter: FOUNDED + timedelta(minutes=15 * quarter))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    edges = draw(st.lists(quarters, unique=True, max_size=6).map(sorted))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return Plan(
        hours=draw(st.sampled_from([None, {}, OFFICE, {"sat": [["00:00", "24:00"]], "sun": [["02:15", "02:45"]]}])),
        zone=draw(st.sampled_from(["UTC", STOCKHOLM, "Pacific/Kiritimati", "America/Santiago"])),
        country=draw(st.sampled_from(["", "SE", "US-CA"])),
        periods=tuple(Period(from_at=a, to_at=b, made_by=None, created_at=FOUNDED) for a, b in pairs),
        joined=draw(st.sampled_from([True, True, True, False])),
        deactivated=draw(st.sampled_from([False, False, False, True])),
    )


@given(
    st.lists(st.tuples(plans(), quarters, st.sampled_from(["refresh", "available", "away"])), min_size=1, max_size=6)
)
@settings(max_examples=150, deadline=None)
def test_rows_follow_each_other_without_gap_or_overlap(steps: list[tuple[Plan, datetime, Any]]) -> None:
    steps.sort(key=lambda step: step[1])
    spans = [rules.planned(steps[0][0], FOUNDED)]
    for plan, now, what in steps:
        spans[-1:] = rules.refreshed(plan, spans[-1], now)
        if what not in ("refresh", spans[-1].state) and plan.joined and not plan.deactivated:
            rules.follow(spans, rules.by_hand(plan, what, now, BO))
        assert rules.refreshed(plan, spans[-1], now) == [spans[-1]]
    begins = [span.from_at for span in spans]
    assert begins == sorted(set(begins))


@given(plans(), quarters, quarters)
@settings(max_examples=150, deadline=None)
def test_the_plan_says_the_same_until_its_next_change(plan: Plan, moment: datetime, other: datetime) -> None:
    first = rules.planned(plan, moment)
    assert first.next_change_at is None or first.next_change_at > moment
    if moment <= other < (first.next_change_at or moment + timedelta(days=60)):
        then = rules.planned(plan, other)
        assert (then.state, then.why, then.next_change_at) == (first.state, first.why, first.next_change_at)


@given(plans(), quarters, st.sampled_from(["available", "away"]))
@settings(max_examples=150, deadline=None)
def test_who_is_said_to_be_back_is_available_then(plan: Plan, moment: datetime, state: State) -> None:
    for span in (rules.planned(plan, moment), rules.by_hand(plan, state, moment, BO)):
        back_at = rules.back_at(plan, span, moment)
        if back_at is not None:
            assert back_at > moment
            assert rules.settled(plan, span, back_at)[-1].state == "available"
            assert rules.settled(plan, span, back_at - timedelta(seconds=1))[-1].state == "away"
