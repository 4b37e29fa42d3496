"""Numbers of mails in their folders, as IMAP wants them: growing, and never given twice, also after a restart."""

import time
from pathlib import Path

import msgspec

from sandbox.mail.models import Folder


class Counters(msgspec.Struct):
    validity: int
    last: dict[str, int] = {}


class Numbering:
    def __init__(self, path: Path | None) -> None:
        self._path = path
        known = path is not None and path.exists()
        self._counters = msgspec.json.decode(path.read_bytes(), type=Counters) if path and known else _new()

    @property
    def validity(self) -> int:
        return self._counters.validity

    def next(self, mailbox: str, folder: Folder) -> int:
        """A number that is in use from now on."""
        number = self.coming(mailbox, folder)
        self._counters.last[f"{folder} {mailbox}"] = number
        self._save()
        return number

    def coming(self, mailbox: str, folder: Folder) -> int:
        return self._counters.last.get(f"{folder} {mailbox}", 0) + 1

    def start_anew(self) -> None:
        """Everything was cleared: numbers begin again, and programs are told to forget theirs."""
        self._counters = _new(self.validity)
        self._save()

    def _save(self) -> None:
        if self._path:
            beside = self._path.with_suffix(".tmp")
            beside.write_bytes(msgspec.json.encode(self._counters))
            beside.replace(self._path)


def _new(before: int = 0) -> Counters:
    return Counters(validity=max(int(time.time()), before + 1))
