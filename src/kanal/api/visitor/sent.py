"""What a page sends along with a form's answers, and where it all came from."""

from __future__ import annotations

import re
import secrets
from typing import Any

import msgspec

from kanal.api.http import client
from kanal.api.http.origin import own_origins
from kanal.api.visitor import bodies
from kanal.api.visitor.answers import AnyRequest
from kanal.api.visitor.bodies import Body
from kanal.forms.spam import Sender, captcha
from kanal.forms.submissions.models import Source
from kanal.kit.settings import Settings
from kanal.kit.text import storable_text

OURS = frozenset({"_submission", "_started", "_website", "_page", "_visitor", "_captcha", *captcha.FIELDS})
"""Names that are no field's and nothing extra."""
TOKEN = re.compile(r"[\x21-\x7e]{1,100}")
VISITOR = re.compile(r"[A-Za-z0-9_-]{8,64}")
COOKIE = "kanal_visitor"
LONGEST_ADDRESS = 2_000


class Sent(msgspec.Struct, kw_only=True):
    given: dict[str, list[Any]]
    """Without our own names."""
    token: str
    """"" where none came."""
    since: str
    """The signed moment at which the page was shown."""
    source: Source
    page: str
    visitor: str
    """From the page's script, or the cookie of the hosted page, which gets one where it has none; "" elsewhere."""
    sender: Sender


def sent(request: AnyRequest, body: Body, settings: Settings) -> Sent:
    token, since = _one(body, "_submission"), _one(body, "_started")
    source = _source(request, bool(since), settings)
    visitor = _one(body, "_visitor") or (request.cookies.get(COOKIE, "") if source == "hosted" else "")
    if not VISITOR.fullmatch(visitor):
        visitor = secrets.token_urlsafe(18) if source == "hosted" else ""
    return Sent(
        given={name: values for name, values in body.values.items() if name not in OURS},
        token=token if TOKEN.fullmatch(token) else "",
        since=since,
        source=source,
        page=_page(_one(body, "_page") or request.headers.get("referer", "")),
        visitor=visitor,
        sender=Sender(address=client.address(request, settings.trusted_proxies)),
    )


def _one(body: Body, name: str) -> str:
    return next((value for value in body.values.get(name, ()) if isinstance(value, str) and value), "")


def _source(request: AnyRequest, was_shown: bool, settings: Settings) -> Source:
    """Our pages know when they were shown; another site's page, or a program, does not."""
    origin = request.headers.get("origin")
    if origin in own_origins(settings.public_url) or (origin is None and was_shown):
        return "hosted"
    if was_shown:
        return "embed"
    return "api" if bodies.content_type(request) == bodies.JSON else "plain"


def _page(address: str) -> str:
    """Only what a browser could have opened."""
    return storable_text(address)[:LONGEST_ADDRESS] if address.startswith(("https://", "http://")) else ""
