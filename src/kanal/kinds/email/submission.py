"""A connection to the server that takes our mail, opened and signed in to; what goes wrong is told by the setting that
would mend it. Used by send.py."""

from __future__ import annotations

import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal
from urllib.parse import unquote, urlsplit

import aiosmtplib
import msgspec

from kanal.kinds.email import certificates
from kanal.kinds.email.certificates import Certificate
from kanal.kinds.email.settings import Smtp

CONNECT = 20.0
ANSWER = 60.0
"""Seconds to wait for a connection, and for the answer to one command."""


class NoSession(Exception):
    """There is no way to hand over mail now. `field` is the setting to look at; `passing` when time may mend it."""

    def __init__(self, field: str, why: str, *, passing: bool = False, certificate: Certificate | None = None) -> None:
        super().__init__(why)
        self.field = field
        self.why = why
        self.passing = passing
        self.certificate = certificate
        """What the server showed, where a person may decide to believe it."""


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
    where = f"{server.host}:{server.port}"
    try:
        await client.connect()
        if client.is_ehlo_or_helo_needed:
            await client.ehlo()
    except aiosmtplib.SMTPResponseException as refused:
        passing = refused.code < 500
        raise NoSession("smtp.host", f"{where} said: {words(refused)}", passing=passing) from refused
    except (aiosmtplib.SMTPException, OSError, UnicodeError) as failed:
        tls = next((e for e in (failed, failed.__cause__) if isinstance(e, ssl.SSLError)), None)
        if isinstance(tls, ssl.SSLCertVerificationError):
            raise _doubted(server, tls.verify_message, await _shown(server, our_name)) from failed
        if tls is not None:
            why = "it does not speak TLS there; another port or kind of encryption may be right."
            raise NoSession("smtp.security", f"No safe connection to {where}: {why}") from failed
        if "STARTTLS" in str(failed):
            raise NoSession("smtp.security", f"{where} does not offer STARTTLS.") from failed
        raise NoSession("smtp.host", f"{where} cannot be reached.", passing=True) from failed
    _believe(client, server)


def _believe(client: aiosmtplib.SMTP, server: Server) -> None:
    """Where a person accepted a certificate, it is that one or none."""
    shown = _certificate(client)
    if server.certificate and shown is not None and not certificates.is_accepted(shown, server.certificate):
        why = (
            f"{server.host} shows another certificate than the one that was accepted. Ask who runs the server whether "
            "it was replaced, and accept the new one if so."
        )
        raise NoSession("smtp.certificate", why, certificate=certificates.shown(shown))


def _doubted(server: Server, why: str, shown: Certificate | None) -> NoSession:
    said = (
        f"Nobody vouches for the certificate of {server.host} ({why}). Ask who runs the server for the fingerprint and "
        "accept the certificate when it is the same, or have a valid one installed."
    )
    return NoSession("smtp.certificate", said, certificate=shown)


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
        raise NoSession("smtp.security", "The password would travel in the clear; choose TLS or STARTTLS.")
    try:
        await client.login(server.user, server.password)
    except aiosmtplib.SMTPResponseException as refused:
        passing = refused.code < 500
        raise NoSession("smtp.password", f"Sign-in was refused: {words(refused)}", passing=passing) from refused
    except (aiosmtplib.SMTPServerDisconnected, aiosmtplib.SMTPTimeoutError) as lost:
        raise NoSession("smtp.host", "The connection broke while signing in.", passing=True) from lost
    except (aiosmtplib.SMTPException, ValueError) as failed:
        raise NoSession("smtp.user", "This server takes no sign-in that we know.") from failed


async def _leave(client: aiosmtplib.SMTP) -> None:
    try:
        await client.quit(timeout=5)
    except (aiosmtplib.SMTPException, OSError):
        return  # it has our mail already, how it says goodbye changes nothing


def words(answer: aiosmtplib.SMTPResponseException) -> str:
    """What a server said, on one line."""
    return one_line(f"{answer.code} {answer.message}")


def one_line(said: str) -> str:
    return re.sub(r"[^ -~\u00a0-\U0010ffff]+", " ", said.encode("utf-8", "replace").decode()).strip()[:500]
