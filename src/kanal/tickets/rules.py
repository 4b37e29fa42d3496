"""Pure decisions on statuses (PIPE-3, K10): what a customer's or an agent's message does to a ticket."""

from __future__ import annotations

from kanal.tickets.models import Pipeline, Status

SNIPPET = 160


def after_customer(pipeline: Pipeline, current: Status) -> Status:
    """A customer's message: what waited for them, or was closed, waits for us; a new ticket stays new."""
    if current.is_closed:
        return pipeline.status("waiting_on_us") or _first_open(pipeline) or current
    if current.key == "waiting_on_contact":
        return pipeline.status("waiting_on_us") or current
    return current


def after_agent(pipeline: Pipeline, current: Status) -> Status:
    """An agent's answer: it waits for the contact, unless it is closed."""
    return current if current.is_closed else pipeline.status("waiting_on_contact") or current


def snippet(text: str) -> str:
    """The first words of a text, for lists."""
    return " ".join(text[: SNIPPET * 4].split())[:SNIPPET]


def _first_open(pipeline: Pipeline) -> Status | None:
    return min((s for s in pipeline.statuses if not s.is_closed), key=lambda s: s.position, default=None)
