"""The one question that the door asks of a submission before it is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from kanal.forms.models import Definition
from kanal.forms.pages.started import read
from kanal.forms.spam import captcha, rules
from kanal.forms.spam.rates import Rates
from kanal.forms.spam.rules import (
    FILLED_IN,
    NO_CAPTCHA,
    STARTED,
    How,
    Sender,
    address_hash,
    is_filled_in,
    network_hash,
)
from kanal.kit.crypto import Keyring
from kanal.kit.db import Database
from kanal.kit.settings import Settings


async def suspicion(
    rates: Rates,
    keyring: Keyring,
    settings: Settings,
    definition: Definition,
    given: Mapping[str, Sequence[str]],
    sender: Sender,
    how: How,
    now: datetime,
) -> str:
    """Why no person seems to mean it, as it goes into `form_submissions.caught`; "" when nothing speaks against it.
    `given` is all that came, by name. Counts the submission; raises TooMany when nothing more is taken from there.
    Asks no captcha provider where it knows enough already."""
    often = await rates.count(definition.form_id, address_hash(keyring, sender), network_hash(keyring, sender))
    if is_filled_in(given):
        return FILLED_IN
    started = next(iter(given.get(STARTED, ())), "")
    if hasty := rules.hasty(read(keyring, definition.form_id, started), started, how, now):
        return hasty
    if often:
        return often
    if definition.options.captcha and not await _is_solved(rates.db, keyring, settings, definition, given):
        return NO_CAPTCHA
    return ""


async def _is_solved(
    db: Database,
    keyring: Keyring,
    settings: Settings,
    definition: Definition,
    given: Mapping[str, Sequence[str]],
) -> bool:
    async with db.transaction(definition.account_id) as tx:
        account = await captcha.account(tx, keyring)
    return account is None or await captcha.is_solved(settings, account, given)
