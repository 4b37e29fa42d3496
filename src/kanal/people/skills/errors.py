"""What skills refuse, besides names that cannot be (`people.errors.NotAccepted`)."""

from __future__ import annotations

from collections.abc import Sequence

from kanal.people.skills.models import Holder


class SkillInUse(Exception):
    """These have the skill, these rules require it, and so many more of channels that the caller does not see."""

    def __init__(self, members: Sequence[Holder], rules: Sequence[object] = (), hidden_rules: int = 0) -> None:
        super().__init__(len(members), len(rules) + hidden_rules)
        self.members = list(members)
        self.rules = list(rules)
        self.hidden_rules = hidden_rules


class CategoryNotEmpty(Exception):
    """The category has so many skills."""

    def __init__(self, skills: int) -> None:
        super().__init__(skills)
        self.skills = skills
