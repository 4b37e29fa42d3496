"""A connection to a mailbox, opened, encrypted and signed in. What goes wrong is told by the setting that would mend
it, or as something that time mends."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from kanal.kinds.email import certificates
from kanal.kinds.email.imap import grammar, words
from kanal.kinds.email.imap.errors import Broken, NoMailbox, Refused
from kanal.kinds.email.imap.grammar import Said
from kanal.kinds.email.imap.wire import LINE, Answer, Wire
from kanal.kinds.email.settings import Imap

CONNECT = 20.0
"""Seconds to wait for a connection, encryption included."""
_KEEPALIVE = {"TCP_KEEPIDLE": 60, "TCP_KEEPINTVL": 15, "TCP_KEEPCNT": 4}
"""Seconds of silence, seconds between two questions, questions without an answer."""


class Session:
    """`wire` with what the server says that it can do."""

    def __init__(self, wire: Wire, imap: Imap) -> None:
        self.wire = wire
        self.imap = imap
        self.capabilities: frozenset[str] = frozenset()
        self.is_open = False
        """A folder is open to be read."""

    def can(self, name: str) -> bool:
        return name in self.capabilities

    async def learn(self, said: Said | None = None) -> None:
        """What it can do: from what it `said` without being asked, else by asking."""
        if said is None or said.code != "CAPABILITY":
            answer = await self.wire.run(b"CAPABILITY")
            listed = [grammar.values(chunks) for chunks in answer.untagged]
            told = next((words for words in listed if words[:1] == ["CAPABILITY"]), [])
            self.capabilities = frozenset(str(word).upper() for word in told[1:])
        else:
            self.capabilities = frozenset(said.given.upper().split())


@asynccontextmanager
async def session(imap: Imap) -> AsyncIterator[Session]:
    """Signed in; raises NoMailbox. What goes wrong later is raised as it comes: Broken, Refused."""
    wire = await _connected(imap)
    try:
        made = Session(wire, imap)
        await _sign_in(made)
        yield made
        await wire.leave()
    finally:
        wire.close()


async def _connected(imap: Imap) -> Wire:
    """The connection, encrypted and its certificate believed."""
    try:
        wire = await _opened(imap, imap.certificate, unchecked=False)
    except ssl.SSLCertVerificationError as doubted:
        shown = await _shown(imap)
        raise words.doubted(imap, doubted.verify_message, shown) from doubted
    if imap.certificate and wire.is_encrypted and not certificates.is_accepted(wire.certificate, imap.certificate):
        shown = certificates.shown(wire.certificate) if wire.certificate else None
        wire.close()
        raise words.another_certificate(imap, shown)
    return wire


async def _opened(imap: Imap, accepted: str, *, unchecked: bool) -> Wire:
    context = certificates.context("any" if unchecked else accepted)
    try:
        async with asyncio.timeout(CONNECT):
            reader, writer = await asyncio.open_connection(
                imap.host, imap.port, ssl=context if imap.security == "tls" else None, limit=LINE
            )
    except ssl.SSLCertVerificationError:
        raise
    except ssl.SSLError as failed:
        raise words.no_tls(imap) from failed
    except socket.gaierror as unknown:
        raise words.no_such_host(imap) from unknown
    except (OSError, UnicodeError) as failed:  # TimeoutError is an OSError
        raise words.no_answer(imap) from failed
    _notice_when_it_dies(writer)
    wire = Wire(reader, writer)
    try:
        await _greeted(wire, imap, context)
    except BaseException:
        wire.close()
        raise
    return wire


def _notice_when_it_dies(writer: asyncio.StreamWriter) -> None:
    """Also while it waits for mail and nothing is said: within two minutes, where the system can be told so."""
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _KEEPALIVE.items():
        if hasattr(socket, name):
            connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


async def _greeted(wire: Wire, imap: Imap, context: ssl.SSLContext) -> None:
    try:
        async with asyncio.timeout(CONNECT):
            greeting = await wire.greeting()
            if greeting.word == "BYE":
                raise words.not_now(imap, greeting.text)
            if imap.security == "starttls":
                await wire.run(b"STARTTLS")
                await wire.encrypt(context, imap.host)
    except Refused as refused:
        raise words.no_starttls(imap) from refused
    except ssl.SSLCertVerificationError:
        raise
    except ssl.SSLError as failed:
        raise words.no_tls(imap) from failed
    except (Broken, OSError) as failed:
        raise words.no_imap(imap) from failed


async def _shown(imap: Imap) -> certificates.Certificate | None:
    """The certificate that was not believed, for a person to look at. Nothing of ours is told to the server."""
    try:
        wire = await _opened(imap, "", unchecked=True)
    except NoMailbox:
        return None
    try:
        return certificates.shown(wire.certificate) if wire.certificate else None
    finally:
        wire.close()


async def _sign_in(made: Session) -> None:
    imap, wire = made.imap, made.wire
    if not wire.is_encrypted and not _is_here(imap.host):
        raise words.in_the_clear(imap)
    try:
        await made.learn()
        answer = await _authenticated(made)
        await made.learn(answer.said)
        if made.can("ID"):  # some providers let only those read who say who they are
            with contextlib.suppress(Refused):
                await wire.run(b'ID ("name" "Kanal")')
    except Refused as refused:
        raise words.sign_in_refused(imap, refused) from refused
    except Broken as broken:
        raise words.no_answer(imap) from broken


async def _authenticated(made: Session) -> Answer:
    imap, wire = made.imap, made.wire
    if imap.auth == "xoauth2":
        return await _by_sasl(made, "XOAUTH2", f"user={imap.user}\x01auth=Bearer {imap.token}\x01\x01")
    plain = imap.user.isascii() and imap.password.isascii()
    if made.can("AUTH=PLAIN") and (made.can("LOGINDISABLED") or not plain):
        return await _by_sasl(made, "PLAIN", f"\0{imap.user}\0{imap.password}")
    if made.can("LOGINDISABLED"):
        raise words.no_password_taken(imap)
    if plain:
        return await wire.run(b"LOGIN " + grammar.quoted(imap.user) + b" " + grammar.quoted(imap.password))
    user, password = imap.user.encode(), imap.password.encode()
    return await wire.run(b"LOGIN {%d}" % len(user), user + b" {%d}" % len(password), password)


async def _by_sasl(made: Session, mechanism: str, response: str) -> Answer:
    """An error comes as a question, which an empty line answers; then the server says NO."""
    coded = base64.b64encode(response.encode())
    command = b"AUTHENTICATE " + mechanism.encode()
    if made.can("SASL-IR"):
        return await made.wire.run(command + b" " + coded)
    return await made.wire.run(command, coded)


def _is_here(host: str) -> bool:
    """On this machine nobody listens on the way."""
    return host in ("localhost", "127.0.0.1", "::1")
