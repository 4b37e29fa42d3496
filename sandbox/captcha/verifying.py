"""Both providers' `siteverify`, in their own words. A token is good once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from sandbox.errors import NotFound

WIDGET = Path(__file__).parent / "widget.js"
PASSES = "pass"
"""How tokens begin that our widget makes; tests may make their own."""
ALWAYS_FAILS = "2x0000000000000000000000000000000AA"
"""Turnstile's own secret for trying out."""
OF_NOBODY = "wrong"
"""A secret that belongs to no account."""


@dataclass
class Captchas:
    """What was asked; `down` makes both answer with a server's fault."""

    spent: set[str] = field(default_factory=set)
    asked: list[dict[str, str]] = field(default_factory=list)
    down: bool = False


@get("/{provider:str}/api.js", media_type="text/javascript")
async def script(provider: FromPath[str]) -> str:
    """Defines `window.turnstile` or `window.hcaptcha`."""
    _known(provider)
    return WIDGET.read_text().replace("PROVIDER", provider)


@post("/{provider:str}/siteverify", status_code=200)
async def siteverify(
    request: Request[Any, Any, Any], provider: FromPath[str], captchas: NamedDependency[Captchas]
) -> Response[dict[str, Any]]:
    known = _known(provider)
    if captchas.down:
        return Response({}, status_code=503)
    form = await _form(request, provider)
    captchas.asked.append(form)
    wrong = _wrong(form, provider, captchas)
    captchas.spent.add(form.get("response", ""))
    return Response(known(wrong))


def _wrong(form: dict[str, str], provider: str, captchas: Captchas) -> str:
    """An error code; "" for what is good."""
    secret, token = form.get("secret", ""), form.get("response", "")
    if not secret:
        return "missing-input-secret"
    if secret == OF_NOBODY:
        return "invalid-input-secret"
    if not token:
        return "missing-input-response"
    if not token.startswith(PASSES) or secret == ALWAYS_FAILS:
        return "invalid-input-response"
    if token in captchas.spent:
        return "timeout-or-duplicate" if provider == "turnstile" else "already-seen-response"
    return ""


async def _form(request: Request[Any, Any, Any], provider: str) -> dict[str, str]:
    """Turnstile also takes JSON."""
    body = await request.body()
    if provider == "turnstile" and request.headers.get("content-type", "").startswith("application/json"):
        return msgspec.json.decode(body, type=dict[str, str])
    return {name: values[0] for name, values in parse_qs(body.decode()).items()}


def _turnstile(wrong: str) -> dict[str, Any]:
    if wrong:
        return {"success": False, "error-codes": [wrong], "messages": []}
    return {**_passed(), "error-codes": [], "action": "", "cdata": ""}


def _hcaptcha(wrong: str) -> dict[str, Any]:
    return {"success": False, "error-codes": [wrong]} if wrong else {**_passed(), "credit": False}


def _passed() -> dict[str, Any]:
    return {"success": True, "challenge_ts": datetime.now(UTC).isoformat(), "hostname": "localhost"}


def _known(provider: str) -> Callable[[str], dict[str, Any]]:
    answers = {"turnstile": _turnstile, "hcaptcha": _hcaptcha}
    if provider not in answers:
        raise NotFound
    return answers[provider]


captcha = Router("/captcha", route_handlers=[script, siteverify])
