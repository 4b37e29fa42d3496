"""Raw events as a door leaves them, moved to the state that a test is about."""

from __future__ import annotations

from uuid import UUID, uuid4

from kanal.channelkit.desk import Arrival, ChannelRef
from kanal.channelkit.messages import Door
from kanal.intake.receive import store
from kanal.kit.db import Database
from kanal.kit.storage import Storage


async def stored(
    db: Database,
    storage: Storage,
    account: int,
    channel: UUID,
    *,
    state: str = "waiting",
    body: bytes = b"Subject: x\r\n\r\nx\r\n",
) -> UUID:
    external_id = uuid4().hex
    door = Door(mail_from="eva@kund.example", rcpt_to=["support@demo.example"], client="192.0.2.1", helo="mx")
    ref = ChannelRef(account_id=account, channel_id=channel)
    await store(db, storage, [Arrival(channel=ref, body=body, door=door, external_id=external_id)])
    async with db.transaction(account) as tx:
        raw_id: UUID = await tx.value("select id from raw_events where external_id = %s", (external_id,))
        await tx.run("update raw_events set state = %s where id = %s", (state, raw_id))
    return raw_id
