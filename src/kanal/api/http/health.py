"""For whoever runs Kanal: is it alive, can it work, how is it doing."""

from __future__ import annotations

import ipaddress
from typing import Any

import psycopg
from litestar import Request, Response, get
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from psycopg_pool import PoolTimeout

from kanal.api.http.given import Db
from kanal.api.http.problem import Forbidden, NotReady
from kanal.kit.db import Database
from kanal.people import tokens

FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


@get("/health/live", exclude_from_auth=True, include_in_schema=False)
async def live() -> dict[str, str]:
    return {"status": "ok"}


@get("/health/ready", exclude_from_auth=True, include_in_schema=False)
async def ready(db: Db) -> dict[str, str]:
    """The database answers, as the role it has to."""
    try:
        async with db.transaction(None) as tx:
            await tx.value("select 1 from accounts limit 1")
    except (psycopg.OperationalError, PoolTimeout) as error:
        raise NotReady from error
    return {"status": "ok"}


@get("/metrics", exclude_from_auth=True, include_in_schema=False)
async def metrics(request: Request[Any, Any, Any], db: Db) -> Response[bytes]:
    """For this machine itself, or anybody with a token of the scope `admin`."""
    if not (_is_from_here(request) or await _has_admin_token(request, db)):
        raise Forbidden
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _is_from_here(request: Request[Any, Any, Any]) -> bool:
    """Not by way of a proxy on this machine, which would make everybody local."""
    if request.client is None or any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


async def _has_admin_token(request: Request[Any, Any, Any], db: Database) -> bool:
    method, _, token = request.headers.get("authorization", "").partition(" ")
    if method.lower() != "bearer":
        return False
    async with db.transaction(None) as tx:
        found = await tokens.find(tx, token.strip(), None)
    return found is not None and "admin" in found.scopes
