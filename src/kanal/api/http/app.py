"""The application, put together: our handlers under /api/v1, what runs around each of them, and the pages beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from litestar import Litestar, Router
from litestar.di import Provide
from litestar.enums import ScopeType
from litestar.types import ControllerRouterHandler, LifeSpanReceive, LifeSpanScope, LifeSpanSend, Receive, Scope, Send

from kanal.api.http import errors, health, openapi, web
from kanal.api.http.headers import setter
from kanal.api.http.idempotency import Idempotency
from kanal.api.http.observe import observe
from kanal.api.http.signin import SignIn, require_by_default
from kanal.kit.settings import Settings

LARGEST_BODY = 10_000_000
"""A reply with pasted images; uploads set a limit of their own."""


class Kanal(Litestar):
    """Litestar, observed from outside, so that errors before any route are seen too."""

    async def __call__(
        self, scope: Scope | LifeSpanScope, receive: Receive | LifeSpanReceive, send: Send | LifeSpanSend
    ) -> None:
        inner: Any = super().__call__
        if scope["type"] == ScopeType.HTTP:
            await observe(inner, scope, receive, send)  # type: ignore[arg-type]  # narrowed by the type in it
        else:
            await inner(scope, receive, send)


def build(
    handlers: Sequence[ControllerRouterHandler],
    ws_handlers: Sequence[ControllerRouterHandler],
    dependencies: Mapping[str, Any],
    settings: Settings,
    *,
    doors: Sequence[ControllerRouterHandler] = (),
) -> Litestar:
    """`handlers` and `ws_handlers` have paths below /api/v1, `doors` whole ones. Each dependency is an object that
    handlers receive by its name, looked up with each request; `db` has to be among them."""
    api = Router(path="/api/v1", route_handlers=[*handlers, *ws_handlers])
    return Kanal(
        [api, health.live, health.ready, health.metrics, *doors, *web.handlers()],
        dependencies={name: Provide(_given(dependencies, name), sync_to_thread=False) for name in dependencies},
        middleware=[SignIn(dependencies, settings), Idempotency(dependencies)],
        guards=[require_by_default],
        exception_handlers=errors.handlers(),
        before_send=[setter(settings)],
        openapi_config=openapi.config(),
        request_max_body_size=LARGEST_BODY,
        logging_config=None,
        debug=False,
    )


def _given(dependencies: Mapping[str, Any], name: str) -> Callable[[], Any]:
    def give() -> Any:
        return dependencies[name]

    return give
