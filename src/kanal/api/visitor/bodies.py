"""What a visitor's browser or program sent, read as it comes: text as values by name, files on their way to disk. What
is too much is refused before it is read, or as soon as it is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO
from urllib.parse import parse_qsl

import msgspec
from litestar import Request
from litestar.exceptions import InternalServerException
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from kanal.delivery.files import safe_name
from kanal.forms.filling.values import FILE_BYTES
from kanal.forms.models import Field

AnyRequest = Request[Any, Any, Any]
TEXT_BYTES = 1_000_000
"""Of everything but files."""
MOST_PARTS = 1_000
ROOM = 64 * 1024
"""For the lines between the parts of a form with files."""
URL_ENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
JSON = "application/json"


class TooLarge(Exception):
    """It has more bytes than the form can take."""


class Unreadable(Exception):
    """It is nothing that a form could send; the message says why."""


class Upload(msgspec.Struct, kw_only=True):
    name: str
    size: int = 0
    path: Path | None = None
    """None where the form takes no such file, or no more of them: its bytes were not kept."""


class Body(msgspec.Struct, kw_only=True):
    values: dict[str, list[Any]] = {}
    """Texts, or JSON values, in the order in which they came."""
    uploads: dict[str, list[Upload]] = {}


def content_type(request: AnyRequest) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def read(request: AnyRequest, fields: Sequence[Field], leaving: ExitStack) -> Body:
    """Files are kept until `leaving`; larger ones than their field takes are cut. Raises TooLarge and Unreadable."""
    kind = content_type(request)
    files = {field.name: field for field in fields if field.type == "file"}
    if kind == MULTIPART:
        return await _multipart(request, files, leaving)
    if kind == JSON:
        return _from_json(await _whole(request))
    if kind in (URL_ENCODED, ""):
        return _from_url(await _whole(request))
    raise Unreadable(f"send the form as {URL_ENCODED}, {MULTIPART} or {JSON}")


# Without files


async def _whole(request: AnyRequest) -> bytes:
    pieces = []
    left = TEXT_BYTES
    _refuse_announced(request, left)
    async for piece in _stream(request):
        left -= len(piece)
        if left < 0:
            raise TooLarge
        pieces.append(piece)
    return b"".join(pieces)


def _from_json(content: bytes) -> Body:
    try:
        given = msgspec.json.decode(content, type=dict[str, Any])
    except (msgspec.MsgspecError, RecursionError) as trouble:
        raise Unreadable(f"send one JSON object with a member for each field: {trouble}") from None
    return Body(values={name: value if isinstance(value, list) else [value] for name, value in given.items()})


def _from_url(content: bytes) -> Body:
    try:
        pairs = parse_qsl(
            content.decode("latin-1"), keep_blank_values=True, encoding="latin-1", max_num_fields=MOST_PARTS
        )
    except ValueError as trouble:
        raise Unreadable(str(trouble)) from None
    body = Body()
    for name, value in pairs:
        body.values.setdefault(_text(name.encode("latin-1")), []).append(_text(value.encode("latin-1")))
    return body


def _text(content: bytes) -> str:
    """Old pages send what their own encoding says, and seldom tell which."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


# With files


async def _multipart(request: AnyRequest, files: Mapping[str, Field], leaving: ExitStack) -> Body:
    boundary = parse_options_header(request.headers.get("content-type", ""))[1].get(b"boundary")
    if not boundary:
        raise Unreadable("the content type names no boundary")
    left = TEXT_BYTES + sum(ROOM + (each.limits.files or 1) * largest(each) for each in files.values())
    _refuse_announced(request, left)
    parts = _Parts(files, leaving)
    try:
        parser = MultipartParser(
            boundary,
            {
                "on_part_begin": parts.begin,
                "on_header_field": parts.header_field,
                "on_header_value": parts.header_value,
                "on_header_end": parts.header_end,
                "on_headers_finished": parts.begin_content,
                "on_part_data": parts.content,
                "on_part_end": parts.end,
                "on_end": parts.end_all,
            },
        )
        async for piece in _stream(request):
            left -= len(piece)
            if left < 0:
                raise TooLarge
            parser.write(piece)
    except FormParserError as trouble:
        raise Unreadable(f"the parts of the form cannot be told apart: {trouble}") from None
    finally:
        parts.close()
    if not parts.are_all:
        raise Unreadable("the form ends within a part")
    return parts.body


def largest(field: Field) -> int:
    return field.limits.file_bytes or FILE_BYTES


class _Parts:
    """Takes the parts of a form one after the other, as the parser finds them."""

    def __init__(self, files: Mapping[str, Field], leaving: ExitStack) -> None:
        self.body = Body()
        self.are_all = False
        """The last one came, and its end."""
        self._files = files
        self._leaving = leaving
        self._folder: Path | None = None
        self._count = 0
        self._text_left = TEXT_BYTES
        self._begin_part()

    def _begin_part(self) -> None:
        self._header, self._header_content = b"", b""
        self._headers: dict[bytes, bytes] = {}
        self._name = ""
        self._value = bytearray()
        self._upload: Upload | None = None
        self._file: BinaryIO | None = None
        self._largest = 0

    def begin(self) -> None:
        self._count += 1
        if self._count > MOST_PARTS:
            raise TooLarge
        self._begin_part()

    def header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_content += data[start:end]

    def header_end(self) -> None:
        self._headers[self._header.lower()] = self._header_content
        self._header, self._header_content = b"", b""

    def begin_content(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        if b"name" not in options:
            raise Unreadable("a part of the form has no name")
        self._name = _text(options[b"name"])
        if options.get(b"filename"):
            self._begin_file(safe_name(_text(options[b"filename"])))

    def _begin_file(self, name: str) -> None:
        uploads = self.body.uploads.setdefault(self._name, [])
        self._upload = Upload(name=name)
        field = self._files.get(self._name)
        if field is not None and len(uploads) < (field.limits.files or 1):
            if self._folder is None:
                self._folder = Path(self._leaving.enter_context(TemporaryDirectory(prefix="kanal-form-")))
            self._upload.path = self._folder / str(self._count)
            self._file = self._upload.path.open("wb")
            self._largest = largest(field)
        uploads.append(self._upload)

    def content(self, data: bytes, start: int, end: int) -> None:
        if self._upload is None:
            self._text_left -= end - start
            if self._text_left < 0:
                raise TooLarge
            self._value += data[start:end]
            return
        self._upload.size += end - start
        if self._file is not None and self._upload.size <= self._largest:
            self._file.write(data[start:end])

    def end(self) -> None:
        if self._upload is None:
            self.body.values.setdefault(self._name, []).append(_text(bytes(self._value)))
        self.close()

    def end_all(self) -> None:
        self.are_all = True

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


# Both


def _refuse_announced(request: AnyRequest, most: int) -> None:
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > most:
        raise TooLarge


async def _stream(request: AnyRequest) -> AsyncIterator[bytes]:
    try:
        async for piece in request.stream():
            yield piece
    except InternalServerException as trouble:  # what the framework calls a browser that left
        raise Unreadable("the connection broke") from trouble
