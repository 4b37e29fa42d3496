"""/deliveries: what a person does about an answer that did not arrive, or perhaps did."""

from __future__ import annotations

from uuid import UUID

import msgspec
from litestar import post

from kanal.api.agent import found
from kanal.api.http.given import Db, FromPath
from kanal.api.http.signin import DeskRequest
from kanal.delivery import actions, queries
from kanal.delivery.models import ShownDelivery
from kanal.kit.db import NotFound


class DeliveryOut(msgspec.Struct):
    delivery: ShownDelivery


@post("/deliveries/{delivery_id:uuid}/retry", status_code=202)
async def retry_delivery(request: DeskRequest, db: Db, delivery_id: FromPath[UUID]) -> DeliveryOut:
    """Send the same message again, under the same id; what waits is tried at once."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        row = await queries.row(tx, delivery_id)
        if row is None:
            raise NotFound("delivery")
        await found.message(tx, caller, row.message_id)
        return DeliveryOut(await actions.retry(tx, delivery_id, caller.member))


@post("/deliveries/{delivery_id:uuid}/confirm", status_code=200)
async def confirm_delivery(request: DeskRequest, db: Db, delivery_id: FromPath[UUID]) -> DeliveryOut:
    """Say that a message of unknown fate was sent."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        row = await queries.row(tx, delivery_id)
        if row is None:
            raise NotFound("delivery")
        await found.message(tx, caller, row.message_id)
        return DeliveryOut(await actions.confirm(tx, delivery_id, caller.member))
