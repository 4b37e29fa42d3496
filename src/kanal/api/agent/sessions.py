"""/sessions: the browsers in which the user is signed in, and ending them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import delete, get

from kanal.api.http.given import Db, FromPath
from kanal.api.http.pages import Page
from kanal.api.http.signin import DeskRequest
from kanal.kit.db import NotFound
from kanal.people import sessions


class OpenSession(msgspec.Struct):
    id: UUID
    created_at: datetime
    ip: str
    user_agent: str
    current: bool


@get("/sessions", no_account=True)
async def list_sessions(request: DeskRequest, db: Db) -> Page[OpenSession]:
    """Where the user is signed in, newest first."""
    async with db.transaction(None) as tx:
        found = await sessions.of_user(tx, request.user.user_id)
    items = [OpenSession(s.id, s.created_at, s.ip, s.user_agent, s.id == request.user.id) for s in found]
    return Page(items, None)


@delete("/sessions/{session_id:uuid}", no_account=True)
async def end_session(request: DeskRequest, db: Db, session_id: FromPath[UUID]) -> None:
    """Sign out there."""
    async with db.transaction(None) as tx:
        if not await sessions.end(tx, request.user.user_id, session_id):
            raise NotFound("session")
