"""One program at a mailbox, from the greeting to LOGOUT: each command of it as a method."""

import asyncio
import base64
import binascii
import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from sandbox.imap import fetching, searching
from sandbox.imap.errors import Bad, No
from sandbox.imap.grammar import Numbers, Token, moment_of, set_of, string, text_of, tokens, words_of
from sandbox.imap.view import KEPT, NAMES, View, folder_of, mails_of
from sandbox.mail.hosted import Hosted
from sandbox.mail.models import Copy, Envelope, Folder
from sandbox.mail.store import Store, key

CAN = b"IMAP4rev1 IDLE UIDPLUS MOVE SPECIAL-USE LITERAL+ SASL-IR UNSELECT NAMESPACE ID CHILDREN AUTH=PLAIN"
LONGEST = 1_000_000
LITERAL = 60_000_000
PATIENCE = 1_900.0
"""Seconds without a command."""
MARKED = {
    "inbox": "\\HasNoChildren",
    "sent": "\\HasNoChildren \\Sent",
    "drafts": "\\HasNoChildren \\Drafts",
    "archive": "\\HasNoChildren \\Archive",
    "junk": "\\HasNoChildren \\Junk",
    "trash": "\\HasNoChildren \\Trash",
}


class Command(NamedTuple):
    tag: str
    name: str
    args: list[Token]
    by_uid: bool = False


class Session:
    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, store: Store, hosted: Hosted
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._store = store
        self._hosted = hosted
        self._mailbox = ""
        self._view: View | None = None
        self._ended = False

    async def serve(self) -> None:
        self._say(b"* OK [CAPABILITY " + CAN + b"] The mail host of the sandbox")
        while not self._ended:
            await self._writer.drain()
            async with asyncio.timeout(PATIENCE):
                line, literals = await self._command()
            await self._answer(line, literals)
        await self._writer.drain()

    async def _command(self) -> tuple[bytes, list[bytes]]:
        """Literals stand in the line as grammar.TOKEN says."""
        line = b""
        literals: list[bytes] = []
        while True:
            line += (await self._reader.readuntil(b"\r\n"))[:-2].replace(b"\x00", b"")
            announced = re.search(rb"\{(\d+)(\+?)\}\Z", line)
            if not announced:
                return line, literals
            if int(announced[1]) > LITERAL:
                raise ConnectionError("too large a literal")
            if not announced[2]:
                self._say(b"+ go on")
                await self._writer.drain()
            line = line[: announced.start()] + b"\x00%d\x00" % len(literals)
            literals.append(await self._reader.readexactly(int(announced[1])))

    async def _answer(self, line: bytes, literals: list[bytes]) -> None:
        tag = line.partition(b" ")[0].decode("ascii", "replace") or "*"
        try:
            command = _command_of(line, literals)
            done = await self._do(command)
            self._tell(numbers_stay=command.name in ("FETCH", "STORE", "SEARCH") and not command.by_uid)
            self._say(f"{tag} OK {done}".encode())
        except No as no:
            self._say(f"{tag} NO {no}".encode())
        except Bad as bad:
            self._say(f"{tag} BAD {bad}".encode())

    async def _do(self, command: Command) -> str:
        if command.name == "AUTHENTICATE":
            return await self._authenticate(command.args)
        if command.name == "IDLE":
            return await self._idle()
        anywhere = {"CAPABILITY": self._capability, "NOOP": self._noop, "LOGOUT": self._logout, "ID": self._id}
        if command.name in anywhere:
            return anywhere[command.name]()
        if command.name == "LOGIN":
            return self._login(*map(text_of, _exactly(2, command.args)))
        if not self._mailbox:
            raise Bad("Sign in first")
        return self._signed_in(command)

    def _signed_in(self, command: Command) -> str:
        in_mailbox: dict[str, Callable[[list[Token]], str]] = {
            "SELECT": lambda args: self._select(args, read_only=False),
            "EXAMINE": lambda args: self._select(args, read_only=True),
            "LIST": self._list,
            "LSUB": self._list,
            "STATUS": self._status,
            "APPEND": self._append,
            "NAMESPACE": lambda args: self._namespace(),
            "SUBSCRIBE": lambda args: "Every folder is subscribed to",
            "UNSUBSCRIBE": lambda args: "Every folder is subscribed to",
        }
        if command.name in in_mailbox:
            return in_mailbox[command.name](command.args)
        if command.name in ("CREATE", "DELETE", "RENAME"):
            raise No("[CANNOT] The folders of this mailbox are what they are")
        in_folder: dict[str, Callable[[Command], str]] = {
            "FETCH": self._fetch,
            "STORE": self._store_flags,
            "SEARCH": self._search,
            "COPY": self._copy,
            "MOVE": self._move,
            "EXPUNGE": self._expunge,
            "CHECK": lambda _: "Checked",
            "CLOSE": self._close,
            "UNSELECT": lambda _: self._leave(),
        }
        if command.name not in in_folder:
            raise Bad(f"{command.name[:50]} is no command")
        if self._view is None:
            raise Bad("Open a folder first")
        return in_folder[command.name](command)

    def _capability(self) -> str:
        self._say(b"* CAPABILITY " + CAN)
        return "That is what I can"

    def _noop(self) -> str:
        return "Here"

    def _id(self) -> str:
        self._say(b'* ID ("name" "Kanal sandbox")')
        return "Now we know"

    def _logout(self) -> str:
        self._say(b"* BYE Until next time")
        self._ended = True
        return "Gone"

    def _namespace(self) -> str:
        self._say(b'* NAMESPACE (("" "/")) NIL NIL')
        return "One"

    async def _authenticate(self, args: list[Token]) -> str:
        mechanism = text_of(args[0]).upper() if args else ""
        if mechanism != "PLAIN":
            raise No("[CANNOT] Only PLAIN is known here")
        coded = text_of(args[1]).encode() if len(args) > 1 else await self._asked()
        try:
            _, user, password = base64.b64decode(coded).decode().split("\0")
        except (binascii.Error, UnicodeDecodeError, ValueError):
            raise Bad("That is no answer to PLAIN") from None
        return self._login(user, password)

    async def _asked(self) -> bytes:
        self._say(b"+ ")
        await self._writer.drain()
        return (await self._reader.readuntil(b"\r\n")).strip()

    def _login(self, user: str, password: str) -> str:
        if self._mailbox:
            raise Bad("Signed in already")
        if not self._hosted.opens(user, password):
            raise No("[AUTHENTICATIONFAILED] Wrong user name or password")
        self._mailbox = key(user)
        return f"[CAPABILITY {CAN.decode()}] Welcome"

    def _select(self, args: list[Token], *, read_only: bool) -> str:
        self._view = None
        folder = _folder(args[:1])
        self._view = View(self._store, self._mailbox, folder, read_only=read_only)
        mails = self._view.mails
        numbering = self._store.numbering
        self._say(b"* FLAGS (\\Seen " + " ".join(KEPT).encode() + b")")
        self._say(b"* OK [PERMANENTFLAGS (\\Seen " + " ".join(KEPT).encode() + b" \\*)] Kept")
        self._say(b"* %d EXISTS" % len(mails))
        self._say(b"* 0 RECENT")
        unread = next((position for position, copy in enumerate(mails, start=1) if copy.unread), None)
        if unread:
            self._say(b"* OK [UNSEEN %d] The first that is unread" % unread)
        self._say(b"* OK [UIDVALIDITY %d] Numbers hold" % numbering.validity)
        self._say(b"* OK [UIDNEXT %d] The next number" % numbering.coming(self._mailbox, folder))
        return "[READ-ONLY] Open" if read_only else "[READ-WRITE] Open"

    def _list(self, args: list[Token]) -> str:
        given = args[1:] if args and isinstance(args[0], list) else args
        reference, *patterns = given[:2]
        if not patterns:
            raise Bad("LIST takes a reference and a pattern")
        wanted = [text_of(reference) + each for each in words_of(patterns[0])]
        if wanted == [""]:
            self._say(b'* LIST (\\Noselect) "/" ""')
            return "Listed"
        for name, folder in NAMES.items():
            if any(_fits(name, pattern) for pattern in wanted):
                self._say(f'* LIST ({MARKED[folder]}) "/" {name}'.encode())
        return "Listed"

    def _status(self, args: list[Token]) -> str:
        name, wanted = _exactly(2, args)
        folder = _folder([name])
        mails = mails_of(self._store, self._mailbox, folder)
        counts = {
            "MESSAGES": len(mails),
            "RECENT": 0,
            "UIDNEXT": self._store.numbering.coming(self._mailbox, folder),
            "UIDVALIDITY": self._store.numbering.validity,
            "UNSEEN": sum(copy.unread for copy in mails),
        }
        told = " ".join(f"{each.upper()} {counts[each.upper()]}" for each in words_of(wanted) if each.upper() in counts)
        self._say(b"* STATUS " + string(text_of(name).encode()) + f" ({told})".encode())
        return "Counted"

    def _append(self, args: list[Token]) -> str:
        if len(args) < 2 or not isinstance(args[-1], bytes):
            raise Bad("APPEND takes a folder and a mail")
        folder = _folder(args[:1], code="[TRYCREATE] ")
        flags = next((words_of(each) for each in args[1:-1] if isinstance(each, list)), [])
        moment = next((moment_of(each) for each in args[1:-1] if not isinstance(each, list)), None)
        added = self._store.add(self._mailbox, folder, Envelope("", []), args[-1], received_at=moment)
        added.unread, added.flags = "\\Seen" not in flags, [each for each in flags if each != "\\Seen"]
        self._store.save(added)
        return f"[APPENDUID {self._store.numbering.validity} {added.uid}] Put there"

    def _fetch(self, command: Command) -> str:
        which, wanted = _exactly(2, command.args)
        items = fetching.items_of(wanted, by_uid=command.by_uid)
        view = self._open()
        for position, copy in self._chosen(which, by_uid=command.by_uid):
            if copy.unread and fetching.marks_as_seen(items) and not view.read_only:
                self._store.mark_read(copy)
            self._say(b"* %d FETCH (%b)" % (position, fetching.fetched(self._store, copy, items)))
        return "Fetched"

    def _store_flags(self, command: Command) -> str:
        if len(command.args) < 3:
            raise Bad("STORE takes mails, a way and flags")
        which, way, *flags = command.args
        given = {word for each in flags for word in words_of(each)} - {"\\Recent"}
        self._writable()
        for _, copy in self._chosen(which, by_uid=command.by_uid):
            self._mark(copy, text_of(way).upper(), given)
        return "Marked"

    def _mark(self, copy: Copy, way: str, given: set[str]) -> None:
        known = set(copy.flags) | (set() if copy.unread else {"\\Seen"})
        now = known | given if way[0] == "+" else known - given if way[0] == "-" else given
        copy.unread, copy.flags = "\\Seen" not in now, sorted(now - {"\\Seen"})
        self._store.save(copy)

    def _search(self, command: Command) -> str:
        mails = self._open().mails
        found = searching.search(self._store, mails, command.args)
        numbers = [mails[position].uid if command.by_uid else position + 1 for position in found]
        self._say(" ".join(["* SEARCH", *map(str, numbers)]).encode())
        return "Searched"

    def _copy(self, command: Command) -> str:
        which, to = _exactly(2, command.args)
        folder = _folder([to], code="[TRYCREATE] ")
        chosen = [copy for _, copy in self._chosen(which, by_uid=command.by_uid)]
        before, after = [copy.uid for copy in chosen], []
        for copy in chosen:
            raw = self._store.raw(copy.id)
            made = self._store.add(self._mailbox, folder, copy.envelope, raw, received_at=copy.received_at)
            made.unread, made.flags = copy.unread, list(copy.flags)
            self._store.save(made)
            after.append(made.uid)
        return f"{self._copied(before, after)}Copied"

    def _move(self, command: Command) -> str:
        which, to = _exactly(2, command.args)
        folder = _folder([to], code="[TRYCREATE] ")
        self._writable()
        chosen = [copy for _, copy in self._chosen(which, by_uid=command.by_uid)]
        before = [copy.uid for copy in chosen]
        for copy in chosen:
            self._store.move(copy, folder)
        if chosen:
            self._say(f"* OK {self._copied(before, [copy.uid for copy in chosen])}Moved".encode())
        return "Moved"

    def _copied(self, before: list[int], after: list[int]) -> str:
        return f"[COPYUID {self._store.numbering.validity} {set_of(before)} {set_of(after)}] " if before else ""

    def _expunge(self, command: Command) -> str:
        self._writable()
        uids = Numbers(text_of(command.args[0]), 1 << 32) if command.by_uid and command.args else None
        self._clear_out(uids)
        return "Cleared out"

    def _clear_out(self, uids: Numbers | None = None) -> None:
        for copy in self._open().mails:
            if "\\Deleted" in copy.flags and (uids is None or copy.uid in uids):
                self._store.remove(copy)

    def _close(self, command: Command) -> str:
        if not self._open().read_only:
            self._clear_out()
        return self._leave()

    def _leave(self) -> str:
        self._view = None
        return "Closed"

    async def _idle(self) -> str:
        """Until the program says DONE; what changes meanwhile is told at once."""
        self._say(b"+ waiting")
        await self._writer.drain()
        done = asyncio.ensure_future(self._reader.readuntil(b"\r\n"))
        try:
            while not done.done():
                await self._until_changed_or(done)
                self._tell()
                await self._writer.drain()
        finally:
            done.cancel()
        if done.result().strip().upper() != b"DONE":
            raise Bad("DONE was expected")
        return "Waited"

    async def _until_changed_or(self, done: asyncio.Future[bytes]) -> None:
        changed = asyncio.create_task(self._store.change(self._store.version))
        both: set[asyncio.Future[Any]] = {done, changed}
        try:
            async with asyncio.timeout(PATIENCE):
                await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            changed.cancel()

    def _tell(self, *, numbers_stay: bool = False) -> None:
        if self._view:
            for line in self._view.news(numbers_stay=numbers_stay):
                self._say(line)

    def _chosen(self, which: Token, *, by_uid: bool) -> Iterable[tuple[int, Copy]]:
        mails = self._open().mails
        last = (mails[-1].uid if mails else 0) if by_uid else len(mails)
        numbers = Numbers(text_of(which), last)
        return [
            (position, copy)
            for position, copy in enumerate(mails, start=1)
            if (copy.uid if by_uid else position) in numbers
        ]

    def _open(self) -> View:
        if self._view is None:
            raise Bad("Open a folder first")
        return self._view

    def _writable(self) -> None:
        if self._open().read_only:
            raise No("[READ-ONLY] The folder was opened to look at")

    def _say(self, line: bytes) -> None:
        self._writer.write(line + b"\r\n")


def _command_of(line: bytes, literals: list[bytes]) -> Command:
    words = tokens(line, literals)
    if len(words) < 2:
        raise Bad("A command has a tag and a name")
    tag, name, args = text_of(words[0]), text_of(words[1]).upper(), words[2:]
    if name == "UID" and args:
        return Command(tag, text_of(args[0]).upper(), args[1:], by_uid=True)
    return Command(tag, name, args)


def _exactly(count: int, args: list[Token]) -> list[Token]:
    if len(args) < count:
        raise Bad("Something is missing")
    return args[:count]


def _folder(args: list[Token], code: str = "[NONEXISTENT] ") -> Folder:
    folder = folder_of(text_of(args[0])) if args else None
    if folder is None:
        raise No(f"{code}There is no such folder")
    return folder


def _fits(name: str, pattern: str) -> bool:
    written = re.escape(pattern).replace(r"\*", ".*").replace("%", "[^/]*")
    return re.fullmatch(written, name, re.IGNORECASE) is not None
