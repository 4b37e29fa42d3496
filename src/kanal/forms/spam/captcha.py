"""The word of Turnstile or hCaptcha on whether a person solved one. They are not told who asks, and one that does not
answer stops nobody: a help desk must not go deaf."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal
from urllib.parse import urlsplit

import httpx2
import msgspec
import structlog

from kanal.kit.crypto import Keyring
from kanal.kit.db import Transaction
from kanal.kit.http import ForbiddenAddress, TooLarge, safe_client
from kanal.kit.settings import Settings

Name = Literal["turnstile", "hcaptcha"]
OURS = "_captcha"
"""The answer's name in a form; the providers' own widgets add theirs."""
SECONDS = 5.0
OUR_FAULT = {"missing-input-secret", "invalid-input-secret", "sitekey-secret-mismatch", "internal-error"}
"""Of their error codes, those that the visitor can do nothing about."""

log = structlog.get_logger()


class Account(msgspec.Struct, kw_only=True):
    """What an account has with a provider."""

    name: Name
    site_key: str
    secret: str = ""


OF_WIDGETS: dict[Name, str] = {"turnstile": "cf-turnstile-response", "hcaptcha": "h-captcha-response"}
FIELDS = frozenset({OURS, *OF_WIDGETS.values()})
"""Names of answers that are no field's."""


async def account(tx: Transaction, keyring: Keyring) -> Account | None:
    """The account's own, with its secret; None where none is set up."""
    row = await tx.maybe(
        _Kept,
        """
        select captcha_provider as name, captcha_site_key as site_key, captcha_secret as secret
        from desk_settings where captcha_provider is not null
        """,
    )
    if row is None or row.secret is None:
        return None
    return Account(name=row.name, site_key=row.site_key, secret=keyring.decrypt(row.secret).decode())


async def is_solved(settings: Settings, account: Account, given: Mapping[str, Sequence[str]]) -> bool:
    """What the provider says; True when it says nothing within five seconds."""
    names = (OURS, OF_WIDGETS[account.name])
    answer = next((value for name in names for value in given.get(name, ()) if value), "")
    if not answer:
        return False
    try:
        verdict = await _ask(_address(settings, account.name), {"secret": account.secret, "response": answer})
    except (httpx2.HTTPError, ForbiddenAddress, TooLarge, msgspec.MsgspecError) as trouble:
        log.warning("captcha.no_answer", provider=account.name, error=type(trouble).__name__)
        return True
    if not verdict.success and OUR_FAULT.intersection(verdict.codes):
        log.warning("captcha.cannot_ask", provider=account.name, codes=verdict.codes)
        return True
    return verdict.success


def _address(settings: Settings, name: Name) -> str:
    return {"turnstile": settings.turnstile, "hcaptcha": settings.hcaptcha}[name].verify


async def _ask(address: str, form: dict[str, str]) -> _Verdict:
    # The installation's operator chose the address, so it may be in our own network.
    async with safe_client(allow=[urlsplit(address).hostname or ""], seconds=SECONDS, max_bytes=100_000) as client:
        response = await client.post(address, data=form)
        if response.is_server_error:
            response.raise_for_status()
        return msgspec.json.decode(response.content, type=_Verdict)


class _Verdict(msgspec.Struct):
    success: bool
    codes: list[str] = msgspec.field(name="error-codes", default_factory=list)


class _Kept(msgspec.Struct, kw_only=True):
    name: Name
    site_key: str
    secret: bytes | None
