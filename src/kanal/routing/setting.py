"""The properties that are set on new tickets: by the channel (ROUTE-2), by whoever wrote, by the form. What cannot be
set any more is passed over and told where rules are edited; a message is never refused for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
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


class Known(msgspec.Struct, kw_only=True):
    """What values are checked against."""

    pipelines: Mapping[UUID, Pipeline]
    teams: frozenset[UUID]
    catalogue: Catalogue


async def settable(tx: Transaction, given: Mapping[str, Any]) -> Settable:
    return settled([given], await known(tx, given))[0]


async def known(tx: Transaction, keys: Collection[str]) -> Known:
    """As much as it takes to check the values of these properties."""
    teams: list[UUID] = await tx.values("select id from teams") if "team" in keys else []
    custom = any(key not in OWN for key in keys)
    return Known(
        pipelines=await tickets.pipelines(tx),
        teams=frozenset(teams),
        catalogue=await properties.catalogue(tx) if custom else Catalogue(properties=[], members=frozenset()),
    )


def settle(
    given: Mapping[str, Any], *, pipelines: Mapping[UUID, Pipeline], teams: frozenset[UUID], catalogue: Catalogue
) -> tuple[Settable, list[RoutingProblem]]:
    """What can be set, and what is wrong with the rest."""
    return settled([given], Known(pipelines=pipelines, teams=teams, catalogue=catalogue))


def settled(layers: Sequence[Mapping[str, Any]], known: Known) -> tuple[Settable, list[RoutingProblem]]:
    """The same of several who set properties: the first has the last word on each, unless what it says cannot be set.
    A status counts where the pipeline that was decided on has it, whoever chose the one and the other."""
    found, problems = Settable(), []
    for key, value in ((key, value) for layer in reversed(layers) for key, value in layer.items() if key != "status"):
        try:
            _set(found, key, value, known)
        except ValueError as wrong:
            problems.append(_problem(key, str(wrong)))
    problems += _set_status(found, [layer["status"] for layer in layers if "status" in layer], known.pipelines)
    return found, problems


def _set(found: Settable, key: str, value: Any, known: Known) -> None:
    """Raises ValueError with the mend."""
    match key:
        case "pipeline":
            pipeline = _id(value, "choose a pipeline")
            if pipeline not in known.pipelines:
                raise ValueError("there is no such pipeline any more; choose another one")
            found.pipeline_id = pipeline
        case "priority":
            if value not in get_args(Priority):
                raise ValueError(f"write one of {', '.join(get_args(Priority))}")
            found.priority = value
        case "team":
            team = _id(value, "choose a team")
            if team not in known.teams:
                raise ValueError("there is no such team any more; choose another one")
            found.team_id = team
        case _:
            try:
                found.custom |= property_rules.checked(known.catalogue, "ticket", {key: value}, "routing.properties")
            except PropertyInvalid as wrong:
                raise ValueError(wrong.message) from wrong


def _set_status(found: Settable, wanted: Sequence[Any], pipelines: Mapping[UUID, Pipeline]) -> Iterator[RoutingProblem]:
    """The first of these that the pipeline has, and in which something is left to do."""
    for value in wanted:
        if not isinstance(value, str):
            yield _problem("status", "choose a status")
            continue
        pipeline = pipelines.get(found.pipeline_id) if found.pipeline_id else None
        pipeline = pipeline or tickets.default_of(dict(pipelines))
        status = next((s for s in pipeline.statuses if value in (s.key, str(s.id))), None)
        if status is not None and not status.is_closed:
            found.status_id, found.status_key = status.id, value
            return
        yield _problem("status", f"{pipeline.name} has no such open status; choose another one")


def _problem(key: str, message: str) -> RoutingProblem:
    return RoutingProblem(field=f"routing.properties.{key[:100]}", message=message, code="property")


def _id(value: Any, mend: str) -> UUID:
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError):
        raise ValueError(mend) from None
