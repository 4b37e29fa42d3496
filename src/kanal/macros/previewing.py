"""What a macro would say and do on one ticket, in names, with what stands in the way. Nothing is done."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec import UNSET

from kanal.kit import html
from kanal.kit.db import Transaction
from kanal.macros import checking, filling, values
from kanal.macros.checking import Desk
from kanal.macros.models import (
    Action,
    MacroAssign,
    MacroPreview,
    MacroPriority,
    MacroProperty,
    MacroSnooze,
    MacroStatus,
    MacroStep,
    MacroTags,
)
from kanal.tickets import queries as tickets
from kanal.tickets.actions.state import is_bound, move_refusal
from kanal.tickets.models import State, Status


async def preview(
    tx: Transaction, ticket: UUID, member: UUID, *, body_html: str, body_text: str, actions: Sequence[Action]
) -> MacroPreview:
    """`actions` are at most as many as a macro may have. Raises NotFound."""
    desk = await checking.desk(tx)
    state = await tickets.state(tx, ticket)
    known = await values.of_ticket(tx, ticket, member, desk.catalogue)
    as_html, as_text = filling.as_html(body_html, known), filling.as_text(body_text, known)
    bound = await is_bound(tx, member)
    problems: dict[str, str] = {}
    for problem in checking.of_actions(actions, desk):
        problems.setdefault(problem.field.split(".")[1], problem.message)
    steps = [_step(action, desk, state, member, bound) for action in actions]
    for number, step in enumerate(steps):
        step.problem = problems.get(str(number), step.problem)
    # What was filled in may stand in a link: it is judged as if somebody had written it.
    return MacroPreview(html=html.sanitise(as_html.text).html, text=as_text.text, gaps=as_text.gaps, steps=steps)


def _step(action: Action, desk: Desk, state: State, member: UUID, bound: bool) -> MacroStep:
    step = MacroStep(do=str(action.__struct_config__.tag))
    match action:
        case MacroStatus():
            _status(step, action, desk, state, bound)
        case MacroAssign():
            _assign(step, action, desk, member)
        case MacroPriority():
            step.priority = action.priority
        case MacroTags():
            step.add, step.remove = action.add, action.remove
        case MacroSnooze():
            step.minutes = action.minutes
        case MacroProperty():
            found = desk.catalogue.find("ticket", action.property)
            step.property = found.label if found else action.property
            if found:
                names = {str(each.id): each.name for each in desk.members.values()}
                step.value = values.in_words(found, action.value, names) or None
    return step


def _status(step: MacroStep, action: MacroStatus, desk: Desk, state: State, bound: bool) -> None:
    pipeline = desk.pipelines[state.pipeline_id]
    status = next((each for each in pipeline.statuses if action.status in (each.key, str(each.id))), None)
    if status is None:
        known = [each for p in desk.pipelines.values() for each in p.statuses]
        elsewhere: Status | None = next((s for s in known if action.status in (s.key, str(s.id))), None)
        step.status = elsewhere.name if elsewhere else action.status
        names = ", ".join(each.name for each in pipeline.statuses)
        step.problem = f"the ticket's pipeline has no such status; it has {names}"
        return
    step.status = status.name
    step.problem = (move_refusal(state, status, desk.pipelines) or "") if bound else ""


def _assign(step: MacroStep, action: MacroAssign, desk: Desk, member: UUID) -> None:
    if action.member is not UNSET:
        step.changes = ["member"]
        step.me = action.member == "me" or action.member == str(member)
        wanted = str(member) if action.member == "me" else action.member
        step.member = next((each.name for each in desk.members.values() if str(each.id) == wanted), None)
    if action.team is not UNSET:
        step.changes = [*step.changes, "team"]
        step.team = desk.teams.get(action.team) if action.team else None
