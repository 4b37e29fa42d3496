"""The second factor: codes of an authenticator app. The secret is kept encrypted, and no code is accepted twice."""

from __future__ import annotations

import hmac
import io
from uuid import UUID

import msgspec
import pyotp
import segno

from kanal.kit import clock
from kanal.kit.crypto import Keyring
from kanal.kit.db import Transaction
from kanal.people import queries
from kanal.people.audit import tell_accounts
from kanal.people.errors import CodeWrong, NoSecretYet, SecondFactorOn
from kanal.people.models import User

ISSUER = "Kanal"
STEP = 30
DRIFT = 1
"""How many steps a person's clock may be off, to either side."""


class Enrolment(msgspec.Struct):
    """What an authenticator app has to be told; shown once."""

    secret: str
    uri: str
    svg: str


async def enrol(tx: Transaction, keyring: Keyring, user_id: UUID) -> Enrolment:
    """Make a new secret; it counts from `turn_on`."""
    user = await queries.user(tx, user_id)
    if user.totp_enabled:
        raise SecondFactorOn
    secret = pyotp.random_base32()
    await tx.run("update users set totp_secret = %s where id = %s", (keyring.encrypt(secret.encode()), user_id))
    uri = pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name=ISSUER)
    return Enrolment(secret, uri, _qr(uri))


async def turn_on(tx: Transaction, keyring: Keyring, user_id: UUID, code: str) -> None:
    """Proved by a first code that the app has the secret."""
    await spend(tx, keyring, await queries.user(tx, user_id), code)
    await tx.run("update users set totp_enabled = true where id = %s", (user_id,))
    await tell_accounts(tx, user_id, "member.second_factor_changed", on=True)


async def turn_off(tx: Transaction, user_id: UUID) -> None:
    await tx.run("update users set totp_enabled = false, totp_secret = null where id = %s", (user_id,))
    await tell_accounts(tx, user_id, "member.second_factor_changed", on=False)


async def spend(tx: Transaction, keyring: Keyring, user: User, code: str) -> None:
    """Accept a code once; the row remembers the time step it stood for, and none before it counts any more."""
    if user.totp_secret is None:
        raise NoSecretYet
    step = _step_of(pyotp.TOTP(keyring.decrypt(user.totp_secret).decode()), code.replace(" ", ""))
    if step is None or not await _advance(tx, user.id, step):
        raise CodeWrong


def _step_of(totp: pyotp.TOTP, code: str) -> int | None:
    now = int(clock.now().timestamp()) // STEP
    steps = range(now - DRIFT, now + DRIFT + 1)
    return next((s for s in steps if hmac.compare_digest(totp.generate_otp(s).encode(), code.encode())), None)


async def _advance(tx: Transaction, user_id: UUID, step: int) -> bool:
    return bool(await tx.run("update users set totp_used = %s where id = %s and totp_used < %s", (step, user_id, step)))


def _qr(uri: str) -> str:
    out = io.BytesIO()
    segno.make(uri).save(out, kind="svg", scale=4, xmldecl=False, svgns=True, dark="#000", light="#fff")
    return out.getvalue().decode()
