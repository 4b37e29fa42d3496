"""How often one address, and the network around it, sends a form; counted for all processes together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from kanal.forms.spam.rules import OFTEN_FROM_ADDRESS, OFTEN_FROM_NETWORK
from kanal.kit.db import Database
from kanal.kit.gathering import Gatherer
from kanal.people import limits
from kanal.people.limits import Limit, RateLimited

WINDOW = timedelta(minutes=10)
OF_ADDRESS = Limit("form-address", 10, WINDOW)
OF_NETWORK = Limit("form-network", 60, WINDOW)
FLOOD = 10
"""Times a limit: from there on nothing is taken in."""
Came = tuple[UUID, bytes, bytes]
"""For a form, from an address and the network around it."""


class TooMany(RateLimited):
    """A flood: nothing is stored, and the visitor is told to come back."""

    @property
    def retry_after(self) -> int:
        """Seconds."""
        return self.after


class Rates:
    """Counts those who come at the same time at once."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._gatherer: Gatherer[None, Came, str | TooMany] = Gatherer(self._count, splits=lambda _: False)

    async def count(self, form: UUID, address: bytes, network: bytes) -> str:
        """Count one submission; returns why that is too often, "" when it is not. Raises TooMany."""
        answer = await self._gatherer.ask(None, (form, address, network))
        if isinstance(answer, TooMany):
            raise answer
        return answer

    async def _count(self, _: None, came: list[Came]) -> Sequence[str | TooMany]:
        async with self.db.transaction(None) as tx:
            await tx.run("set local synchronous_commit = off")  # a count that a power cut takes back harms nobody
            of_address = await limits.tries_of(
                tx, OF_ADDRESS, [(str(form), address.hex()) for form, address, _ in came]
            )
            of_network = await limits.tries_of(
                tx, OF_NETWORK, [(str(form), network.hex()) for form, _, network in came]
            )
        return list(map(_answer, of_address, of_network))


def _answer(of_address: int, of_network: int) -> str | TooMany:
    for hits, limit in ((of_address, OF_ADDRESS), (of_network, OF_NETWORK)):
        if hits > limit.most * FLOOD:
            return TooMany(limits.seconds_left(limit))
    if of_address > OF_ADDRESS.most:
        return OFTEN_FROM_ADDRESS
    return OFTEN_FROM_NETWORK if of_network > OF_NETWORK.most else ""
