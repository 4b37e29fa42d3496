"""When a form was shown, told by the page that is sent back: signed, and of use to that form alone."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime
from uuid import UUID

from kanal.kit.crypto import Keyring

PURPOSE = "form-started"
SIZE = 12
LONGEST = 64


def make(keyring: Keyring, form_id: UUID, now: datetime) -> str:
    """For the field `_started`; whole milliseconds."""
    moment = str(int(now.timestamp() * 1000))
    seal = keyring.mac(PURPOSE, _sealed(form_id, moment), SIZE)
    return f"{moment}.{base64.urlsafe_b64encode(seal).decode()}"


def read(keyring: Keyring, form_id: UUID, value: str) -> datetime | None:
    """None for what we did not make for this form."""
    moment, _, seal = value.partition(".")
    if len(value) > LONGEST or not (moment.isascii() and moment.isdigit()):
        return None
    try:
        given = base64.urlsafe_b64decode(seal)
    except (binascii.Error, ValueError):
        return None
    if len(given) != SIZE or not keyring.mac_holds(PURPOSE, _sealed(form_id, moment), given):
        return None
    return datetime.fromtimestamp(int(moment) / 1000, UTC)


def _sealed(form_id: UUID, moment: str) -> bytes:
    return form_id.bytes + moment.encode()
