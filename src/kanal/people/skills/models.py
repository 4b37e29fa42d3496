"""Skills and who has them."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

import msgspec

Level = Literal["main", "secondary"]
"""Of a language: one's first, or one that will do."""


class Skill(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    category_id: UUID
    language: str | None
    """Its code where the skill is a language; the name is then the English one."""


class CountedSkill(Skill, kw_only=True):
    members: int
    """How many have it."""


class Category(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    is_languages: bool


class MemberSkill(msgspec.Struct, kw_only=True):
    """A skill as one of those who have it."""

    id: UUID
    name: str
    language: str | None
    level: Level


class SkillLevel(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A skill as it is given to somebody."""

    id: UUID
    level: Level = "main"


class Holder(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    active: bool
