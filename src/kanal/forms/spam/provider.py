"""Which captcha provider an account has: shown without its secret, set up, changed, taken away. captcha.py asks it."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

import msgspec

from kanal.events.actions import emit
from kanal.events.models import Event
from kanal.forms.spam.captcha import Name
from kanal.kit.crypto import Keyring
from kanal.kit.db import Transaction
from kanal.people.errors import NotAccepted

LONGEST = 500


class Provider(msgspec.Struct, kw_only=True):
    provider: Name
    site_key: str
    """Not secret: it stands in every page with a form."""
    has_secret: bool


class ProviderChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    provider: Name
    site_key: str
    secret: str = ""
    """"" leaves the stored one, which belongs to the provider it was typed for."""


async def shown(tx: Transaction) -> Provider | None:
    return await tx.maybe(
        Provider,
        """
        select captcha_provider as provider, captcha_site_key as site_key, captcha_secret is not null as has_secret
        from desk_settings where captcha_provider is not null
        """,
    )


async def change(tx: Transaction, wanted: ProviderChange | None, keyring: Keyring, actor: UUID | None) -> None:
    """None takes the provider away, with its secret. Raises NotAccepted."""
    before = await shown(tx)
    secret = keyring.encrypt(_key("secret", wanted.secret).encode()) if wanted and wanted.secret.strip() else None
    if wanted and secret is None and (before is None or before.provider != wanted.provider):
        raise NotAccepted("captcha.secret", "Type the secret key that the provider gave you.")
    await tx.run(
        """
        insert into desk_settings (account_id, captcha_provider, captcha_site_key, captcha_secret)
        values (%(account)s, %(provider)s, %(site_key)s, %(secret)s)
        on conflict (account_id) do update set
          captcha_provider = excluded.captcha_provider, captcha_site_key = excluded.captcha_site_key,
          captcha_secret = case when excluded.captcha_provider is null then null
                                else coalesce(excluded.captcha_secret, desk_settings.captcha_secret) end
        """,
        {
            "account": tx.account,
            "provider": wanted.provider if wanted else None,
            "site_key": _key("site_key", wanted.site_key) if wanted else "",
            "secret": secret,
        },
    )
    emit(tx, Event(name="desk.changed", actor_id=actor, data={"fields": ["captcha"]}))


def _key(field: Literal["site_key", "secret"], given: str) -> str:
    key = given.strip()
    if not key or len(key) > LONGEST or not key.isascii() or not key.isprintable() or " " in key:
        raise NotAccepted(f"captcha.{field}", "Copy the key as the provider shows it.")
    return key
