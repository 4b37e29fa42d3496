"""Making, changing and deleting pipelines. No ticket is ever left without a status: where one is taken away, its
tickets are moved first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from kanal.accounts import queries as accounts
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction
from kanal.kit.ids import new_id
from kanal.tickets import queries
from kanal.tickets.actions.moving import move_all, recount
from kanal.tickets.errors import InvalidPipeline
from kanal.tickets.models import Pipeline, Status
from kanal.tickets.pipelines import rules
from kanal.tickets.pipelines.models import MoveTo, NewPipeline, PipelineChange

OWN_FIELDS = ("name", "no_skipping", "no_backwards", "grace_days")


async def create(tx: Transaction, new: NewPipeline, actor: UUID | None) -> UUID:
    """Add a pipeline after the others; raises InvalidPipeline."""
    others = await _locked(tx)
    if len(others) >= rules.MOST_PIPELINES:
        raise InvalidPipeline("name", f"there may be {rules.MOST_PIPELINES} pipelines")
    locale = (await accounts.by_id(tx, tx.account)).locale
    made = Pipeline(
        id=new_id(),
        name=rules.pipeline_name(new.name, others.values()),
        is_default=False,
        grace_days=rules.grace_days(new.grace_days),
        position=len(others),
        no_skipping=new.no_skipping,
        no_backwards=new.no_backwards,
    )
    statuses = rules.statuses(made, rules.first_statuses(locale) if new.statuses is None else new.statuses)
    row = {name: getattr(made, name) for name in ("id", "is_default", "position", *OWN_FIELDS)}
    await tx.insert("pipelines", [{**row, "created_at": clock.now()}])
    await _write(tx, made, statuses)
    _tell(tx, made.id, ["created"], actor)
    return made.id


async def change(tx: Transaction, pipeline: UUID, wanted: PipelineChange, actor: UUID | None) -> None:
    """Change what is given; raises InvalidPipeline."""
    known = await _locked(tx)
    was = _found(known, pipeline)
    became = msgspec.structs.replace(was)
    if wanted.name is not UNSET:
        became.name = rules.pipeline_name(wanted.name, [each for each in known.values() if each is not was])
    if wanted.grace_days is not UNSET:
        became.grace_days = rules.grace_days(wanted.grace_days)
    became.no_skipping = was.no_skipping if wanted.no_skipping is UNSET else wanted.no_skipping
    became.no_backwards = was.no_backwards if wanted.no_backwards is UNSET else wanted.no_backwards
    fields = [name for name in OWN_FIELDS if getattr(was, name) != getattr(became, name)]
    await tx.run(
        "update pipelines set name = %s, no_skipping = %s, no_backwards = %s, grace_days = %s where id = %s",
        (became.name, became.no_skipping, became.no_backwards, became.grace_days, pipeline),
    )
    if wanted.statuses is not UNSET:
        fields += await _change_statuses(tx, was, rules.statuses(was, wanted.statuses), wanted.move_to, actor)
    if wanted.position is not UNSET:
        fields += await _place(tx, list(known), was, wanted.position)
    if wanted.is_default is not UNSET:
        fields += await _make_default(tx, was, wanted.is_default)
    if fields:
        _tell(tx, pipeline, fields, actor)


async def delete(tx: Transaction, pipeline: UUID, move_to: MoveTo | None, actor: UUID | None) -> None:
    """Delete a pipeline; its tickets go to the status that is named. Raises InvalidPipeline."""
    known = await _locked(tx)
    was = _found(known, pipeline)
    if was.is_default:
        raise InvalidPipeline("pipeline", "this is the default pipeline; make another one the default first")
    await _lock_statuses(tx, was.statuses)
    target = _target(known, was, move_to) if move_to else None
    for status in was.statuses:
        await _empty(tx, status, target, "move_to", actor)
    await tx.run("delete from statuses where pipeline_id = %s", (pipeline,))
    await tx.run("delete from pipelines where id = %s", (pipeline,))
    _tell(tx, pipeline, ["deleted"], actor)


async def _locked(tx: Transaction) -> dict[UUID, Pipeline]:
    """The pipelines as they stand; nobody else changes them until the end."""
    await tx.lock(f"pipelines/{tx.account}")
    return await queries.pipelines(tx)


def _found(known: dict[UUID, Pipeline], pipeline: UUID) -> Pipeline:
    if pipeline not in known:
        raise NotFound("pipeline")
    return known[pipeline]


async def _change_statuses(
    tx: Transaction, was: Pipeline, became: list[Status], move_to: dict[UUID, str], actor: UUID | None
) -> list[str]:
    before = {status.id: status for status in was.statuses}
    after = {status.id: status for status in became}
    if before == after:
        return []
    gone = [status for status in was.statuses if status.id not in after]
    turned = [s for s in became if s.id in before and s.is_closed != before[s.id].is_closed]
    recounted = [s for s in became if s.id in before and s not in turned and s.counts != before[s.id].counts]
    await _lock_statuses(tx, [*gone, *turned, *recounted])
    await _write(tx, was, became)
    for status in turned:
        await move_all(tx, status.id, status, actor)
    for status in recounted:
        await recount(tx, status.id)
    for status in gone:
        target = rules.named(became, move_to.get(status.id, ""))
        await _empty(tx, status, target, f"move_to.{status.id}", actor)
    await tx.run("delete from statuses where id = any(%s)", ([status.id for status in gone],))
    return ["statuses"]


async def _lock_statuses(tx: Transaction, statuses: Sequence[Status]) -> None:
    """No ticket comes into these any more."""
    ids = [status.id for status in statuses]
    await tx.values("select id from statuses where id = any(%s) order by id for update", (ids,))


async def _empty(tx: Transaction, status: Status, target: Status | None, field: str, actor: UUID | None) -> None:
    if target is not None:
        await move_all(tx, status.id, target, actor)
    elif await tx.value("select exists (select from tickets where status_id = %s)", (status.id,)):
        raise InvalidPipeline(field, f"say which status the tickets in {status.name} go to")


def _target(known: dict[UUID, Pipeline], leaving: Pipeline, move_to: MoveTo) -> Status:
    pipeline = known.get(move_to.pipeline)
    if pipeline is None or pipeline is leaving:
        raise InvalidPipeline("move_to.pipeline", "choose another pipeline")
    found = rules.named(pipeline.statuses, move_to.status)
    if found is None:
        raise InvalidPipeline("move_to.status", "the pipeline has no such status")
    return found


async def _write(tx: Transaction, pipeline: Pipeline, statuses: Sequence[Status]) -> None:
    """New statuses come first, then what each turns to, since they name each other."""
    known = {status.id for status in pipeline.statuses}
    await tx.insert("statuses", [_row(status) for status in statuses if status.id not in known])
    await tx.many(
        """
        update statuses set name = %s, position = %s, is_closed = %s, may_start = %s, counts = %s,
          on_customer_message = %s, on_agent_reply = %s
        where id = %s
        """,
        [
            (
                *(status.name, status.position, status.is_closed, status.may_start, status.counts),
                *(status.on_customer_message, status.on_agent_reply, status.id),
            )
            for status in statuses
        ],
    )


def _row(status: Status) -> dict[str, Any]:
    names = ("id", "pipeline_id", "key", "name", "position", "is_closed", "may_start", "counts")
    return {name: getattr(status, name) for name in names}


async def _place(tx: Transaction, order: list[UUID], moved: Pipeline, position: int) -> list[str]:
    if not 0 <= position < len(order):
        raise InvalidPipeline("position", f"write a number from 0 to {len(order) - 1}")
    if order[position] == moved.id:
        return []
    order.remove(moved.id)
    order.insert(position, moved.id)
    await tx.run(
        """
        update pipelines p set position = n.position - 1
        from unnest(%s::uuid[]) with ordinality as n (id, position) where p.id = n.id
        """,
        (order,),
    )
    return ["position"]


async def _make_default(tx: Transaction, pipeline: Pipeline, wanted: bool) -> list[str]:
    if wanted == pipeline.is_default:
        return []
    if not wanted:
        raise InvalidPipeline("is_default", "make another pipeline the default instead")
    await tx.run("update pipelines set is_default = false where is_default")
    await tx.run("update pipelines set is_default = true where id = %s", (pipeline.id,))
    return ["is_default"]


def _tell(tx: Transaction, pipeline: UUID, fields: list[str], actor: UUID | None) -> None:
    data = {"pipeline_id": str(pipeline), "fields": fields}
    events.emit(tx, Event(name="pipeline.changed", actor_id=actor, data=data))
