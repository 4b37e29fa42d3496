"""The team's signature: sanitised when it is stored, its tokens filled in when a mail is written."""

from __future__ import annotations

import html as entities
import re

from kanal.channelkit.errors import InvalidSettings
from kanal.kit import html

MOST = 200_000
_TOKEN = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_RUN = re.compile(
    r"\{\{[^{}]*\}\}(?:(?:\s|,|&nbsp;|\u00a0|</?(?:b|i|u|em|strong|span|font)\b[^<>]*>)*\{\{[^{}]*\}\})*", re.IGNORECASE
)
"""Tokens with nothing between them but what may go when one of them goes."""
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
    """Tokens filled in, and no hole where a name has no such part: among tokens that stand together it is left out with
    what set it off, a lone one gives way to the whole name, and without an author all of them to `otherwise`, once."""
    full = author.strip()
    first, _, last = full.partition(" ")
    names = {"agent.full_name": full, "agent.first_name": first, "agent.last_name": last.strip()}
    return _RUN.sub(lambda run: _filled(run[0], names, full or otherwise), signature)


def _filled(run: str, names: dict[str, str], whole: str) -> str:
    values = [names.get(name, "") for name in _TOKEN.findall(run)]
    if not any(values):
        values[0] = whole
    between = [*_TOKEN.split(run)[::2][1:-1], ""]
    filled, has_name = "", False
    for value, separator in zip(values, ["", *between], strict=False):
        # Whatever formats the tokens stays, also around one that is left out.
        filled += separator if has_name and value else "".join(_TAG.findall(separator))
        filled += entities.escape(value)
        has_name = has_name or bool(value)
    return filled
