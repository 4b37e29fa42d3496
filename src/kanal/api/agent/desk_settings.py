"""/desk-settings: what holds for the whole desk."""

from __future__ import annotations

from uuid import UUID

import msgspec
from litestar import get, patch

from kanal.api.agent.channel_references import NOT_A_SENDER, can_answer
from kanal.api.http.given import Db, Given, JSONBody
from kanal.api.http.problem import Invalid
from kanal.api.http.signin import DeskRequest, require
from kanal.delivery.models import Carriers
from kanal.forms.spam import provider
from kanal.forms.spam.provider import Provider, ProviderChange
from kanal.inboxes import actions as channels
from kanal.inboxes import queries as channel_rows
from kanal.intake.spam import filters
from kanal.intake.spam.models import Filters, FiltersChange
from kanal.kit.db import Transaction
from kanal.people import capacity


class DeskSettingsOut(msgspec.Struct):
    capacity_max_age_days: int | None
    """Tickets made longer ago do not count against what people may have at once. Null: all do."""
    fallback_channel: UUID | None
    """By which what came in by a channel that carries no answers is answered, where it has no choice of its own. Null:
    the oldest that can."""
    captcha: Provider | None
    spam_filters: Filters


class DeskSettingsPatch(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    capacity_max_age_days: int | msgspec.UnsetType | None = msgspec.UNSET
    fallback_channel: UUID | msgspec.UnsetType | None = msgspec.UNSET
    captcha: ProviderChange | msgspec.UnsetType | None = msgspec.UNSET
    spam_filters: FiltersChange | msgspec.UnsetType = msgspec.UNSET


@get("/desk-settings", guards=[require("read")])
async def read_desk_settings(request: DeskRequest, db: Db) -> DeskSettingsOut:
    async with db.transaction(request.user.account) as tx:
        return await _shown(tx)


@patch("/desk-settings", guards=[require("manage_desk")])
async def change_desk_settings(
    request: DeskRequest, data: JSONBody[DeskSettingsPatch], db: Db, carriers: Given[Carriers]
) -> DeskSettingsOut:
    """`fallback_channel` has to be one that can write to people. `captcha` without a `secret` keeps the stored one;
    null takes the provider away."""
    actor = request.user.member
    async with db.transaction(request.user.account) as tx:
        if data.capacity_max_age_days is not msgspec.UNSET:
            await capacity.set_max_age(tx, data.capacity_max_age_days, actor)
        if data.fallback_channel is not msgspec.UNSET:
            if data.fallback_channel and not await can_answer(tx, carriers, data.fallback_channel):
                raise Invalid("fallback_channel", NOT_A_SENDER)
            await channels.set_fallback(tx, data.fallback_channel, actor=actor)
        if data.captcha is not msgspec.UNSET:
            await provider.change(tx, data.captcha, carriers.keyring, actor)
        if data.spam_filters is not msgspec.UNSET:
            await filters.change(tx, data.spam_filters, actor)
        return await _shown(tx)


async def _shown(tx: Transaction) -> DeskSettingsOut:
    return DeskSettingsOut(
        capacity_max_age_days=(await capacity.settings(tx)).capacity_max_age_days,
        fallback_channel=await channel_rows.fallback(tx),
        captcha=await provider.shown(tx),
        spam_filters=await filters.filters(tx),
    )
