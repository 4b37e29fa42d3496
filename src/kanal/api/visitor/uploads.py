"""Files of a submission, from disk by way of a look at their bytes to storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from kanal.api.visitor.bodies import Upload, largest
from kanal.channelkit.submissions import SubmittedFile
from kanal.forms.files import Looked, looked_at
from kanal.forms.filling import GivenFile
from kanal.forms.models import Field
from kanal.forms.submissions.arriving import TakenFile
from kanal.kit.settings import Settings
from kanal.kit.storage import Storage


class Seen(msgspec.Struct, kw_only=True):
    """A file that came, and what its bytes say where the field takes as many."""

    upload: Upload
    looked: Looked | None


async def seen(
    uploads: Mapping[str, Sequence[Upload]], fields: Sequence[Field], settings: Settings
) -> dict[str, list[Seen]]:
    """By field. Raises ScannerAway."""
    most = {field.name: largest(field) for field in fields}
    return {
        name: [Seen(upload=each, looked=await _look(each, most.get(name, 0), settings)) for each in those]
        for name, those in uploads.items()
    }


def facts(files: Mapping[str, Sequence[Seen]]) -> dict[str, list[GivenFile]]:
    return {
        name: [
            GivenFile(name=each.upload.name, group=each.looked.group if each.looked else None, size=each.upload.size)
            for each in those
        ]
        for name, those in files.items()
    }


def virus(files: Mapping[str, Sequence[Seen]]) -> str:
    """What was found in any of them."""
    return next((each.looked.virus for those in files.values() for each in those if each.looked), "")


async def taken(
    files: Mapping[str, Sequence[Seen]], answered: Mapping[str, object], storage: Storage
) -> dict[str, list[TakenFile]]:
    """In storage, those of the fields that were answered."""
    return {
        name: [await _taken(each.upload, each.looked, storage) for each in those if each.looked]
        for name, those in files.items()
        if name in answered
    }


async def _look(upload: Upload, most: int, settings: Settings) -> Looked | None:
    if upload.path is None or upload.size > most:
        return None
    return await looked_at(upload.path, upload.name, settings)


async def _taken(upload: Upload, looked: Looked, storage: Storage) -> TakenFile:
    assert upload.path is not None
    file = SubmittedFile(
        name=upload.name,
        content_type=looked.content_type,
        size=upload.size,
        blob=await storage.put_file(upload.path),
    )
    return TakenFile(file=file, virus=looked.virus)
