"""Pure decisions about availability: what is planned for a moment, how long a change by hand holds, how the rows went
on while nobody wrote them, and when somebody will be back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from msgspec.structs import replace

from kanal.kit import hours
from kanal.people.availability import calendars
from kanal.people.availability.models import Period, Plan, Span, State

MOST_SPANS = 2_000
"""What is made up for in one go: years of nobody looking."""


def planned(plan: Plan, at: datetime) -> Span:
    """How somebody stands at a moment by plan alone, up to when it says something else."""
    if plan.deactivated:
        return Span(state="away", why="deactivated", from_at=at)
    if not plan.joined:
        return Span(state="away", why="start", from_at=at)
    if period := running(plan, at):
        end = period.to_at
        return Span(state="away", why="out_of_office", from_at=at, set_by=period.made_by, next_change_at=end)
    out_from = next((period.from_at for period in plan.periods if period.from_at > at), None)
    if plan.hours is None:
        return Span(state="available", why="start", from_at=at, next_change_at=out_from)
    return _by_hours(plan, at, out_from)


def running(plan: Plan, at: datetime) -> Period | None:
    return next((period for period in plan.periods if period.from_at <= at < period.to_at), None)


def by_hand_until(plan: Plan, at: datetime) -> datetime | None:
    """A change by hand holds until the plan next makes somebody available or away, or an out-of-office period begins
    (ROUTE-29). None: until it is changed again."""
    before = planned(plan, at)
    change = before.next_change_at
    while change is not None and change <= at + hours.HORIZON:
        then = planned(plan, change)
        if then.state != before.state or then.why == "out_of_office":
            return change
        change = then.next_change_at
    return None


def by_hand(plan: Plan, state: State, at: datetime, actor: UUID | None) -> Span:
    return Span(state=state, why="hand", from_at=at, set_by=actor, next_change_at=by_hand_until(plan, at))


def settled(plan: Plan, span: Span, now: datetime) -> list[Span]:
    """The open row, and those that should have followed it by now, each from the moment at which the one before it
    ended: a clock that runs late still writes what was true."""
    spans = [span]
    while (due := spans[-1].next_change_at) is not None and due <= now:
        follow(spans, planned(plan, due if len(spans) < MOST_SPANS else now))
    return spans


def refreshed(plan: Plan, span: Span, now: datetime) -> list[Span]:
    """As `settled`, after the plan has changed."""
    spans = settled(plan, span, now)
    if _holds(plan, spans[-1], now):
        spans[-1] = replace(spans[-1], next_change_at=by_hand_until(plan, now))
    else:
        follow(spans, planned(plan, now))
    return spans


def follow(spans: list[Span], then: Span) -> None:
    """Go on with another state or reason; what lasted no time is left out, what says the same only goes on."""
    last = spans[-1]
    if (then.state, then.why, then.set_by) == (last.state, last.why, last.set_by):
        spans[-1] = replace(last, next_change_at=then.next_change_at)
    elif then.from_at <= last.from_at:
        spans[-1] = replace(then, from_at=last.from_at)
    else:
        spans.append(then)


def back_at(plan: Plan, span: Span, now: datetime) -> datetime | None:
    """When somebody who stands so will be available by plan."""
    if span.state == "available" or plan.deactivated or not plan.joined:
        return None
    ends = span.next_change_at if span.why == "hand" else now
    return None if ends is None else _next_available(plan, ends)


def _by_hours(plan: Plan, at: datetime, out_from: datetime | None) -> Span:
    shut = calendars.of(plan.country)
    change = hours.next_change(at, plan.hours, plan.zone, shut)
    if hours.is_open(at, plan.hours, plan.zone, shut):
        return Span(state="available", why="hours", from_at=at, next_change_at=_first(change, out_from))
    today = at.astimezone(hours.zone_of(plan.zone)).date()
    change = _first(change, out_from, _holiday_turns(plan, today, change))
    return Span(state="away", why="holiday" if _is_holiday(plan, today) else "hours", from_at=at, next_change_at=change)


def _holiday_turns(plan: Plan, today: date, until: datetime | None) -> datetime | None:
    """The midnight, while they are closed anyway, at which a holiday becomes the reason or no longer is it."""
    day = today + timedelta(days=1)
    while plan.country and until is not None and (midnight := hours.begin_of(day, plan.zone)) < until:
        if _is_holiday(plan, day) != _is_holiday(plan, today):
            return midnight
        day += timedelta(days=1)
    return None


def _is_holiday(plan: Plan, day: date) -> bool:
    """One on which they would have worked."""
    return bool((plan.hours or {}).get(hours.DAYS[day.weekday()])) and day in calendars.of(plan.country)


def _holds(plan: Plan, span: Span, now: datetime) -> bool:
    """Whether a change by hand stands after the plan has changed: not against being out of office since then."""
    if span.why != "hand" or plan.deactivated or not plan.joined:
        return False
    period = running(plan, now)
    return period is None or max(period.from_at, period.created_at) <= span.from_at


def _next_available(plan: Plan, at: datetime) -> datetime | None:
    """From `at` on. Each look that ends in a period goes on behind it, so there are no more than periods and one."""
    for _ in range(len(plan.periods) + 1):
        if period := running(plan, at):
            at = period.to_at
        opening = _opening(plan, at)
        if opening is None or running(plan, opening) is None:
            return opening
        at = opening
    return None


def _opening(plan: Plan, at: datetime) -> datetime | None:
    if plan.hours is None:
        return at
    return hours.next_opening(at, plan.hours, plan.zone, calendars.of(plan.country))


def _first(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)
