"""Which filters an account has switched on; it says nothing, and then holds what is usual."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.intake.spam.models import Filters, FiltersChange
from kanal.kit.db import Transaction, document


async def filters(tx: Transaction) -> Filters:
    """Looked up once a transaction."""
    known: Filters | None = tx.kept.get("spam filters")
    if known is None:
        known = tx.kept["spam filters"] = msgspec.convert(await _stored(tx), Filters)
    return known


async def change(tx: Transaction, wanted: FiltersChange, actor: UUID | None) -> None:
    """Switch what is given."""
    given = {name: value for name, value in msgspec.structs.asdict(wanted).items() if value is not msgspec.UNSET}
    before = await filters(tx)
    fields = sorted(name for name, value in given.items() if getattr(before, name) != value)
    if not fields:
        return
    await tx.run(
        """
        insert into desk_settings (account_id, spam_filters) values (%(account)s, %(given)s)
        on conflict (account_id) do update set spam_filters = desk_settings.spam_filters || excluded.spam_filters
        """,
        {"account": tx.account, "given": document(given)},
    )
    del tx.kept["spam filters"]
    data = {"fields": [f"spam_filters.{field}" for field in fields]}
    events.emit(tx, Event(name="desk.changed", actor_id=actor, data=data))


async def _stored(tx: Transaction) -> dict[str, Any]:
    return await tx.value("select spam_filters from desk_settings") or {}
