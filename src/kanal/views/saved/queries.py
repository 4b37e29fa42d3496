"""Reading views, as a member sees them."""

from __future__ import annotations

from uuid import UUID

from kanal.kit.db import Transaction
from kanal.views.saved import defaults
from kanal.views.saved.models import View


async def listed(tx: Transaction, member: UUID, *, may_restore: bool) -> list[View]:
    """In the member's order."""
    return [defaults.default(key) for key in defaults.KEYS if may_restore or key not in defaults.RESTORERS_ONLY]
