"""Work of the background: making tickets of earlier submissions, and forgetting where submissions came from."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from uuid import UUID

import msgspec
import structlog

from kanal.forms.submissions.handing_in import hand_in
from kanal.kit import clock
from kanal.kit.db import Database, is_passing
from kanal.kit.rounds import Rounds
from kanal.kit.storage import Storage

REPAIR = 30.0
"""Seconds after which it looks without having been woken."""
AGAIN = 5.0
"""Seconds until it tries again what failed for a form."""
KEPT = timedelta(days=30)
"""How long the hashes of addresses and networks are kept."""
BATCH = 1000

log = structlog.get_logger()


class HandIn:
    """Runs until cancelled. Whoever listens to the topics `forms` and `sweep` calls `wake`."""

    def __init__(self, db: Database, storage: Storage) -> None:
        self._db, self._storage = db, storage
        self._rounds = Rounds("earlier submissions", self._round)
        self.wake = self._rounds.wake

    async def run(self) -> None:
        await self._rounds.run()

    async def run_once(self) -> bool:
        """All that was asked for until now; answers whether all of it could be done."""
        async with self._db.transaction(None) as tx:
            asked = await tx.all(_Ref, "select account_id, id from forms_to_hand_in()")
        done = [await self._whole(each.account_id, each.id) for each in asked]
        return all(done)

    async def _round(self) -> float:
        return REPAIR if await self.run_once() else AGAIN

    async def _whole(self, account: int, form: UUID) -> bool:
        """What goes wrong with one form is not to stop the others."""
        try:
            while await hand_in(self._db, self._storage, account, form):
                pass
        except Exception as error:
            if is_passing(error):
                raise
            log.exception("submissions.not_handed_in", account_id=account, form_id=str(form))
            return False
        return True


async def forget_addresses(db: Database) -> None:
    """The hashes of where submissions came from, after 30 days."""
    while True:
        by_account: defaultdict[int, list[UUID]] = defaultdict(list)
        async with db.transaction(None) as tx:
            found = await tx.all(
                _Ref,
                "select account_id, id from form_addresses_to_forget(%s, %s)",
                (clock.now() - KEPT, BATCH),
            )
        for each in found:
            by_account[each.account_id].append(each.id)
        for account, ids in by_account.items():
            async with db.transaction(account) as tx:
                await tx.run(
                    "update form_submissions set address_hash = null, network_hash = null where id = any(%s)", (ids,)
                )
        if len(found) < BATCH:
            return


class _Ref(msgspec.Struct, kw_only=True):
    account_id: int
    id: UUID
