"""K21: raw bytes have an end."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from kanal.channelkit.messages import Door
from kanal.intake import jobs
from kanal.kit.db import Database
from kanal.kit.storage import Storage
from tests.make import accounts, channels
from tests.make.said import hear, said


@pytest.mark.parametrize(
    ("state", "kept"),
    [("held", False), ("quarantined", False), ("outgoing", False), ("duplicate", False), ("ticket", True)],
)
async def test_k21_bytes_of_what_became_no_message_are_kept_for_90_days(
    db: Database, tmp_path: Path, state: str, kept: bool
) -> None:
    account = await accounts.account(db)
    channel = await channels.email_channel(db, account)
    await hear(db, account, channel, said())
    await _age(db, account, state)
    await jobs.forget_raw(db, Storage(str(tmp_path)))
    async with db.transaction(account) as tx:
        assert await tx.value("select body is not null from raw_events") is kept
        assert await tx.value("select state from raw_events") == ("quarantined" if state == "held" else state)


async def test_k21_bytes_of_what_we_sent_live_as_long_as_the_message_that_they_became(
    db: Database, tmp_path: Path
) -> None:
    account = await accounts.account(db)
    channel = await channels.email_channel(db, account)
    await hear(db, account, channel, said(external_id="question@kund.example"))
    answer = said("Try another bulb", "support@demo.example", in_reply_to="question@kund.example", outgoing=True)
    [fate] = await hear(db, account, channel, answer, door=Door(outgoing=True))
    await _age(db, account, "outgoing", fate.raw_id)
    await jobs.forget_raw(db, Storage(str(tmp_path)))
    async with db.transaction(account) as tx:
        assert await tx.value("select body is not null from raw_events where id = %s", (fate.raw_id,)) is True


async def _age(db: Database, account: int, state: str, only: UUID | None = None) -> None:
    async with db.transaction(account) as tx:
        await tx.run(
            """
            update raw_events set received_at = received_at - interval '91 days', state = %(state)s,
                   message_id = case when %(only)s::uuid is null then null else message_id end
            where %(only)s::uuid is null or id = %(only)s
            """,
            {"state": state, "only": only},
        )
