"""Changing people, split by what is changed: users of the installation, the account's members, its teams and roles."""

from kanal.people.actions.members import add_member, change_member, set_photo
from kanal.people.actions.roles import change_role, create_role, delete_role
from kanal.people.actions.standing import deactivate, reactivate
from kanal.people.actions.teams import change_team, create_team, delete_team, set_teams
from kanal.people.actions.users import add_user, change_user, keep_password, set_password

__all__ = [
    "add_member",
    "add_user",
    "change_member",
    "change_role",
    "change_team",
    "change_user",
    "create_role",
    "create_team",
    "deactivate",
    "delete_role",
    "delete_team",
    "keep_password",
    "reactivate",
    "set_password",
    "set_photo",
    "set_teams",
]
