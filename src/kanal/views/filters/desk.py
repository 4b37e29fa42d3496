"""What filters may name in an account just now: its statuses, channels, teams, people, tags and properties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

import msgspec

from kanal.kit.conditions import Option
from kanal.kit.db import Transaction
from kanal.properties import queries as properties
from kanal.properties.models import Property


class Channel(msgspec.Struct, kw_only=True):
    id: UUID
    kind: str
    name: str
    deleted: bool


class Desk(msgspec.Struct, kw_only=True):
    options: Mapping[str, list[Option]]
    """By what they are: `pipeline`, `status` (by key), `team`, `member`, `channel`, `kind`."""
    statuses: Mapping[str, list[UUID]]
    """By key: pipelines share keys."""
    channels: list[Channel]
    custom: list[Property]
    """Archived ones too."""


class _Row(msgspec.Struct, kw_only=True):
    what: str
    id: UUID
    value: str
    label: str
    archived: bool


async def desk(tx: Transaction) -> Desk:
    rows = await tx.all(
        _Row,
        """
        select what, id, value, label, archived from (
          select 'pipeline' as what, id, id::text as value, name as label, false as archived, position from pipelines
          union all
          select 'status', id, key, name, false, position from statuses
          union all
          select 'team', id, id::text, name, false, 0 from teams
          union all
          select 'member', m.id, m.id::text, u.name, m.deactivated_at is not null, 0
          from members m join users u on u.id = m.user_id
          union all
          select 'channel', id, kind, name, deleted_at is not null, 0 from channels
        ) c order by what, position, label, id
        """,
    )
    channels = [
        Channel(id=row.id, kind=row.value, name=row.label, deleted=row.archived)
        for row in rows
        if row.what == "channel"
    ]
    statuses: dict[str, list[UUID]] = defaultdict(list)
    for row in rows:
        if row.what == "status":
            statuses[row.value].append(row.id)
    return Desk(
        options={
            **{what: _options(rows, what) for what in ("pipeline", "team", "member")},
            "status": _statuses(rows),
            "channel": [Option(value=str(each.id), label=each.name, archived=each.deleted) for each in channels],
            "kind": [Option(value=kind, label=kind) for kind in sorted({each.kind for each in channels})],
        },
        statuses=statuses,
        channels=channels,
        custom=[each for each in (await properties.catalogue(tx)).properties if not each.builtin],
    )


def _options(rows: list[_Row], what: str) -> list[Option]:
    return [Option(value=row.value, label=row.label, archived=row.archived) for row in rows if row.what == what]


def _statuses(rows: list[_Row]) -> list[Option]:
    """Those of several pipelines that share a key are one choice."""
    names: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.what == "status" and row.label not in names[row.value]:
            names[row.value].append(row.label)
    return [Option(value=key, label=" / ".join(labels)) for key, labels in names.items()]
