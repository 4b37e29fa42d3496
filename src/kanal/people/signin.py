"""Proving who one is: email and password, then a code where a second factor is on. What follows is a session."""

from __future__ import annotations

from kanal.kit.crypto import Keyring
from kanal.kit.db import Database
from kanal.people import actions, limits, passwords, queries, sessions, totp
from kanal.people.errors import CodeRequired, EmailInvalid, WrongCredentials
from kanal.people.models import User
from kanal.people.rules import LONGEST_PASSWORD, email_key


async def sign_in(
    db: Database, keyring: Keyring, email: str, password: str, code: str | None, ip: str, user_agent: str
) -> str:
    """The secret of a fresh session."""
    who = (email.strip().lower(), limits.client(ip))
    await limits.count(db, limits.SIGN_IN_OF_CLIENT, who[1])
    await limits.count(db, limits.SIGN_IN_OF_ADDRESS, *who)
    user = await _who_knows(db, email, password)
    renewed = await passwords.make(password) if passwords.is_outdated(user.password_hash or "") else None
    async with db.transaction(None) as tx:
        if user.totp_enabled:
            if code is None:
                raise CodeRequired
            await totp.spend(tx, keyring, user, code)
        if renewed:
            await actions.keep_password(tx, user.id, renewed)
        await limits.forget(tx, limits.SIGN_IN_OF_ADDRESS, *who)
        return await sessions.start(tx, user.id, ip, user_agent)


async def check_password(db: Database, user: User, password: str) -> None:
    """Ask somebody who is signed in for the password again."""
    await limits.count(db, limits.CHECK_OF_USER, str(user.id))
    if len(password) > LONGEST_PASSWORD or not await passwords.matches(password, user.password_hash):
        raise WrongCredentials


async def _who_knows(db: Database, email: str, password: str) -> User:
    async with db.transaction(None) as tx:
        user = await queries.user_by_email(tx, _key_or_nothing(email))
    known = user.password_hash if user and user.deactivated_at is None else None
    if len(password) > LONGEST_PASSWORD or not await passwords.matches(password, known) or user is None:
        raise WrongCredentials
    return user


def _key_or_nothing(email: str) -> str:
    try:
        return email_key(email)
    except EmailInvalid:
        return ""
