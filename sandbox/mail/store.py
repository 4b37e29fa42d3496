"""Where copies of mail and mailboxes' behaviours are kept: in memory, or in a folder that a restart reads."""

import asyncio
from collections import defaultdict, deque
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import msgspec
from uuid_utils.compat import uuid7

from sandbox.mail.models import Behaviour, Copy, Envelope, Folder, Mailbox, Note, Outcome
from sandbox.mail.numbering import Numbering
from sandbox.mail.reading import Letter, read, summarise


class MailboxSettings(msgspec.Struct):
    behaviour: Behaviour = Behaviour()
    # Whom an out-of-office answer went to: each sender gets one, until the behaviour is set anew.
    answered: list[str] = msgspec.field(default_factory=list)


class Store:
    """`version` grows with every change, so that an open page knows when to look again."""

    def __init__(self, folder: Path | None) -> None:
        self.version = 0
        self._waiting: list[asyncio.Future[None]] = []
        self._folder = folder
        self._copies: dict[str, Copy] = {}
        self._raw: dict[str, bytes] = {}
        self._settings: dict[str, MailboxSettings] = {}
        self._notes: dict[str, deque[Note]] = defaultdict(lambda: deque(maxlen=30))
        self._letter = lru_cache(maxsize=300)(lambda id: read(self.raw(id)))
        if folder:
            (folder / "mail").mkdir(parents=True, exist_ok=True)
        self.numbering = Numbering(folder / "numbers.json" if folder else None)
        if folder:
            self._load(folder)

    def add(
        self,
        mailbox: str,
        folder: Folder,
        envelope: Envelope,
        raw: bytes,
        outcomes: list[Outcome] | None = None,
        by_kanal: bool = False,
        received_at: datetime | None = None,
    ) -> Copy:
        mailbox = key(mailbox)
        copy = Copy(
            id=str(uuid7()),
            mailbox=mailbox,
            folder=folder,
            received_at=received_at or datetime.now(UTC),
            envelope=envelope,
            summary=summarise(read(raw)),
            unread=folder == "inbox",
            outcomes=outcomes or [],
            by_kanal=by_kanal,
            uid=self.numbering.next(mailbox, folder),
        )
        if self._folder:
            self._path(copy.id, "eml").write_bytes(raw)
        else:
            self._raw[copy.id] = raw
        self._copies[copy.id] = copy
        self.save(copy)
        return copy

    def save(self, copy: Copy) -> None:
        """Keeps what changed in the copy; one that was cleared in the meantime stays gone."""
        if copy.id not in self._copies:
            return
        if self._folder:
            _write(self._path(copy.id, "json"), msgspec.json.encode(copy))
        self._tell()

    def move(self, copy: Copy, folder: Folder) -> None:
        copy.folder, copy.uid = folder, self.numbering.next(copy.mailbox, folder)
        self.save(copy)

    def remove(self, copy: Copy) -> None:
        if self._copies.pop(copy.id, None) is None:
            return
        self._raw.pop(copy.id, None)
        if self._folder:
            for suffix in ("json", "eml"):
                self._path(copy.id, suffix).unlink(missing_ok=True)
        self._tell()

    async def change(self, version: int) -> None:
        """Returns when something is no more as it was at that version."""
        while self.version == version:
            waiting = asyncio.get_running_loop().create_future()
            self._waiting.append(waiting)
            await waiting

    def get(self, id: str) -> Copy | None:
        return self._copies.get(id)

    def raw(self, id: str) -> bytes:
        return self._path(id, "eml").read_bytes() if self._folder else self._raw[id]

    def letter(self, id: str) -> Letter:
        return self._letter(id)

    def mark_read(self, copy: Copy) -> None:
        if copy.unread:
            copy.unread = False
            self.save(copy)

    def all(self) -> list[Copy]:
        return list(self._copies.values())

    def in_folder(self, mailbox: str, folder: Folder) -> list[Copy]:
        """Newest first."""
        where = (key(mailbox), folder)
        return [copy for copy in reversed(self._copies.values()) if (copy.mailbox, copy.folder) == where]

    def mailboxes(self) -> list[Mailbox]:
        """Those with something in them or a behaviour of their own, the last changed first."""
        copies: dict[str, list[Copy]] = {address: [] for address in self._settings}
        for copy in self._copies.values():
            copies.setdefault(copy.mailbox, []).append(copy)
        boxes = [self._mailbox(address, inside) for address, inside in copies.items()]
        never = datetime.min.replace(tzinfo=UTC)
        return sorted(boxes, key=lambda box: box.newest_at or never, reverse=True)

    def has_received(self, address: str) -> bool:
        return any(copy.mailbox == key(address) and copy.folder == "inbox" for copy in self._copies.values())

    def mailbox(self, address: str) -> Mailbox:
        address = key(address)
        return self._mailbox(address, [copy for copy in self._copies.values() if copy.mailbox == address])

    def behaviour(self, mailbox: str) -> Behaviour:
        settings = self._settings.get(key(mailbox))
        return settings.behaviour if settings else Behaviour()

    def set_behaviour(self, mailbox: str, behaviour: Behaviour) -> None:
        self._settings[key(mailbox)] = MailboxSettings(behaviour)
        self._save_settings()

    def spend_behaviour(self, mailbox: str) -> None:
        """Counts one use; after the last of its `times` the mailbox is normal again."""
        behaviour = self.behaviour(mailbox)
        if behaviour.times is not None:
            left = behaviour.times - 1
            changed = msgspec.structs.replace(behaviour, times=left) if left > 0 else Behaviour()
            self._settings[key(mailbox)].behaviour = changed
            self._save_settings()

    def first_answer_to(self, mailbox: str, sender: str) -> bool:
        """True once for each sender: an out-of-office answer may go out now."""
        settings = self._settings.setdefault(key(mailbox), MailboxSettings())
        if key(sender) in settings.answered:
            return False
        settings.answered.append(key(sender))
        self._save_settings()
        return True

    def note(self, mailbox: str, text: str) -> None:
        self._notes[key(mailbox)].appendleft(Note(datetime.now(UTC), text))
        self._tell()

    def notes(self, mailbox: str) -> list[Note]:
        return list(self._notes.get(key(mailbox), ()))

    def clear(self) -> None:
        if self._folder:
            for path in (self._folder / "mail").iterdir():
                path.unlink()
        self._copies.clear()
        self._raw.clear()
        self._notes.clear()
        self._settings.clear()
        self._letter.cache_clear()
        self.numbering.start_anew()
        self._save_settings()

    def _mailbox(self, address: str, copies: list[Copy]) -> Mailbox:
        inbox = [copy for copy in copies if copy.folder == "inbox"]
        return Mailbox(
            address=address,
            mails=len(inbox),
            unread=sum(copy.unread for copy in inbox),
            sent=sum(copy.folder == "sent" for copy in copies),
            newest_at=max((copy.received_at for copy in copies), default=None),
            behaviour=self.behaviour(address),
        )

    def _tell(self) -> None:
        self.version += 1
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            if not each.done():
                each.set_result(None)

    def _save_settings(self) -> None:
        if self._folder:
            _write(self._folder / "mailboxes.json", msgspec.json.encode(self._settings))
        self._tell()

    def _load(self, folder: Path) -> None:
        # The .json is written last: an .eml without one belongs to a mail that was never acknowledged.
        # The ids are UUIDv7, so that the order of the names is the order of arrival.
        for path in sorted((folder / "mail").glob("*.json")):
            copy = msgspec.json.decode(path.read_bytes(), type=Copy)
            self._copies[copy.id] = copy
            if not copy.uid:
                self.move(copy, copy.folder)
        settings = folder / "mailboxes.json"
        if settings.exists():
            self._settings = msgspec.json.decode(settings.read_bytes(), type=dict[str, MailboxSettings])

    def _path(self, id: str, suffix: str) -> Path:
        assert self._folder is not None
        return self._folder / "mail" / f"{id}.{suffix}"


def key(address: str) -> str:
    return address.strip().lower()


def _write(path: Path, content: bytes) -> None:
    # In one step, so that a killed process leaves either the old file or the new one.
    beside = path.with_suffix(".tmp")
    beside.write_bytes(content)
    beside.replace(path)
