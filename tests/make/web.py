"""The whole application in this process, and browsers and programs that call it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import httpx2
from litestar import Litestar
from litestar.types import ControllerRouterHandler

from kanal.api.agent import me, members, one_time_links, password_resets, session, sessions, teams, user
from kanal.api.http.app import build
from kanal.api.http.idempotency import write_events
from kanal.delivery.models import Carriers
from kanal.kit.crypto import Keyring
from kanal.kit.db import Database
from kanal.kit.settings import Settings, read

HOST = "desk.example.com"
PUBLIC_URL = f"https://{HOST}"
PEOPLE: tuple[ControllerRouterHandler, ...] = (
    session.sign_in,
    session.who_am_i,
    session.sign_out,
    sessions.list_sessions,
    sessions.end_session,
    user.change_user,
    user.change_password,
    user.enrol_totp,
    user.turn_on_totp,
    user.turn_off_totp,
    password_resets.ask_for_reset,
    one_time_links.look_at_link,
    one_time_links.use_link,
    me.me,
    members.list_members,
    teams.list_teams,
)


class _Built(NamedTuple):
    app: Litestar
    given: dict[str, Any]
    parts: tuple[object, ...]
    """Kept, so that nothing else gets their ids."""


_built: dict[tuple[object, ...], _Built] = {}


def settings(folder: Path, **env: str) -> Settings:
    return read({"KANAL_DATA_DIR": str(folder), "KANAL_PUBLIC_URL": PUBLIC_URL, "KANAL_SECRET_KEY": "test"} | env)


def app(
    db: Database,
    settings: Settings,
    handlers: Sequence[ControllerRouterHandler] = PEOPLE,
    doors: Sequence[ControllerRouterHandler] = (),
    **dependencies: Any,
) -> Litestar:
    """The application with these handlers, and `doors` beside the API; `db` is told to note idempotent calls, as the
    server does. Putting one together takes longer than most tests: one that a test before left is used again, with
    what handlers are given now."""
    db._last_statement = write_events
    keyring = Keyring(settings.secret_keys)
    carriers = Carriers(kinds=dependencies.get("kinds", {}), keyring=keyring, mail_domain=settings.mail_domain)
    given = {"db": db, "keyring": keyring, "settings": settings, "carriers": carriers, **dependencies}
    parts = (*handlers, None, *doors)
    key = (*map(id, parts), *sorted(given), settings.public_url, settings.secure)
    known = _built.get(key)
    if known is not None and known.given["db"].is_closed:
        known.given.clear()
        known.given.update(given)
        return known.app
    built = _built[key] = _Built(build(handlers, [], given, settings, doors=doors), given, parts)
    return built.app


def browser(app: Litestar, *, ip: str = "203.0.113.7") -> httpx2.AsyncClient:
    """Keeps cookies, and says where its pages come from."""
    return _client(app, ip, {"origin": PUBLIC_URL})


def program(app: Litestar, token: str | None = None, *, ip: str = "203.0.113.7") -> httpx2.AsyncClient:
    return _client(app, ip, {"authorization": f"Bearer {token}"} if token else {})


def _client(app: Litestar, ip: str, headers: dict[str, str]) -> httpx2.AsyncClient:
    asgi: Any = app
    transport = httpx2.ASGITransport(asgi, client=(ip, 40000))
    return httpx2.AsyncClient(transport=transport, base_url=PUBLIC_URL, headers=headers)


async def knock(app: Litestar, target: str, headers: Mapping[str, str]) -> dict[str, Any]:
    """Open a WebSocket; what the application says first."""
    path, _, query = target.partition("?")
    said: list[dict[str, Any]] = []
    scope = {
        "type": "websocket",
        "scheme": "wss",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in {"host": HOST, **headers}.items()],
        "client": ("203.0.113.7", 40000),
        "subprotocols": [],
    }

    async def receive() -> dict[str, str]:
        return {"type": "websocket.connect" if not said else "websocket.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    asgi: Any = app
    await asgi(scope, receive, send)
    return said[0]
