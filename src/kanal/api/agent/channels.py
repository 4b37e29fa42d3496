"""/channels: the ways in and out that an account has connected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from litestar import delete, get, patch, post
from litestar.handlers import BaseRouteHandler

from kanal.api.agent import channel_references
from kanal.api.agent.channel_references import AnswersOut
from kanal.api.agent.kinds import Kinds
from kanal.api.http.given import Db, FromPath, FromQuery, Given, JSONBody, Limit
from kanal.api.http.pages import Page, page
from kanal.api.http.problem import Forbidden, Invalid
from kanal.api.http.signin import Caller, Connection, DeskRequest, Require, require
from kanal.channelkit.contract import Kind
from kanal.channelkit.errors import ChannelError, InvalidSettings, Undeliverable
from kanal.channelkit.messages import Handle, Outbound, Party
from kanal.delivery.actions import wake_channel
from kanal.delivery.models import Carriers
from kanal.inboxes import actions, queries, rules
from kanal.inboxes.models import ChannelChange, ChannelRow, Health, NewChannel, OpenTo
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction
from kanal.kit.ids import new_id
from kanal.people import queries as people
from kanal.routing import actions as routings
from kanal.routing import history
from kanal.routing.models import Routing, RoutingProblem
from kanal.routing.rules import parse
from kanal.views.visible import hidden_channels


class HealthOut(msgspec.Struct):
    state: Health | Literal["off"]
    """`waiting` is for the first mail."""
    reason: str | None
    since: datetime


class InboxOut(msgspec.Struct):
    id: UUID
    kind: str
    name: str


class ChannelOut(msgspec.Struct):
    id: UUID
    kind: str
    name: str
    active: bool
    authorized: bool
    health: HealthOut
    inbox: InboxOut
    settings: dict[str, Any]
    routing: Routing
    routing_version: int
    routing_problems: list[RoutingProblem]
    """What became invalid after it was set, and is skipped; and, as warnings, what may not be as it was meant."""
    open_to: OpenTo
    team_ids: list[UUID]
    held: int
    created_at: datetime
    deleted_at: datetime | None
    first_mail_at: datetime | None
    answers: AnswersOut | None
    """Which channel answers for it; null where it carries answers itself."""


class ChannelIn(msgspec.Struct, forbid_unknown_fields=True):
    kind: str
    name: str
    settings: dict[str, Any]
    routing: dict[str, Any] = {}


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
        items = await _out(tx, carriers, rows, manages=caller.may("manage_channels"))
    return page(items, limit, lambda channel: channel.id)


@get("/channels/{channel_id:uuid}", guards=[require("read")])
async def get_channel(
    request: DeskRequest, db: Db, carriers: Given[Carriers], channel_id: FromPath[UUID]
) -> ChannelOut:
    """One channel, also a deleted one."""
    async with db.transaction(request.user.account) as tx:
        return await _shown(tx, carriers, request, channel_id)


@post("/channels", guards=[require("manage_channels")])
async def connect_channel(
    request: DeskRequest, data: JSONBody[ChannelIn], db: Db, carriers: Given[Carriers]
) -> ChannelOut:
    """Connect a new channel; for email the answer holds the address to forward to. `routing` takes the permission to
    edit it, and a seat."""
    kind = _kind(carriers.kinds, data.kind)
    caller = request.user
    if data.routing and not caller.may("edit_routing"):
        raise Forbidden
    async with db.transaction(caller.account) as tx:
        routing = msgspec.to_builtins(await routings.checked(tx, data.routing)) if data.routing else {}
        await channel_references.check(tx, carriers, kind, data.settings)
        new = NewChannel(name=data.name, settings=data.settings, routing=routing)
        channel_id = await actions.connect(
            tx, kind, new, keyring=carriers.keyring, mail_domain=carriers.mail_domain, actor=caller.member
        )
        return await _shown(tx, carriers, request, channel_id)


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
        if channel_id in await hidden_channels(tx, caller.member):
            raise NotFound("channel")
        row = await queries.channel(tx, channel_id)
        kind = carriers.kinds.get(row.kind)
        if kind and row.deleted_at is None and data.settings is not msgspec.UNSET:
            before = rules.with_secrets(row.settings, row.secrets, carriers.keyring)
            await channel_references.check(tx, carriers, kind, rules.merged(before, data.settings), channel_id)
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
        return await _shown(tx, carriers, request, channel_id)


@delete("/channels/{channel_id:uuid}", guards=[require("manage_channels")])
async def delete_channel(request: DeskRequest, data: JSONBody[Deletion], db: Db, channel_id: FromPath[UUID]) -> None:
    """Erase its credentials and free its addresses; its conversations and tickets stay."""
    async with db.transaction(request.user.account) as tx:
        await actions.delete(tx, channel_id, data.confirm_name, actor=request.user.member)
        await wake_channel(tx, channel_id)


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
        row = await queries.channel(tx, channel_id)
        author = (await people.member(tx, request.user.member)).name
    kind = _kind(carriers.kinds, row.kind)
    channel = rules.as_kind_sees(row, carriers.keyring, carriers.mail_domain)
    await kind.try_out(channel.settings)
    out = _test_message(data.to, author, kind)
    out.external_id = kind.name_message(channel)
    try:
        sent = await kind.send(out, channel, _nothing_to_note)
    except InvalidSettings:
        raise
    except ChannelError as failed:
        raise Invalid("to" if isinstance(failed, Undeliverable) else "settings", failed.why) from failed
    return Sent(sent=True, server_said=sent.said)


@post("/channels/preview", guards=[require("manage_channels")], status_code=200)
async def preview_channel(request: DeskRequest, data: JSONBody[PreviewIn], db: Db, kinds: Kinds) -> dict[str, str]:
    """What recipients will see when the caller writes with these settings, finished or not."""
    async with db.transaction(request.user.account) as tx:
        author = (await people.member(tx, request.user.member)).name
    return _kind(kinds, data.kind).preview(data.settings, author)


def _kind(kinds: Mapping[str, Kind], name: str) -> Kind:
    kind = kinds.get(name)
    if kind is None:
        raise Invalid("kind", f"There is no kind {name[:50]!r} here.")
    return kind


def _manages(change: ChannelChange) -> bool:
    """Whether anything but the routing is asked for."""
    return change != ChannelChange(routing=change.routing)


async def _shown(tx: Transaction, carriers: Carriers, request: DeskRequest, channel_id: UUID) -> ChannelOut:
    if channel_id in await hidden_channels(tx, request.user.member):
        raise NotFound("channel")
    row = await queries.channel(tx, channel_id)
    return (await _out(tx, carriers, [row], manages=request.user.may("manage_channels")))[0]


async def _out(tx: Transaction, carriers: Carriers, rows: Sequence[ChannelRow], *, manages: bool) -> list[ChannelOut]:
    ids = [row.id for row in rows]
    held = await queries.held(tx, ids)
    versions = await queries.routing_versions(tx, ids)
    problems = await routings.problems(tx, {row.id: row.routing for row in rows})
    answers = await channel_references.answers(tx, carriers, rows)
    return [
        ChannelOut(
            id=row.id,
            kind=row.kind,
            name=row.name,
            active=row.active,
            authorized=row.authorized,
            health=HealthOut(
                state=row.health if row.active else "off", reason=row.health_why or None, since=row.health_since
            ),
            inbox=InboxOut(id=row.inbox_id, kind=row.inbox_kind, name=row.inbox_name),
            settings=rules.for_reader(row.settings, manages=manages),
            routing=parse(row.routing),
            routing_version=versions.get(row.id, 1),
            routing_problems=problems[row.id],
            open_to=row.open_to,
            team_ids=row.team_ids,
            held=held[row.id],
            created_at=row.created_at,
            deleted_at=row.deleted_at,
            first_mail_at=row.first_received_at,
            answers=answers.get(row.id),
        )
        for row in rows
    ]


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
