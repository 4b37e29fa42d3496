"""Making rules, changing and ordering them, deleting them and taking that back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec
from msgspec import UNSET

from kanal.automation import checking, queries, rules
from kanal.automation.errors import InvalidRule
from kanal.automation.models import NewRule, Rule, RuleChange, RuleProblem
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Transaction, document
from kanal.kit.ids import new_id


async def create(tx: Transaction, channel: UUID, new: NewRule, actor: UUID | None) -> UUID:
    """As the channel's last rule. Raises InvalidRule."""
    await tx.lock(f"automation rules/{channel}")
    there = await queries.of_channel(tx, channel)
    if len(there) >= checking.MOST_RULES:
        raise InvalidRule([RuleProblem(field="name", message=f"a channel may have {checking.MOST_RULES} rules")])
    name = checking.line(new.name)
    desk = await checking.desk(tx)
    _sound([*checking.of_name(name), *checking.find(new.condition, new.actions, desk)])
    id_, now = new_id(), clock.now()
    row = {
        "id": id_,
        "channel_id": channel,
        "position": there[-1].position + 1 if there else 0,
        "name": name,
        "active": new.active,
        "trigger": new.trigger,
        "condition": new.condition,
        "actions": msgspec.to_builtins(new.actions),
        "created_by": actor,
        "created_at": now,
        "updated_at": now,
        "active_since": now,
    }
    await tx.insert("automation_rules", [row])
    _tell(tx, id_, channel, actor, "created")
    return id_


async def change(tx: Transaction, id_: UUID, wanted: RuleChange, actor: UUID | None) -> None:
    """What is not given is not checked either: a rule that became wrong can be renamed, or switched off. Raises
    NotFound, InvalidRule."""
    before = await queries.rule(tx, id_)
    after = _merged(before, wanted)
    desk = await checking.desk(tx)
    wrong = checking.of_name(after.name)
    if wanted.condition is not UNSET:
        wrong += checking.of_condition(after.condition, desk)
    if wanted.actions is not UNSET:
        wrong += checking.of_actions(after.actions, desk)
    _sound(wrong)
    if after == before:
        return
    now = clock.now()
    await tx.run(
        """
        update automation_rules set name = %(name)s, active = %(active)s, trigger = %(trigger)s,
          condition = %(condition)s, actions = %(actions)s, updated_at = %(now)s,
          active_since = case when %(active)s and not active then %(now)s else active_since end
        where id = %(id)s
        """,
        {
            "id": id_,
            "name": after.name,
            "active": after.active,
            "trigger": after.trigger,
            "condition": document(after.condition),
            "actions": document(msgspec.to_builtins(after.actions)),
            "now": now,
        },
    )
    _tell(tx, id_, before.channel_id, actor, "changed")


async def delete(tx: Transaction, id_: UUID, actor: UUID | None) -> None:
    """Its log stays; `undelete` takes it back. Raises NotFound."""
    rule = await queries.rule(tx, id_)
    await tx.run("update automation_rules set deleted_at = %s where id = %s", (clock.now(), id_))
    _tell(tx, id_, rule.channel_id, actor, "deleted")


async def undelete(tx: Transaction, id_: UUID, actor: UUID | None) -> None:
    """It stands where it stood, and looks at what happens from now on. Raises NotFound."""
    rule = await queries.rule(tx, id_, deleted=True)
    await tx.run("update automation_rules set deleted_at = null, active_since = %s where id = %s", (clock.now(), id_))
    _tell(tx, id_, rule.channel_id, actor, "undeleted")


async def order(tx: Transaction, channel: UUID, wanted: Sequence[UUID], actor: UUID | None) -> None:
    """Rules run in this order; those that are not named stay behind."""
    await tx.lock(f"automation rules/{channel}")
    now = [rule.id for rule in await queries.of_channel(tx, channel)]
    after = rules.reordered(now, wanted)
    if after == now:
        return
    await tx.run(
        """
        update automation_rules r set position = n.position
        from unnest(%s::uuid[]) with ordinality as n (id, position) where r.id = n.id
        """,
        (after,),
    )
    events.emit(tx, Event(name="automation.changed", actor_id=actor, channel_id=channel, data={"what": "order"}))


def _merged(rule: Rule, wanted: RuleChange) -> Rule:
    given = {field: value for field in RuleChange.__struct_fields__ if (value := getattr(wanted, field)) is not UNSET}
    if "name" in given:
        given["name"] = checking.line(given["name"])
    return msgspec.structs.replace(rule, **given)


def _sound(problems: Sequence[RuleProblem]) -> None:
    if problems:
        raise InvalidRule(problems)


def _tell(tx: Transaction, id_: UUID, channel: UUID, actor: UUID | None, what: str) -> None:
    data = {"rule_id": str(id_), "what": what}
    events.emit(tx, Event(name="automation.changed", actor_id=actor, channel_id=channel, data=data))
