"""The properties that a channel sets on its new tickets (ROUTE-2). What cannot be set any more is passed over and told
where rules are edited; a message is never refused for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args
from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.properties import queries as properties
from kanal.properties import rules as property_rules
from kanal.properties.errors import PropertyInvalid
from kanal.properties.models import Catalogue
from kanal.routing.models import RoutingProblem
from kanal.tickets import queries as tickets
from kanal.tickets.models import Pipeline, Priority

OWN = ("pipeline", "status", "priority", "team")
"""Properties that are columns of the ticket; all others are custom ones."""


class Settable(msgspec.Struct, kw_only=True):
    pipeline_id: UUID | None = None
    status_id: UUID | None = None
    status_key: str | None = None
    priority: Priority = "normal"
    team_id: UUID | None = None
    custom: dict[str, Any] = {}


async def settable(tx: Transaction, given: Mapping[str, Any]) -> Settable:
    teams: list[UUID] = await tx.values("select id from teams") if "team" in given else []
    custom = any(key not in OWN for key in given)
    return settle(
        given,
        pipelines=await tickets.pipelines(tx),
        teams=frozenset(teams),
        catalogue=await properties.catalogue(tx) if custom else Catalogue(properties=[], members=frozenset()),
    )[0]


def settle(
    given: Mapping[str, Any], *, pipelines: Mapping[UUID, Pipeline], teams: frozenset[UUID], catalogue: Catalogue
) -> tuple[Settable, list[RoutingProblem]]:
    """What can be set, and what is wrong with the rest."""
    found, problems = Settable(), []
    for key, value in given.items():
        try:
            _set(found, key, value, teams, catalogue)
        except ValueError as wrong:
            problems.append(
                RoutingProblem(field=f"routing.properties.{key[:100]}", message=str(wrong), code="property")
            )
    problems += _settle_status(found, pipelines)
    return found, problems


def _set(found: Settable, key: str, value: Any, teams: frozenset[UUID], catalogue: Catalogue) -> None:
    """Raises ValueError with the mend."""
    match key:
        case "pipeline":
            found.pipeline_id = _id(value, "choose a pipeline")
        case "status":
            if not isinstance(value, str):
                raise ValueError("choose a status")
            found.status_key = value
        case "priority":
            if value not in get_args(Priority):
                raise ValueError(f"write one of {', '.join(get_args(Priority))}")
            found.priority = value
        case "team":
            team = _id(value, "choose a team")
            if team not in teams:
                raise ValueError("there is no such team any more; choose another one")
            found.team_id = team
        case _:
            try:
                found.custom |= property_rules.checked(catalogue, "ticket", {key: value}, "routing.properties")
            except PropertyInvalid as wrong:
                raise ValueError(wrong.message) from wrong


def _settle_status(found: Settable, pipelines: Mapping[UUID, Pipeline]) -> list[RoutingProblem]:
    pipeline = pipelines.get(found.pipeline_id) if found.pipeline_id else None
    problems = []
    if found.pipeline_id and pipeline is None:
        found.pipeline_id = None
        message = "there is no such pipeline any more; choose another one"
        problems.append(RoutingProblem(field="routing.properties.pipeline", message=message, code="property"))
    if found.status_key is None:
        return problems
    pipeline = pipeline or tickets.default_of(dict(pipelines))
    status = next((s for s in pipeline.statuses if found.status_key in (s.key, str(s.id))), None)
    if status is None or status.is_closed:
        message = f"{pipeline.name} has no such open status; choose another one"
        problems.append(RoutingProblem(field="routing.properties.status", message=message, code="property"))
    else:
        found.status_id = status.id
    return problems


def _id(value: Any, mend: str) -> UUID:
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError):
        raise ValueError(mend) from None
