"""/user: one's own name, password and second factor, the same in every account."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import delete, patch, post, put

from kanal.api.agent.session import Session, describe
from kanal.api.http.given import Db, JSONBody, Keys
from kanal.api.http.problem import Invalid
from kanal.api.http.signin import DeskRequest
from kanal.kit.db import Database
from kanal.people import actions, limits, passwords, queries, sessions, signin, totp
from kanal.people.errors import PasswordTooWeak
from kanal.people.models import Locale, User
from kanal.people.rules import check_password

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Secret = Annotated[str, msgspec.Meta(max_length=1000)]


class UserChange(msgspec.Struct, forbid_unknown_fields=True):
    name: Name | None = None
    locale: Locale | None = None


class PasswordChange(msgspec.Struct, forbid_unknown_fields=True):
    current: Secret
    new: Secret


class Code(msgspec.Struct, forbid_unknown_fields=True):
    code: Annotated[str, msgspec.Meta(max_length=20)]


class Password(msgspec.Struct, forbid_unknown_fields=True):
    password: Secret


@patch("/user", no_account=True)
async def change_user(request: DeskRequest, data: JSONBody[UserChange], db: Db) -> Session:
    """Change one's name or language."""
    async with db.transaction(None) as tx:
        await actions.change_user(tx, request.user.user_id, data.name, data.locale)
        return await describe(tx, request.user.user_id)


@put("/user/password", no_account=True, status_code=204)
async def change_password(request: DeskRequest, data: JSONBody[PasswordChange], db: Db) -> None:
    """Set a new password; all other sessions end."""
    user = await _me(request, db)
    await signin.check_password(db, user, data.current)
    password_hash = await strong(data.new, user.email, "new")
    async with db.transaction(None) as tx:
        await actions.set_password(tx, user.id, password_hash)
        await sessions.end_all(tx, user.id, but=request.user.id)


@post("/user/totp", no_account=True, status_code=201)
async def enrol_totp(request: DeskRequest, db: Db, keyring: Keys) -> totp.Enrolment:
    """Make a secret for an authenticator app. It counts once a code of it was given."""
    async with db.transaction(None) as tx:
        return await totp.enrol(tx, keyring, request.user.user_id)


@put("/user/totp", no_account=True, status_code=204)
async def turn_on_totp(request: DeskRequest, data: JSONBody[Code], db: Db, keyring: Keys) -> None:
    """Ask for codes from now on."""
    await limits.count(db, limits.CHECK_OF_USER, str(request.user.user_id))
    async with db.transaction(None) as tx:
        await totp.turn_on(tx, keyring, request.user.user_id, data.code)


@delete("/user/totp", no_account=True, status_code=204)
async def turn_off_totp(request: DeskRequest, data: JSONBody[Password], db: Db) -> None:
    """Ask for no more codes; takes the password."""
    user = await _me(request, db)
    await signin.check_password(db, user, data.password)
    async with db.transaction(None) as tx:
        await totp.turn_off(tx, user.id)


async def strong(password: str, email: str, field: str) -> str:
    """The hash of a password that is good enough."""
    try:
        check_password(password, email)
    except PasswordTooWeak as weak:
        raise Invalid(field, str(weak)) from weak
    return await passwords.make(password)


async def _me(request: DeskRequest, db: Database) -> User:
    async with db.transaction(None) as tx:
        return await queries.user(tx, request.user.user_id)
