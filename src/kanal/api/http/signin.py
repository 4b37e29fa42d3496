"""Who calls: one middleware for the whole API. A bearer token brings its account; a cookie brings a user, and the
header Kanal-Account (for a WebSocket: ?account=) names the account. Handlers find the `Caller` at `request.user`.

A route says what it needs by `guards=[require("answer")]`; without it one that reads asks for "read" and one that
writes for "answer". `exclude_from_auth=True` opens a route to anybody, `any_origin=True` also to pages of others,
`no_account=True` is for what a user does outside of any account, and with `account_in_query=True` links and images,
which carry no header, may name the account as ?account=."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Literal
from uuid import UUID

import msgspec
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.exceptions import WebSocketException
from litestar.handlers import BaseRouteHandler
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from kanal.api.http.origin import own_origins
from kanal.api.http.problem import Forbidden, ForeignOrigin, Invalid
from kanal.kit.db import Database, NotFound
from kanal.kit.settings import Settings
from kanal.people import rules, sessions, tokens
from kanal.people.errors import SignInRequired
from kanal.people.models import Permission, Role

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
ACCOUNT_HEADER = "kanal-account"
WEBSOCKET_CODES: dict[type[Exception], int] = {
    SignInRequired: 4401,
    Forbidden: 4403,
    ForeignOrigin: 4403,
    NotFound: 4404,
    Invalid: 4422,
}
Connection = ASGIConnection[Any, Any, Any, Any]


class Caller(msgspec.Struct, kw_only=True, frozen=True):
    """Who a request comes from. On routes of the desk account and member are set, see `account` and `member`."""

    how: Literal["session", "token"]
    id: UUID
    user_id: UUID
    account_id: int | None
    member_id: UUID | None
    role: Role | None
    has_seat: bool
    permissions: tuple[Permission, ...]
    scopes: tuple[str, ...]

    @property
    def account(self) -> int:
        if self.account_id is None:
            raise NotFound("account")
        return self.account_id

    @property
    def member(self) -> UUID:
        if self.member_id is None:
            raise NotFound("member")
        return self.member_id

    def may(self, permission: Permission) -> bool:
        """Role and seat allow it, and for a token its scopes do."""
        if not rules.may(self.permissions, self.has_seat, permission):
            return False
        return self.how == "session" or rules.scopes_cover(self.scopes, permission)


DeskRequest = Request[Caller, Any, Any]


class SignIn(ASGIMiddleware):
    scopes = (ScopeType.HTTP, ScopeType.WEBSOCKET)

    def __init__(self, dependencies: Mapping[str, Any], settings: Settings) -> None:
        self._dependencies = dependencies
        self.cookie = cookie_name(settings)
        self.origins = own_origins(settings.public_url)

    @property
    def db(self) -> Database:
        db: Database = self._dependencies["db"]
        return db

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        try:
            scope["user"] = await self._caller(ASGIConnection(scope))
            scope["auth"] = None
        except tuple(WEBSOCKET_CODES) as error:
            if scope["type"] == ScopeType.WEBSOCKET:
                raise WebSocketException(code=WEBSOCKET_CODES[type(error)], detail=type(error).__name__) from error
            raise
        await next_app(scope, receive, send)

    async def _caller(self, connection: Connection) -> Caller | None:
        options = connection.scope["route_handler"].opt
        if options.get("exclude_from_auth"):
            if not options.get("any_origin"):
                _refuse_foreign(connection, self.origins, missing_is_fine=True)
            return None
        caller = await self._by_token(connection) or await self._by_session(connection)
        if caller is None:
            raise SignInRequired
        if options.get("no_account"):
            if caller.how == "token":
                raise Forbidden
        elif caller.account_id is None:
            raise Invalid("Kanal-Account", "this header has to name the account")
        return caller

    async def _by_token(self, connection: Connection) -> Caller | None:
        method, _, token = connection.headers.get("authorization", "").partition(" ")
        if method.lower() != "bearer":
            return None
        async with self.db.looking() as tx:
            found = await tokens.find(tx, token.strip(), _wanted_account(connection))
        if found is None:
            raise SignInRequired
        if not found.account_is_wanted:
            raise NotFound("account")
        return Caller(
            how="token",
            id=found.id,
            user_id=found.user_id,
            account_id=found.account_id,
            member_id=found.member_id,
            role=found.role,
            has_seat=found.has_seat,
            permissions=tuple(found.permissions),
            scopes=tuple(found.scopes),
        )

    async def _by_session(self, connection: Connection) -> Caller | None:
        secret = connection.cookies.get(self.cookie)
        if not secret:
            return None
        wanted = _wanted_account(connection)
        async with self.db.looking() as tx:
            found = await sessions.find(tx, secret, wanted)
        if found is None:
            return None
        _refuse_foreign(connection, self.origins, missing_is_fine=False)
        if wanted is not None and found.member_id is None:
            raise NotFound("account")
        return Caller(
            how="session",
            id=found.id,
            user_id=found.user_id,
            account_id=found.account_id,
            member_id=found.member_id,
            role=found.role,
            has_seat=bool(found.has_seat),
            permissions=tuple(found.permissions or ()),
            scopes=rules.SCOPES,
        )


class Require:
    """A guard: the caller's role, seat and scopes allow this."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    async def __call__(self, connection: Connection, _: BaseRouteHandler) -> None:
        caller = connection.scope.get("user")
        if not isinstance(caller, Caller) or not caller.may(self.permission):
            raise Forbidden


def require(permission: Permission) -> Require:
    return Require(permission)


async def require_by_default(connection: Connection, handler: BaseRouteHandler) -> None:
    """The guard of the whole application, for routes that name no permission themselves."""
    if handler.opt.get("exclude_from_auth") or handler.opt.get("no_account"):
        return
    if any(isinstance(guard, Require) for guard in handler.resolve_guards()):
        return
    await Require("read" if _is_safe(connection) else "answer")(connection, handler)


def cookie_name(settings: Settings) -> str:
    """The prefix makes browsers refuse the cookie unless it is secure and of this very host."""
    return "__Host-kanal_session" if settings.secure else "kanal_session"


def _wanted_account(connection: Connection) -> str | None:
    if connection.scope["type"] == ScopeType.WEBSOCKET:
        return connection.query_params.get("account")
    named = connection.headers.get(ACCOUNT_HEADER)
    if named is None and connection.scope["route_handler"].opt.get("account_in_query"):
        return connection.query_params.get("account")
    return named


def _is_safe(connection: Connection) -> bool:
    return connection.scope["type"] == ScopeType.WEBSOCKET or connection.scope.get("method") in SAFE


def _refuse_foreign(connection: Connection, own: Collection[str], *, missing_is_fine: bool) -> None:
    """Browsers send Origin with every unsafe call and every WebSocket; programs without a cookie need none."""
    if connection.scope["type"] == ScopeType.HTTP and connection.scope.get("method") in SAFE:
        return
    origin = connection.headers.get("origin")
    if origin not in own and not (origin is None and missing_is_fine):
        raise ForeignOrigin
