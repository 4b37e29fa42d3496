"""The SMTP door over real sockets, with the real desk and database behind it."""

from __future__ import annotations

import asyncio
import smtplib
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import psycopg
import pytest

from kanal.inboxes import queries
from kanal.kinds.email.checks import Checks
from kanal.kinds.email.doors import Limits, SmtpDoor
from kanal.kit.db import Database
from kanal.kit.storage import Storage
from kanal.server.desk import BoundDesk
from tests.make import accounts, certificates, channels

MAIL = b"From: eva@kund.example\r\nTo: support@demo.example\r\nSubject: Lamp\r\n\r\nIt is broken.\r\n"
T = TypeVar("T")
Opener = Callable[..., Awaitable[SmtpDoor]]


def no_names(name: str, kind: str, seconds: float) -> list[Any]:
    return []


@pytest.fixture
async def account(db: Database) -> int:
    return await accounts.account(db)


@pytest.fixture
async def open_door(db: Database, tmp_path: Path) -> AsyncIterator[Opener]:
    opened: list[SmtpDoor] = []

    async def start(
        *, mail_domain: str = channels.MAIL_DOMAIN, tls: tuple[Path, Path] | None = None, **limits: Any
    ) -> SmtpDoor:
        desk = BoundDesk(db, Storage(str(tmp_path / "files")), channels.KEYRING, mail_domain)
        door = SmtpDoor(desk, "127.0.0.1", 0, tls=tls, limits=Limits(**limits), checks=Checks(no_names))
        await door.start()
        opened.append(door)
        return door

    yield start
    for door in opened:
        await door.stop()


async def stored(db: Database, account: int) -> list[dict[str, Any]]:
    async with db.transaction(account) as tx:
        return await tx.dicts("select channel_id, body, door, state from raw_events order by received_at, id")


async def forwarding_address(db: Database, account: int, channel: Any) -> str:
    async with db.transaction(account) as tx:
        return str((await queries.channel(tx, channel)).settings["forwarding_address"])


def session(door: SmtpDoor, work: Callable[[smtplib.SMTP], T]) -> Awaitable[T]:
    def run() -> T:
        with smtplib.SMTP("127.0.0.1", door.port, local_hostname="mx.kund.example", timeout=10) as client:
            return work(client)

    return asyncio.to_thread(run)


def bare(door: SmtpDoor, said: bytes, *, until: bytes = b"") -> Awaitable[bytes]:
    """Write the bytes as they are, then read until the other side has said `until` or closes."""

    def run() -> bytes:
        heard = b""
        with socket.create_connection(("127.0.0.1", door.port), timeout=10) as line:
            line.sendall(said)
            while chunk := line.recv(65536):
                heard += chunk
                if until and until in heard:
                    break
        return heard

    return asyncio.to_thread(run)


def deliver(to: str | list[str], body: bytes = MAIL, sender: str = "eva@kund.example") -> Callable[[smtplib.SMTP], Any]:
    return lambda client: client.sendmail(sender, to, body)


async def test_mail_for_the_channels_own_address_is_stored_with_what_the_door_knew(
    db: Database, account: int, open_door: Opener
) -> None:
    channel = await channels.email_channel(db, account)
    door = await open_door()
    await session(door, deliver("Support@demo.EXAMPLE"))
    [row] = await stored(db, account)
    assert (row["channel_id"], row["body"], row["state"]) == (channel, MAIL, "waiting")
    seen = row["door"]
    assert (seen["mail_from"], seen["rcpt_to"]) == ("eva@kund.example", ["Support@demo.EXAMPLE"])
    assert (seen["client"], seen["helo"]) == ("127.0.0.1", "mx.kund.example")
    assert {"spf", "dkim", "dmarc", "arc"} <= seen["auth"].keys()
    assert "support@demo.example" in seen["account_addresses"]


async def test_mail_for_the_generated_address_with_or_without_token_is_stored(
    db: Database, account: int, open_door: Opener
) -> None:
    channel = await channels.email_channel(db, account)
    ours = await forwarding_address(db, account, channel)
    door = await open_door()
    await session(door, deliver(ours))
    await session(door, deliver(ours.replace("@", "+babc234@"), MAIL + b"bounce\r\n", ""))
    rows = await stored(db, account)
    assert [row["channel_id"] for row in rows] == [channel, channel]
    assert "mail_from" not in rows[1]["door"] or rows[1]["door"]["mail_from"] == ""


async def test_unknown_recipient_is_refused_with_550_and_the_others_are_not(
    db: Database, account: int, open_door: Opener
) -> None:
    await channels.email_channel(db, account)
    door = await open_door()
    refused = await session(door, deliver(["nobody@demo.example", "support@demo.example"]))
    assert refused == {"nobody@demo.example": (550, b"5.1.1 There is no such mailbox here")}
    assert len(await stored(db, account)) == 1


@pytest.mark.parametrize("recipient", ["<@>", "<a@b@c>", "<support@demo..example>", "<\xff\xfe@x.se>"])
async def test_recipient_that_is_no_address_is_refused(db: Database, open_door: Opener, recipient: str) -> None:
    door = await open_door()
    dialogue = f"EHLO x\r\nMAIL FROM:<a@b.se>\r\nRCPT TO:{recipient}\r\nQUIT\r\n".encode("latin-1")
    answers = (await bare(door, dialogue)).split(b"\r\n")
    assert any(answer.startswith((b"553", b"501")) for answer in answers), answers[6:]


async def test_postmaster_is_refused_until_a_channel_answers_for_it(
    db: Database, account: int, open_door: Opener
) -> None:
    door = await open_door()
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        await session(door, deliver("postmaster@in.example"))
    await channels.email_channel(db, account, "postmaster@in.example")
    await session(door, deliver("postmaster@in.example"))
    assert len(await stored(db, account)) == 1


async def test_mail_that_says_it_is_too_large_is_refused_at_mail(db: Database, account: int, open_door: Opener) -> None:
    await channels.email_channel(db, account)
    door = await open_door(mail=1_000)
    code, said = await session(door, lambda c: (c.ehlo(), c.mail("a@b.se", ["SIZE=1001"]))[1])
    assert (code, said[:5]) == (552, b"5.3.4")


async def test_mail_that_turns_out_too_large_is_refused_at_its_end_and_the_session_goes_on(
    db: Database, account: int, open_door: Opener
) -> None:
    await channels.email_channel(db, account)
    door = await open_door(mail=1_000)
    dialogue = b"HELO x\r\nMAIL FROM:<a@b.se>\r\nRCPT TO:<support@demo.example>\r\nDATA\r\n"
    heard = await bare(door, dialogue + b"x" * 1500 + b"\r\n.\r\nNOOP\r\nQUIT\r\n")
    assert b"552 5.3.4" in heard
    assert heard.endswith(b"221 Bye\r\n")
    assert await stored(db, account) == []
    assert door.bytes_held == 0


async def test_mail_of_exactly_the_limit_is_taken(db: Database, account: int, open_door: Opener) -> None:
    await channels.email_channel(db, account)
    door = await open_door(mail=len(MAIL))
    await session(door, deliver("support@demo.example"))
    assert len(await stored(db, account)) == 1


async def test_lines_of_any_length_and_dots_come_through_untouched(
    db: Database, account: int, open_door: Opener
) -> None:
    await channels.email_channel(db, account)
    door = await open_door()
    body = MAIL + b".\r\n..\r\n.x\r\n" + b"y" * 700_000 + b"\r\n"
    await session(door, deliver("support@demo.example", body))
    async with db.transaction(account) as tx:
        assert await tx.value("select size from raw_events") == len(body)


async def test_an_empty_mail_is_stored_too(db: Database, account: int, open_door: Opener) -> None:
    await channels.email_channel(db, account)
    door = await open_door()
    await bare(door, b"HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<support@demo.example>\r\nDATA\r\n.\r\nQUIT\r\n")
    assert [row["body"] for row in await stored(db, account)] == [b""]


@pytest.mark.parametrize("end", [b"\n.\n", b"\n.\r\n", b"\r.\r\n", b"\r\n.\n", b"\r\n.\r"])
async def test_a_forged_end_of_mail_is_refused(db: Database, account: int, open_door: Opener, end: bytes) -> None:
    await channels.email_channel(db, account)
    door = await open_door()
    forged = b"MAIL FROM:<boss@demo.example>\r\nRCPT TO:<support@demo.example>\r\nDATA\r\nPay!\r\n"
    dialogue = b"HELO x\r\nMAIL FROM:<a@b.se>\r\nRCPT TO:<support@demo.example>\r\nDATA\r\n"
    heard = await bare(door, dialogue + MAIL + b"a" + end + forged + b"\r\n.\r\nQUIT\r\n")
    assert b"550 5.5.2" in heard
    assert await stored(db, account) == []


async def test_one_mail_to_two_channels_is_one_row_in_each(db: Database, account: int, open_door: Opener) -> None:
    other = await accounts.account(db, "b")
    mine = await channels.email_channel(db, account)
    theirs = await channels.email_channel(db, other, "info@other.example")
    second = await channels.email_channel(db, account, "sales@demo.example")
    door = await open_door()
    await session(door, deliver(["support@demo.example", "sales@demo.example", "info@other.example"]))
    assert {row["channel_id"] for row in await stored(db, account)} == {mine, second}
    [theirs_row] = await stored(db, other)
    assert theirs_row["channel_id"] == theirs
    assert theirs_row["door"]["rcpt_to"] == ["info@other.example"]
    assert not any("demo" in address for address in theirs_row["door"]["account_addresses"])


async def test_what_cannot_be_stored_gets_451(db: Database, account: int, open_door: Opener, database_url: str) -> None:
    await channels.email_channel(db, account)
    door = await open_door()
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("alter table raw_events rename to away")
        try:
            with pytest.raises(smtplib.SMTPDataError) as refused:
                await session(door, deliver("support@demo.example"))
        finally:
            connection.execute("alter table away rename to raw_events")
    assert refused.value.smtp_code == 451
    await session(door, deliver("support@demo.example"))
    assert len(await stored(db, account)) == 1


async def test_above_the_byte_budget_over_all_connections_mail_waits_outside(
    db: Database, account: int, open_door: Opener
) -> None:
    await channels.email_channel(db, account)
    door = await open_door(together=200_000)
    dialogue = b"HELO x\r\nMAIL FROM:<a@b.se>\r\nRCPT TO:<support@demo.example>\r\nDATA\r\n"
    heard = await bare(door, dialogue + b"x" * 300_000)
    assert b"421 4.3.2" in heard
    assert door.bytes_held == 0
    await session(door, deliver("support@demo.example"))


async def test_above_the_connection_limit_one_is_told_to_come_later(db: Database, open_door: Opener) -> None:
    door = await open_door(connections=1)

    def two(first: smtplib.SMTP) -> int:
        try:
            smtplib.SMTP("127.0.0.1", door.port, timeout=10)
        except smtplib.SMTPConnectError as refused:
            return refused.smtp_code
        return 0

    assert await session(door, two) == 421
    await session(door, lambda client: client.noop())


async def test_starttls_is_offered_and_its_version_is_kept(
    db: Database, account: int, open_door: Opener, tmp_path: Path
) -> None:
    await channels.email_channel(db, account)
    files = certificates.self_signed(tmp_path, "localhost")
    door = await open_door(tls=files)
    context = ssl.create_default_context(cafile=str(files[0]))
    context.check_hostname = False

    def encrypted(client: smtplib.SMTP) -> None:
        client.starttls(context=context)
        client.sendmail("eva@kund.example", "support@demo.example", MAIL)

    await session(door, encrypted)
    [row] = await stored(db, account)
    assert row["door"]["tls"] == "TLSv1.3"


async def test_international_addresses_are_taken_with_smtputf8(db: Database, account: int, open_door: Opener) -> None:
    await channels.email_channel(db, account, "info@smörgås.example")
    door = await open_door()
    dialogue = (
        "EHLO x\r\nMAIL FROM:<åsa@kund.example> SMTPUTF8\r\nRCPT TO:<info@smörgås.example>\r\nDATA\r\n"
        "Subject: Hej\r\n\r\nHej\r\n.\r\nQUIT\r\n"
    )
    heard = await bare(door, dialogue.encode())
    assert b"250 2.0.0" in heard
    [row] = await stored(db, account)
    assert row["door"]["mail_from"] == "åsa@kund.example"


async def test_commands_full_of_nonsense_disturb_nothing(db: Database, account: int, open_door: Opener) -> None:
    await channels.email_channel(db, account)
    door = await open_door()
    nonsense = (
        b"EHLO " + b"(" * 1500 + b"\r\nMAIL FROM:" + b"(" * 1500 + b"\r\n" + bytes(range(14, 256)) + b"\r\nRCPT\r\n"
    )
    heard = await bare(door, nonsense + b"MAIL FROM:<a@b.se> SIZE=x\r\n" + b"A" * 200_000 + b"\r\nQUIT\r\n")
    assert heard.endswith(b"221 Bye\r\n")
    await session(door, deliver("support@demo.example"))
    assert len(await stored(db, account)) == 1


async def test_a_client_that_hangs_up_in_the_middle_leaves_nothing(
    db: Database, account: int, open_door: Opener
) -> None:
    await channels.email_channel(db, account)
    door = await open_door()
    dialogue = b"HELO x\r\nMAIL FROM:<a@b.se>\r\nRCPT TO:<support@demo.example>\r\nDATA\r\nSubject: half"
    await bare(door, dialogue, until=b"354")
    async with asyncio.timeout(5):
        while door.open or door.bytes_held:  # noqa: ASYNC110 - the door tells nobody when one hangs up
            await asyncio.sleep(0.01)
    assert await stored(db, account) == []
