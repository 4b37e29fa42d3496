"""The SMTP door: accepts mail for the addresses of connected channels and says 250 only when it is stored. One door
serves every account; what is said in the mail is read later, by parse.py."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import ssl
from collections import defaultdict
from pathlib import Path
from typing import Literal, NoReturn

import msgspec
from aiosmtpd.smtp import SMTP, Envelope, Session

from kanal.channelkit.desk import Arrival, ChannelRef, Desk
from kanal.channelkit.messages import Door
from kanal.kinds.email.checks import Checks
from kanal.kinds.email.settings import SPACE
from kanal.kit.mail import normalise, split_plus

log = logging.getLogger(__name__)

STOPPING = "421 4.3.2 Restarting, try again in a minute"
CROWDED = "421 4.3.2 Too many connections or too much mail at once, try again later"
NOT_STORED = "451 4.3.0 It could not be stored, try again later"
TOO_MANY = "452 4.5.3 Too many recipients, send the others separately"
UNKNOWN = "550 5.1.1 There is no such mailbox here"
LONE_DOT = "550 5.5.2 A line with a dot alone ends the mail only between CRLF and CRLF"
TOO_LARGE = "552 5.3.4 The mail is too large; the limit is {} bytes"
MALFORMED = "553 5.1.3 That is not an address"

LINGER = 1.0
"""Seconds in which a sender that we break off with may read why."""
END = b"\r\n.\r\n"
SMUGGLED = re.compile(rb"[\r\n]\.[\r\n]")
"""A lone dot not set off by CRLF, which another server may take for the end of a mail, with a forged one behind it."""


class Limits(msgspec.Struct, kw_only=True, frozen=True):
    mail: int = 50_000_000
    """Bytes of one mail."""
    together: int = 200_000_000
    """Bytes of all mails that are being received at one moment."""
    connections: int = 200
    recipients: int = 100
    silence: float = 180.0
    """Seconds between two signs of life from the other side."""


class SmtpDoor:
    """The listener; runs in every process that serves."""

    where: Literal["serve", "worker"] = "serve"
    name = "smtp"

    def __init__(
        self,
        desk: Desk,
        host: str,
        port: int,
        *,
        tls: tuple[Path, Path] | None = None,
        limits: Limits | None = None,
        checks: Checks | None = None,
    ) -> None:
        self.desk = desk
        self.host = host
        self.port = port
        """Where it listens; after `start` the real one when 0 was asked for."""
        self.limits = limits or Limits()
        self.checks = checks or Checks()
        self.open: set[_Connection] = set()
        self.bytes_held = 0
        self._tls = _context(*tls) if tls else None
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        # The library logs addresses and whole commands.
        logging.getLogger("mail.log").setLevel(logging.CRITICAL)
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self, self._tls), self.host, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Take no new mail, let what is being stored finish, hang up on the rest."""
        if self._server is not None:
            self._server.close()
        storing = [c.storing for c in self.open if c.storing is not None]
        if storing:
            await asyncio.wait(storing, timeout=10)
            await asyncio.sleep(0)  # lets the connections say 250
        for connection in list(self.open):
            connection.hang_up(STOPPING)
        self.checks.close()

    def is_full(self) -> bool:
        return len(self.open) >= self.limits.connections


def _context(certificate: Path, key: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return context


class _Letter(Envelope):
    """One mail under way: which recipients lead to which channel."""

    def __init__(self) -> None:
        super().__init__()
        self.channels: dict[ChannelRef, list[str]] = defaultdict(list)


class _HungUp(Exception):
    """We ended the connection."""


class _Hooks:
    """What the door answers to EHLO, MAIL and RCPT."""

    def __init__(self, door: SmtpDoor) -> None:
        self.door = door

    async def handle_EHLO(
        self, connection: _Connection, session: Session, letter: _Letter, hostname: str, answers: list[str]
    ) -> list[str]:
        session.host_name = hostname
        offered = [line for line in answers[:-1] if not line.startswith("250-AUTH")]
        return [*offered, f"250-SIZE {self.door.limits.mail}", "250 HELP"]

    async def handle_MAIL(
        self, connection: _Connection, session: Session, letter: _Letter, address: str, options: list[str]
    ) -> str:
        size = next((int(o[5:]) for o in options if o.startswith("SIZE=") and o[5:].isdecimal()), 0)
        if size > self.door.limits.mail:
            return TOO_LARGE.format(self.door.limits.mail)
        if self.door.bytes_held + size > self.door.limits.together:
            connection.close_soon()
            return CROWDED
        if not address.isprintable():
            return MALFORMED
        letter.mail_from = address
        return "250 2.1.0 OK"

    async def handle_RCPT(
        self, connection: _Connection, session: Session, letter: _Letter, address: str, options: list[str]
    ) -> str:
        key = normalise(address) if address.isprintable() else ""
        if not key:
            return UNKNOWN if address.lower() == "postmaster" else MALFORMED
        if len(letter.rcpt_tos) >= self.door.limits.recipients:
            return TOO_MANY
        try:
            found = await self.door.desk.find(SPACE, [key, split_plus(key)[0]])
        except Exception:
            log.exception("a recipient could not be looked up")
            return NOT_STORED
        channel = found.get(key) or found.get(split_plus(key)[0])
        if channel is None:
            return UNKNOWN
        letter.rcpt_tos.append(address)
        letter.channels[channel].append(address)
        return "250 2.1.5 OK"


class _Connection(SMTP):
    """One connection. DATA is our own, not the library's: it counts bytes over all connections, knows no longest line,
    and looks at a chunk at a time instead of a line."""

    line_length_limit = 65_536

    def __init__(self, door: SmtpDoor, tls: ssl.SSLContext | None) -> None:
        super().__init__(
            _Hooks(door),
            data_size_limit=None,
            enable_SMTPUTF8=True,
            hostname=door.desk.mail_domain,
            ident="Kanal",
            tls_context=tls,
            timeout=door.limits.silence,
        )
        # The library shares this dictionary between all connections and lets it grow with each EHLO.
        self.command_size_limits = defaultdict(lambda: 2_048)
        self.door = door
        self.held = 0
        self.storing: asyncio.Task[str] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if self not in self.door.open and self.door.is_full():
            assert isinstance(transport, asyncio.WriteTransport)
            transport.write(CROWDED.encode() + b"\r\n")
            transport.close()
            return
        self.door.open.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self in self.door.open:
            self.door.open.discard(self)
            super().connection_lost(error)

    def eof_received(self) -> bool | None:
        if self not in self.door.open:
            return False
        still_open: bool | None = super().eof_received()
        return still_open

    def hang_up(self, answer: str) -> None:
        if self.transport is not None:
            self._writer.write(answer.encode() + b"\r\n")
            self.transport.close()

    def close_soon(self) -> None:
        """After the answer that is about to be written."""
        if self.transport is not None:
            self.loop.call_soon(self.transport.close)

    def _create_envelope(self) -> _Letter:
        return _Letter()

    async def handle_exception(self, error: Exception) -> str:
        if isinstance(error, RecursionError):
            return MALFORMED
        log.error("the mail door failed", exc_info=error)
        return NOT_STORED

    async def smtp_DATA(self, arg: str | None) -> None:
        if await self.check_helo_needed():
            return
        assert self.envelope is not None
        if not self.envelope.rcpt_tos:
            await self.push("503 5.5.1 First say RCPT")
            return
        if arg:
            await self.push("501 5.5.4 DATA takes nothing")
            return
        await self.push("354 End with <CR><LF>.<CR><LF>")
        try:
            await self.push(await self._answer_to(await self._body()))
        except _HungUp:
            return
        finally:
            self._hold(0)
            self.envelope = self._create_envelope()

    async def _answer_to(self, body: bytearray | None) -> str:
        if body is None:
            return TOO_LARGE.format(self.door.limits.mail)
        if SMUGGLED.search(body):
            return LONE_DOT
        # A task of its own: the other side hanging up must not cut a commit in two.
        self.storing = asyncio.create_task(self._stored(bytes(body.replace(b"\r\n.", b"\r\n")[2:])))
        try:
            return await asyncio.shield(self.storing)
        finally:
            self.storing = None

    async def _body(self) -> bytearray | None:
        """What comes up to the final dot, still dot-stuffed, behind a CRLF; None when it is too large.

        Such a mail is read to its end without being kept, since the answer is due only then."""
        body = bytearray(b"\r\n")
        received = 0
        while True:
            chunk = await self._reader.read(1 << 30)
            if not chunk:
                raise _HungUp
            self._reset_timeout()
            received += len(chunk)
            searched = max(0, len(body) - len(END) + 1)
            body += chunk
            end = body.find(END, searched)
            if end >= 0:
                rest = bytes(body[end + len(END) :])
                self._put_back(rest)
                del body[end + 2 :]
                return body if received - len(rest) - 3 <= self.door.limits.mail else None
            if received > self.door.limits.mail:
                del body[: 1 - len(END)]
            if received > 2 * self.door.limits.mail:
                await self._break_off(TOO_LARGE.format(self.door.limits.mail))
            self._hold(len(body))
            if self.door.bytes_held > self.door.limits.together:
                await self._break_off(CROWDED)

    def _hold(self, size: int) -> None:
        self.door.bytes_held += size - self.held
        self.held = size

    async def _break_off(self, answer: str) -> NoReturn:
        """In the middle of a mail. What is on its way is read and dropped for a moment: were the connection closed upon
        it, the other side might lose our answer."""
        self._hold(0)
        self._writer.write(answer.encode() + b"\r\n")
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LINGER):
                while await self._reader.read(1 << 30):
                    pass
        if self.transport is not None:
            self.transport.close()
        raise _HungUp

    def _put_back(self, rest: bytes) -> None:
        """The next command, sent without waiting for our answer."""
        if rest:
            self._reader.feed_data(rest)

    async def _stored(self, body: bytes) -> str:
        session, letter = self.session, self.envelope
        assert session is not None
        assert isinstance(letter, _Letter)
        mail_from = "" if letter.mail_from == "<>" else letter.mail_from or ""
        client, helo = str(session.peer[0]) if session.peer else "", _printable(session.host_name or "")
        auth = await self.door.checks.of(body, client, helo, mail_from)
        arrivals = [
            Arrival(
                channel=channel,
                body=body,
                door=Door(
                    mail_from=mail_from, rcpt_to=to, client=client, helo=helo, tls=_tls_version(session), auth=auth
                ),
            )
            for channel, to in letter.channels.items()
        ]
        try:
            await self.door.desk.receive(arrivals)
        except Exception:
            log.exception("a mail could not be stored")
            return NOT_STORED
        return "250 2.0.0 Stored"


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in text)[:255]


def _tls_version(session: Session) -> str:
    layer = (session.ssl or {}).get("ssl_object")
    return layer.version() or "" if layer is not None else ""
