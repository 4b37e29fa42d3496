"""/one-time-links: set a password without knowing one: on the first run, invited, or after it was forgotten."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response, get, post

from kanal.api.agent.session import Session, started
from kanal.api.agent.user import Name, Secret, strong
from kanal.api.http import client
from kanal.api.http.given import Config, Db, FromPath, JSONBody, Keys
from kanal.kit.crypto import Keyring
from kanal.kit.db import Transaction
from kanal.people import actions, limits, links, queries, sessions, totp
from kanal.people.errors import CodeRequired
from kanal.people.models import Purpose, User


class LinkState(msgspec.Struct):
    purpose: Purpose
    email: str
    name: str


class NewPassword(msgspec.Struct, forbid_unknown_fields=True):
    """`totp` is needed where a second factor is on: a mailbox alone does not get one in."""

    password: Secret
    name: Name | None = None
    totp: str | None = None


@get("/one-time-links/{token:str}", exclude_from_auth=True)
async def look_at_link(token: FromPath[str], db: Db) -> LinkState:
    """Whether the link is still good, and for whom."""
    async with db.transaction(None) as tx:
        link = await links.look(tx, token)
    return LinkState(link.purpose, link.email, link.name)


@post("/one-time-links/{token:str}", exclude_from_auth=True)
async def use_link(
    request: Request[Any, Any, Any],
    token: FromPath[str],
    data: JSONBody[NewPassword],
    db: Db,
    keyring: Keys,
    settings: Config,
) -> Response[Session]:
    """Set the password, use the link up, end all sessions and sign in."""
    ip = client.address(request, settings.trusted_proxies)
    async with db.transaction(None) as tx:
        link = await links.look(tx, token)
    await limits.count(db, limits.CHECK_OF_USER, str(link.user_id))
    password_hash = await strong(data.password, link.email, "password")
    async with db.transaction(None) as tx:
        spent = await links.spend(tx, token)
        await _check_second_factor(tx, keyring, await queries.user(tx, spent.user_id), data.totp)
        await actions.set_password(tx, spent.user_id, password_hash)
        await actions.change_user(tx, spent.user_id, data.name, None)
        await sessions.end_all(tx, spent.user_id)
        secret = await sessions.start(tx, spent.user_id, ip, request.headers.get("user-agent", ""))
    return await started(request, db, settings, secret)


async def _check_second_factor(tx: Transaction, keyring: Keyring, user: User, code: str | None) -> None:
    if not user.totp_enabled:
        return
    if not code:
        raise CodeRequired
    await totp.spend(tx, keyring, user, code)
