"""/channels/check and /channels/discover: what the wizard asks before a channel is connected. Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from litestar import post

from kanal.api.agent.kinds import Kinds
from kanal.api.http.given import Db, JSONBody, Keys
from kanal.api.http.problem import Invalid
from kanal.api.http.signin import Caller, DeskRequest, require
from kanal.channelkit.contract import Discovered, Kind, Tried
from kanal.channelkit.errors import InvalidSettings, RetryLater, UntrustedCertificate
from kanal.inboxes import queries, rules
from kanal.kit.crypto import Keyring
from kanal.kit.db import Database, NotFound
from kanal.views.visible import hidden_channels


class CheckIn(msgspec.Struct, forbid_unknown_fields=True):
    kind: str
    settings: dict[str, Any]
    """As for connecting; for a connected channel what is to change of its own."""
    channel_id: UUID | None = None
    """Lends its stored settings and secrets, these to the servers alone that they were typed for."""


class DiscoverIn(msgspec.Struct, forbid_unknown_fields=True):
    kind: str
    address: str


@post("/channels/check", guards=[require("manage_channels")], status_code=200)
async def check_channel(request: DeskRequest, data: JSONBody[CheckIn], db: Db, keyring: Keys, kinds: Kinds) -> Tried:
    """Connect and sign in with these settings and say what the servers answered, and which folders there are. What is
    wrong is named by its setting; a certificate that nobody vouches for is shown as `certificate` of the problem."""
    kind = kind_named(kinds, data.kind)
    wanted = data.settings
    if data.channel_id is not None:
        wanted = await _changed(db, keyring, request.user, kind, data.channel_id, wanted)
    return await tried(kind, wanted)


@post("/channels/discover", guards=[require("manage_channels")], status_code=200)
async def discover_channel(data: JSONBody[DiscoverIn], kinds: Kinds) -> Discovered:
    """How a channel with this address is probably connected; takes some seconds at most."""
    return await kind_named(kinds, data.kind).discover(data.address)


async def _changed(
    db: Database, keyring: Keyring, caller: Caller, kind: Kind, channel_id: UUID, change: dict[str, Any]
) -> dict[str, Any]:
    async with db.transaction(caller.account) as tx:
        if channel_id in await hidden_channels(tx, caller.member):
            raise NotFound("channel")
        row = await queries.channel(tx, channel_id)
    if row.kind != kind.name:
        raise Invalid("kind", "The channel is of another kind.")
    before = rules.with_secrets(row.settings, row.secrets, keyring)
    after = rules.merged(before, change)
    return rules.without_secrets_for_others(before, after, change, kind.secret_fields)


async def tried(kind: Kind, settings: Mapping[str, Any], *, within: str = "") -> Tried:
    """What the servers answered; raises Invalid naming the setting, behind `within`."""
    try:
        return await kind.try_out(settings)
    except UntrustedCertificate as doubted:
        raise Invalid(within + doubted.field, doubted.why, certificate=doubted.shown) from doubted
    except InvalidSettings as wrong:
        raise Invalid(within + wrong.field, wrong.why) from wrong
    except RetryLater as later:
        raise Invalid("settings", later.why) from later


def kind_named(kinds: Mapping[str, Kind], name: str) -> Kind:
    kind = kinds.get(name)
    if kind is None:
        raise Invalid("kind", f"There is no kind {name[:50]!r} here.")
    return kind
