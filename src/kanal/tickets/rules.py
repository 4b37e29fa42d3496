"""Pure decisions on statuses: what a customer's or an agent's message does to a ticket (PIPE-3, PIPE-7, K10), where
people may take one (PIPE-2), and where it stands when it comes into another pipeline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from kanal.tickets.models import Pipeline, Status

SNIPPET = 160
DELETED_KEPT = timedelta(days=30)
"""After which a deleted ticket is forgotten."""
SUBJECT_OF_TEXT = 80
NO_SUBJECT = "(no subject)"


def after_customer(pipeline: Pipeline, current: Status) -> Status:
    """A customer's message: as the status says. What was closed is open after it."""
    wanted = pipeline.by_id(current.on_customer_message)
    if current.is_closed and (wanted is None or wanted.is_closed):
        return _first(s for s in pipeline.statuses if not s.is_closed) or current
    return wanted or current


def after_agent(pipeline: Pipeline, current: Status) -> Status:
    """An agent's answer: as the status says, unless the ticket is closed."""
    return current if current.is_closed else pipeline.by_id(current.on_agent_reply) or current


def refusal(pipeline: Pipeline, current: Status, wanted: Status) -> str | None:
    """Why people may not take a ticket from one status of a pipeline to another, and what they can do."""
    order = sorted(pipeline.statuses, key=lambda status: status.position)
    was, will = order.index(current), order.index(wanted)
    if pipeline.no_backwards and will < was:
        ahead = _names(order[was + 1 :])
        rest = f"; after {current.name} come {ahead}" if ahead else f", and {current.name} is the last status"
        return f"tickets of this pipeline do not go back{rest}"
    if pipeline.no_skipping and will > was + 1:
        return f"tickets of this pipeline skip no status; after {current.name} comes {order[was + 1].name}"
    return None


def entry_refusal(pipeline: Pipeline, wanted: Status) -> str | None:
    """Why people may not let a ticket begin there."""
    if wanted.may_start:
        return None
    return f"tickets of this pipeline begin in {_names(s for s in pipeline.statuses if s.may_start)}"


def entry(pipeline: Pipeline, current: Status) -> Status:
    """Where a ticket stands that comes from another pipeline: open stays open, closed stays closed where it can."""
    same = pipeline.status(current.key)
    if same is not None and same.is_closed == current.is_closed and (same.may_start or current.is_closed):
        return same
    side = [status for status in pipeline.statuses if status.is_closed == current.is_closed]
    return _first(s for s in side if s.may_start) or _first(side) or pipeline.first_status


def snippet(text: str) -> str:
    """The first words of a text, for lists."""
    return " ".join(text[: SNIPPET * 4].split())[:SNIPPET]


def called(subject: str, text: str) -> str:
    """What a ticket is called that a message opens."""
    return subject.strip() or snippet(text)[:SUBJECT_OF_TEXT] or NO_SUBJECT


def _first(statuses: Iterable[Status]) -> Status | None:
    return min(statuses, key=lambda status: status.position, default=None)


def _names(statuses: Iterable[Status]) -> str:
    return ", ".join(status.name for status in statuses)
