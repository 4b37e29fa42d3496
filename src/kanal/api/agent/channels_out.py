"""A channel as the API shows it: settings without secrets, how it is doing, and what a person has to do about it. Used
by channels.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from kanal.api.agent import channel_references
from kanal.api.agent.channel_references import AnswersOut
from kanal.api.agent.people_out import PersonOut, people_out
from kanal.api.http.signin import DeskRequest
from kanal.channelkit.contract import Kind
from kanal.delivery import acknowledging
from kanal.delivery.acknowledging import Acknowledgement
from kanal.delivery.models import Carriers
from kanal.inboxes import proofs, queries, rules
from kanal.inboxes.models import BelongTo, ChannelRow, Health, OpenTo
from kanal.inboxes.proofs import Address, Proved
from kanal.kit.db import NotFound, Transaction
from kanal.routing import actions as routings
from kanal.routing.models import Routing, RoutingProblem
from kanal.routing.rules import parse
from kanal.views.visible import hidden_channels


class HealthOut(msgspec.Struct):
    state: Health | Literal["off"]
    """`waiting` is for the first mail, or for the one that proves its address; `reason` says so."""
    reason: str | None
    since: datetime


class InboxOut(msgspec.Struct):
    id: UUID
    kind: str
    name: str


class AcceptedOut(msgspec.Struct):
    """Who agreed to what is read, stored and sent."""

    by: PersonOut | None
    at: datetime


class ChannelOut(msgspec.Struct):
    id: UUID
    kind: str
    name: str
    active: bool
    authorized: bool
    """False: the provider refuses our credentials; what is queued waits until somebody signs in anew."""
    health: HealthOut
    inbox: InboxOut
    settings: dict[str, Any]
    capabilities: dict[str, Any]
    """As in `/kinds`."""
    routing: Routing
    routing_version: int
    routing_problems: list[RoutingProblem]
    """What became invalid after it was set, and is skipped; and, as warnings, what may not be as it was meant."""
    open_to: OpenTo
    team_ids: list[UUID]
    held: int
    created_at: datetime
    deleted_at: datetime | None
    first_mail_at: datetime | None
    last_in_at: datetime | None
    last_out_at: datetime | None
    accepted: AcceptedOut | None
    forwards_belong_to: BelongTo
    acknowledgement: Acknowledgement
    proof: Proved | None
    """Whether its address was shown to lead here; null where there is nothing to prove."""
    fetched: bool
    """It is read from a server, and has a ledger."""
    answers: AnswersOut | None
    """Which channel answers for it; null where it carries answers itself."""


async def shown(tx: Transaction, carriers: Carriers, request: DeskRequest, channel_id: UUID) -> ChannelOut:
    """Raises NotFound, also where the caller may not see it."""
    if channel_id in await hidden_channels(tx, request.user.member):
        raise NotFound("channel")
    row = await queries.channel(tx, channel_id)
    return (await out(tx, carriers, [row], manages=request.user.may("manage_channels")))[0]


async def out(tx: Transaction, carriers: Carriers, rows: Sequence[ChannelRow], *, manages: bool) -> list[ChannelOut]:
    ids = [row.id for row in rows]
    held = await queries.held(tx, ids)
    versions = await queries.routing_versions(tx, ids)
    problems = await routings.problems(tx, {row.id: row.routing for row in rows})
    answers = await channel_references.answers(tx, carriers, rows)
    people = await _people(tx, rows)
    addresses = await proofs.addresses(tx, ids)
    return [
        ChannelOut(
            id=row.id,
            kind=row.kind,
            name=row.name,
            active=row.active,
            authorized=row.authorized,
            health=HealthOut(
                state=row.health if row.active else "off", reason=row.health_why or None, since=row.health_since
            ),
            inbox=InboxOut(id=row.inbox_id, kind=row.inbox_kind, name=row.inbox_name),
            settings=rules.for_reader(row.settings, manages=manages),
            capabilities=_capabilities(carriers.kinds.get(row.kind)),
            routing=parse(row.routing),
            routing_version=versions.get(row.id, 1),
            routing_problems=problems[row.id],
            open_to=row.open_to,
            team_ids=row.team_ids,
            held=held[row.id],
            created_at=row.created_at,
            deleted_at=row.deleted_at,
            first_mail_at=row.first_received_at,
            last_in_at=row.last_in_at,
            last_out_at=row.last_out_at,
            accepted=_accepted(row, people),
            forwards_belong_to=row.forwards_belong_to,
            acknowledgement=acknowledging.read(row.acknowledgement),
            proof=_proof(carriers.kinds.get(row.kind), row, addresses),
            fetched=row.is_fetched,
            answers=answers.get(row.id),
        )
        for row in rows
    ]


async def _people(tx: Transaction, rows: Sequence[ChannelRow]) -> dict[UUID, PersonOut]:
    named = {row.accepted_by for row in rows if row.accepted_by}
    return await people_out(tx, named) if named else {}


def _accepted(row: ChannelRow, people: Mapping[UUID, PersonOut]) -> AcceptedOut | None:
    if row.accepted_at is None:
        return None
    return AcceptedOut(by=people.get(row.accepted_by) if row.accepted_by else None, at=row.accepted_at)


def _capabilities(kind: Kind | None) -> dict[str, Any]:
    builtins: dict[str, Any] = msgspec.to_builtins(kind.capabilities) if kind else {}
    return builtins


def _proof(kind: Kind | None, row: ChannelRow, addresses: Sequence[Address]) -> Proved | None:
    if kind is None or row.deleted_at is not None:
        return None
    return proofs.state(kind.claims(row.settings), [each for each in addresses if each.channel_id == row.id])
