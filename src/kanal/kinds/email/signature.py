"""The team's signature: sanitised when it is stored, its tokens filled in when a mail is written."""

from __future__ import annotations

import html as entities
import re

from kanal.channelkit.errors import InvalidSettings
from kanal.kit import html

MOST = 200_000
_TOKEN = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_KNOWN = ("agent.full_name", "agent.first_name", "agent.last_name")
_KNOWN_AS_TYPED = "{{agent.full_name}}, {{agent.first_name}} and {{agent.last_name}}"


def checked(given: str) -> str:
    """Harmless HTML whose tokens are all known; raises InvalidSettings."""
    if len(given) > MOST:
        raise InvalidSettings("signature_html", f"It is longer than {MOST} characters; use smaller images.")
    for token in _TOKEN.findall(given):
        if token not in _KNOWN:
            raise InvalidSettings("signature_html", f"{{{{{token[:60]}}}}} is not known; there are {_KNOWN_AS_TYPED}.")
    return with_remote_images(html.sanitise(given).html)


def with_remote_images(clean: str) -> str:
    """What we wrote ourselves may show pictures from elsewhere: the recipient's program decides about them."""
    return clean.replace(f' {html.REMOTE}="', ' src="')


def resolved(signature: str, author: str, otherwise: str) -> str:
    """Tokens filled in. No token leaves a hole: a missing part of the name gives way to the whole of it, a missing
    author to the company."""
    full = author.strip() or otherwise
    first, _, last = full.partition(" ") if author.strip() else (full, "", "")
    names = {"agent.full_name": full, "agent.first_name": first, "agent.last_name": last.strip() or full}
    return _TOKEN.sub(lambda token: entities.escape(names.get(token[1], full)), signature)
