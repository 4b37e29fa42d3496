"""What tokens stand for: the list of them, and their values on one ticket for whoever uses the macro."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from kanal.delivery.tokens import first_name
from kanal.kit.db import Transaction
from kanal.macros.models import MacroToken
from kanal.properties.models import Catalogue, Property

BUILTIN = (
    ("contact.name", "Contact's name"),
    ("contact.first_name", "Contact's first name"),
    ("contact.email", "Contact's email address"),
    ("ticket.number", "Ticket number"),
    ("ticket.subject", "Subject"),
    ("ticket.status", "Status"),
    ("assignee.name", "Who has the ticket"),
    ("agent.name", "Your name"),
    ("agent.first_name", "Your first name"),
    ("channel.name", "Channel"),
)


def known(catalogue: Catalogue) -> list[MacroToken]:
    """Built-in ones first, then those of custom properties."""
    own = [
        MacroToken(token=f"{each.object}.{each.key}", label=each.label, custom=True)
        for each in catalogue.properties
        if not each.builtin and not each.archived
    ]
    return [*(MacroToken(token=token, label=label, custom=False) for token, label in BUILTIN), *own]


class _Facts(msgspec.Struct, kw_only=True):
    number: int
    subject: str
    custom: dict[str, Any]
    status: str
    assignee: str | None
    channel: str | None
    contact: str | None
    contact_custom: dict[str, Any] | None
    email: str | None
    agent: str


FACTS: LiteralString = """
  select t.number, t.subject, t.custom, s.name as status, person.name as assignee, ch.name as channel,
         who.name as contact, who.custom as contact_custom,
         (select h.address from handles h where h.contact_id = t.contact_id and h.space = 'email'
          order by h.created_at, h.id limit 1) as email,
         (select u.name from members m join users u on u.id = m.user_id
          where m.id = %(agent)s) as agent
  from tickets t
  join statuses s on s.id = t.status_id
  left join members a on a.id = t.assignee_id
  left join users person on person.id = a.user_id
  left join channels ch on ch.id = t.channel_id
  left join contacts who on who.id = t.contact_id
  where t.id = %(ticket)s
"""


async def of_ticket(tx: Transaction, ticket: UUID, agent: UUID, catalogue: Catalogue) -> dict[str, str]:
    """By token; what is known to be nothing is "". Raises NotFound."""
    facts = await tx.one(_Facts, FACTS, {"ticket": ticket, "agent": agent})
    values = {
        "contact.name": facts.contact or "",
        "contact.first_name": first_name(facts.contact or ""),
        "contact.email": facts.email or "",
        "ticket.number": str(facts.number),
        "ticket.subject": facts.subject,
        "ticket.status": facts.status,
        "assignee.name": facts.assignee or "",
        "agent.name": facts.agent,
        "agent.first_name": first_name(facts.agent),
        "channel.name": facts.channel or "",
    }
    names = await _names(tx, catalogue)
    for each in catalogue.custom("ticket"):
        values[f"ticket.{each.key}"] = in_words(each, facts.custom.get(each.key), names)
    for each in catalogue.custom("contact"):
        values[f"contact.{each.key}"] = in_words(each, (facts.contact_custom or {}).get(each.key), names)
    return values


def in_words(of: Property, value: Any, names: Mapping[str, str]) -> str:
    """As a person would write it; `names` are those of members by id."""
    labels = {option.value: option.label for option in of.options}
    match value:
        case None | False:
            return ""
        case True:
            return of.label
        case list():
            return ", ".join(labels.get(each, str(each)) for each in value)
        case _ if of.type == "member":
            return names.get(str(value), "")
        case _ if of.type == "datetime":
            return str(value)[:16].replace("T", " ")
        case _:
            return labels.get(str(value), str(value))


async def _names(tx: Transaction, catalogue: Catalogue) -> dict[str, str]:
    if not any(each.type == "member" and not each.builtin for each in catalogue.properties):
        return {}
    rows = await tx.dicts("select m.id, u.name from members m join users u on u.id = m.user_id")
    return {str(row["id"]): row["name"] for row in rows}
