"""A connection to the server that takes our mail, opened and signed in to; what goes wrong is told by the setting that
would mend it. Used by send.py."""

from __future__ import annotations

import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal
from urllib.parse import unquote, urlsplit

import aiosmtplib
import msgspec

from kanal.kinds.email import certificates, no_session
from kanal.kinds.email.certificates import Certificate
from kanal.kinds.email.no_session import NoSession
from kanal.kinds.email.no_session import one_line as one_line
from kanal.kinds.email.settings import Smtp

CONNECT = 20.0
ANSWER = 60.0
"""Seconds to wait for a connection, and for the answer to one command."""


class Server(msgspec.Struct, kw_only=True, frozen=True):
    host: str
    port: int
    security: Literal["tls", "starttls", "none", "when_offered"]
    user: str = ""
    password: str = ""
    certificate: str = ""
    """SHA-256 of the one that a person accepted."""

    @property
    def is_here(self) -> bool:
        """On this machine, as the mail catcher is."""
        return self.host in ("localhost", "127.0.0.1", "::1")


def of_channel(smtp: Smtp) -> Server:
    return Server(
        host=smtp.host,
        port=smtp.port,
        security=smtp.security,
        user=smtp.user,
        password=smtp.password,
        certificate=smtp.certificate,
    )


def of_installation(url: str) -> Server:
    """`smtps://` is encrypted from the first byte, `smtp://` as soon as the server offers it."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("KANAL_SMTP_OUT must read smtp://host:port or smtps://user:password@host:port")
    encrypted = parts.scheme == "smtps"
    return Server(
        host=parts.hostname,
        port=parts.port or (465 if encrypted else 587),
        security="tls" if encrypted else "when_offered",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


@asynccontextmanager
async def session(server: Server, our_name: str) -> AsyncIterator[aiosmtplib.SMTP]:
    """Connected, encrypted and signed in; raises NoSession."""
    client = _client(server, our_name, server.certificate or _unjudged(server))
    try:
        await _connect(client, server, our_name)
        client.timeout = ANSWER
        if server.user:
            await _sign_in(client, server)
        yield client
        if client.is_connected:
            await _leave(client)
    finally:
        client.close()


def _unjudged(server: Server) -> str:
    """A relay on this very machine may show the certificate that its package made for it: there is no way between."""
    return "any" if server.is_here and server.security == "when_offered" else ""


def _client(server: Server, our_name: str, accepted: str) -> aiosmtplib.SMTP:
    return aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        use_tls=server.security == "tls",
        start_tls={"starttls": True, "when_offered": None}.get(server.security, False),
        tls_context=certificates.context(accepted),
        local_hostname=our_name,
        timeout=CONNECT,
    )


async def _connect(client: aiosmtplib.SMTP, server: Server, our_name: str) -> None:
    try:
        await client.connect()
        if client.is_ehlo_or_helo_needed:
            await client.ehlo()
    except aiosmtplib.SMTPResponseException as refused:
        raise no_session.turned_away(server.host, refused) from refused
    except (aiosmtplib.SMTPException, OSError, UnicodeError) as failed:
        raise await _why(failed, server, our_name) from failed
    _believe(client, server)


async def _why(failed: Exception, server: Server, our_name: str) -> NoSession:
    where = f"{server.host}:{server.port}"
    causes = (failed, failed.__cause__, failed.__context__)
    tls = next((cause for cause in causes if isinstance(cause, ssl.SSLError)), None)
    if isinstance(tls, ssl.SSLCertVerificationError):
        return no_session.doubted(server.host, tls.verify_message, await _shown(server, our_name))
    if tls is not None:
        return no_session.no_tls(where)
    if "STARTTLS" in str(failed):
        return no_session.no_starttls(where)
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return no_session.no_such_host(server.host)
    return no_session.no_answer(where)


def _believe(client: aiosmtplib.SMTP, server: Server) -> None:
    """Where a person accepted a certificate, it is that one or none."""
    shown = _certificate(client)
    if server.certificate and shown is not None and not certificates.is_accepted(shown, server.certificate):
        raise no_session.another_certificate(server.host, certificates.shown(shown))


async def _shown(server: Server, our_name: str) -> Certificate | None:
    """The certificate that was not believed, for a person to look at. Nothing of ours is told to the server."""
    client = _client(server, our_name, "any")
    try:
        await client.connect()
        shown = _certificate(client)
        return certificates.shown(shown) if shown is not None else None
    except (aiosmtplib.SMTPException, OSError):
        return None
    finally:
        client.close()


def _certificate(client: aiosmtplib.SMTP) -> bytes | None:
    """Of the server, in DER; None without encryption."""
    encrypted = client.get_transport_info("ssl_object")
    return encrypted.getpeercert(True) if encrypted is not None else None


async def _sign_in(client: aiosmtplib.SMTP, server: Server) -> None:
    if client.get_transport_info("sslcontext") is None and not server.is_here:
        raise no_session.in_the_clear()
    try:
        await client.login(server.user, server.password)
    except aiosmtplib.SMTPResponseException as refused:
        raise no_session.sign_in_refused(server.host, refused) from refused
    except (aiosmtplib.SMTPServerDisconnected, aiosmtplib.SMTPTimeoutError) as lost:
        raise no_session.broke() from lost
    except (aiosmtplib.SMTPException, ValueError) as failed:
        raise no_session.no_sign_in() from failed


async def _leave(client: aiosmtplib.SMTP) -> None:
    try:
        await client.quit(timeout=5)
    except (aiosmtplib.SMTPException, OSError):
        return  # it has our mail already, how it says goodbye changes nothing
