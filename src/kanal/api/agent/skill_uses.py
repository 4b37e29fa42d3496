"""Who has a skill and which rules require it: shown beside it, and the reason why it is not deleted (ROUTE-20)."""

from __future__ import annotations

from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.people.skills import queries
from kanal.people.skills.models import Holder
from kanal.routing.uses import Use, uses
from kanal.views.visible import hidden_channels


class RuleUse(msgspec.Struct):
    """A rule of a channel's routing, with its place in the list from 1."""

    number: int
    name: str


class RequiredBy(msgspec.Struct):
    channel_id: UUID
    channel_name: str
    rule: RuleUse


class SkillUses(msgspec.Struct):
    """`hidden_rules` counts those of channels that the caller does not see."""

    members: list[Holder]
    rules: list[RequiredBy]
    hidden_rules: int


async def of_skill(tx: Transaction, skill: UUID, viewer: UUID) -> SkillUses:
    hidden = set(await hidden_channels(tx, viewer))
    required = [use for use in await uses(tx, skill=skill) if use.where == "rule_skills"]
    shown = [_required_by(use) for use in required if use.channel_id not in hidden]
    return SkillUses(await queries.holders(tx, skill), shown, len(required) - len(shown))


def _required_by(use: Use) -> RequiredBy:
    return RequiredBy(use.channel_id, use.channel_name, RuleUse(use.rule_number or 0, use.rule_name or ""))
