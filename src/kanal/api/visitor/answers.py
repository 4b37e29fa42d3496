"""What visitors get: pages with the policy that belongs to them, and problem documents for scripts and programs. None
of it is kept by anybody on the way, since it is made for one visitor."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response

from kanal.api.http import problem
from kanal.api.visitor.origins import ANY
from kanal.api.visitor.script import script
from kanal.forms.models import Definition, Language
from kanal.forms.pages import render, started
from kanal.forms.pages.controls import Values
from kanal.forms.pages.models import Captcha, Document, Notice
from kanal.forms.pages.texts import of_browser
from kanal.forms.spam import captcha
from kanal.kit import clock
from kanal.kit.crypto import Keyring
from kanal.kit.db import Transaction
from kanal.kit.settings import Settings

AnyRequest = Request[Any, Any, Any]
PROBLEMS: dict[Notice, tuple[str, int]] = {
    "missing": ("not-found", 404),
    "gone": ("form-deleted", 410),
    "closed": ("form-closed", 410),
    "not_here": ("origin-not-allowed", 403),
    "too_large": ("too-large", 413),
    "too_many": ("rate-limited", 429),
    "busy": ("not-ready", 503),
}
"""The problem's type and the status of each notice."""


def show(document: Document, status: int = 200, headers: Mapping[str, str] | None = None) -> Response[str]:
    return Response(
        document.html,
        status_code=status,
        media_type="text/html",
        headers={"content-security-policy": document.policy, "cache-control": "no-store", **(headers or {})},
    )


def form_page(
    definition: Definition,
    keyring: Keyring,
    asks: Captcha | None,
    values: Values | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    token: str = "",
    since: str = "",
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response[str]:
    """The hosted page. `token` and `since` are the `_submission` and `_started` that came, where the page is shown
    again with what is wrong; else new ones are made."""
    built = script()
    document = render.page(
        definition,
        values,
        errors or {},
        token or new_token(),
        since or started.make(keyring, definition.form_id, clock.now()),
        captcha=asks,
        script=f"/f/{definition.key}.js?v={built.version}" if built else "",
    )
    return show(document, status, headers)


def notice(
    request: AnyRequest, what: Notice, language: Language | None = None, headers: Mapping[str, str] | None = None
) -> Response[str]:
    """A page that only says something, in the browser's language unless the form's is known."""
    _, status = PROBLEMS[what]
    return show(render.notice(what, language or language_of(request)), status, headers)


def refusal(
    request: AnyRequest,
    what: Notice,
    definition: Definition | None = None,
    *,
    more: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response[dict[str, Any]]:
    """The same as a problem document that any site may read, in the form's language where the form is known."""
    type_, status = PROBLEMS[what]
    title, text = render.said(what, definition.options.language if definition else language_of(request))
    if what == "closed" and definition:
        text = definition.options.closed_text or text
    document = {"detail": text, **(more or {})}
    return problem.respond(type_, title, status, document, {**ANY, "cache-control": "no-store", **(headers or {})})


def refusal_to_show(
    request: AnyRequest, what: Notice, definition: Definition | None = None
) -> Response[dict[str, Any]]:
    """With what to show in the form's place."""
    language = definition.options.language if definition else language_of(request)
    part = render.notice_part(what, language, definition)
    return refusal(request, what, definition, more={"html": part.html, "css": part.css})


async def captcha_of(tx: Transaction, keyring: Keyring, settings: Settings, definition: Definition) -> Captcha | None:
    """What the form's page asks, where the form wants it and the account has a provider."""
    account = await captcha.account(tx, keyring) if definition.options.captcha else None
    if account is None:
        return None
    service = {"turnstile": settings.turnstile, "hcaptcha": settings.hcaptcha}[account.name]
    return Captcha(name=account.name, site_key=account.site_key, script=service.script)


def language_of(request: AnyRequest) -> Language:
    return of_browser(request.headers.get("accept-language", ""))


def new_token() -> str:
    return secrets.token_urlsafe(18)
