"""/attachments: files that members upload, and every file that came in. None can script here: all but raster images are
downloads, and what is opened all the same is shut into a sandbox."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from litestar import Response, delete, get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import Body
from litestar.response import Stream

from kanal.api.http.download import DOWNLOAD, PDF, PLAYED, SANDBOX, SHOWN_PDF, disposition, wanted_range
from kanal.api.http.given import Db, FromPath, FromQuery, Given
from kanal.api.http.signin import DeskRequest, require
from kanal.delivery import files
from kanal.delivery.errors import FileTooLarge
from kanal.delivery.files import LARGEST, Loose
from kanal.kit.db import NotFound
from kanal.kit.storage import Storage
from kanal.views import files as seen
from kanal.views.files import StoredFile
from kanal.views.models import ShownAttachment
from kanal.views.timeline import RASTER

ROOM_FOR_FORM = 64 * 1024
PDF_HEAD = b"%PDF-"
HEAD = 16
"""Bytes that tell what a file is."""


@dataclass
class Upload:
    file: UploadFile


@post("/attachments", request_max_body_size=LARGEST + ROOM_FOR_FORM)
async def upload_attachment(
    request: DeskRequest,
    data: Annotated[Upload, Body(media_type=RequestEncodingType.MULTI_PART)],
    db: Db,
    storage: Given[Storage],
) -> ShownAttachment:
    """Upload a `file` of at most 25 MB, to be sent with a reply or a comment."""
    content = await data.file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise FileTooLarge
    blob = await storage.put(content)
    async with db.transaction(request.user.account) as tx:
        added = await files.add(
            tx, request.user.member, blob=blob, name=data.file.filename, head=content[:HEAD], size=len(content)
        )
    return shown(added)


@get(
    "/attachments/{attachment_id:uuid}",
    guards=[require("read")],
    responses={200: ResponseSpec(bytes, description="The file", media_type=DOWNLOAD, generate_examples=False)},
    account_in_query=True,
)
async def download_attachment(
    request: DeskRequest,
    db: Db,
    storage: Given[Storage],
    attachment_id: FromPath[UUID],
    inline: FromQuery[bool] = False,
) -> Stream | Response[bytes]:
    """The file itself; with `inline=1` a raster image, a PDF, a sound or a film may stand in a page."""
    async with db.transaction(request.user.account) as tx:
        file = await seen.file(tx, request.user.member, attachment_id)
    if file is None:
        raise NotFound("attachment")
    shown_as = await _shown_as(storage, file) if inline else None
    headers = {
        "content-disposition": disposition("inline" if shown_as else "attachment", file.name),
        "content-security-policy": SANDBOX,
        "cache-control": "private, max-age=3600",
    }
    if shown_as == PDF:
        headers |= {"content-security-policy": SHOWN_PDF, "x-frame-options": "SAMEORIGIN"}
    if shown_as in PLAYED:
        headers["accept-ranges"] = "bytes"
        if wanted := wanted_range(request.headers.get("range"), file.size):
            return await _part(storage, file, wanted, headers)
    return Stream(
        await storage.stream(file.blob),
        media_type=shown_as or DOWNLOAD,
        headers={**headers, "content-length": str(file.size)},
    )


async def _shown_as(storage: Storage, file: StoredFile) -> str | None:
    """Its type, where a page may show it; a PDF has to be one."""
    if file.content_type in RASTER or file.content_type in PLAYED:
        return file.content_type
    if file.content_type == PDF and (await storage.part(file.blob, 0, len(PDF_HEAD))) == PDF_HEAD:
        return PDF
    return None


async def _part(
    storage: Storage, file: StoredFile, wanted: tuple[int, int], headers: dict[str, str]
) -> Response[bytes]:
    """Players ask for films bit by bit, so that one can jump to and fro."""
    start, length = wanted
    body = await storage.part(file.blob, start, length)
    about = {"content-range": f"bytes {start}-{start + len(body) - 1}/{file.size}"}
    return Response(body, status_code=206, media_type=file.content_type, headers={**headers, **about})


@delete("/attachments/{attachment_id:uuid}")
async def drop_attachment(request: DeskRequest, db: Db, attachment_id: FromPath[UUID]) -> None:
    """Forget a file that the caller uploaded and has not sent."""
    async with db.transaction(request.user.account) as tx:
        await files.drop(tx, request.user.member, attachment_id)


def shown(file: Loose) -> ShownAttachment:
    return ShownAttachment(
        id=file.id,
        name=file.name,
        content_type=file.content_type,
        size=file.size,
        inline=file.inline,
        content_id=file.content_id,
        url=f"/api/v1/attachments/{file.id}",
        is_image=file.content_type in RASTER,
    )
