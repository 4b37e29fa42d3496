"""Security headers of every answer. A handler that sets one itself, as attachments do, keeps its own."""

from __future__ import annotations

from urllib.parse import urlsplit

from litestar.types import Message, Scope
from litestar.types.callable_types import BeforeMessageSendHookHandler

from kanal.api.http.origin import own_origins
from kanal.kit.settings import Settings


def setter(settings: Settings) -> BeforeMessageSendHookHandler:
    headers = [(name.encode(), value.encode()) for name, value in security_headers(settings).items()]

    async def set_headers(message: Message, _: Scope) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _ in message["headers"]}
            message["headers"] = [*message["headers"], *(each for each in headers if each[0] not in given)]

    return set_headers


def security_headers(settings: Settings) -> dict[str, str]:
    headers = {
        "content-security-policy": content_policy(settings.public_url),
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
        "x-frame-options": "DENY",
    }
    if settings.secure:
        headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"
    return headers


def content_policy(public_url: str) -> str:
    """Nothing from another origin. Inline styles are how the component library sets sizes; scripts never are."""
    named = (origin for origin in own_origins(public_url) if "[" not in origin)  # policies know no IPv6 addresses
    sockets = sorted(origin.replace("http", "ws", 1) for origin in named)
    rules = [
        "default-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        f"connect-src 'self' {' '.join(sockets)}",
        "frame-src 'self'",
        "frame-ancestors 'none'",
        "form-action 'self'",
        "object-src 'none'",
        "base-uri 'none'",
    ]
    if urlsplit(public_url).scheme == "https":
        rules.append("upgrade-insecure-requests")
    return "; ".join(rules)
