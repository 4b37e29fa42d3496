"""/channels/{id}/automations and /automations: the rules of a channel's ticket automation."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import delete, get, patch, post, put

from kanal.api.agent.routing_history import seen_channel
from kanal.api.http.given import Db, FromPath, JSONBody
from kanal.api.http.pages import Page
from kanal.api.http.signin import Caller, DeskRequest, require
from kanal.automation import actions, checking, queries
from kanal.automation.checking import Desk
from kanal.automation.models import Action, NewRule, Outcome, Rule, RuleChange, RuleProblem, Trigger
from kanal.automation.queries import LastRun
from kanal.kit.db import Transaction


class LastRunOut(msgspec.Struct):
    at: datetime
    outcome: Outcome


class AutomationOut(msgspec.Struct, kw_only=True):
    id: UUID
    channel_id: UUID
    name: str
    active: bool
    trigger: Trigger
    condition: dict[str, Any]
    actions: list[Action]
    problems: list[RuleProblem]
    """What became wrong after it was written: until that is mended the rule is skipped, and the log says why."""
    last_run: LastRunOut | None
    """When its condition last held."""
    created_at: datetime
    updated_at: datetime


class OrderIn(msgspec.Struct, forbid_unknown_fields=True):
    ids: list[UUID]


@get("/channels/{channel_id:uuid}/automations", guards=[require("manage_channels")])
async def list_automations(request: DeskRequest, db: Db, channel_id: FromPath[UUID]) -> Page[AutomationOut]:
    """The channel's rules in the order in which they run."""
    async with db.transaction(request.user.account) as tx:
        await seen_channel(tx, request.user, channel_id)
        return Page(await _all(tx, channel_id), None)


@post("/channels/{channel_id:uuid}/automations", guards=[require("manage_channels")])
async def create_automation(
    request: DeskRequest, data: JSONBody[NewRule], db: Db, channel_id: FromPath[UUID]
) -> AutomationOut:
    """Add a rule behind the others. It looks at what happens from now on."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        await seen_channel(tx, caller, channel_id)
        return await _one(tx, await actions.create(tx, channel_id, data, caller.member))


@put("/channels/{channel_id:uuid}/automations/order", guards=[require("manage_channels")])
async def order_automations(
    request: DeskRequest, data: JSONBody[OrderIn], db: Db, channel_id: FromPath[UUID]
) -> Page[AutomationOut]:
    """Let the rules run in this order; those that are not named stay behind."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        await seen_channel(tx, caller, channel_id)
        await actions.order(tx, channel_id, data.ids, caller.member)
        return Page(await _all(tx, channel_id), None)


@patch("/automations/{rule_id:uuid}", guards=[require("manage_channels")])
async def change_automation(
    request: DeskRequest, data: JSONBody[RuleChange], db: Db, rule_id: FromPath[UUID]
) -> AutomationOut:
    """Change what is given; condition and actions are replaced whole. Switched on again, a rule looks at what happens
    from then on."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        await _seen(tx, caller, rule_id)
        await actions.change(tx, rule_id, data, caller.member)
        return await _one(tx, rule_id)


@delete("/automations/{rule_id:uuid}", guards=[require("manage_channels")])
async def delete_automation(request: DeskRequest, db: Db, rule_id: FromPath[UUID]) -> None:
    """Delete a rule; its log stays, and it can be taken back."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        await _seen(tx, caller, rule_id)
        await actions.delete(tx, rule_id, caller.member)


@post("/automations/{rule_id:uuid}/undelete", guards=[require("manage_channels")], status_code=200)
async def undelete_automation(request: DeskRequest, db: Db, rule_id: FromPath[UUID]) -> AutomationOut:
    """Take back that a rule was deleted; it stands where it stood."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        await _seen(tx, caller, rule_id, deleted=True)
        await actions.undelete(tx, rule_id, caller.member)
        return await _one(tx, rule_id)


async def _seen(tx: Transaction, caller: Caller, rule: UUID, *, deleted: bool = False) -> None:
    """Raises NotFound for a rule of a channel that the caller may not see."""
    await seen_channel(tx, caller, (await queries.rule(tx, rule, deleted=deleted)).channel_id)


async def _all(tx: Transaction, channel: UUID) -> list[AutomationOut]:
    rules = await queries.of_channel(tx, channel)
    if not rules:
        return []
    desk = await checking.desk(tx)
    last = await queries.last_runs(tx, [rule.id for rule in rules])
    return [_out(rule, desk, last.get(rule.id)) for rule in rules]


async def _one(tx: Transaction, id_: UUID) -> AutomationOut:
    rule = await queries.rule(tx, id_)
    return _out(rule, await checking.desk(tx), (await queries.last_runs(tx, [id_])).get(id_))


def _out(rule: Rule, desk: Desk, last: LastRun | None) -> AutomationOut:
    return AutomationOut(
        id=rule.id,
        channel_id=rule.channel_id,
        name=rule.name,
        active=rule.active,
        trigger=rule.trigger,
        condition=rule.condition,
        actions=rule.actions,
        problems=checking.find(rule.condition, rule.actions, desk),
        last_run=LastRunOut(last.at, last.outcome) if last else None,
        created_at=rule.created_at,
        updated_at=rule.updated_at,
    )
