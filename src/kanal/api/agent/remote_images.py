"""/messages/{id}/remote-image: pictures from elsewhere, fetched and kept by us when a reader asks for them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import QueryParameter
from litestar.response import Stream

from kanal.api.agent import found
from kanal.api.http.download import DOWNLOAD, SANDBOX, disposition
from kanal.api.http.given import Config, Db, FromPath, Given
from kanal.api.http.signin import DeskRequest, require
from kanal.conversations import remote_images
from kanal.conversations.remote_images import Kept
from kanal.kit.storage import Storage

Place = Annotated[int, QueryParameter(ge=0, le=10_000)]


@get(
    "/messages/{message_id:uuid}/remote-image",
    guards=[require("read")],
    responses={200: ResponseSpec(bytes, description="The picture", media_type=DOWNLOAD, generate_examples=False)},
    account_in_query=True,
)
async def get_remote_image(
    request: DeskRequest,
    db: Db,
    storage: Given[Storage],
    settings: Config,
    message_id: FromPath[UUID],
    n: Place = 0,
) -> Stream:
    """The picture in place `n` of those that the message keeps in `data-remote-src`, counted from 0, first in its words
    and then in what it quotes."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        await found.message(tx, caller, message_id)
        picture = await remote_images.kept(tx, message_id, n)
        address = "" if picture else await remote_images.address(tx, message_id, n)
    if picture is None:
        fetched = await remote_images.fetch(address, settings.fetch_allow)
        blob = await storage.put(fetched.data)
        picture = Kept(blob=blob, content_type=fetched.content_type, size=len(fetched.data))
        async with db.transaction(caller.account) as tx:
            await remote_images.keep(tx, message_id, n, picture)
    return Stream(
        await storage.stream(picture.blob),
        media_type=picture.content_type,
        headers={
            "content-disposition": disposition("inline", f"picture-{n + 1}"),
            "content-length": str(picture.size),
            "content-security-policy": SANDBOX,
            "cache-control": "private, max-age=86400",
        },
    )
