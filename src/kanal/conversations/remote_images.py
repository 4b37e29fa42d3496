"""Pictures from elsewhere that a message shows once its reader asks: fetched by us, so that whoever keeps them learns
nothing of the reader, and kept, so that they learn of one reading only."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Collection
from uuid import UUID

import httpx2
import msgspec

from kanal.conversations.errors import PictureUnavailable
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction
from kanal.kit.html import REMOTE
from kanal.kit.http import ForbiddenAddress, TooLarge, safe_client
from kanal.kit.images import HEAD, raster_type

MOST_BYTES = 10_000_000
SECONDS = 15.0
_ADDRESS = re.compile(rf'\s{REMOTE}="([^"]*)"')


class Kept(msgspec.Struct, kw_only=True, frozen=True):
    """A picture that lies in storage."""

    blob: str
    content_type: str
    size: int


class Picture(msgspec.Struct, kw_only=True, frozen=True):
    data: bytes
    content_type: str


async def kept(tx: Transaction, message: UUID, n: int) -> Kept | None:
    return await tx.maybe(
        Kept, "select blob, content_type, size from remote_images where message_id = %s and n = %s", (message, n)
    )


async def address(tx: Transaction, message: UUID, n: int) -> str:
    """Where the picture lies; they are counted from 0, those in what is quoted after the others. Raises NotFound."""
    words = await tx.value("select body_html || quoted_html from messages where id = %s", (message,))
    for place, found in enumerate(_ADDRESS.finditer(words or "")):
        if place == n:
            return entities.unescape(found[1])
    raise NotFound("picture")


async def fetch(where: str, allow: Collection[str] = ()) -> Picture:
    """By a client that is not led into our own network; raises PictureUnavailable with the reason."""
    try:
        async with safe_client(
            allow=allow, plain_http=True, follow_redirects=True, max_bytes=MOST_BYTES, seconds=SECONDS
        ) as client:
            answer = await client.get(where)
    except TooLarge as error:
        raise PictureUnavailable("it is larger than 10 MB") from error
    except ForbiddenAddress as error:
        raise PictureUnavailable("its address is not one of the public internet") from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise PictureUnavailable("its server does not answer") from error
    if answer.status_code != 200:
        raise PictureUnavailable(f"its server says {answer.status_code}")
    content_type = raster_type(answer.content[:HEAD])
    if content_type is None:
        raise PictureUnavailable("what is there is no picture")
    return Picture(data=answer.content, content_type=content_type)


async def keep(tx: Transaction, message: UUID, n: int, picture: Kept) -> None:
    """Once, whoever of two readers comes first."""
    await tx.run(
        """
        insert into remote_images (account_id, message_id, n, blob, content_type, size, fetched_at)
        values (%s, %s, %s, %s, %s, %s, %s) on conflict do nothing
        """,
        (tx.account, message, n, picture.blob, picture.content_type, picture.size, clock.now()),
    )
