"""One look at a file that was received, before it is stored."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec

from kanal.forms.files.scanning import scan
from kanal.forms.files.sniffing import kind_of
from kanal.forms.models import FileGroup
from kanal.kit.settings import Settings


class Looked(msgspec.Struct, kw_only=True, frozen=True):
    content_type: str
    """As its bytes say; `application/octet-stream` when they say nothing."""
    group: FileGroup | None
    """What a field's `file_groups` are compared with; None: a file that only a field for any file takes."""
    virus: str
    """What the scanner found; "" when nothing, or when there is no scanner."""


async def looked_at(path: Path, name: str, settings: Settings) -> Looked:
    """`name` is the sender's; it only decides between types that look alike. Raises ScannerAway."""
    kind = await asyncio.to_thread(kind_of, path, name)
    virus = await scan(path, settings.clamd) if settings.clamd else ""
    return Looked(content_type=kind.content_type, group=kind.group, virus=virus)
