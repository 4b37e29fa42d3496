"""Idempotency-Key: an unsafe call that is sent again is carried out once, and answered as the first time, for 24 hours.

A row claims the key before the handler runs, in a commit of its own, so of two at the same time one is told to wait.
`write_events` marks the row in the very transaction that carries the call out. A claim that a crash left behind
therefore tells whether the call may run again or was done and only its answer got lost."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

import msgspec
from litestar import Request
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from kanal.api.http.signin import SAFE, Caller
from kanal.events import actions as events
from kanal.kit import clock
from kanal.kit.db import Database, Transaction

HEADER = "idempotency-key"
KEPT = timedelta(hours=24)
ABANDONED = timedelta(minutes=2)
"""No request takes that long: its process is gone."""
LARGEST_ANSWER = 1_000_000
LONGEST_KEY = 255


class KeyTooLong(Exception):
    """A key is at most 255 characters."""


class KeyReused(Exception):
    """The same key came with another request."""


class UnderWay(Exception):
    """The first request with this key is still being worked on."""


class AnswerLost(Exception):
    """The first request was carried out, but its answer was lost; look before sending it under a new key."""


class Claim(msgspec.Struct, frozen=True):
    account: int
    caller: str
    key: str
    body_hash: bytes


class Kept(msgspec.Struct, kw_only=True):
    """What the table knows of a key."""

    body_hash: bytes
    status: int | None
    response: bytes | None
    content_type: str | None
    carried_out: bool
    created_at: datetime


_current: ContextVar[Claim | None] = ContextVar("idempotency_claim", default=None)


async def write_events(tx: Transaction) -> None:
    """The database's last statement: note that the claimed call has been carried out, then write its events."""
    claim = _current.get()
    if claim is not None and tx.account_or_none == claim.account and tx.events:
        await tx.run(
            "update idempotency_keys set carried_out = true where caller = %s and key = %s", (claim.caller, claim.key)
        )
    await events.write(tx)


class Idempotency(ASGIMiddleware):
    """Stands after sign-in: keys belong to the token that sent them, or to the person, whose session may have ended
    before the answer arrived."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, dependencies: Mapping[str, Any]) -> None:
        self._dependencies = dependencies

    @property
    def db(self) -> Database:
        db: Database = self._dependencies["db"]
        return db

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        request: Request[Any, Any, Any] = Request(scope, receive, send)
        caller, key = scope.get("user"), request.headers.get(HEADER)
        if not key or request.method in SAFE or not isinstance(caller, Caller) or caller.account_id is None:
            await next_app(scope, receive, send)
            return
        if len(key) > LONGEST_KEY:
            raise KeyTooLong
        body = await request.body()  # no larger than the route takes
        claim = Claim(caller.account_id, _whose(caller), key, _hash(request, body))
        kept = await _claim(self.db, claim)
        if kept is None:
            await _carry_out(self.db, claim, scope, _replay(body, receive), send, next_app)
        else:
            await _answer_again(kept, send)


def _whose(caller: Caller) -> str:
    return f"token:{caller.id}" if caller.how == "token" else f"user:{caller.user_id}"


async def _claim(db: Database, claim: Claim) -> Kept | None:
    """None when it is ours to carry out, else the answer that was given."""
    now = clock.now()
    async with db.transaction(claim.account) as tx:
        if await _insert(tx, claim, now):
            return None
        kept = await tx.maybe(
            Kept,
            """
            select body_hash, status, response, content_type, carried_out, created_at
            from idempotency_keys where caller = %s and key = %s for update
            """,
            (claim.caller, claim.key),
        )
        if kept is None:  # the other one has just failed and let go of the key
            raise UnderWay
        if kept.created_at < now - KEPT or _may_run_again(kept, claim, now):
            await _take_over(tx, claim, now)
            return None
    if kept.body_hash != claim.body_hash:
        raise KeyReused
    if kept.status is None:
        raise AnswerLost if kept.carried_out else UnderWay
    return kept


def _may_run_again(kept: Kept, claim: Claim, now: datetime) -> bool:
    left_behind = kept.status is None and not kept.carried_out and kept.created_at < now - ABANDONED
    return left_behind and kept.body_hash == claim.body_hash


async def _insert(tx: Transaction, claim: Claim, now: datetime) -> bool:
    return bool(
        await tx.run(
            """
            insert into idempotency_keys (account_id, caller, key, body_hash, created_at) values (%s, %s, %s, %s, %s)
            on conflict (account_id, caller, key) do nothing
            """,
            (claim.account, claim.caller, claim.key, claim.body_hash, now),
        )
    )


async def _take_over(tx: Transaction, claim: Claim, now: datetime) -> None:
    await tx.run(
        """
        update idempotency_keys
        set body_hash = %s, status = null, response = null, content_type = null, carried_out = false, created_at = %s
        where caller = %s and key = %s
        """,
        (claim.body_hash, now, claim.caller, claim.key),
    )


async def _carry_out(db: Database, claim: Claim, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
    """Hold the answer back until it is kept, so that whoever has seen it will see it again."""
    answer: list[Message] = []

    async def hold(message: Message) -> None:
        answer.append(message)

    token = _current.set(claim)
    try:
        await next_app(scope, receive, hold)
    finally:
        _current.reset(token)
        await _settle(db, claim, answer)
    for message in answer:
        await send(message)


async def _settle(db: Database, claim: Claim, answer: list[Message]) -> None:
    """Keep a success. A refusal did nothing, so the key is free again."""
    start = next((message for message in answer if message["type"] == "http.response.start"), None)
    body = b"".join(message.get("body", b"") for message in answer if message["type"] == "http.response.body")
    async with db.transaction(claim.account) as tx:
        if start is None or start["status"] >= 300 or len(body) > LARGEST_ANSWER:
            await tx.run(
                "delete from idempotency_keys where caller = %s and key = %s and not carried_out",
                (claim.caller, claim.key),
            )
            return
        content_type = next((value for name, value in start["headers"] if name.lower() == b"content-type"), b"")
        await tx.run(
            "update idempotency_keys set status = %s, response = %s, content_type = %s where caller = %s and key = %s",
            (start["status"], body, content_type.decode(), claim.caller, claim.key),
        )


async def _answer_again(kept: Kept, send: Send) -> None:
    headers = [(b"idempotency-replayed", b"true")]
    if kept.content_type:
        headers.append((b"content-type", kept.content_type.encode()))
    body = kept.response or b""
    if kept.status != 204:
        headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": kept.status or 200, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _hash(request: Request[Any, Any, Any], body: bytes) -> bytes:
    target = f"{request.method} {request.scope['path']}?{request.scope.get('query_string', b'').decode('latin-1')}\n"
    return hashlib.sha256(target.encode() + body).digest()


def _replay(body: bytes, receive: Receive) -> Receive:
    rest: list[Any] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Any:
        return rest.pop() if rest else await receive()

    return again


async def forget_old(db: Database) -> None:
    """Regular work, every hour: drop the keys of the day before."""
    async with db.transaction(None) as tx:
        for account in await tx.values("select id from accounts order by id"):
            await tx.enter_account(account)
            await tx.run("delete from idempotency_keys where created_at < %s", (clock.now() - KEPT,))
