"""What would become of a message by a channel's routing, stored or not yet saved: read, decided and told, and nothing
written. The API rolls it into one answer (api/agent/route_preview.py)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import msgspec

from kanal.kit import conditions
from kanal.kit.conditions import FieldType
from kanal.kit.db import Transaction
from kanal.kit.mail import normalise
from kanal.properties import queries as properties
from kanal.routing import explaining, rules, text
from kanal.routing.came_in import CameIn
from kanal.routing.deciding import Verdict, decide
from kanal.routing.facts import Words, Writer, facts
from kanal.routing.models import Asked, CandidateOut, Outcome, Routing, Rule, RuleRef
from kanal.routing.setting import Settable, settable
from kanal.routing.snapshot import Snapshot, take
from kanal.tickets import queries as tickets
from kanal.tickets.rules import called

NO_TICKET = UUID(int=0)
LONGEST_SHOWN = 80
OPERATORS = {
    "is": "is",
    "is_not": "is not",
    "contains": "contains",
    "contains_not": "does not contain",
    "starts_with": "starts with",
    "ends_with": "ends with",
    "less": "is less than",
    "more": "is more than",
    "between": "is between",
    "is_any_of": "is one of",
    "is_none_of": "is none of",
    "has_any_of": "has one of",
    "has_all_of": "has all of",
    "has_none_of": "has none of",
    "is_empty": "is empty",
    "is_filled": "is filled",
}


class RuleTried(msgspec.Struct, kw_only=True):
    number: int
    name: str
    holds: bool
    because: list[str]
    """Each question of the condition with its answer."""


class Preview(msgspec.Struct, kw_only=True):
    contact: Writer
    properties: dict[str, Any]
    """What the channel sets, by key; ids and keys as in the routing."""
    rule: RuleRef | None
    rules: list[RuleTried]
    """All of them; the first that holds decides."""
    assignee: UUID | None
    outcome: Outcome
    why: str
    text: str
    candidates: list[CandidateOut]


async def preview(tx: Transaction, channel: UUID, routing: Routing, message: CameIn) -> Preview:
    """As if the message came in now."""
    sets = await settable(tx, routing.properties)
    snapshot = await take(tx, [channel])
    asked = Asked(
        ticket_id=NO_TICKET,
        at=snapshot.at,
        since=snapshot.at,
        priority=sets.priority,
        team_id=sets.team_id,
        contact_id=message.writer.id,
        owner_id=message.writer.owner_id,
        facts=facts(message.words, message.writer, sets, await tickets.pipelines(tx), subject=message.subject),
    )
    verdict = decide(snapshot, channel, routing, asked)
    names = {person.id: person.name for person in snapshot.people.values()}
    fields = await properties.routing_fields(tx)
    return Preview(
        contact=message.writer,
        properties=_set_by_channel(sets),
        rule=verdict.rule,
        rules=[_tried(number, rule, asked, fields) for number, rule in enumerate(routing.rules, start=1)],
        assignee=verdict.member,
        outcome=verdict.outcome,
        why=verdict.why,
        text=_text(verdict, names),
        candidates=_candidates(snapshot, verdict, names),
    )


async def pasted(tx: Transaction, words: Words, name: str) -> CameIn | None:
    """A message that somebody typed in, with the contact that it would find; None: its sender is no address."""
    key = normalise(words.sender)
    if not key:
        return None
    known = await tx.maybe(
        Writer,
        """
        select c.id, c.name, h.key as email, c.owner_id, c.custom,
               not exists (select from messages m where m.contact_id = c.id and m.direction = 'in') as is_new
        from handles h join contacts c on c.id = h.contact_id
        where h.space = 'email' and h.key = %s
        """,
        (key,),
    )
    return CameIn(
        message_id=NO_TICKET,
        subject=called(words.subject, words.text),
        words=words,
        writer=known or Writer(name=name or words.sender.strip(), email=key, is_new=True),
    )


def _set_by_channel(sets: Settable) -> dict[str, Any]:
    given = {
        "pipeline": sets.pipeline_id,
        "status": sets.status_key if sets.status_id else None,
        "priority": sets.priority,
        "team": sets.team_id,
        **sets.custom,
    }
    return {key: value for key, value in given.items() if value is not None}


def _text(verdict: Verdict, names: Mapping[UUID, str]) -> str:
    rule = (verdict.rule.name or str(verdict.rule.number)) if verdict.rule else None
    assignee = names.get(verdict.member) if verdict.member else None
    return text.decision(verdict.outcome, verdict.why, assignee, None, rule)


def _candidates(snapshot: Snapshot, verdict: Verdict, names: Mapping[UUID, str]) -> list[CandidateOut]:
    chosen = explaining.Chosen(member=verdict.member, at=snapshot.at, since=verdict.since, owner=verdict.owner)
    return explaining.candidates(verdict.board, chosen, names)


def _tried(number: int, rule: Rule, asked: Asked, fields: Mapping[str, FieldType]) -> RuleTried:
    if not rule.active:
        return RuleTried(number=number, name=rule.name, holds=False, because=["It is switched off."])
    known = conditions.Facts(asked.facts or {})
    because = list(_because(rule.when, known, fields)) or ["It has no condition, so it always holds."]
    return RuleTried(number=number, name=rule.name, holds=rules.holds(rule, known), because=because)


def _because(when: Any, known: conditions.Facts, fields: Mapping[str, FieldType]) -> Iterator[str]:
    for question in conditions.questions_of(when):
        name = question["field"]
        field = fields.get(name)
        if field is None:
            yield f"There is no field {str(name)[:LONGEST_SHOWN]} any more: no"
            continue
        operator = OPERATORS.get(question.get("operator", ""), "?")
        value = "" if question.get("operator") in conditions.EMPTINESS else f" {_shown(question.get('value'), field)}"
        is_so = rules.holds(Rule(when=dict(question)), known)
        found = "" if is_so else f", it is {_shown(known.get(name), field)}"
        yield f"{field.label} {operator}{value}: {'yes' if is_so else 'no'}{found}"


def _shown(value: Any, field: FieldType) -> str:
    """In the words of its choices, and not too long."""
    if value is None or value in ("", []):
        return "empty"
    if isinstance(value, list):
        return ", ".join(_shown(each, field) for each in value[:10])
    if isinstance(value, bool):
        return "yes" if value else "no"
    labels = {option.value: option.label for option in field.options or []}
    words = " ".join(labels.get(str(value), str(value)).split())
    return words if len(words) <= LONGEST_SHOWN else f"{words[: LONGEST_SHOWN - 1]}…"
