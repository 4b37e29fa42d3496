"""/pipelines: the ways that tickets go, each with its statuses in order."""

from __future__ import annotations

from uuid import UUID

import msgspec
from litestar import get

from kanal.api.http.given import Db
from kanal.api.http.pages import Page
from kanal.api.http.signin import DeskRequest, require
from kanal.tickets import queries
from kanal.tickets.models import Pipeline


class StatusOut(msgspec.Struct):
    id: UUID
    key: str
    name: str
    is_closed: bool
    position: int


class PipelineOut(msgspec.Struct):
    id: UUID
    name: str
    is_default: bool
    statuses: list[StatusOut]


@get("/pipelines", guards=[require("read")])
async def list_pipelines(request: DeskRequest, db: Db) -> Page[PipelineOut]:
    """The default one first."""
    async with db.transaction(request.user.account) as tx:
        found = await queries.pipelines(tx)
    return Page([_out(pipeline) for pipeline in found.values()], None)


def _out(pipeline: Pipeline) -> PipelineOut:
    statuses = [StatusOut(s.id, s.key, s.name, s.is_closed, s.position) for s in pipeline.statuses]
    return PipelineOut(pipeline.id, pipeline.name, pipeline.is_default, statuses)
