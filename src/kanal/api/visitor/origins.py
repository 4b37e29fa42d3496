"""Which sites may show and send a form, and the headers that tell browsers so. Never with credentials."""

from __future__ import annotations

from typing import Any

from litestar import Request

from kanal.api.http.origin import own_origins
from kanal.forms.models import Options
from kanal.kit.settings import Settings

ANY = {"access-control-allow-origin": "*"}


class OriginNotAllowed(Exception):
    """The form is not for the site that the browser was sent by."""


def refuse_others(request: Request[Any, Any, Any], options: Options, settings: Settings) -> None:
    """Programs, which name no origin, and our own pages may always. Raises OriginNotAllowed."""
    origin = request.headers.get("origin")
    if not options.origins or origin is None or origin in own_origins(settings.public_url):
        return
    if origin not in options.origins:
        raise OriginNotAllowed


def cors(request: Request[Any, Any, Any], options: Options | None = None) -> dict[str, str]:
    """For an answer that was not refused; one that is no form's may be read by anybody."""
    origin = request.headers.get("origin")
    if options is None or not options.origins:
        return dict(ANY)
    return {"vary": "origin"} | ({"access-control-allow-origin": origin} if origin else {})
