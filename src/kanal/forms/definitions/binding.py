"""Which properties of tickets and contacts a field of a form can set, by their paths: `ticket.subject`,
`contact.<custom key>`."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import msgspec

from kanal.forms.models import FieldType
from kanal.kit.conditions import Option
from kanal.properties.builtin import PRIORITIES
from kanal.properties.models import Catalogue, Limits, Property, PropertyType
from kanal.tickets.models import Pipeline

PIPELINE, STATUS = "ticket.pipeline", "ticket.status"
FILLED_BY: dict[PropertyType, tuple[FieldType, ...]] = {
    "text": ("text", "email", "phone", "select"),
    "long_text": ("long_text", "text"),
    "number": ("number",),
    "boolean": ("checkbox", "consent"),
    "select": ("select",),
    "multi_select": ("multi_select",),
    "date": ("date",),
    "url": ("text",),
    "email": ("email",),
    "phone": ("phone",),
    "datetime": (),
    "member": (),
}
"""Types of fields whose answers a property of each type can hold."""


class Target(msgspec.Struct, kw_only=True):
    """A property, as a field that sets it sees it."""

    types: tuple[FieldType, ...]
    choices: list[Option] | None = None
    """The only values there are; None: any."""
    limits: Limits = msgspec.field(default_factory=Limits)
    archived: bool = False


class Desk(msgspec.Struct, kw_only=True):
    """What the fields of a form may name."""

    targets: dict[str, Target]
    pipelines: dict[UUID, Pipeline]


def desk(catalogue: Catalogue, pipelines: dict[UUID, Pipeline]) -> Desk:
    targets = {
        "ticket.subject": Target(types=("text", "select")),
        "ticket.description": Target(types=("long_text", "text")),
        PIPELINE: Target(types=("select",), choices=_pipelines(pipelines)),
        STATUS: Target(types=("select",), choices=_statuses(pipelines)),
        "ticket.priority": Target(types=("select",), choices=PRIORITIES),
        "contact.name": Target(types=("text",)),
        "contact.email": Target(types=("email",)),
    }
    custom = [each for each in catalogue.properties if not each.builtin]
    return Desk(targets=targets | {f"{each.object}.{each.key}": _custom(each) for each in custom}, pipelines=pipelines)


def _pipelines(pipelines: Mapping[UUID, Pipeline]) -> list[Option]:
    return [Option(value=str(each.id), label=each.name) for each in pipelines.values()]


def _statuses(pipelines: Mapping[UUID, Pipeline]) -> list[Option]:
    """Open ones, by key: those of several pipelines that share one are one choice."""
    names: dict[str, dict[str, None]] = {}
    for pipeline in pipelines.values():
        for status in pipeline.statuses:
            if not status.is_closed:
                names.setdefault(status.key, {})[status.name] = None
    return [Option(value=key, label=" / ".join(found)) for key, found in names.items()]


def _custom(each: Property) -> Target:
    active = [option for option in each.options if not option.archived]
    return Target(
        types=FILLED_BY[each.type],
        choices=active if each.type in ("select", "multi_select") else None,
        limits=each.limits,
        archived=each.archived,
    )
