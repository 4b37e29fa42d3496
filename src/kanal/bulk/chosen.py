"""Which tickets a job is about, fixed when it starts: what comes into the view after that is not touched."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kanal.bulk.errors import InvalidBulk
from kanal.bulk.models import BulkWhich
from kanal.bulk.rules import MOST_OF_VIEW
from kanal.kit.db import Transaction, document
from kanal.views.batches import found_in
from kanal.views.errors import InvalidQuestion
from kanal.views.questions import Question, ask
from kanal.views.saved.errors import ViewIsBroken


class TooMany(Exception):
    """A view with more than a job may have."""


async def collect(tx: Transaction, job: UUID, member: UUID, wanted: BulkWhich) -> int:
    """Put the view's tickets down as items, with the versions that they have now. Returns how many. Raises TooMany and
    InvalidQuestion."""
    question = await _question(tx, member, wanted)
    passed, found = set(wanted.except_), 0
    async for batch in found_in(tx, member, question, most=MOST_OF_VIEW + len(passed) + 1):
        rows = [
            {"position": found + n, "ticket_id": each.id, "version": each.version}
            for n, each in enumerate(ticket for ticket in batch if ticket.id not in passed)
        ]
        await put_items(tx, job, rows)
        found += len(rows)
        if found > MOST_OF_VIEW:
            raise TooMany
    return found


async def _question(tx: Transaction, member: UUID, wanted: BulkWhich) -> Question:
    return await ask(tx, member, view=wanted.view or None, pipeline=wanted.pipeline)


async def check_view(tx: Transaction, member: UUID, wanted: BulkWhich) -> None:
    """Raises InvalidBulk where there is no such view."""
    try:
        await _question(tx, member, wanted)
    except InvalidQuestion as error:
        raise InvalidBulk(f"which.{error.field}", error.message) from error
    except ViewIsBroken as error:
        raise InvalidBulk("which.view", f"mend the view first: {error.problems[0].message}") from error


async def put_items(tx: Transaction, job: UUID, rows: list[dict[str, Any]]) -> None:
    """Rows of `position`, `ticket_id` and `version`."""
    await tx.run(
        """
        insert into bulk_items (account_id, job_id, position, ticket_id, version)
        select %s, %s, n.position, n.ticket_id, n.version
        from json_to_recordset(%s) as n (position int, ticket_id uuid, version int)
        """,
        (tx.account, job, document(rows)),
    )
