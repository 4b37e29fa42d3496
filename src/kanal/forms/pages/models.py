"""What the pages of forms are made from and what they come as."""

from __future__ import annotations

from typing import Literal

import msgspec

Name = Literal["turnstile", "hcaptcha"]
Notice = Literal["closed", "missing", "gone", "too_large", "too_many", "not_here", "busy"]


class Captcha(msgspec.Struct, kw_only=True, frozen=True):
    """What a page needs to ask for one."""

    name: Name
    site_key: str
    script: str
    """Address of the provider's script."""


class Preview(msgspec.Struct, kw_only=True):
    """For a shadow root."""

    html: str
    css: str


class Document(msgspec.Struct, kw_only=True):
    """A whole page, and the policy without which it must not be sent."""

    html: str
    policy: str
