"""What a page with a form may load and do: nothing but its own, a captcha's provider where it asks one, and leave to
where the form says."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from urllib.parse import urlsplit

from kanal.forms.definitions.rules import origin
from kanal.forms.pages.models import Captcha


def policy(styles: str, *, captcha: Captcha | None = None, framed_by: Sequence[str] = (), leaves_for: str = "") -> str:
    """`styles` is the one inline stylesheet, known by its hash. `framed_by` are origins, `*` for any. `leaves_for` is
    where a submission is redirected to: browsers ask the policy there too."""
    provider = _provider(captcha) if captcha else ""
    rules = {
        "default-src": "'none'",
        "script-src": f"'self' {provider}",
        "style-src": f"'sha256-{_hash(styles)}' {provider}",
        "img-src": "'self' data:",
        "connect-src": f"'self' {provider}",
        "frame-src": provider or "'none'",
        "form-action": f"'self' {_origin(leaves_for)}",
        "frame-ancestors": " ".join(framed_by) or "'none'",
        "base-uri": "'none'",
    }
    return "; ".join(f"{name} {value.strip()}" for name, value in rules.items())


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _provider(captcha: Captcha) -> str:
    """The script's origin; hCaptcha's shows its frames from sisters of the host `js.`, whose names change."""
    own = _origin(captcha.script)
    scheme, _, host = own.partition("://")
    if captcha.name != "hcaptcha" or not host.startswith("js."):
        return own
    domain = host.removeprefix("js.")
    return f"{scheme}://{domain} {scheme}://*.{domain}"


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return origin(f"{parts.scheme}://{parts.netloc}")
