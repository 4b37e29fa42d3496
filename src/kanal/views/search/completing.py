"""How the last word of a query may go on: operators, then what they may name here."""

from __future__ import annotations

from typing import LiteralString, get_args
from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.tickets.models import Priority
from kanal.views.search.meaning import STATES
from kanal.views.search.models import Completion, Completions
from kanal.views.search.parsing import OPERATORS, PART
from kanal.views.visible import viewer

MOST = 8
DAYS = ("today", "yesterday", "7d", "30d", "365d")


class _Known(msgspec.Struct):
    id: UUID | None
    value: str
    label: str


async def complete(tx: Transaction, member: UUID | None, typed: str) -> Completions:
    """Nothing when the last word is finished, or is just a word."""
    last = _last(typed)
    if last is None:
        return Completions(items=[])
    minus, name, value = last
    if name is None:
        operators = [known for known in OPERATORS if value and known.startswith(value.casefold())]
        return Completions(items=[Completion(text=f"{minus}{o}:", label=f"{o}:", kind="operator") for o in operators])
    operator = name.casefold()
    kind, known = await _known(tx, member, operator, value)
    wanted = value.casefold()
    fitting = [one for one in known if wanted in one.label.casefold() or wanted in one.value.casefold()]
    fitting.sort(key=lambda one: not one.label.casefold().startswith(wanted))
    items = [
        Completion(text=f"{minus}{operator}:{_quoted(one.value)}", label=one.label, kind=kind)  # type: ignore[arg-type]
        for one in fitting[:MOST]
    ]
    return Completions(items=items)


def _last(typed: str) -> tuple[str, str | None, str] | None:
    parts = [part for part in PART.finditer(typed[-400:]) if part[0].strip()]
    if not parts or parts[-1].end() != len(typed[-400:]):
        return None
    part = parts[-1]
    if part["quoted"] is not None and (part["name"] is None or (part[0].endswith('"') and part["quoted"])):
        return None
    bare = part["quoted"] if part["quoted"] is not None else part["bare"] or ""
    if part["name"] is None and bare.endswith(":") and bare[:-1].casefold() in OPERATORS:
        return part["minus"], bare[:-1], ""
    return part["minus"], part["name"], bare


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value


async def _known(tx: Transaction, member: UUID | None, operator: str, value: str) -> tuple[str, list[_Known]]:
    match operator:
        case "is":
            return "value", _plain(*STATES)
        case "priority":
            return "value", _plain(*get_args(Priority))
        case "has":
            return "value", _plain("attachment")
        case "before" | "after":
            return "value", _plain(*DAYS)
        case "from" | "to":
            return "contact", await _contacts(tx, member, value)
        case "assignee":
            return "member", [*_plain("me", "none"), *await tx.all(_Known, MEMBERS)]
        case "team":
            return "team", [*_plain("mine"), *await tx.all(_Known, TEAMS)]
        case "channel":
            hidden = (await viewer(tx, member)).hidden
            return "channel", [one for one in await tx.all(_Known, CHANNELS) if one.id not in hidden]
        case "tag":
            return "tag", await tx.all(_Known, TAGS)
        case "status":
            return "status", await tx.all(_Known, STATUSES)
    return "value", []


def _plain(*values: str) -> list[_Known]:
    return [_Known(id=None, value=value, label=value) for value in values]


async def _contacts(tx: Transaction, member: UUID | None, value: str) -> list[_Known]:
    """Those whose address begins so, of tickets that may be seen; the key is a range of the index."""
    who = await viewer(tx, member)
    start = value.casefold()
    if len(start) < 2:
        return []
    sql: LiteralString = f"""
      select h.contact_id as id, h.address as value, concat_ws(' ', nullif(c.name, ''), h.address) as label
      from handles h join contacts c on c.id = h.contact_id
      where h.space = 'email' and h.key >= %(start)s and h.key < %(end)s
        and exists (select from tickets t where t.contact_id = h.contact_id and {who.visible})
      order by h.key limit 8
    """  # noqa: S608 - our own fragments
    return await tx.all(_Known, sql, {**who.params, "start": start, "end": start + "\U0010ffff"})


MEMBERS: LiteralString = """
  select m.id, u.email as value, concat_ws(' ', u.name, u.email) as label
  from members m join users u on u.id = m.user_id
  where m.deactivated_at is null order by u.name, m.id
"""
TEAMS: LiteralString = "select id, name as value, name as label from teams order by name"
CHANNELS: LiteralString = """
  select id, name as value, name as label from channels where deleted_at is null order by name, id
"""
TAGS: LiteralString = "select id, name as value, name as label from tags order by key"
STATUSES: LiteralString = """
  select min(id::text)::uuid as id, key as value, min(name) as label from statuses
  group by key order by min(position), key
"""
