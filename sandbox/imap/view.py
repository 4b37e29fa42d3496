"""One folder as one program sees it: mails by the number that it last heard of, and what it has not been told yet."""

from collections.abc import Iterator

from msgspec import Struct

from sandbox.mail.models import Copy, Folder
from sandbox.mail.store import Store

NAMES: dict[str, Folder] = {
    "INBOX": "inbox",
    "Sent": "sent",
    "Drafts": "drafts",
    "Archive": "archive",
    "Junk": "junk",
    "Trash": "trash",
}
KEPT = ("\\Answered", "\\Flagged", "\\Deleted", "\\Draft")


def folder_of(name: str) -> Folder | None:
    return NAMES["INBOX"] if name.upper() == "INBOX" else NAMES.get(name)


def mails_of(store: Store, mailbox: str, folder: Folder) -> list[Copy]:
    """The lowest number first. What stands among the sent only because it was passed on to Kanal is no mail of the
    mailbox's own: the program that sent it puts its copy there."""
    inside = (copy for copy in store.in_folder(mailbox, folder) if not copy.by_kanal)
    return sorted(inside, key=lambda copy: copy.uid)


def flags_of(copy: Copy) -> list[str]:
    return [*([] if copy.unread else ["\\Seen"]), *copy.flags]


class Seen(Struct):
    """A mail as the program was told of it last; it may have been moved since, and then has another number."""

    copy: Copy
    uid: int
    flags: list[str]


class View:
    def __init__(self, store: Store, mailbox: str, folder: Folder, *, read_only: bool) -> None:
        self.mailbox = mailbox
        self.folder = folder
        self.read_only = read_only
        self._store = store
        self._seen = [_seen(copy) for copy in self._now()]

    @property
    def mails(self) -> list[Copy]:
        """By position; a program counts from 1."""
        return [seen.copy for seen in self._seen]

    def news(self, *, numbers_stay: bool = False) -> Iterator[bytes]:
        """What changed since it was last told. While `numbers_stay` nothing is said of mails that are gone."""
        now = {(copy.id, copy.uid): copy for copy in self._now()}
        if not numbers_stay:
            yield from self._gone(set(now))
        for position, seen in enumerate(self._seen, start=1):
            flags = flags_of(seen.copy)
            if flags != seen.flags:
                seen.flags = flags
                yield b"* %d FETCH (UID %d FLAGS (%b))" % (position, seen.uid, " ".join(flags).encode())
        known = {(seen.copy.id, seen.uid) for seen in self._seen}
        new = [copy for named, copy in now.items() if named not in known]
        if new:
            self._seen += [_seen(copy) for copy in new]
            yield b"* %d EXISTS" % len(self._seen)

    def _gone(self, still: set[tuple[str, int]]) -> Iterator[bytes]:
        for position in reversed(range(len(self._seen))):
            seen = self._seen[position]
            if (seen.copy.id, seen.uid) not in still:
                del self._seen[position]
                yield b"* %d EXPUNGE" % (position + 1)

    def _now(self) -> list[Copy]:
        return mails_of(self._store, self.mailbox, self.folder)


def _seen(copy: Copy) -> Seen:
    return Seen(copy, copy.uid, flags_of(copy))
