"""/channels: the ways in and out that an account has connected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from litestar import delete, get, patch, post
from litestar.handlers import BaseRouteHandler

from kanal.api.agent import channel_references
from kanal.api.agent.channel_check import kind_named, tried
from kanal.api.agent.channels_out import ChannelOut, out, shown
from kanal.api.agent.kinds import Kinds
from kanal.api.http.given import Db, FromPath, FromQuery, Given, JSONBody, Limit
from kanal.api.http.pages import Page, page
from kanal.api.http.problem import Forbidden, Invalid
from kanal.api.http.signin import Caller, Connection, DeskRequest, Require, require
from kanal.channelkit.contract import Kind
from kanal.channelkit.errors import ChannelError, InvalidSettings, Undeliverable
from kanal.channelkit.messages import Handle, Outbound, Party
from kanal.delivery.acknowledging import setting as acknowledging
from kanal.delivery.models import Carriers
from kanal.delivery.waking import wake_channel, way_out_works
from kanal.inboxes import actions, proofs, queries, rules
from kanal.inboxes.errors import ChannelDeleted
from kanal.inboxes.models import BelongTo, ChannelChange, NewChannel
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction
from kanal.kit.ids import new_id
from kanal.people import limits
from kanal.people import queries as people
from kanal.routing import actions as routings
from kanal.routing import history
from kanal.views.visible import hidden_channels


class ChannelIn(msgspec.Struct, forbid_unknown_fields=True):
    kind: str
    name: str
    settings: dict[str, Any]
    routing: dict[str, Any] = {}
    inbox: UUID | None = None
    """Where it lives: a conversations inbox makes conversations of what comes, the help desk tickets; left out: the
    help desk."""
    accepted: bool = False
    """The caller agrees to what Kanal reads, stores and sends by the channel. People have to say so where it reads or
    writes by itself; a program that leaves it out agrees for the member whose token it has."""
    forwards_belong_to: BelongTo = "original"
    acknowledgement: dict[str, Any] = {}


class Deletion(msgspec.Struct, forbid_unknown_fields=True):
    confirm_name: str


class TestMail(msgspec.Struct, forbid_unknown_fields=True):
    to: str


class Sent(msgspec.Struct):
    sent: bool
    server_said: str


class PreviewIn(msgspec.Struct, forbid_unknown_fields=True):
    settings: dict[str, Any]
    kind: str = "email"


@get("/channels", guards=[require("read")])
async def list_channels(
    request: DeskRequest,
    db: Db,
    carriers: Given[Carriers],
    limit: Limit = 50,
    after: FromQuery[UUID | None] = None,
) -> Page[ChannelOut]:
    """The channels that are connected and open to the caller, oldest first."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        hidden = await hidden_channels(tx, caller.member)
        rows = await queries.channels(tx, hidden=hidden, after=after, most=limit + 1)
        items = await out(tx, carriers, rows, manages=caller.may("manage_channels"))
    return page(items, limit, lambda channel: channel.id)


@get("/channels/{channel_id:uuid}", guards=[require("read")])
async def get_channel(
    request: DeskRequest, db: Db, carriers: Given[Carriers], channel_id: FromPath[UUID]
) -> ChannelOut:
    """One channel, also a deleted one."""
    async with db.transaction(request.user.account) as tx:
        return await shown(tx, carriers, request, channel_id)


@post("/channels", guards=[require("manage_channels")])
async def connect_channel(
    request: DeskRequest, data: JSONBody[ChannelIn], db: Db, carriers: Given[Carriers]
) -> ChannelOut:
    """Connect a new channel; for email the answer holds the address to forward to. Where the desk reads by itself it
    signs in first: what the server refuses is answered as by /channels/check, and nothing is connected. `routing`
    takes the permission to edit it, and a seat."""
    kind = kind_named(carriers.kinds, data.kind)
    caller = request.user
    if data.routing and not caller.may("edit_routing"):
        raise Forbidden
    accepted = _accepted(caller, kind, data.accepted)
    await _signed_in(kind, data.settings, carriers.mail_domain)
    async with db.transaction(caller.account) as tx:
        routing = msgspec.to_builtins(await routings.checked(tx, data.routing)) if data.routing else {}
        await channel_references.check(tx, carriers, kind, data.settings)
        new = NewChannel(
            name=data.name,
            settings=data.settings,
            routing=routing,
            forwards_belong_to=data.forwards_belong_to,
            acknowledgement=_acknowledgement(data.acknowledgement),
            accepted=accepted,
            inbox_id=data.inbox,
        )
        channel_id = await actions.connect(
            tx, kind, new, keyring=carriers.keyring, mail_domain=carriers.mail_domain, actor=caller.member
        )
        return await shown(tx, carriers, request, channel_id)


def _accepted(caller: Caller, kind: Kind, accepted: bool) -> bool:
    if accepted or not (kind.capabilities.fetched or kind.capabilities.starts):
        return accepted
    if caller.how == "session":
        raise Invalid("accepted", "Agree to what Kanal will read, store and send by this channel.")
    return True


async def _signed_in(kind: Kind, settings: Mapping[str, Any], mail_domain: str) -> None:
    if any(method.signs_in and method.key == settings.get("method") for method in kind.methods):
        await tried(kind, kind.check(settings, mail_domain), within="settings.")


def _acknowledgement(given: dict[str, Any]) -> dict[str, Any]:
    """As it is stored; left out it stays empty. Raises InvalidAcknowledgement."""
    checked: dict[str, Any] = msgspec.to_builtins(acknowledging.checked(given)) if given else {}
    return checked


class _ManagesOrRoutes(Require):
    """Which of the two is needed stands in what is asked."""

    async def __call__(self, connection: Connection, handler: BaseRouteHandler) -> None:
        caller = connection.scope.get("user")
        if not (isinstance(caller, Caller) and caller.may("edit_routing")):
            await super().__call__(connection, handler)


@patch("/channels/{channel_id:uuid}", guards=[_ManagesOrRoutes("manage_channels")])
async def change_channel(
    request: DeskRequest,
    data: JSONBody[ChannelChange],
    db: Db,
    carriers: Given[Carriers],
    channel_id: FromPath[UUID],
) -> ChannelOut:
    """Change what is given; settings are merged and null takes one away. `active` is the status switch. `routing` is
    replaced whole; it takes the permission to edit it, and a seat."""
    caller = request.user
    routes = data.routing is not msgspec.UNSET
    if (routes and not caller.may("edit_routing")) or (_manages(data) and not caller.may("manage_channels")):
        raise Forbidden
    async with db.transaction(caller.account) as tx:
        await _must_see(tx, caller, channel_id)
        row = await queries.channel(tx, channel_id)
        kind = carriers.kinds.get(row.kind)
        if kind and row.deleted_at is None and data.settings is not msgspec.UNSET:
            before = rules.with_secrets(row.settings, row.secrets, carriers.keyring)
            await channel_references.check(tx, carriers, kind, rules.merged(before, data.settings), channel_id)
        if data.acknowledgement is not msgspec.UNSET:
            data.acknowledgement = _acknowledgement(data.acknowledgement)
        await actions.change(
            tx,
            channel_id,
            data,
            kind,
            keyring=carriers.keyring,
            mail_domain=carriers.mail_domain,
            actor=caller.member,
        )
        if routes:
            checked = await routings.checked(tx, data.routing, before=row.routing, channel=channel_id)
            await history.store(tx, channel_id, msgspec.to_builtins(checked), actor=caller.member)
        await wake_channel(tx, channel_id)
        return await shown(tx, carriers, request, channel_id)


@delete("/channels/{channel_id:uuid}", guards=[require("manage_channels")])
async def delete_channel(request: DeskRequest, data: JSONBody[Deletion], db: Db, channel_id: FromPath[UUID]) -> None:
    """Erase its credentials and free its addresses; its conversations and tickets stay."""
    async with db.transaction(request.user.account) as tx:
        await _must_see(tx, request.user, channel_id)
        await actions.delete(tx, channel_id, data.confirm_name, actor=request.user.member)
        await wake_channel(tx, channel_id)


@post("/channels/{channel_id:uuid}/prove", guards=[require("manage_channels")], status_code=202)
async def prove_channel(request: DeskRequest, db: Db, channel_id: FromPath[UUID]) -> None:
    """Have the mail sent again that proves, when it comes in by the channel, whose its address is. How that went is
    said by `health`."""
    async with db.transaction(request.user.account) as tx:
        await _must_see(tx, request.user, channel_id)
        if (await queries.channel(tx, channel_id)).deleted_at is not None:
            raise ChannelDeleted
    await limits.count(db, limits.PROOFS, str(channel_id))
    async with db.transaction(request.user.account) as tx:
        await proofs.ask(tx, channel_id)


@post("/channels/{channel_id:uuid}/test-mail", guards=[require("manage_channels")], status_code=200)
async def send_test_mail(
    request: DeskRequest,
    data: JSONBody[TestMail],
    db: Db,
    carriers: Given[Carriers],
    channel_id: FromPath[UUID],
) -> Sent:
    """Send one message through the channel, now, and say what the server answered."""
    async with db.transaction(request.user.account) as tx:
        await _must_see(tx, request.user, channel_id)
        row = await queries.channel(tx, channel_id)
        author = (await people.member(tx, request.user.member)).name
    kind = kind_named(carriers.kinds, row.kind)
    channel = rules.as_kind_sees(row, carriers.keyring, carriers.mail_domain)
    await kind.try_out(channel.settings)
    message = _test_message(data.to, author, kind)
    message.external_id = kind.name_message(channel)
    try:
        sent = await kind.send(message, channel, _nothing_to_note)
    except InvalidSettings:
        raise
    except ChannelError as failed:
        raise Invalid("to" if isinstance(failed, Undeliverable) else "settings", failed.why) from failed
    async with db.transaction(request.user.account) as tx:
        await way_out_works(tx, channel_id)
    return Sent(sent=True, server_said=sent.said)


@post("/channels/preview", guards=[require("manage_channels")], status_code=200)
async def preview_channel(request: DeskRequest, data: JSONBody[PreviewIn], db: Db, kinds: Kinds) -> dict[str, str]:
    """What recipients will see when the caller writes with these settings, finished or not."""
    async with db.transaction(request.user.account) as tx:
        author = (await people.member(tx, request.user.member)).name
    return kind_named(kinds, data.kind).preview(data.settings, author)


async def _must_see(tx: Transaction, caller: Caller, channel_id: UUID) -> None:
    if channel_id in await hidden_channels(tx, caller.member):
        raise NotFound("channel")


def _manages(change: ChannelChange) -> bool:
    """Whether anything but the routing is asked for."""
    return change != ChannelChange(routing=change.routing)


def _test_message(to: str, author: str, kind: Kind) -> Outbound:
    space = min(kind.capabilities.reaches)
    return Outbound(
        message_id=new_id(),
        conversation_id=new_id(),
        author_name=author,
        to=[Party(handle=Handle(kind=space, key=to, address=to))],
        subject="Test from Kanal",
        text="If you can read this, answers from the help desk arrive.",
        written_at=clock.now(),
    )


async def _nothing_to_note() -> None:
    """A test that got lost is simply tried again."""
