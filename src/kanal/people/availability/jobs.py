"""People become available and away when their hours, holidays and out-of-office periods say so."""

from __future__ import annotations

from kanal.kit.alarm import Alarm
from kanal.kit.db import Database
from kanal.people.availability import actions


def timekeeper(db: Database) -> Alarm:
    """Whoever listens to the topics `availability` and `sweep` wakes it."""
    return Alarm(
        db,
        "availability",
        due="select account_id, member_id as id from availability_due(%(now)s)",
        next_at="select next_availability_at()",
        work=actions.settle,
    )
