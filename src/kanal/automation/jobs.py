"""Work of the background: the log is kept for 90 days, a deleted rule as long as its log."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from uuid import UUID

import msgspec

from kanal.kit import clock
from kanal.kit.db import Database

KEPT = timedelta(days=90)
BATCH = 5_000


class _Ref(msgspec.Struct, kw_only=True):
    account_id: int
    id: UUID


async def forget_old(db: Database) -> None:
    """Lines of the log, then the deleted rules that nothing tells of any more."""
    while True:
        by_account: defaultdict[int, list[UUID]] = defaultdict(list)
        async with db.transaction(None) as tx:
            found = await tx.all(
                _Ref, "select account_id, id from automation_runs_to_forget(%s, %s)", (clock.now() - KEPT, BATCH)
            )
        for each in found:
            by_account[each.account_id].append(each.id)
        for account, ids in by_account.items():
            async with db.transaction(account) as tx:
                await tx.run("delete from automation_runs where id = any(%s)", (ids,))
                await tx.run(
                    """
                    delete from automation_rules r where r.deleted_at < %s
                      and not exists (select from automation_runs n where n.rule_id = r.id)
                    """,
                    (clock.now() - KEPT,),
                )
        if len(found) < BATCH:
            return
