"""/roles: what members may do, and which tickets they see."""

from __future__ import annotations

import msgspec
from litestar import delete, get, patch, post

from kanal.api.http.given import Db, FromPath, JSONBody
from kanal.api.http.pages import Page
from kanal.api.http.signin import DeskRequest, require
from kanal.people import actions, queries
from kanal.people.models import Permission, RoleChange, RoleRow, Sees


class NewRole(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    name: str
    permissions: list[Permission]
    sees: Sees


@get("/roles", guards=[require("read")])
async def list_roles(request: DeskRequest, db: Db) -> Page[RoleRow]:
    """The built-in roles, which have no name of their own, then the account's own."""
    async with db.transaction(request.user.account) as tx:
        return Page(await queries.roles(tx), None)


@post("/roles", guards=[require("manage_members")])
async def create_role(request: DeskRequest, data: JSONBody[NewRole], db: Db) -> RoleRow:
    """Make a role; nobody can give it more than they may do and see themselves."""
    async with db.transaction(request.user.account) as tx:
        return await actions.create_role(tx, data.name, data.permissions, data.sees, actor=request.user.member)


@patch("/roles/{role_key:str}", guards=[require("manage_members")])
async def change_role(request: DeskRequest, data: JSONBody[RoleChange], db: Db, role_key: FromPath[str]) -> RoleRow:
    """Change a role of the account's own; it holds at once for everybody who has it."""
    async with db.transaction(request.user.account) as tx:
        return await actions.change_role(tx, role_key, data, actor=request.user.member)


@delete("/roles/{role_key:str}", guards=[require("manage_members")])
async def delete_role(request: DeskRequest, db: Db, role_key: FromPath[str]) -> None:
    """Delete a role that nobody has."""
    async with db.transaction(request.user.account) as tx:
        await actions.delete_role(tx, role_key, actor=request.user.member)
