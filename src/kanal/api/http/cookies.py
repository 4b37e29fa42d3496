"""The cookie of a session: out of reach for scripts, for other hosts and for requests of other sites."""

from __future__ import annotations

from typing import Any

from litestar import Response
from litestar.datastructures import Cookie

from kanal.api.http.signin import cookie_name
from kanal.kit.settings import Settings
from kanal.people.sessions import LIFETIME


def give(answer: Response[Any], settings: Settings, secret: str) -> None:
    answer.set_cookie(_cookie(settings, secret, int(LIFETIME.total_seconds())))


def take_away(answer: Response[Any], settings: Settings) -> None:
    answer.set_cookie(_cookie(settings, "", 0))


def _cookie(settings: Settings, value: str, max_age: int) -> Cookie:
    return Cookie(
        key=cookie_name(settings),
        value=value,
        max_age=max_age,
        path="/",
        secure=settings.secure,
        httponly=True,
        samesite="lax",
    )
