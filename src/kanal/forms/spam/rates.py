"""How often one address, and the network around it, sends a form; counted for all processes together."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from kanal.forms.spam.rules import OFTEN_FROM_ADDRESS, OFTEN_FROM_NETWORK
from kanal.kit.db import Database
from kanal.people import limits
from kanal.people.limits import Limit, RateLimited

WINDOW = timedelta(minutes=10)
OF_ADDRESS = Limit("form-address", 10, WINDOW)
OF_NETWORK = Limit("form-network", 60, WINDOW)
FLOOD = 10
"""Times a limit: from there on nothing is taken in."""


class TooMany(RateLimited):
    """A flood: nothing is stored, and the visitor is told to come back."""

    @property
    def retry_after(self) -> int:
        """Seconds."""
        return self.after


async def count(db: Database, form: UUID, address: bytes, network: bytes) -> str:
    """Count one submission; returns why that is too often, "" when it is not. Raises TooMany."""
    async with db.transaction(None) as tx:
        await tx.run("set local synchronous_commit = off")  # a count that a power cut takes back harms nobody
        of_address = await limits.tries(tx, OF_ADDRESS, str(form), address.hex())
        of_network = await limits.tries(tx, OF_NETWORK, str(form), network.hex())
    for tries, limit in ((of_address, OF_ADDRESS), (of_network, OF_NETWORK)):
        if tries.hits > limit.most * FLOOD:
            raise TooMany(tries.after)
    if of_address.hits > OF_ADDRESS.most:
        return OFTEN_FROM_ADDRESS
    return OFTEN_FROM_NETWORK if of_network.hits > OF_NETWORK.most else ""
