"""/members: who works in the account: inviting people, and changing what they are."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import delete, get, patch, post

from kanal.api.agent import member_out
from kanal.api.agent.member_out import MemberOut, WholeMember
from kanal.api.agent.own import writes
from kanal.api.http.given import Config, Db, FromPath, FromQuery, JSONBody, Limit
from kanal.api.http.pages import Page, page
from kanal.api.http.problem import Forbidden
from kanal.api.http.signin import Caller, DeskRequest, require
from kanal.kit.db import Transaction
from kanal.kit.settings import Settings
from kanal.people import actions, invitations, links, queries, rules
from kanal.people.models import MemberChange, Role


class NewMember(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Without a name the part before the @ is taken; whoever is known elsewhere keeps theirs."""

    email: Annotated[str, msgspec.Meta(max_length=320)]
    name: str | None = None
    role: Role = "agent"
    seat: bool = True
    team_ids: list[UUID] = []


class Invited(MemberOut, kw_only=True):
    """`invitation_link` is there where this installation cannot mail it (KANAL_SMTP_OUT is not set) and a password is
    to be chosen: hand it over. It works once, for seven days."""

    invitation_link: str | None


@get("/members", guards=[require("read")])
async def list_members(
    request: DeskRequest, db: Db, limit: Limit = 50, after: FromQuery[UUID | None] = None
) -> Page[MemberOut]:
    """Everybody in the account, oldest first; those who left have `active` false."""
    async with db.transaction(request.user.account) as tx:
        found = await queries.members(tx, after, limit + 1)
        items = await member_out.members_out(tx, found)
    return page(items, limit, lambda member: member.id)


@post("/members", guards=[require("manage_members")])
async def invite_member(request: DeskRequest, data: JSONBody[NewMember], db: Db, settings: Config) -> Invited:
    """Make somebody a member and mail them. Who has no password yet gets a link to choose one; who has one elsewhere
    joins at once."""
    async with db.transaction(request.user.account) as tx:
        member = await invitations.invite(
            tx,
            data.email,
            name=data.name,
            role=data.role,
            seat=data.seat,
            teams=list(dict.fromkeys(data.team_ids)),
            actor=request.user.member,
        )
        return await _invited(tx, settings, member.id)


@post("/members/{member_id:uuid}/invitation", guards=[require("manage_members")])
async def invite_member_again(request: DeskRequest, db: Db, settings: Config, member_id: FromPath[UUID]) -> Invited:
    """Mail the invitation once more; the link of the earlier one stops working."""
    async with db.transaction(request.user.account) as tx:
        await invitations.repeat(tx, member_id, actor=request.user.member)
        return await _invited(tx, settings, member_id)


@delete("/members/{member_id:uuid}", guards=[require("manage_members")])
async def withdraw_invitation(request: DeskRequest, db: Db, member_id: FromPath[UUID]) -> None:
    """Withdraw an invitation that nobody has taken up. Whoever has come is deactivated instead."""
    async with db.transaction(request.user.account) as tx:
        await invitations.withdraw(tx, member_id, actor=request.user.member)


@get("/members/{member_id:uuid}", guards=[require("read")])
async def read_member(request: DeskRequest, db: Db, member_id: FromPath[UUID]) -> WholeMember:
    """A member with all that routing knows of them, and where it names them."""
    async with db.transaction(request.user.account) as tx:
        return await member_out.whole(tx, await queries.member(tx, member_id), request.user.member)


@patch("/members/{member_id:uuid}", guards=[require("read")])
async def change_member(
    request: DeskRequest, data: JSONBody[MemberChange], db: Db, member_id: FromPath[UUID]
) -> WholeMember:
    """Change what is given. Everybody changes their own name, title, chat name, hours, zone and country; the hours of
    others need `manage_availability`, everything else `manage_members`."""
    _check_may_change(request.user, member_id, data)
    async with db.transaction(request.user.account) as tx:
        await actions.change_member(tx, member_id, data, actor=request.user.member)
        return await member_out.whole(tx, await queries.member(tx, member_id), request.user.member)


def _check_may_change(caller: Caller, member_id: UUID, data: MemberChange) -> None:
    for field in rules.given(data):
        needed = rules.needed_to_change(field, own=member_id == caller.member)
        if not (writes(caller) if needed is None else caller.may(needed)):
            raise Forbidden


async def _invited(tx: Transaction, settings: Settings, member_id: UUID) -> Invited:
    token = None if settings.smtp_out else await invitations.link_to_pass_on(tx, member_id)
    [shown] = await member_out.members_out(tx, [await queries.member(tx, member_id)])
    link = links.address(settings.public_url, "invitation", token) if token else None
    return Invited(**msgspec.structs.asdict(shown), invitation_link=link)
