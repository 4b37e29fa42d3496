"""Files by the SHA-256 of their content: large raw events and attachments, each stored once.

In a local folder by default; in S3, Azure or Google Cloud Storage by `KANAL_STORAGE_URL`, with the credentials that
their own environment variables give. Rows keep the digest, and a digest names the same bytes for ever.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import obstore
from obstore.store import LocalStore, from_url

if TYPE_CHECKING:
    from obstore import GetResult
    from obstore.store import ObjectStore

CHUNK = 256 * 1024
DIGEST = re.compile("[0-9a-f]{64}")


class BlobMissing(Exception):
    """There is no file with this digest."""

    def __init__(self, digest: str) -> None:
        super().__init__(digest)
        self.digest = digest


class Storage:
    """A folder, or `s3://bucket/prefix`, `az://account/container/prefix`, `gs://bucket/prefix`."""

    def __init__(self, url_or_path: str) -> None:
        self.folder = local_folder(url_or_path)
        self._store: ObjectStore = from_url(url_or_path) if self.folder is None else _local_store(self.folder)

    async def put(self, data: bytes) -> str:
        """Store the bytes and return their digest; when it returns, a power cut no longer loses them."""
        digest = await asyncio.to_thread(_digest, data)
        if await self._size(digest) != len(data):
            await obstore.put_async(self._store, _path(digest), data)
        if self.folder is not None:
            # Also when it was there: another writer may have put it a moment ago.
            await asyncio.to_thread(_force_to_disk, self.folder, _path(digest))
        return digest

    async def put_file(self, file: Path) -> str:
        """The same for a file, which is never in memory as a whole."""
        digest = await asyncio.to_thread(_digest_of_file, file)
        if await self._size(digest) != (await asyncio.to_thread(file.stat)).st_size:
            await obstore.put_async(self._store, _path(digest), file)
        if self.folder is not None:
            await asyncio.to_thread(_force_to_disk, self.folder, _path(digest))
        return digest

    async def get(self, digest: str) -> bytes:
        return bytes(await (await self._found(digest)).bytes_async())

    async def stream(self, digest: str) -> AsyncIterator[bytes]:
        """Return the content chunk by chunk; a missing file is told at once, not at the first chunk."""
        return _chunks(await self._found(digest))

    async def part(self, digest: str, start: int, length: int) -> bytes:
        """Some bytes of the content from `start` on, fewer where it ends; Raises BlobMissing."""
        try:
            return bytes(await obstore.get_range_async(self._store, _path(digest), start=start, length=length))
        except FileNotFoundError:
            raise BlobMissing(digest) from None

    async def delete(self, digest: str) -> None:
        """Delete the file if it is there."""
        try:
            await obstore.delete_async(self._store, _path(digest))
        except FileNotFoundError:
            return

    async def exists(self, digest: str) -> bool:
        return await self._size(digest) is not None

    async def _size(self, digest: str) -> int | None:
        try:
            return (await obstore.head_async(self._store, _path(digest)))["size"]
        except FileNotFoundError:
            return None

    async def _found(self, digest: str) -> GetResult:
        try:
            return await obstore.get_async(self._store, _path(digest))
        except FileNotFoundError:
            raise BlobMissing(digest) from None


def local_folder(url_or_path: str) -> Path | None:
    if "://" not in url_or_path:
        return Path(url_or_path).absolute()
    parts = urlsplit(url_or_path)
    return Path(unquote(parts.path)) if parts.scheme == "file" else None


def _local_store(folder: Path) -> LocalStore:
    """Open the folder; it is ours alone, whatever the folder around it lets others see."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return LocalStore(folder)


def _path(digest: str) -> str:
    if not DIGEST.fullmatch(digest):
        raise BlobMissing(digest)
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _digest_of_file(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _force_to_disk(folder: Path, path: str) -> None:
    """Sync the file and each folder that leads to it, since any of them may be new."""
    file = folder / path
    for name in (file, *list(file.parents)[: path.count("/") + 1]):
        handle = os.open(name, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


async def _chunks(found: GetResult) -> AsyncIterator[bytes]:
    async for chunk in found.stream(min_chunk_size=CHUNK):
        yield bytes(chunk)
