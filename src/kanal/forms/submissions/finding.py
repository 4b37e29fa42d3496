"""Which form an address names, asked for all who come at the same time at once."""

from __future__ import annotations

from collections.abc import Sequence

from kanal.forms.definitions.queries import published
from kanal.forms.errors import FormDeleted
from kanal.forms.models import Definition
from kanal.kit.db import Database, NotFound, is_passing
from kanal.kit.gathering import Gatherer

Found = Definition | NotFound | FormDeleted


class Finder:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._gatherer: Gatherer[None, str, Found] = Gatherer(self._look, splits=lambda error: not is_passing(error))

    async def find(self, key: str) -> Definition:
        """The published version, open or closed. Raises NotFound and FormDeleted."""
        found = await self._gatherer.ask(None, key)
        if isinstance(found, Definition):
            return found
        raise found

    async def _look(self, _: None, keys: list[str]) -> Sequence[Found]:
        found: dict[str, Found] = {}
        async with self._db.transaction(None) as tx:
            for key in set(keys):
                try:
                    found[key] = await published(tx, key)
                except (NotFound, FormDeleted) as none:
                    found[key] = none
        return [found[key] for key in keys]
