"""What a simulation counts."""

from __future__ import annotations

from collections import deque
from datetime import datetime
from uuid import UUID

from kanal.routing.deciding import Verdict
from kanal.routing.simulation.models import NOTES, Arrival, BeforeAfter, Change, Result

MOST_CHANGES = 200


class Tally:
    def __init__(self, from_at: datetime, to_at: datetime, *, tickets: int, missing: int) -> None:
        """`missing` of all these tickets have no history."""
        self._result = Result(from_at=from_at, to_at=to_at, tickets=tickets, missing_history=missing, notes=list(NOTES))
        self._members: dict[UUID, BeforeAfter] = {}
        self._teams: dict[UUID, BeforeAfter] = {}
        self._changes: deque[Change] = deque(maxlen=MOST_CHANGES)

    def add(
        self,
        arrival: Arrival,
        old: Verdict,
        before: UUID | None,
        after: UUID | None,
        *,
        teams: tuple[UUID | None, UUID | None],
    ) -> None:
        """`before` and `after` are who had it on arrival, and would have had it; `teams` the same of teams."""
        result = self._result
        result.unassigned_before += before is None
        result.unassigned_after += after is None
        if arrival.decided:
            result.compared += 1
            result.reproduced += old.member == arrival.assignee_id
        if before != after:
            result.elsewhere += 1
            change = Change(ticket_id=arrival.id, number=arrival.number, before=before, after=after)
            self._changes.append(change)
        _count(self._members, before, after)
        _count(self._teams, *teams)

    def result(self) -> Result:
        """Those with most tickets first, the newest changes first."""
        self._result.by_member = _ranked(self._members)
        self._result.by_team = _ranked(self._teams)
        self._result.changes = list(reversed(self._changes))
        return self._result


def _count(counts: dict[UUID, BeforeAfter], before: UUID | None, after: UUID | None) -> None:
    if before is not None:
        counts.setdefault(before, BeforeAfter(id=before)).before += 1
    if after is not None:
        counts.setdefault(after, BeforeAfter(id=after)).after += 1


def _ranked(counts: dict[UUID, BeforeAfter]) -> list[BeforeAfter]:
    return sorted(counts.values(), key=lambda each: (-max(each.before, each.after), each.id))
