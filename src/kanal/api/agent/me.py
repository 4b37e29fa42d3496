"""/me: the caller as a member of the account, and what the agent app has to know before it draws anything."""

from __future__ import annotations

from uuid import UUID

import msgspec
from litestar import get

from kanal.accounts import queries as accounts
from kanal.api.agent.people_out import people_out
from kanal.api.http.given import Config, Db, Given
from kanal.api.http.signin import DeskRequest, require
from kanal.delivery.models import Carriers
from kanal.events import queries as events
from kanal.inboxes import queries as channels
from kanal.kit.db import Transaction
from kanal.people import queries as people
from kanal.people.availability.models import Standing
from kanal.people.models import Permission, Role, Sees
from kanal.people.rules import ALL_PERMISSIONS
from kanal.views import notices


class Can(msgspec.Struct):
    """By role and seat; for a token also by its scopes."""

    read: bool
    answer: bool
    manage_channels: bool
    manage_forms: bool
    see_raw: bool
    manage_members: bool
    edit_routing: bool
    manage_availability: bool
    manage_desk: bool
    lead: bool


class MyAccount(msgspec.Struct):
    id: int
    slug: str
    name: str


class Me(msgspec.Struct):
    """`permissions` are the role's; `can` tells which of them count, since some take a seat."""

    member_id: UUID
    name: str
    email: str
    chat_name: str
    title: str
    photo_url: str | None
    role: Role
    has_seat: bool
    permissions: list[Permission]
    sees: Sees
    can: Can
    availability: Standing
    outgoing_mail_ready: bool
    account: MyAccount
    public_url: str
    mail_domain: str
    mail_domain_is_loopback: bool
    unread_notices: int
    live_cursor: int


@get("/me", guards=[require("read")])
async def me(request: DeskRequest, db: Db, settings: Config, carriers: Given[Carriers]) -> Me:
    """Who the caller is in this account, and what they may do."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        member = await people.member(tx, caller.member)
        role = await people.role(tx, member.role)
        shown = (await people_out(tx, [member.id]))[member.id]
        account = await accounts.by_id(tx, caller.account)
        return Me(
            member_id=member.id,
            name=member.name,
            email=member.email,
            chat_name=member.chat_name,
            title=member.title,
            photo_url=shown.photo_url,
            role=member.role,
            has_seat=member.has_seat,
            permissions=role.permissions,
            sees=role.sees,
            can=Can(**{permission: caller.may(permission) for permission in ALL_PERMISSIONS}),
            availability=shown.availability,
            outgoing_mail_ready=settings.smtp_out is not None or await _can_send(tx, carriers),
            account=MyAccount(account.id, account.slug, account.name),
            public_url=settings.public_url,
            mail_domain=settings.mail_domain,
            mail_domain_is_loopback=settings.mail_domain_is_loopback,
            unread_notices=await notices.unread(tx, member.id),
            live_cursor=await events.last(tx),
        )


async def _can_send(tx: Transaction, carriers: Carriers) -> bool:
    """Whether the answers of some channel can leave."""
    rows = [row for row in await channels.channels(tx) if row.active and row.kind in carriers.kinds]
    return any(not carriers.kinds[row.kind].obstacle(row.settings) for row in rows)
