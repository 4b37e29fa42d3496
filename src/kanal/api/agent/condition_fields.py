"""/condition-fields: what a condition may ask about, for editors and for those who write rules."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from litestar import get
from litestar.params import QueryParameter

from kanal.api.agent.properties import OptionOut
from kanal.api.http.given import Db
from kanal.api.http.pages import Page
from kanal.api.http.signin import DeskRequest, require
from kanal.kit.conditions import FieldType, Type
from kanal.properties import queries


class ConditionField(msgspec.Struct):
    field: str
    label: str
    group: Literal["ticket", "contact", "message"]
    type: Type
    operators: list[str]
    options: list[OptionOut] | None
    """The only values there are; null: any."""


@get("/condition-fields", guards=[require("read")])
async def list_condition_fields(
    request: DeskRequest,
    db: Db,
    purpose: Annotated[Literal["routing", "automation"], QueryParameter(name="for")] = "routing",
) -> Page[ConditionField]:
    """Built-in fields and the custom properties of tickets and contacts, in the order in which they are shown.
    `automation` has the ticket's assignee and tags beside what routing asks."""
    async with db.transaction(request.user.account) as tx:
        automation = purpose == "automation"
        found = await queries.automation_fields(tx) if automation else await queries.routing_fields(tx)
    return Page([_out(name, field) for name, field in found.items()], None)


def _out(name: str, field: FieldType) -> ConditionField:
    options = None if field.options is None else [OptionOut(o.value, o.label, o.archived) for o in field.options]
    return ConditionField(
        field=name,
        label=field.label,
        group=field.group,  # type: ignore[arg-type]  # neither asks of other groups
        type=field.type,
        operators=list(field.operators),
        options=options,
    )
