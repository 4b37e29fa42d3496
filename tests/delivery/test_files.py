"""Files that were uploaded and not sent."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from kanal.delivery import drafts, files, jobs
from kanal.delivery.drafts import NewDraft
from kanal.kit import clock
from tests.make.desk import Desk


async def _uploaded(desk: Desk, content: bytes, *, days_ago: int) -> UUID:
    async with desk.db.transaction(desk.account) as tx:
        blob = await desk.storage.put(content)
        file = await files.add(tx, desk.agent, blob=blob, name="a.txt", head=content[:16], size=len(content))
        at = clock.now() - timedelta(days=days_ago)
        await tx.run("update attachments set created_at = %s where id = %s", (at, file.id))
    return file.id


async def test_k21_a_file_that_was_never_sent_is_forgotten_after_a_month(desk: Desk) -> None:
    await _uploaded(desk, b"old", days_ago=31)
    new = await _uploaded(desk, b"new", days_ago=29)
    sent = await _uploaded(desk, b"sent", days_ago=31)
    await desk.reply(attachments=[sent])
    drafted = await _uploaded(desk, b"drafted", days_ago=31)
    async with desk.db.transaction(desk.account) as tx:
        await drafts.save(tx, desk.ticket, desk.agent, NewDraft(attachments=[drafted]))
    await jobs.forget_loose_files(desk.db, desk.storage)
    kept = await desk.rows("select id, blob from attachments order by created_at")
    assert {each["id"] for each in kept} == {new, sent, drafted}
    assert all([await desk.storage.exists(each["blob"]) for each in kept])


async def test_bytes_that_another_file_shares_stay(desk: Desk) -> None:
    await _uploaded(desk, b"same", days_ago=31)
    await _uploaded(desk, b"same", days_ago=1)
    await jobs.forget_loose_files(desk.db, desk.storage)
    (kept,) = await desk.rows("select blob from attachments")
    assert await desk.storage.get(kept["blob"]) == b"same"


async def test_bytes_go_with_the_last_file_that_needs_them(desk: Desk) -> None:
    await _uploaded(desk, b"old", days_ago=31)
    (row,) = await desk.rows("select blob from attachments")
    await jobs.forget_loose_files(desk.db, desk.storage)
    assert not await desk.storage.exists(row["blob"])
