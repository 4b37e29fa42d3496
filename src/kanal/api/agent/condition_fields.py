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
from kanal.views.filters.desk import desk
from kanal.views.filters.fields import fields_of


class ConditionField(msgspec.Struct):
    field: str
    label: str
    group: Literal["ticket", "contact", "message", "conversation", "channel"]
    type: Type
    operators: list[str]
    options: list[OptionOut] | None
    """The only values there are; null: any."""
    relative: bool
    """Of a date or a time: it may be counted from now, `{"ago": 7, "unit": "days"}` or `{"ahead": …}`."""


@get("/condition-fields", guards=[require("read")])
async def list_condition_fields(
    request: DeskRequest,
    db: Db,
    purpose: Annotated[Literal["routing", "automation", "views"], QueryParameter(name="for")] = "routing",
) -> Page[ConditionField]:
    """Built-in fields and the custom properties of tickets and contacts, in the order in which they are shown.
    `automation` has the ticket's assignee and tags beside what routing asks; `views` asks of tickets as they stand,
    their conversations and channels."""
    async with db.transaction(request.user.account) as tx:
        match purpose:
            case "routing":
                found = await queries.routing_fields(tx)
            case "automation":
                found = await queries.automation_fields(tx)
            case "views":
                found = fields_of(await desk(tx))
    return Page([_out(name, field) for name, field in found.items()], None)


def _out(name: str, field: FieldType) -> ConditionField:
    options = None if field.options is None else [OptionOut(o.value, o.label, o.archived) for o in field.options]
    return ConditionField(
        field=name,
        label=field.label,
        group=field.group,  # type: ignore[arg-type]  # there are no others
        type=field.type,
        operators=list(field.operators),
        options=options,
        relative=field.relative,
    )
