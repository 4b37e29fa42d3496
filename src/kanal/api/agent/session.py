"""/session: sign in, who am I, sign out."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, delete, get, post

from kanal.accounts import queries as accounts
from kanal.api.http import client, cookies
from kanal.api.http.given import Config, Db, JSONBody, Keys
from kanal.api.http.signin import DeskRequest, cookie_name
from kanal.kit.db import Database, Transaction
from kanal.kit.settings import Settings
from kanal.people import queries, sessions, signin
from kanal.people.models import Locale, Role


class Credentials(msgspec.Struct, forbid_unknown_fields=True):
    email: Annotated[str, msgspec.Meta(max_length=320)]
    password: Annotated[str, msgspec.Meta(max_length=1000)]
    totp: Annotated[str, msgspec.Meta(max_length=20)] | None = None


class SessionUser(msgspec.Struct):
    id: UUID
    name: str
    email: str
    locale: Locale
    totp_enabled: bool


class SessionAccount(msgspec.Struct):
    id: int
    slug: str
    name: str
    role: Role
    has_seat: bool
    member_id: UUID


class Session(msgspec.Struct):
    user: SessionUser
    accounts: list[SessionAccount]


@post("/session", exclude_from_auth=True)
async def sign_in(
    request: Request[Any, Any, Any], data: JSONBody[Credentials], db: Db, keyring: Keys, settings: Config
) -> Response[Session]:
    """Sign in. The answer sets the cookie of a new session."""
    ip = client.address(request, settings.trusted_proxies)
    agent = request.headers.get("user-agent", "")
    secret = await signin.sign_in(db, keyring, data.email, data.password, data.totp or None, ip, agent)
    return await started(request, db, settings, secret)


@get("/session", no_account=True)
async def who_am_i(request: DeskRequest, db: Db) -> Session:
    """The user, and the accounts they may enter."""
    async with db.transaction(None) as tx:
        return await describe(tx, request.user.user_id)


@delete("/session", no_account=True)
async def sign_out(request: DeskRequest, db: Db, settings: Config) -> Response[None]:
    """Sign out: the session is gone, here and in the database."""
    async with db.transaction(None) as tx:
        await sessions.end(tx, request.user.user_id, request.user.id)
    answer = Response(None, status_code=204)
    cookies.take_away(answer, settings)
    return answer


async def started(request: Request[Any, Any, Any], db: Database, settings: Settings, secret: str) -> Response[Session]:
    """The answer to whoever has just proved who they are; an older session of this browser ends."""
    old = request.cookies.get(cookie_name(settings))
    async with db.transaction(None) as tx:
        if old:
            await sessions.end_by_secret(tx, old)
        new = await sessions.find(tx, secret, None)
        assert new is not None
        session = await describe(tx, new.user_id)
    answer = Response(session, status_code=201)
    cookies.give(answer, settings, secret)
    return answer


async def describe(tx: Transaction, user_id: UUID) -> Session:
    user = await queries.user(tx, user_id)
    members = {one.account_id: one for one in await queries.memberships(tx, user_id)}
    return Session(
        SessionUser(user.id, user.name, user.email, user.locale, user.totp_enabled),
        [
            SessionAccount(one.id, one.slug, one.name, member.role, member.has_seat, member.member_id)
            for one in await accounts.by_ids(tx, list(members))
            for member in [members[one.id]]
        ],
    )
