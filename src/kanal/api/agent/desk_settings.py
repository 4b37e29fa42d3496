"""/desk-settings: what holds for the whole desk."""

from __future__ import annotations

import msgspec
from litestar import get, patch

from kanal.api.http.given import Db, JSONBody
from kanal.api.http.signin import DeskRequest, require
from kanal.people import capacity
from kanal.people.capacity import DeskSettings


class DeskSettingsPatch(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    capacity_max_age_days: int | msgspec.UnsetType | None = msgspec.UNSET


@get("/desk-settings", guards=[require("read")])
async def read_desk_settings(request: DeskRequest, db: Db) -> DeskSettings:
    async with db.transaction(request.user.account) as tx:
        return await capacity.settings(tx)


@patch("/desk-settings", guards=[require("manage_desk")])
async def change_desk_settings(request: DeskRequest, data: JSONBody[DeskSettingsPatch], db: Db) -> DeskSettings:
    """`capacity_max_age_days`: older tickets do not count against what people may have at once; null: all count."""
    async with db.transaction(request.user.account) as tx:
        if data.capacity_max_age_days is not msgspec.UNSET:
            await capacity.set_max_age(tx, data.capacity_max_age_days, request.user.member)
        return await capacity.settings(tx)
