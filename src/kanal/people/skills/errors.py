"""What skills refuse, besides names that cannot be (`people.errors.NotAccepted`)."""

from __future__ import annotations


class SkillHeld(Exception):
    """Somebody has the skill."""


class CategoryNotEmpty(Exception):
    """The category has so many skills."""

    def __init__(self, skills: int) -> None:
        super().__init__(skills)
        self.skills = skills
