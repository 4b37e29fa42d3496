"""The mailboxes that the sandbox keeps, read by the standard library's own IMAP client over a real socket."""

import asyncio
import imaplib
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiosmtplib
import pytest

from sandbox.imap.errors import Bad
from sandbox.imap.grammar import Numbers, string, tokens
from tests.sandbox.world import World, answer, until, world

INFO = "info@demo.example"
PASSWORD = "lamp-123"
MAIL = b"From: Eva <eva@kund.example>\r\nSubject: Lampan\r\nMessage-ID: <m1@kund.example>\r\n\r\nDen lyser inte.\r\n"


@pytest.fixture
async def it(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path, hosted={INFO: PASSWORD}) as opened:
        yield opened


@contextmanager
def signed_in(world: World, folder: str = "INBOX") -> Iterator[imaplib.IMAP4]:
    client = imaplib.IMAP4("127.0.0.1", world.sandbox.imap_port, timeout=10)
    client.login(INFO, PASSWORD)
    client.select(folder)
    yield client
    client.logout()


async def apart(work: Callable[[], Any]) -> Any:
    """The client blocks; the server needs this loop."""
    return await asyncio.to_thread(work)


async def read(world: World, command: str, *args: str, folder: str = "INBOX") -> list[Any]:
    def work() -> list[Any]:
        with signed_in(world, folder) as client:
            kind, said = client.uid(command, *args)
            assert kind == "OK", said
            return said

    return list(await apart(work))


async def test_a_mail_to_a_kept_mailbox_is_read_with_its_envelope_and_never_offered_to_kanal(it: World) -> None:
    await it.write(to=[INFO], subject="Lampan")
    [(head, raw), _] = await read(it, "FETCH", "1:*", "(UID FLAGS RFC822.SIZE BODY.PEEK[])")
    assert head.startswith(b"1 (UID 1 FLAGS () RFC822.SIZE %d BODY[] {" % len(raw))
    assert raw.startswith(b"Return-Path: <eva@kund.example>\r\nDelivered-To: info@demo.example\r\n")
    assert b"dmarc=pass header.from=kund.example" in raw
    assert it.door.taken == []


async def test_what_kanal_sends_to_it_is_filed_too_and_its_plus_addresses_are_the_same_mailbox(it: World) -> None:
    await it.from_kanal("info+token@demo.example", message=answer(INFO))
    [mail] = await it.inbox(INFO)
    assert ("Delivered-To", "info+token@demo.example") in [tuple(each) for each in mail["headers"]]


async def test_wrong_password_is_refused_with_its_code(it: World) -> None:
    def work() -> None:
        client = imaplib.IMAP4("127.0.0.1", it.sandbox.imap_port, timeout=10)
        with pytest.raises(imaplib.IMAP4.error, match="AUTHENTICATIONFAILED"):
            client.login(INFO, "wrong")
        with pytest.raises(imaplib.IMAP4.error, match="AUTHENTICATIONFAILED"):
            client.login("eva@kund.example", "")
        client.authenticate("PLAIN", lambda _: f"\0{INFO}\0{PASSWORD}".encode())
        client.logout()

    await apart(work)


async def test_folders_say_what_they_are_for(it: World) -> None:
    def work() -> tuple[list[Any], list[Any]]:
        with signed_in(it) as client:
            return client.list()[1], client.status("Sent", "(MESSAGES UIDNEXT UIDVALIDITY)")[1]

    listed, [status] = await apart(work)
    assert b'(\\HasNoChildren \\Sent) "/" Sent' in listed
    assert b'(\\HasNoChildren) "/" INBOX' in listed
    assert b"MESSAGES 0 UIDNEXT 1 UIDVALIDITY" in status


async def test_a_copy_can_be_put_into_sent_and_found_there(it: World) -> None:
    def work() -> tuple[Any, Any, Any]:
        with signed_in(it, "Sent") as client:
            put = client.append("Sent", "(\\Seen)", '" 5-Nov-2026 10:00:00 +0100"', MAIL)
            client.noop()
            found = client.uid("SEARCH", "HEADER", "Message-ID", '"<m1@kund.example>"')
            return put, found, client.uid("FETCH", "1", "(FLAGS INTERNALDATE BODY[])")

    put, found, (_, [(head, raw), _]) = await apart(work)
    assert (put[0], found) == ("OK", ("OK", [b"1"]))
    assert b"APPENDUID" in put[1][0]
    assert b'FLAGS (\\Seen) INTERNALDATE " 5-Nov-2026 10:00:00 +0100"' in head
    assert raw == MAIL


async def test_looking_does_not_mark_as_seen_and_reading_does(it: World) -> None:
    await it.write(to=[INFO])
    await read(it, "FETCH", "1", "(BODY.PEEK[])")
    assert (await it.inbox(INFO))[0]["unread"] is True
    await read(it, "FETCH", "1", "(BODY[])")
    assert (await it.inbox(INFO))[0]["unread"] is False


async def test_mails_are_marked_moved_copied_and_deleted(it: World) -> None:
    for _ in range(3):
        await it.write(to=[INFO])

    def work() -> tuple[Any, Any, Any, Any]:
        with signed_in(it) as client:
            client.uid("STORE", "1", "+FLAGS", "(\\Deleted \\Flagged)")
            client.expunge()
            moved = client.uid("MOVE", "2", "Archive")
            client.uid("COPY", "3", "Trash")
            left = client.uid("SEARCH", "ALL")
            client.select("Archive")
            return moved, left, client.uid("SEARCH", "ALL"), client.uid("SEARCH", "UNSEEN", "FROM", '"eva"')

    moved, left, archived, unseen = await apart(work)
    assert moved[0] == "OK"
    assert (left[1], archived[1], unseen[1]) == ([b"3"], [b"1"], [b"1"])


async def test_a_number_is_never_given_twice_also_after_a_restart(tmp_path: Path) -> None:
    async with world(tmp_path, hosted={INFO: PASSWORD}) as it:
        await it.write(to=[INFO])
        before = await read(it, "STORE", "1", "+FLAGS.SILENT", "(\\Deleted)")
        await read(it, "EXPUNGE", "1")
        assert before
    async with world(tmp_path, hosted={INFO: PASSWORD}) as it:
        await it.write(to=[INFO])
        assert await read(it, "SEARCH", "ALL") == [b"2"]


async def test_new_mail_is_told_at_once_to_who_waits_for_it(it: World) -> None:
    told: list[bytes] = []
    waiting = threading.Event()

    def wait() -> None:
        with signed_in(it) as client:
            client.send(b"x1 IDLE\r\n")
            assert client.readline().startswith(b"+")
            waiting.set()
            told.append(client.readline())
            client.send(b"DONE\r\n")
            told.append(client.readline())

    listening = asyncio.create_task(apart(wait))
    await asyncio.to_thread(waiting.wait, 5)
    await it.write(to=[INFO])
    async with asyncio.timeout(2):
        await listening
    assert told == [b"* 1 EXISTS\r\n", b"x1 OK Waited\r\n"]


async def test_the_kept_password_opens_the_way_out_as_well(it: World) -> None:
    async def send(password: str) -> None:
        client = aiosmtplib.SMTP(hostname="127.0.0.1", port=it.sandbox.smtp_port, timeout=5)
        async with client:
            await client.login(INFO, password)
            await client.sendmail(INFO, ["eva@kund.example"], answer("eva@kund.example").as_bytes())

    await send(PASSWORD)
    with pytest.raises(aiosmtplib.SMTPAuthenticationError):
        await send("wrong")
    assert len(await it.inbox("eva@kund.example")) == 1


async def test_the_page_tells_what_a_stranger_has_to_type(it: World) -> None:
    page = (await it.http.get("/")).text
    for word in (INFO, PASSWORD, f"127.0.0.1:{it.sandbox.imap_port}", f"127.0.0.1:{it.sandbox.smtp_port}"):
        assert word in page


async def test_a_mail_can_be_looked_at_in_parts(it: World) -> None:
    await it.write(to=[INFO], subject="Lampan", html="<p>Hej!</p>")

    def work() -> list[Any]:
        with signed_in(it) as client:
            wanted = "(ENVELOPE BODYSTRUCTURE BODY.PEEK[HEADER.FIELDS (SUBJECT)] BODY.PEEK[1] BODY.PEEK[]<0.11>)"
            return list(client.uid("FETCH", "1", wanted)[1])

    said = b"".join(b" ".join(each) if isinstance(each, tuple) else each for each in await apart(work))
    assert b'"Lampan" (("Eva Lindqvist" NIL "eva" "kund.example"))' in said
    assert b'("TEXT" "HTML"' in said
    assert b"Subject: Lampan\r\n\r\n" in said
    assert b"Hej!" in said
    assert b"Return-Path" in said


async def test_who_goes_without_a_word_leaves_nothing_behind(it: World) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", it.sandbox.imap_port)
    writer.write(b"a LOGIN {3}\r\n")
    await reader.readline()
    writer.transport.abort()
    await it.write(to=[INFO])

    async def one() -> list[Any]:
        return await read(it, "SEARCH", "ALL")

    assert await until(one) == [b"1"]


@pytest.mark.parametrize(
    "line",
    [b"a", b"a FETCH 1 FLAGS", b"a LOGIN x", b"a UID", b"a SELECT (", b'a LOGIN "x', b"a )", b"\xff\x00", b"a X" * 999],
)
async def test_nonsense_is_answered_and_the_connection_goes_on(it: World, line: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", it.sandbox.imap_port)
    await reader.readline()
    writer.write(line + b"\r\nb NOOP\r\n")
    assert b" BAD " in await reader.readline()
    assert (await reader.readline()).startswith(b"b OK")
    writer.close()


def test_the_words_of_a_command() -> None:
    line = b'a FETCH 1:* (UID BODY.PEEK[HEADER.FIELDS (A B)]<0.9> "x \\"y\\"" \x000\x00)'
    assert tokens(line, [b"lit"]) == [
        "a", "FETCH", "1:*", ["UID", "BODY.PEEK[HEADER.FIELDS (A B)]<0.9>", b'x "y"', b"lit"],
    ]  # fmt: skip
    assert (string(b'a"b'), string(b"\r\n")) == (b'"a\\"b"', b"{2}\r\n\r\n")


def test_sets_of_numbers() -> None:
    assert [number for number in range(10) if number in Numbers("2:4,9,8:*", 7)] == [2, 3, 4, 7, 8, 9]
    with pytest.raises(Bad):
        Numbers("1:x", 7)
