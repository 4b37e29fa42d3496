"""/me/addresses: the caller's own addresses, each proved by a code that is mailed there."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import delete, get, post

from kanal.api.http.given import Config, Db, FromPath, JSONBody, Keys
from kanal.api.http.pages import Page
from kanal.api.http.problem import Invalid
from kanal.api.http.signin import Caller, DeskRequest, require
from kanal.inboxes import personal
from kanal.inboxes.errors import AddressInUse
from kanal.kit.db import Database, Transaction
from kanal.kit.mail import normalise
from kanal.people import limits, mail
from kanal.people import queries as people
from kanal.people.addresses import actions, queries
from kanal.people.addresses.errors import CodeNotAccepted
from kanal.people.addresses.models import OwnAddress

SAID = {
    "expired": "The code is no longer good; have a new one mailed.",
    "too_many": "It was tried too often; have a new code mailed.",
}


class MyAddress(msgspec.Struct, kw_only=True):
    """Not proved yet: its code can be typed until `expires_at`."""

    address: str
    proved_at: datetime | None
    expires_at: datetime | None


class AddressIn(msgspec.Struct, forbid_unknown_fields=True):
    address: Annotated[str, msgspec.Meta(max_length=320)]


class AddressCode(msgspec.Struct, forbid_unknown_fields=True):
    code: Annotated[str, msgspec.Meta(max_length=20)]


@get("/me/addresses", guards=[require("read")])
async def my_addresses(request: DeskRequest, db: Db) -> Page[MyAddress]:
    """All at once."""
    async with db.transaction(request.user.account) as tx:
        return Page([_out(each) for each in await queries.of_member(tx, request.user.member)], None)


@post("/me/addresses", guards=[require("answer")], status_code=202)
async def add_my_address(
    request: DeskRequest, data: JSONBody[AddressIn], db: Db, settings: Config, keyring: Keys
) -> MyAddress:
    """Mail a code to it, good for 15 minutes; said again it mails a new one."""
    caller, key = request.user, actions.key_of(data.address)
    await limits.count(db, limits.ADDRESS_CODES, str(caller.member))
    async with db.transaction(caller.account) as tx:
        await _check_free(tx, key)
        code = await actions.ask(tx, keyring, caller.member, data.address)
        me = await people.member(tx, caller.member)
        locale = (await people.user(tx, me.user_id)).locale
    try:
        await mail.send_code(settings, data.address.strip(), locale, me.name, code)
    except mail.CodeNotMailed as error:
        async with db.transaction(caller.account) as tx:
            await actions.remove(tx, caller.member, key)
        raise Invalid("address", str(error)) from None
    return await _mine(db, caller, key)


@post("/me/addresses/{address:str}/proof", guards=[require("answer")], status_code=200)
async def prove_my_address(
    request: DeskRequest, data: JSONBody[AddressCode], db: Db, keyring: Keys, address: FromPath[str]
) -> MyAddress:
    """With the code it is the caller's, and no channel's."""
    caller, key = request.user, normalise(address)
    async with db.transaction(caller.account) as tx:
        wrong = await actions.check(tx, keyring, caller.member, key, data.code)
        if wrong is None:
            await _enter(tx, caller, key)
    if wrong is not None:
        raise Invalid("code", _said(wrong))
    return await _mine(db, caller, key)


@delete("/me/addresses/{address:str}", guards=[require("answer")])
async def remove_my_address(request: DeskRequest, db: Db, address: FromPath[str]) -> None:
    async with db.transaction(request.user.account) as tx:
        await actions.remove(tx, request.user.member, normalise(address))


async def _check_free(tx: Transaction, key: str) -> None:
    try:
        await personal.check_free(tx, actions.SPACE, key)
    except AddressInUse as error:
        raise _in_use(error) from None


async def _enter(tx: Transaction, caller: Caller, key: str) -> None:
    try:
        await personal.enter(tx, actions.SPACE, key, caller.member)
    except AddressInUse as error:
        raise _in_use(error) from None
    await actions.proved(tx, caller.member, key)


def _in_use(error: AddressInUse) -> Invalid:
    by = f": it is the address of the channel “{error.channel_name}”" if error.channel_name else ""
    return Invalid("address", f"This address is in use on this installation{by}.")


def _said(wrong: CodeNotAccepted) -> str:
    if wrong.why == "wrong":
        tries = "once" if wrong.left == 1 else f"{wrong.left} times"
        return f"That is not the code in the mail. You can try {tries} more."
    return SAID[wrong.why]


async def _mine(db: Database, caller: Caller, key: str) -> MyAddress:
    async with db.transaction(caller.account) as tx:
        found = await queries.of_member(tx, caller.member)
    return next(_out(each) for each in found if normalise(each.address) == key)


def _out(each: OwnAddress) -> MyAddress:
    return MyAddress(address=each.address, proved_at=each.proved_at, expires_at=each.expires_at)
