"""/me/notice-preferences and /me/notice-times: how, and when, the caller hears of each kind of news."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import get, put

from kanal.api.http.given import Db, JSONBody
from kanal.api.http.signin import DeskRequest, require
from kanal.notifications import actions, queries
from kanal.notifications.models import NoticeTimes, Wish, Wishes


class NoticePreferences(msgspec.Struct, kw_only=True):
    assigned: Wish
    customer_answered: Wish
    reply_failed: Wish
    returned: Wish
    waiting_too_long: Wish
    contact_owner: Wish
    channel_attention: Wish
    mentioned: Wish
    followed_activity: Wish
    snooze_over: Wish
    bulk_done: Wish


class NoticePreferencesIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A kind that is left out stays as it is."""

    assigned: Wish | msgspec.UnsetType = msgspec.UNSET
    customer_answered: Wish | msgspec.UnsetType = msgspec.UNSET
    reply_failed: Wish | msgspec.UnsetType = msgspec.UNSET
    returned: Wish | msgspec.UnsetType = msgspec.UNSET
    waiting_too_long: Wish | msgspec.UnsetType = msgspec.UNSET
    contact_owner: Wish | msgspec.UnsetType = msgspec.UNSET
    channel_attention: Wish | msgspec.UnsetType = msgspec.UNSET
    mentioned: Wish | msgspec.UnsetType = msgspec.UNSET
    followed_activity: Wish | msgspec.UnsetType = msgspec.UNSET
    snooze_over: Wish | msgspec.UnsetType = msgspec.UNSET
    bulk_done: Wish | msgspec.UnsetType = msgspec.UNSET


@get("/me/notice-preferences", guards=[require("read")])
async def my_notice_preferences(request: DeskRequest, db: Db) -> NoticePreferences:
    async with db.transaction(request.user.account) as tx:
        return _out((await queries.wishes_of(tx, [request.user.member]))[request.user.member])


@put("/me/notice-preferences", guards=[require("read")])
async def choose_notices(request: DeskRequest, data: JSONBody[NoticePreferencesIn], db: Db) -> NoticePreferences:
    given: dict[str, Any] = {kind: wish for kind, wish in msgspec.structs.asdict(data).items() if wish}
    async with db.transaction(request.user.account) as tx:
        return _out(await actions.choose(tx, request.user.member, msgspec.convert(given, Wishes)))


@get("/me/notice-times", guards=[require("read")])
async def my_notice_times(request: DeskRequest, db: Db) -> NoticeTimes:
    async with db.transaction(request.user.account) as tx:
        return (await queries.times_of(tx, [request.user.member]))[request.user.member][0]


@put("/me/notice-times", guards=[require("read")])
async def choose_notice_times(request: DeskRequest, data: JSONBody[NoticeTimes], db: Db) -> NoticeTimes:
    """When the caller is told of what comes in a digest, and when of nothing, in their own time zone."""
    async with db.transaction(request.user.account) as tx:
        return await actions.choose_times(tx, request.user.member, data)


def _out(wishes: Wishes) -> NoticePreferences:
    return msgspec.convert(wishes, NoticePreferences, from_attributes=True)
