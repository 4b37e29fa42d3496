"""Files by content, in a real folder and in a bucket that speaks S3 over real HTTP."""

import asyncio
import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kanal.kit.storage import BlobMissing, Storage

HELLO = hashlib.sha256(b"hello").hexdigest()


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(str(tmp_path / "files and more"))


async def test_bytes_come_back_under_their_digest(storage: Storage) -> None:
    assert await storage.put(b"hello") == HELLO
    assert await storage.get(HELLO) == b"hello"
    assert await storage.exists(HELLO)


@pytest.mark.parametrize("size", [0, 12_000_000])
async def test_a_file_is_stored_as_its_bytes_are(storage: Storage, tmp_path: Path, size: int) -> None:
    file = tmp_path / "upload"
    file.write_bytes(b"x" * size)
    digest = await storage.put_file(file)
    assert digest == await storage.put(b"x" * size)
    assert len(await storage.get(digest)) == size


async def test_file_lies_where_its_digest_says(storage: Storage) -> None:
    await storage.put(b"hello")
    assert storage.folder
    assert (storage.folder / HELLO[:2] / HELLO[2:4] / HELLO).read_bytes() == b"hello"


async def test_same_bytes_are_stored_once_even_by_many_at_a_time(storage: Storage) -> None:
    assert set(await asyncio.gather(*(storage.put(b"hello") for _ in range(20)))) == {HELLO}
    assert len(files_of(storage)) == 1


async def test_file_cut_off_by_a_crash_is_mended_by_the_next_put(storage: Storage) -> None:
    await storage.put(b"hello")
    files_of(storage)[0].write_bytes(b"")
    await storage.put(b"hello")
    assert await storage.get(HELLO) == b"hello"


@pytest.mark.parametrize("size", [0, 1, 12_000_000])
async def test_stream_gives_every_byte_in_order(storage: Storage, size: int) -> None:
    data = (b"0123456789abcdef" * (size // 16 + 1))[:size]
    digest = await storage.put(data)
    chunks = [chunk async for chunk in await storage.stream(digest)]
    assert b"".join(chunks) == data
    assert size < 2 or len(chunks) > 1


@pytest.mark.parametrize("digest", [HELLO, "", "../../secret.key", HELLO.upper()])
async def test_missing_file_is_told_before_the_first_chunk(storage: Storage, digest: str) -> None:
    with pytest.raises(BlobMissing):
        await storage.get(digest)
    with pytest.raises(BlobMissing):
        await storage.stream(digest)


async def test_deleted_file_is_gone_and_may_be_deleted_again(storage: Storage) -> None:
    await storage.put(b"hello")
    await storage.delete(HELLO)
    await storage.delete(HELLO)
    assert not await storage.exists(HELLO)


async def test_folder_is_closed_to_other_users(storage: Storage) -> None:
    assert storage.folder
    assert storage.folder.stat().st_mode & 0o777 == 0o700


async def test_file_url_is_a_folder_too(tmp_path: Path) -> None:
    storage = Storage(f"file://{tmp_path}/a%20b")
    await storage.put(b"hello")
    assert (tmp_path / "a b" / HELLO[:2]).is_dir()


async def test_bucket_behaves_like_the_folder(bucket: Storage) -> None:
    assert await bucket.put(b"hello") == await bucket.put(b"hello") == HELLO
    assert await bucket.get(HELLO) == b"hello"
    assert b"".join([chunk async for chunk in await bucket.stream(HELLO)]) == b"hello"
    await bucket.delete(HELLO)
    with pytest.raises(BlobMissing):
        await bucket.get(HELLO)


class Bucket(BaseHTTPRequestHandler):
    """As much of S3 as single files need; the address of each is its path."""

    protocol_version = "HTTP/1.1"
    files: dict[str, bytes]

    def do_PUT(self) -> None:
        self.files[self.path] = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(200, b"")

    def do_GET(self) -> None:
        self.answer(200 if self.path in self.files else 404, self.files.get(self.path, b""))

    do_HEAD = do_GET

    def do_POST(self) -> None:
        """Take a list of keys to delete, from a bucket that holds one file."""
        self.rfile.read(int(self.headers["Content-Length"]))
        key = self.files.popitem()[0].partition("/attachments/")[2]
        self.answer(200, f"<DeleteResult><Deleted><Key>{key}</Key></Deleted></DeleteResult>".encode())

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"1"')
        self.send_header("Last-Modified", "Mon, 23 Nov 2026 01:00:00 GMT")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Storage]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("EmptyBucket", (Bucket,), {"files": {}}))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("AWS_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    yield Storage("s3://attachments/kanal")
    server.shutdown()
    thread.join()
    server.server_close()


def files_of(storage: Storage) -> list[Path]:
    assert storage.folder
    return [path for path in storage.folder.rglob("*") if path.is_file()]
