"""/members/{id}/photo: a picture of a member, kept by its content and shown wherever the person is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Response, delete, get, put
from litestar.datastructures import UploadFile
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType

from kanal.api.agent.attachments import HEAD, ROOM_FOR_FORM
from kanal.api.agent.own import own_or
from kanal.api.agent.people_out import VERSION_DIGITS, PersonOut, people_out
from kanal.api.http.download import SANDBOX
from kanal.api.http.given import Db, FromPath, FromQuery, Given
from kanal.api.http.problem import Invalid
from kanal.api.http.signin import DeskRequest, require
from kanal.delivery.files import type_of
from kanal.kit.db import Database, NotFound
from kanal.kit.storage import Storage
from kanal.people import actions, queries

LARGEST = 5 * 1024 * 1024
TYPES = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"})
FOR_EVER = "private, max-age=31536000, immutable"
ASK_AGAIN = "private, no-cache"
FILE = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)


@dataclass
class TakesPhoto(Operation):
    """The body is read by hand, since it may come with a form around it or without."""

    def __post_init__(self) -> None:
        form = Schema(type=OpenAPIType.OBJECT, properties={"file": FILE}, required=["file"])
        content = {"image/*": OpenAPIMediaType(schema=FILE), "multipart/form-data": OpenAPIMediaType(schema=form)}
        self.request_body = RequestBody(content=content, required=True)


@put(
    "/members/{member_id:uuid}/photo",
    guards=[own_or("manage_members")],
    request_max_body_size=LARGEST + ROOM_FOR_FORM,
    operation_class=TakesPhoto,
)
async def put_photo(request: DeskRequest, db: Db, storage: Given[Storage], member_id: FromPath[UUID]) -> PersonOut:
    """Set a photo of at most 5 MB: the bytes of a PNG, JPEG, WebP or GIF, or a form with them as `file`. One's own, or
    with `manage_members` anybody's."""
    await _check_is_there(request, db, member_id)
    photo = await _photo(request)
    if len(photo) > LARGEST:
        raise Invalid("photo", "A photo may have at most 5 MB.")
    if type_of(photo[:HEAD], "") not in TYPES:
        raise Invalid("photo", "That is no photo; a PNG, JPEG, WebP or GIF is needed.")
    blob = await storage.put(photo)
    async with db.transaction(request.user.account) as tx:
        before = await actions.set_photo(tx, member_id, blob, actor=request.user.member)
        shown = (await people_out(tx, [member_id]))[member_id]
    await _forget(db, storage, before)
    return shown


@delete("/members/{member_id:uuid}/photo", guards=[own_or("manage_members")])
async def remove_photo(request: DeskRequest, db: Db, storage: Given[Storage], member_id: FromPath[UUID]) -> None:
    """Show the initials again."""
    async with db.transaction(request.user.account) as tx:
        before = await actions.set_photo(tx, member_id, None, actor=request.user.member)
    await _forget(db, storage, before)


@get(
    "/members/{member_id:uuid}/photo",
    guards=[require("read")],
    responses={200: ResponseSpec(bytes, description="The photo", media_type="image/*", generate_examples=False)},
    account_in_query=True,
)
async def show_photo(
    request: DeskRequest, db: Db, storage: Given[Storage], member_id: FromPath[UUID], version: FromQuery[str] = ""
) -> Response[bytes]:
    """The photo; at the address that lists give, which changes with it, a browser may keep it for ever."""
    async with db.transaction(request.user.account) as tx:
        digest = (await queries.member(tx, member_id)).photo
    if digest is None:
        raise NotFound("photo")
    photo = await storage.get(digest)
    return Response(
        photo,
        media_type=type_of(photo[:HEAD], ""),
        headers={
            "content-disposition": "inline",
            "content-security-policy": SANDBOX,
            "cache-control": FOR_EVER if version == digest[:VERSION_DIGITS] else ASK_AGAIN,
        },
    )


async def _check_is_there(request: DeskRequest, db: Database, member_id: UUID) -> None:
    async with db.transaction(request.user.account) as tx:
        await queries.member(tx, member_id)


async def _photo(request: DeskRequest) -> bytes:
    if request.content_type[0] != "multipart/form-data":
        return await request.body()
    file: Any = (await request.form()).get("file")
    if not isinstance(file, UploadFile):
        raise Invalid("file", "The form needs a file with this name.")
    return await file.read()


async def _forget(db: Database, storage: Storage, digest: str | None) -> None:
    """Delete the bytes of the photo before, unless something shares them."""
    if digest is None:
        return
    async with db.transaction(None) as tx:
        if not await tx.value("select blob_in_use(%s)", (digest,)):
            await storage.delete(digest)
