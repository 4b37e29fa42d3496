"""/me/notice-preferences: how the caller hears of each kind of news."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import get, put

from kanal.api.http.given import Db, JSONBody
from kanal.api.http.signin import DeskRequest, require
from kanal.notifications import actions, queries
from kanal.notifications.models import Wish, Wishes


class NoticePreferences(msgspec.Struct, kw_only=True):
    assigned: Wish
    customer_answered: Wish
    reply_failed: Wish
    returned: Wish
    waiting_too_long: Wish
    contact_owner: Wish
    channel_attention: Wish


class NoticePreferencesIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A kind that is left out stays as it is."""

    assigned: Wish | msgspec.UnsetType = msgspec.UNSET
    customer_answered: Wish | msgspec.UnsetType = msgspec.UNSET
    reply_failed: Wish | msgspec.UnsetType = msgspec.UNSET
    returned: Wish | msgspec.UnsetType = msgspec.UNSET
    waiting_too_long: Wish | msgspec.UnsetType = msgspec.UNSET
    contact_owner: Wish | msgspec.UnsetType = msgspec.UNSET
    channel_attention: Wish | msgspec.UnsetType = msgspec.UNSET


@get("/me/notice-preferences", guards=[require("read")])
async def my_notice_preferences(request: DeskRequest, db: Db) -> NoticePreferences:
    async with db.transaction(request.user.account) as tx:
        return _out((await queries.wishes_of(tx, [request.user.member]))[request.user.member])


@put("/me/notice-preferences", guards=[require("read")])
async def choose_notices(request: DeskRequest, data: JSONBody[NoticePreferencesIn], db: Db) -> NoticePreferences:
    given: dict[str, Any] = {kind: wish for kind, wish in msgspec.structs.asdict(data).items() if wish}
    async with db.transaction(request.user.account) as tx:
        return _out(await actions.choose(tx, request.user.member, msgspec.convert(given, Wishes)))


def _out(wishes: Wishes) -> NoticePreferences:
    return msgspec.convert(wishes, NoticePreferences, from_attributes=True)
