"""The outside world of the benchmarks: customers who write, and a mail server that takes what Kanal sends and forgets
nothing, not even a second copy."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections import Counter
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from typing import Self

from aiosmtpd.smtp import SMTP, Envelope, Session

TEXT = (
    "lampan fungerar inte längre efter två veckor och jag vill gärna veta hur jag kan byta den the order arrived "
    "yesterday but the box was damaged and one of the shades is missing could you please send a new one tack på förhand"
)


class Catcher:
    """Takes every mail. It thinks for a moment before it says so, as real ones do: there a sender may be killed."""

    def __init__(self, thinks: float = 0.0) -> None:
        self.thinks = thinks
        self.arrivals: dict[str, list[float]] = {}
        """When (monotonic) each Message-ID came, as often as it came."""
        self.port = 0
        self._more = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="mail catcher", daemon=True)
        self._listening = threading.Event()
        self._done: asyncio.Event

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def counts(self) -> Counter[str]:
        return Counter({message_id: len(times) for message_id, times in self.arrivals.items()})

    def wait_for(self, count: int, seconds: float) -> bool:
        """Whether so many different mails came in time."""
        with self._more:
            return self._more.wait_for(lambda: len(self.arrivals) >= count, seconds)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        arrived = time.monotonic()
        message_id = str(BytesHeaderParser().parsebytes(envelope.content)["Message-ID"]).strip("<> ")
        await asyncio.sleep(self.thinks / 2)
        with self._more:
            self.arrivals.setdefault(message_id, []).append(arrived)
            self._more.notify_all()
        await asyncio.sleep(self.thinks / 2)
        return "250 taken"

    def __enter__(self) -> Self:
        self._thread.start()
        self._listening.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._done.set)
        self._thread.join()
        self._loop.close()

    def _run(self) -> None:
        self._loop.run_until_complete(self._listen())

    async def _listen(self) -> None:
        self._done = asyncio.Event()
        server = await self._loop.create_server(lambda: SMTP(self, enable_SMTPUTF8=True), "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._listening.set()
        await self._done.wait()
        server.close()
        connections = asyncio.all_tasks() - {asyncio.current_task()}
        for connection in connections:
            connection.cancel()
        await asyncio.gather(*connections, return_exceptions=True)


def mail(number: int, to: str, *, size: int = 600, answers: int | None = None, rich: bool = False) -> bytes:
    """What one customer writes; the same bytes for the same arguments. About `size` bytes: beyond a few KB the rest is
    an attached picture. `rich` adds the same words as HTML, with history below them, as mail programs do."""
    letter = EmailMessage()
    letter["From"] = f"Kund {number} <kund-{number}@firma-{number % 400}.example>"
    letter["To"] = to
    letter["Subject"] = subject(number)
    letter["Date"] = f"Mon, 12 Oct 2026 08:{number // 60 % 60:02}:{number % 60:02} +0200"
    letter["Message-ID"] = f"<{mail_id(number)}>"
    if answers is not None:
        letter["In-Reply-To"] = letter["References"] = f"<{mail_id(answers)}>"
    chance = random.Random(number)  # noqa: S311 - words for a letter
    words = chance.choices(TEXT.split(), k=min(size, 4_000) // (14 if rich else 7))
    letter.set_content("Hej!\n\n" + _lines(words) + f"\n\n-- \nKund {number}\n")
    if rich:
        letter.add_alternative(_as_html(words, number), subtype="html")
    if size > 4_000:
        picture = chance.randbytes((size - 4_000) * 3 // 4)
        letter.add_attachment(picture, maintype="image", subtype="jpeg", filename=f"bild-{number}.jpg")
    return letter.as_bytes()


def subject(number: int) -> str:
    return f"Mail {number:06}"


def mail_id(number: int) -> str:
    return f"mail-{number:06}@firma-{number % 400}.example"


def _lines(words: list[str]) -> str:
    return "\n".join(" ".join(words[start : start + 11]) for start in range(0, len(words), 11))


def _as_html(words: list[str], number: int) -> str:
    paragraphs = "".join(
        f'<p style="margin:0;font-family:Calibri">{" ".join(words[start : start + 30])}</p>'
        for start in range(0, len(words), 30)
    )
    return (
        f"<html><head><style>p {{color:#222}}</style></head><body>{paragraphs}<p>-- <br>Kund {number}</p>"
        f"<div><blockquote>On Monday we wrote:<br>{paragraphs}</blockquote></div></body></html>"
    )
