"""/pipelines: the ways that tickets go, each with its statuses in order."""

from __future__ import annotations

from uuid import UUID

import msgspec
from litestar import delete, get, patch, post

from kanal.api.http.given import Db, FromPath, JSONBody
from kanal.api.http.pages import Page
from kanal.api.http.signin import DeskRequest, require
from kanal.kit.db import Transaction
from kanal.tickets import queries
from kanal.tickets.models import Pipeline
from kanal.tickets.pipelines import actions
from kanal.tickets.pipelines.models import MoveTo, NewPipeline, PipelineChange


class PipelineDeletion(msgspec.Struct, forbid_unknown_fields=True):
    move_to: MoveTo | None = None
    """Where its tickets go; needed when it has any."""


class StatusOut(msgspec.Struct):
    id: UUID
    key: str
    name: str
    is_closed: bool
    position: int
    may_start: bool
    counts: bool
    """Whether its tickets count against the capacity of whoever has them."""
    on_customer_message: UUID | None
    """The status that a ticket turns to when the customer writes; null: it stays."""
    on_agent_reply: UUID | None
    tickets: int | None
    """How many it has, counted to ten thousand; null for those who do not edit pipelines."""


class PipelineOut(msgspec.Struct):
    id: UUID
    name: str
    is_default: bool
    position: int
    no_skipping: bool
    no_backwards: bool
    grace_days: int
    statuses: list[StatusOut]


@get("/pipelines", guards=[require("read")])
async def list_pipelines(request: DeskRequest, db: Db) -> Page[PipelineOut]:
    """In their order."""
    async with db.transaction(request.user.account) as tx:
        found = await queries.pipelines(tx)
        tickets = await queries.tickets_by_status(tx) if request.user.may("manage_desk") else {}
    return Page([_out(pipeline, tickets) for pipeline in found.values()], None)


@post("/pipelines", guards=[require("manage_desk")])
async def create_pipeline(request: DeskRequest, data: JSONBody[NewPipeline], db: Db) -> PipelineOut:
    """Add a pipeline; without `statuses` it gets the four that every account starts with."""
    async with db.transaction(request.user.account) as tx:
        return await _one(tx, await actions.create(tx, data, request.user.member))


@patch("/pipelines/{pipeline_id:uuid}", guards=[require("manage_desk")])
async def change_pipeline(
    request: DeskRequest, data: JSONBody[PipelineChange], db: Db, pipeline_id: FromPath[UUID]
) -> PipelineOut:
    """Change what is given. `statuses` is the whole list in order; a status that has tickets goes only with a place in
    `move_to` for them."""
    async with db.transaction(request.user.account) as tx:
        await actions.change(tx, pipeline_id, data, request.user.member)
        return await _one(tx, pipeline_id)


@delete("/pipelines/{pipeline_id:uuid}", guards=[require("manage_desk")], status_code=204)
async def delete_pipeline(
    request: DeskRequest, data: JSONBody[PipelineDeletion], db: Db, pipeline_id: FromPath[UUID]
) -> None:
    """Delete a pipeline that is not the default one."""
    async with db.transaction(request.user.account) as tx:
        await actions.delete(tx, pipeline_id, data.move_to, request.user.member)


async def _one(tx: Transaction, pipeline: UUID) -> PipelineOut:
    return _out((await queries.pipelines(tx))[pipeline], await queries.tickets_by_status(tx))


def _out(pipeline: Pipeline, tickets: dict[UUID, int]) -> PipelineOut:
    return PipelineOut(
        id=pipeline.id,
        name=pipeline.name,
        is_default=pipeline.is_default,
        position=pipeline.position,
        no_skipping=pipeline.no_skipping,
        no_backwards=pipeline.no_backwards,
        grace_days=pipeline.grace_days,
        statuses=[
            StatusOut(
                id=each.id,
                key=each.key,
                name=each.name,
                is_closed=each.is_closed,
                position=each.position,
                may_start=each.may_start,
                counts=each.counts,
                on_customer_message=each.on_customer_message,
                on_agent_reply=each.on_agent_reply,
                tickets=tickets.get(each.id),
            )
            for each in pipeline.statuses
        ],
    )
