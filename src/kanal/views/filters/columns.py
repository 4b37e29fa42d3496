"""How each field stands in the database, beside a ticket `t`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import LiteralString
from uuid import UUID

from kanal.kit.conditions import holds
from kanal.kit.conditions_sql import (
    Boolean,
    Column,
    DateText,
    Moment,
    MomentText,
    Number,
    Params,
    Several,
    Text,
    cases,
    ids,
    mapped,
    uuids,
    words,
)
from kanal.properties.models import Property
from kanal.views.filters.desk import Channel, Desk

Sql = Callable[[Params], LiteralString]
STATES: dict[str, LiteralString] = {
    "active": "t.is_active",
    "snoozed": "(t.is_open and t.snoozed_until is not null)",
    "closed": "not t.is_open",
}
LAST: LiteralString = """
  from conversations v where v.ticket_id = t.id order by v.last_message_at desc, v.id desc limit 1
"""
EMAIL: LiteralString = """
  (select coalesce(h.address_look, plain(h.address)) from handles h
   where h.contact_id = t.contact_id and h.space = 'email' order by h.created_at, h.id limit 1)
"""
DIRECTION: LiteralString = """
  (select m.direction from messages m where m.conversation_id = v.id order by m.created_at desc, m.id desc limit 1)
"""


def columns_of(desk: Desk) -> dict[str, Column]:
    return {**_builtin(desk), **{f"{each.object}.{each.key}": _custom(each) for each in desk.custom}}


def _builtin(desk: Desk) -> dict[str, Column]:
    kinds: dict[str, list[UUID]] = defaultdict(list)
    for channel in desk.channels:
        kinds[channel.kind].append(channel.id)
    return {
        "ticket.number": Number(_as_is("t.number")),
        "ticket.subject": Text(_as_is("coalesce(t.subject_look, plain(t.subject))")),
        "ticket.state": cases(STATES),
        "ticket.pipeline": ids("t.pipeline_id"),
        "ticket.status": mapped("t.status_id", desk.statuses),
        "ticket.priority": words(_as_is("t.priority")),
        "ticket.team": ids("t.team_id"),
        "ticket.assignee": ids("t.assignee_id"),
        "ticket.tags": _tags(),
        "ticket.followers": _people("ticket_followers"),
        "ticket.mentions": _people("mentions"),
        "ticket.channel": ids("t.channel_id"),
        "ticket.source": words(_as_is("t.source")),
        "ticket.last_direction": words(_as_is("t.last_direction")),
        "ticket.has_failed_reply": Boolean(_as_is("t.has_failed_reply")),
        "ticket.created_at": Moment("t.created_at"),
        "ticket.last_message_at": Moment("t.last_message_at"),
        "ticket.waiting_since": Moment("t.waiting_since"),
        "ticket.snoozed_until": Moment("t.snoozed_until"),
        "ticket.closed_at": Moment("t.closed_at"),
        "contact.name": Text(_of_contact("coalesce(c.name_look, plain(c.name))")),
        "contact.email": Text(_as_is(EMAIL)),
        "contact.email_domain": Text(_as_is(f"substring({EMAIL} from '[^@]*$')")),
        "contact.owner": ids(_of_contact("c.owner_id")(Params())),
        "contact.is_new": Boolean(_as_is(NEW)),
        "contact.created_at": Moment(_of_contact("c.created_at")(Params())),
        "conversation.state": words(_as_is(f"(select v.state {LAST})")),
        "conversation.kind": mapped(f"(select v.channel_id {LAST})", kinds),
        "conversation.last_direction": words(_as_is(f"(select {DIRECTION} {LAST})")),
        "conversation.subject": Text(_as_is(f"(select coalesce(v.subject_look, plain(v.subject)) {LAST})")),
        "channel.kind": mapped("t.channel_id", kinds),
        "channel.name": _ChannelName(desk.channels),
    }


NEW: LiteralString = """
  (t.contact_id is not null
   and not exists (select from tickets o where o.contact_id = t.contact_id and o.number < t.number))
"""


def _as_is(sql: LiteralString) -> Sql:
    return lambda _: sql


def _of_contact(sql: LiteralString) -> Sql:
    return lambda _: f"(select {sql} from contacts c where c.id = t.contact_id)"  # noqa: S608 - our own text


def _tags() -> Several:
    def among(values: Sequence[str], params: Params) -> LiteralString:
        return f"""
          exists (select from ticket_tags x join tags g on g.id = x.tag_id
                  where x.ticket_id = t.id and g.key = any({params.bind(list(values), "text[]")}))
        """

    return Several(among, _as_is("exists (select from ticket_tags x where x.ticket_id = t.id)"))


def _people(table: LiteralString) -> Several:
    def among(values: Sequence[str], params: Params) -> LiteralString:
        return f"""
          exists (select from {table} x
                  where x.ticket_id = t.id and x.member_id = any({params.bind(uuids(values), "uuid[]")}))
        """

    return Several(among, _as_is(f"exists (select from {table} x where x.ticket_id = t.id)"))


class _ChannelName:
    """There are few channels: which of them it holds for is known before."""

    def __init__(self, channels: list[Channel]) -> None:
        self.channels = channels

    def ask(self, operator: str, value: object, params: Params) -> LiteralString:
        asked = {"field": "name", "operator": operator, "value": value}
        held = [each.id for each in self.channels if holds(asked, {"name": each.name})]
        without: LiteralString = "t.channel_id is null or " if holds(asked, {"name": None}) else ""
        return f"({without}t.channel_id = any({params.bind(held, 'uuid[]')}))"


def _custom(each: Property) -> Column:
    """Beside a row without a contact a contact's property is empty. What is kept is of its type, or it is not asked."""
    owner: LiteralString = "c" if each.object == "contact" else "t"

    def sql(value: Callable[[LiteralString], LiteralString]) -> Sql:
        def made(params: Params) -> LiteralString:
            found = value(params.bind(each.key, "text"))
            return _of_contact(found)(params) if owner == "c" else found

        return made

    def typed(type_: LiteralString, wanted: LiteralString) -> Sql:
        return sql(
            lambda key: (
                f"case when jsonb_typeof({owner}.custom -> {key}) = '{type_}' then {wanted.format(o=owner, k=key)} end"
            )
        )

    text: LiteralString = "{o}.custom ->> {k}"
    match each.type:
        case "number":
            return Number(typed("number", "({o}.custom ->> {k})::numeric"))
        case "boolean":
            return Boolean(sql(lambda key: f"{owner}.custom -> {key} = 'true'"))
        case "select" | "member":
            return words(typed("string", text))
        case "date":
            return DateText(typed("string", text))
        case "datetime":
            return MomentText(typed("string", text))
        case "multi_select":
            return _chosen(typed("array", "{o}.custom -> {k}"))
    return Text(typed("string", "coalesce({o}.custom_looks ->> {k}, plain({o}.custom ->> {k}))"))


def _chosen(sql: Sql) -> Several:
    def among(values: Sequence[str], params: Params) -> LiteralString:
        return f"jsonb_exists_any({sql(params)}, {params.bind(list(values), 'text[]')})"

    return Several(among, lambda params: f"coalesce(jsonb_array_length({sql(params)}) > 0, false)")
