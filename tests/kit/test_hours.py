"""Working hours by the clocks of a zone: through both changes of the clocks, across the date line, over holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanal.kit import hours
from kanal.kit.hours import HORIZON, HoursInvalid, WeeklyHours

OFFICE: WeeklyHours = {day: [["09:00", "12:00"], ["13:00", "17:30"]] for day in ("mon", "tue", "wed", "thu", "fri")}
STOCKHOLM = "Europe/Stockholm"
ZONES = (
    *("UTC", STOCKHOLM, "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Pacific/Apia"),
    *("Australia/Lord_Howe", "Asia/Beirut", "America/St_Johns", "Africa/Casablanca", "Asia/Kathmandu"),
)


def at(text: str, zone: str = STOCKHOLM, *, fold: int = 0) -> datetime:
    """A wall clock's reading as a moment."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


# An ordinary week ------------------------------------------------------------------------------------------------


def test_open_from_the_begin_to_just_before_the_end() -> None:
    open_at = [clock for clock in ("08:59", "09:00", "11:59", "12:00", "13:00", "17:29", "17:30") if _open(clock)]
    assert open_at == ["09:00", "11:59", "13:00", "17:29"]


def _open(clock: str) -> bool:
    return hours.is_open(at(f"2026-11-23T{clock}"), OFFICE, STOCKHOLM)


def test_next_opening_is_now_while_open_and_monday_from_friday_night() -> None:
    noon, friday = at("2026-11-23T10:00"), at("2026-11-27T17:30")
    assert hours.next_opening(noon, OFFICE, STOCKHOLM) == noon
    assert hours.next_opening(friday, OFFICE, STOCKHOLM) == at("2026-11-30T09:00")


def test_next_change_is_the_end_while_open_and_the_begin_while_closed() -> None:
    assert hours.next_change(at("2026-11-23T09:00"), OFFICE, STOCKHOLM) == at("2026-11-23T12:00")
    assert hours.next_change(at("2026-11-23T12:00"), OFFICE, STOCKHOLM) == at("2026-11-23T13:00")


def test_intervals_that_touch_are_one_also_over_midnight() -> None:
    night: WeeklyHours = {"mon": [["18:00", "22:00"], ["22:00", "24:00"]], "tue": [["00:00", "06:00"]]}
    assert hours.next_change(at("2026-11-23T19:00"), night, STOCKHOLM) == at("2026-11-24T06:00")
    assert hours.is_open(at("2026-11-24T00:00"), night, STOCKHOLM)


def test_a_day_may_end_at_24() -> None:
    late: WeeklyHours = {"sun": [["20:00", "24:00"]]}
    assert hours.is_open(at("2026-11-29T23:59:59"), late, STOCKHOLM)
    assert not hours.is_open(at("2026-11-30T00:00"), late, STOCKHOLM)


def test_without_hours_it_is_always_open() -> None:
    moment = at("2026-11-29T03:00")
    assert hours.is_open(moment, None, STOCKHOLM)
    assert hours.next_opening(moment, None, STOCKHOLM) == moment
    assert hours.next_change(moment, None, STOCKHOLM) is None
    assert hours.working_minutes(moment, moment + timedelta(hours=2), None, STOCKHOLM) == 120


@pytest.mark.parametrize("empty", [{}, {"mon": []}])
def test_a_week_without_hours_never_opens(empty: WeeklyHours) -> None:
    moment = at("2026-11-23T10:00")
    assert not hours.is_open(moment, empty, STOCKHOLM)
    assert hours.next_opening(moment, empty, STOCKHOLM) is None
    assert hours.next_change(moment, empty, STOCKHOLM) is None
    assert hours.after_working(moment, 60, empty, STOCKHOLM) == moment + HORIZON
    assert hours.working_minutes(moment, moment + timedelta(days=30), empty, STOCKHOLM) == 0


def test_open_round_the_clock_by_intervals_never_changes() -> None:
    always: WeeklyHours = {day: [["00:00", "24:00"]] for day in hours.DAYS}
    assert hours.next_change(at("2026-11-23T10:00"), always, STOCKHOLM) is None


# Counting --------------------------------------------------------------------------------------------------------


def test_k9_four_working_hours_go_over_lunch_and_night() -> None:
    assert hours.after_working(at("2026-11-23T11:00"), 240, OFFICE, STOCKHOLM) == at("2026-11-23T16:00")
    assert hours.after_working(at("2026-11-27T16:30"), 240, OFFICE, STOCKHOLM) == at("2026-11-30T12:00")


def test_working_time_that_ends_with_the_day_ends_there_and_not_the_next_morning() -> None:
    assert hours.after_working(at("2026-11-23T17:00"), 30, OFFICE, STOCKHOLM) == at("2026-11-23T17:30")


def test_no_working_time_is_now_even_at_night() -> None:
    night = at("2026-11-23T03:00")
    assert hours.after_working(night, 0, OFFICE, STOCKHOLM) == night
    assert hours.after_working(night, -5, OFFICE, STOCKHOLM) == night


def test_working_minutes_leave_out_lunch_night_and_weekend() -> None:
    assert hours.working_minutes(at("2026-11-23T08:00"), at("2026-11-23T14:00"), OFFICE, STOCKHOLM) == 240
    assert hours.working_minutes(at("2026-11-27T17:00"), at("2026-11-30T09:15"), OFFICE, STOCKHOLM) == 45
    assert hours.working_minutes(at("2026-11-30T09:15"), at("2026-11-27T17:00"), OFFICE, STOCKHOLM) == 0


def test_more_than_ever_fits_ends_at_the_horizon() -> None:
    moment = at("2026-11-23T11:00")
    for endless in (1e9, float("inf")):
        assert hours.after_working(moment, endless, OFFICE, STOCKHOLM) == moment + HORIZON


# Clocks put forward: on 2026-03-29 in Stockholm 02:00 becomes 03:00 ------------------------------------------------

FORWARD = at("2026-03-29T03:00")
SUNDAY_NIGHT = "2026-03-29"


def test_begin_in_the_skipped_hour_is_the_moment_of_the_change() -> None:
    early: WeeklyHours = {"sun": [["02:30", "06:00"]]}
    assert hours.next_opening(at("2026-03-29T00:00"), early, STOCKHOLM) == FORWARD
    assert hours.working_minutes(at("2026-03-29T00:00"), at("2026-03-29T12:00"), early, STOCKHOLM) == 180


def test_end_in_the_skipped_hour_is_the_moment_of_the_change() -> None:
    late: WeeklyHours = {"sun": [["00:00", "02:30"]]}
    assert hours.next_change(at("2026-03-29T01:00"), late, STOCKHOLM) == FORWARD
    assert hours.working_minutes(at("2026-03-29T00:00"), at("2026-03-29T12:00"), late, STOCKHOLM) == 120


def test_hours_within_the_skipped_hour_fall_out() -> None:
    short: WeeklyHours = {"sun": [["02:15", "02:45"]]}
    assert hours.next_opening(at("2026-03-28T12:00"), short, STOCKHOLM) == at("2026-04-05T02:15")


def test_a_night_with_a_skipped_hour_is_an_hour_shorter() -> None:
    night: WeeklyHours = {"sun": [["00:00", "06:00"]]}
    assert hours.working_minutes(at("2026-03-28T12:00"), at("2026-03-29T12:00"), night, STOCKHOLM) == 300
    assert hours.after_working(at("2026-03-29T01:00"), 120, night, STOCKHOLM) == at("2026-03-29T04:00")


def test_office_hours_keep_to_the_wall_clock_on_both_sides() -> None:
    before, after = (hours.next_opening(at(day), OFFICE, STOCKHOLM) for day in ("2026-03-27T01:00", "2026-03-30T01:00"))
    assert (before, after) == (datetime(2026, 3, 27, 8, tzinfo=UTC), datetime(2026, 3, 30, 7, tzinfo=UTC))


def test_a_day_that_begins_with_a_gap_begins_after_it() -> None:
    """Beirut puts its clocks forward at midnight: 00:00 becomes 01:00."""
    whole: WeeklyHours = {"sun": [["00:00", "24:00"]]}
    opening = hours.next_opening(at("2026-03-28T12:00", "Asia/Beirut"), whole, "Asia/Beirut")
    assert opening == at("2026-03-29T01:00", "Asia/Beirut")
    assert hours.working_minutes(opening, opening + timedelta(days=3), whole, "Asia/Beirut") == 23 * 60


# Clocks put back: on 2026-10-25 in Stockholm 03:00 becomes 02:00 ---------------------------------------------------


def test_hours_within_the_doubled_hour_count_once_the_first_time() -> None:
    short: WeeklyHours = {"sun": [["02:15", "02:45"]]}
    opening = hours.next_opening(at("2026-10-25T00:00"), short, STOCKHOLM)
    assert opening == at("2026-10-25T02:15")
    assert hours.next_change(opening, short, STOCKHOLM) == at("2026-10-25T02:45")
    assert not hours.is_open(at("2026-10-25T02:30", fold=1), short, STOCKHOLM)


def test_hours_over_the_doubled_hour_are_an_hour_longer() -> None:
    night: WeeklyHours = {"sun": [["00:00", "06:00"]]}
    assert hours.working_minutes(at("2026-10-25T00:00"), at("2026-10-25T12:00"), night, STOCKHOLM) == 420
    assert hours.is_open(at("2026-10-25T02:30", fold=1), night, STOCKHOLM)


def test_begin_and_end_in_the_doubled_hour_are_at_its_first_coming() -> None:
    late: WeeklyHours = {"sun": [["00:00", "02:30"]]}
    early: WeeklyHours = {"sun": [["02:30", "06:00"]]}
    assert hours.next_change(at("2026-10-25T00:00"), late, STOCKHOLM) == at("2026-10-25T02:30")
    assert hours.next_opening(at("2026-10-25T00:00"), early, STOCKHOLM) == at("2026-10-25T02:30")
    assert hours.working_minutes(at("2026-10-25T00:00"), at("2026-10-25T12:00"), early, STOCKHOLM) == 270


def test_clocks_put_back_over_midnight_leave_the_day_that_has_begun_open() -> None:
    """St John's, until 2011: at 00:01 it became 23:01 of the day before."""
    sunday: WeeklyHours = {"sun": [["00:00", "08:00"]]}
    zone = "America/St_Johns"
    again = at("2010-11-06T23:30", zone, fold=1)
    assert hours.is_open(again, sunday, zone)
    assert hours.next_opening(at("2010-11-06T23:30", zone), sunday, zone) == at("2010-11-07T00:00", zone)
    assert hours.next_change(again, sunday, zone) == at("2010-11-07T08:00", zone)


# Across the date line ---------------------------------------------------------------------------------------------


def test_the_same_monday_morning_is_a_day_apart_across_the_date_line() -> None:
    monday: WeeklyHours = {"mon": [["09:00", "17:00"]]}
    moment = datetime(2026, 11, 20, tzinfo=UTC)
    first = hours.next_opening(moment, monday, "Pacific/Kiritimati")
    last = hours.next_opening(moment, monday, "Pacific/Pago_Pago")
    assert first == datetime(2026, 11, 22, 19, tzinfo=UTC)
    assert last == datetime(2026, 11, 23, 20, tzinfo=UTC)


def test_apia_had_no_friday_in_the_last_week_of_2011() -> None:
    moment = at("2011-12-29T18:00", "Pacific/Apia")
    assert hours.next_opening(moment, {"fri": [["09:00", "17:00"]]}, "Pacific/Apia") == at(
        "2012-01-06T09:00", "Pacific/Apia"
    )
    everyday: WeeklyHours = {day: [["09:00", "17:00"]] for day in hours.DAYS}
    opening = hours.next_opening(moment, everyday, "Pacific/Apia")
    assert opening == at("2011-12-31T09:00", "Pacific/Apia")
    assert opening - moment == timedelta(hours=15)


def test_half_an_hour_of_summer_time_counts() -> None:
    """Lord Howe puts its clocks by thirty minutes: on 2026-10-04 02:00 becomes 02:30."""
    night: WeeklyHours = {"sun": [["01:00", "03:00"]]}
    zone = "Australia/Lord_Howe"
    day = at("2026-10-04T00:00", zone), at("2026-10-04T12:00", zone)
    assert hours.working_minutes(*day, night, zone) == 90


# Holidays ---------------------------------------------------------------------------------------------------------


def test_a_holiday_is_closed_and_the_day_after_it_is_not() -> None:
    christmas = {date(2026, 12, 25)}
    before = at("2026-12-24T17:30")
    assert not hours.is_open(at("2026-12-25T10:00"), OFFICE, STOCKHOLM, christmas)
    assert hours.next_opening(before, OFFICE, STOCKHOLM, christmas) == at("2026-12-28T09:00")
    assert hours.next_opening(before, OFFICE, STOCKHOLM) == at("2026-12-25T09:00")


def test_a_holiday_is_the_day_of_the_zone() -> None:
    """New Year's day on Kiritimati is still the last day of the year in UTC."""
    moment = datetime(2026, 12, 31, 12, tzinfo=UTC)
    new_year = {date(2027, 1, 1)}
    assert not hours.is_open(moment, None, "Pacific/Kiritimati", new_year)
    assert hours.is_open(moment, None, "Pacific/Pago_Pago", new_year)


def test_closed_on_every_day_of_the_year_never_opens() -> None:
    moment = at("2026-11-23T10:00")
    closed = {date(2026, 11, 1) + timedelta(days=day) for day in range(600)}
    assert hours.next_opening(moment, OFFICE, STOCKHOLM, closed) is None
    assert hours.after_working(moment, 10, OFFICE, STOCKHOLM, closed) == moment + HORIZON


# Bad input --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"monday": []}, "hours.monday", "the days are mon, tue"),
        ({"mon": [["09:00"]]}, "hours.mon.0", "a begin and an end, as in"),
        ({"mon": [["9:00", "17:00"]]}, "hours.mon.0", "write it as 09:00"),
        ({"mon": [["09:00", "25:00"]]}, "hours.mon.0", "'25:00' is no time of day"),
        ({"mon": [["09:00", "17:60"]]}, "hours.mon.0", "'17:60' is no time of day"),
        ({"mon": [["٠٩:٠٠", "17:00"]]}, "hours.mon.0", "no time of day"),
        ({"tue": [["08:00", "09:00"], ["17:00", "09:00"]]}, "hours.tue.1", "two intervals, until 24:00 and from 00:00"),
        ({"tue": [["09:00", "09:00"]]}, "hours.tue.0", "does not end after it begins"),
        ({"tue": [["24:00", "24:00"]]}, "hours.tue.0", "does not end after it begins"),
        ({"wed": [["13:00", "17:00"], ["09:00", "13:30"]]}, "hours.wed.1", "overlaps 13:00-17:00"),
        ({"wed": [["00:00", "01:00"]] * 13}, "hours.wed", "at most 12"),
    ],
)
def test_hours_that_cannot_be_are_refused_with_the_mend(given: WeeklyHours, field: str, message: str) -> None:
    with pytest.raises(HoursInvalid) as refused:
        hours.check(given, "hours")
    assert refused.value.field == field
    assert message in refused.value.message


@pytest.mark.parametrize("fine", [None, {}, {"sun": []}, OFFICE, {"mon": [["13:00", "24:00"], ["00:00", "13:00"]]}])
def test_hours_that_can_be_are_taken(fine: WeeklyHours | None) -> None:
    hours.check(fine, "hours")


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("Europe/Stokholm", "Europe/Stockholm"),
        ("europe/stockholm", "Europe/Stockholm"),
        ("stockholm", "Europe/Stockholm"),
        ("new york", "America/New_York"),
        ("../../etc/passwd", "Europe/Stockholm"),
        ("", "Europe/Stockholm"),
    ],
)
def test_a_zone_that_does_not_exist_is_refused_with_one_that_does(given: str, meant: str) -> None:
    with pytest.raises(HoursInvalid, match=meant) as refused:
        hours.check_zone(given, "timezone")
    assert refused.value.field == "timezone"


def test_every_zone_of_the_list_can_be_used() -> None:
    assert len(hours.zones()) > 500
    for zone in hours.zones():
        hours.check_zone(zone, "timezone")
        assert hours.zone_of(zone).key == zone


# Whatever the hours ------------------------------------------------------------------------------------------------


@st.composite
def weeks(draw: st.DrawFn) -> WeeklyHours | None:
    if draw(st.integers(0, 9)) == 0:
        return None
    week = {}
    for day in draw(st.sets(st.sampled_from(hours.DAYS))):
        edges = draw(st.lists(st.integers(0, 96), unique=True, max_size=6).map(sorted))
        clocks = [f"{edge // 4:02}:{edge % 4 * 15:02}" for edge in edges]
        week[day] = [list(pair) for pair in zip(clocks[::2], clocks[1::2], strict=False)]
    return week


moments = st.integers(0, 21 * 366 * 24 * 60).map(
    lambda minutes: datetime(2009, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
changing = st.sampled_from([at("2026-03-29T01:00"), at("2026-10-25T00:00"), at("2011-12-29T20:00", "Pacific/Apia")])
near_changes = st.builds(lambda near, hours_: near + timedelta(hours=hours_), changing, st.floats(-12, 36))
closed_days = st.frozensets(st.dates(date(2009, 1, 1), date(2031, 1, 1)), max_size=5)
whatever = {
    "moment": moments | near_changes,
    "week": weeks(),
    "zone": st.sampled_from(ZONES),
    "closed": closed_days,
}


@given(**whatever, minutes=st.floats(0, 50_000))
@settings(max_examples=150, deadline=None)
def test_after_working_and_working_minutes_undo_each_other(
    moment: datetime, week: WeeklyHours | None, zone: str, closed: frozenset[date], minutes: float
) -> None:
    hours.check(week, "hours")
    then = hours.after_working(moment, minutes, week, zone, closed)
    assert moment <= then <= moment + HORIZON
    worked = hours.working_minutes(moment, then, week, zone, closed)
    assert worked == pytest.approx(minutes, abs=1e-4) or (then == moment + HORIZON and worked < minutes)


@given(**whatever)
@settings(max_examples=150, deadline=None)
def test_open_or_closed_lasts_until_the_next_change(
    moment: datetime, week: WeeklyHours | None, zone: str, closed: frozenset[date]
) -> None:
    state = hours.is_open(moment, week, zone, closed)
    change = hours.next_change(moment, week, zone, closed)
    end = change or moment + HORIZON
    assert end > moment
    between = [moment + (end - moment) * part / 17 for part in range(17)]
    assert {hours.is_open(each, week, zone, closed) for each in between} == {state}
    if change is not None:
        assert hours.is_open(change, week, zone, closed) is not state


@given(**whatever)
@settings(max_examples=150, deadline=None)
def test_the_next_opening_is_open_and_nothing_before_it_is(
    moment: datetime, week: WeeklyHours | None, zone: str, closed: frozenset[date]
) -> None:
    opening = hours.next_opening(moment, week, zone, closed)
    assert hours.working_minutes(moment, opening or moment + HORIZON, week, zone, closed) == 0
    if opening is not None:
        assert hours.is_open(opening, week, zone, closed)


@given(**whatever, spare=st.floats(0, 20_000))
@settings(max_examples=100, deadline=None)
def test_working_time_adds_up(
    moment: datetime, week: WeeklyHours | None, zone: str, closed: frozenset[date], spare: float
) -> None:
    middle, end = moment + timedelta(minutes=spare / 3), moment + timedelta(minutes=spare)
    first = hours.working_minutes(moment, middle, week, zone, closed)
    second = hours.working_minutes(middle, end, week, zone, closed)
    assert first + second == pytest.approx(hours.working_minutes(moment, end, week, zone, closed), abs=1e-4)
