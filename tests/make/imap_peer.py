"""An IMAP server that says what a test tells it to say, for what no honest server does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from kanal.kinds.email.settings import Imap

Answers = Callable[[str], str]
GREETING = "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2 IDLE] ready\r\n"


class Peer:
    """`heard` is every line that came. `answers` is asked for each; `{tag}` in what it says is the tag of the line."""

    def __init__(self, answers: Answers, greeting: str, host: str) -> None:
        self.heard: list[str] = []
        self.host = host
        self.port = 0
        self._answers = answers
        self._greeting = greeting

    def imap(self, **more: str) -> Imap:
        filled = {"host": self.host, "port": self.port, "security": "none", "user": "a@b.example", "password": "p"}
        return Imap(**filled | more)  # type: ignore[arg-type]  # one type for all

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(self._greeting.encode())
        try:
            while line := (await reader.readline()).decode("utf-8", "replace"):
                self.heard.append(line.rstrip("\r\n"))
                writer.write(self._answers(line).replace("{tag}", line.split()[0] if line.strip() else "").encode())
                await writer.drain()
        except ConnectionError:
            return
        finally:
            writer.close()


@asynccontextmanager
async def peer(answers: Answers, *, greeting: str = GREETING, host: str = "127.0.0.1") -> AsyncIterator[Peer]:
    made = Peer(answers, greeting, host)
    server = await asyncio.start_server(made.serve, host, 0)
    made.port = server.sockets[0].getsockname()[1]
    async with server:
        yield made


def unwilling(line: str) -> str:
    """To whom nobody's password is right."""
    if "CAPABILITY" in line or "LOGOUT" in line:
        return willing(line)
    return "{tag} NO [AUTHENTICATIONFAILED] Invalid credentials\r\n"


def willing(line: str) -> str:
    """Yes to everything."""
    if "CAPABILITY" in line:
        return "* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2 IDLE\r\n{tag} OK done\r\n"
    return "{tag} OK done\r\n"
