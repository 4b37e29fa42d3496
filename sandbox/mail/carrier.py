"""Brings mail written in the sandbox to Kanal's SMTP door as a mail host would.

With an envelope, opportunistic TLS, and another try a little later whenever the door is shut or answers 4xx.
What the answer was for each recipient stands in the copy that the author keeps.
"""

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from aiosmtplib import SMTP, SMTPException, SMTPRecipientRefused, SMTPResponseException
from msgspec import Struct

from sandbox.mail.hosted import Hosted
from sandbox.mail.models import Copy, Envelope, Outcome
from sandbox.mail.store import Store, key

PAUSES = (1, 2, 4, 8, 15, 30)
MAX_TRIES = 120


class Answer(Struct, frozen=True):
    """The code is 0 where no server said anything; `unknown_here`: the address was refused, not the mail."""

    code: int
    words: str
    unknown_here: bool = False

    def __str__(self) -> str:
        return f"{self.code} {self.words}" if self.code else self.words


class Carrier:
    """`take_in` files a mail for someone who lives in the sandbox, and says what a server would."""

    def __init__(
        self,
        store: Store,
        deliver_to: tuple[str, int],
        kanal_domains: set[str],
        hosted: Hosted,
        take_in: Callable[[str, Envelope, bytes], Answer],
    ) -> None:
        self._store = store
        self._deliver_to = deliver_to
        self._kanal_domains = kanal_domains
        self._hosted = hosted
        self._take_in = take_in
        # Addresses that Kanal's door has taken mail for: channels at domains which nobody named to us.
        self._taken: set[str] = {
            _plain(outcome.address) for copy in store.all() for outcome in copy.outcomes if outcome.state == "delivered"
        }
        self._under_way: set[str] = set()
        self._later: dict[str, asyncio.Task[None]] = {}

    def may_be_kanals(self, address: str) -> bool:
        if self._hosted.owner(address):
            return False
        return self._in_kanals_domain(address) or _plain(address) in self._taken

    async def carry(self, copy: Copy) -> None:
        """Tries once for everyone who waits; what still waits then is tried again by itself."""
        if copy.id in self._under_way:
            return
        self._under_way.add(copy.id)
        try:
            waiting = [outcome for outcome in copy.outcomes if outcome.state == "waiting"]
            if waiting:
                await self._try(copy, waiting)
        finally:
            self._under_way.discard(copy.id)
        self._store.save(copy)
        if any(outcome.state == "waiting" for outcome in copy.outcomes):
            self._plan(copy)

    def resume(self) -> None:
        """After a restart: takes up what was still waiting."""
        for copy in self._store.all():
            if any(outcome.state == "waiting" for outcome in copy.outcomes):
                self._plan(copy, pause=0)

    def in_background(self, copy: Copy) -> None:
        self._plan(copy, pause=0)

    async def stop(self) -> None:
        tasks = list(self._later.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _try(self, copy: Copy, waiting: list[Outcome]) -> None:
        raw = self._store.raw(copy.id)
        abroad = [outcome.address for outcome in waiting if not self._hosted.owner(outcome.address)]
        answers: dict[str, Answer] = {}
        if abroad:
            answers = await self._hand_over(copy.envelope.mail_from, abroad, _received(copy) + raw)
        for outcome in waiting:
            outcome.tries += 1
            if outcome.address in answers:
                self._settle(outcome, answers[outcome.address], copy, raw)
            else:
                self._file(outcome, copy, raw)

    def _settle(self, outcome: Outcome, answer: Answer, copy: Copy, raw: bytes) -> None:
        outcome.answer, outcome.next_try = str(answer), None
        if answer.code // 100 == 2:
            outcome.state = "delivered"
            self._taken.add(_plain(outcome.address))
        elif answer.unknown_here and answer.code // 100 == 5 and self._lives_here(outcome.address, copy):
            self._file(outcome, copy, raw)
        elif answer.code // 100 == 5 or outcome.tries >= MAX_TRIES:
            outcome.state = "failed"
        else:
            pause = PAUSES[min(outcome.tries, len(PAUSES)) - 1]
            outcome.next_try = datetime.now(UTC) + timedelta(seconds=pause)

    def _file(self, outcome: Outcome, copy: Copy, raw: bytes) -> None:
        answer = self._take_in(outcome.address, copy.envelope, raw)
        outcome.state = "failed" if answer.code // 100 == 5 else "local"
        outcome.answer, outcome.next_try = str(answer), None

    def _lives_here(self, address: str, copy: Copy) -> bool:
        """An address that Kanal does not know: is it somebody's mailbox, or a mistake?

        The people who work with Kanal have addresses at its domains too, and Kanal writes to them (a new password,
        a notice); so what Kanal writes to is no mistake, nor is a mailbox that got mail before.
        """
        if _plain(address) in self._taken:
            return False
        return copy.by_kanal or not self._in_kanals_domain(address) or self._store.has_received(address)

    def _in_kanals_domain(self, address: str) -> bool:
        return key(address).rpartition("@")[2] in self._kanal_domains

    async def _hand_over(self, mail_from: str, recipients: list[str], raw: bytes) -> dict[str, Answer]:
        host, port = self._deliver_to
        # A mail host takes any certificate: encrypted to somebody is better than not encrypted.
        client = SMTP(hostname=host, port=port, local_hostname="mail.sandbox.example", timeout=60, validate_certs=False)
        try:
            async with client:
                return await _converse(client, mail_from, recipients, raw)
        except SMTPResponseException as error:
            return dict.fromkeys(recipients, Answer(error.code, error.message))
        except (SMTPException, OSError) as error:
            words = str(error) or type(error).__name__
            return dict.fromkeys(recipients, Answer(0, f"{host}:{port} gave no answer: {words}"))

    def _plan(self, copy: Copy, pause: float | None = None) -> None:
        if pause is None:
            tries = min(outcome.tries for outcome in copy.outcomes if outcome.state == "waiting")
            pause = PAUSES[min(max(tries, 1), len(PAUSES)) - 1]
        task = asyncio.create_task(self._carry_later(copy, pause))
        self._later[copy.id] = task
        task.add_done_callback(lambda done: self._forget(copy.id, done))

    async def _carry_later(self, copy: Copy, pause: float) -> None:
        await asyncio.sleep(pause)
        if self._store.get(copy.id):
            await self.carry(copy)

    def _forget(self, id: str, task: asyncio.Task[None]) -> None:
        if self._later.get(id) is task:
            del self._later[id]


async def _converse(client: SMTP, mail_from: str, recipients: list[str], raw: bytes) -> dict[str, Answer]:
    """MAIL, a RCPT for each, DATA if any was taken. A refusal of the whole mail is raised by aiosmtplib."""
    await client.ehlo()
    international = not "".join([mail_from, *recipients]).isascii()
    if international and not client.supports_extension("smtputf8"):
        return dict.fromkeys(recipients, Answer(553, "5.6.7 The server cannot take such an address"))
    encoding = "utf-8" if international else "ascii"
    await client.mail(mail_from, options=_options(client, international, raw), encoding=encoding)
    answers: dict[str, Answer] = {}
    for address in recipients:
        try:
            await client.rcpt(address, encoding=encoding)
        except SMTPRecipientRefused as error:
            answers[address] = Answer(error.code, error.message, unknown_here=True)
    taken = [address for address in recipients if address not in answers]
    return answers | (await _data(client, taken, raw) if taken else {})


async def _data(client: SMTP, taken: list[str], raw: bytes) -> dict[str, Answer]:
    try:
        code, words = await client.data(raw)
    except SMTPResponseException as error:
        code, words = error.code, error.message
    return dict.fromkeys(taken, Answer(code, words))


def _options(client: SMTP, international: bool, raw: bytes) -> list[str]:
    options = [f"SIZE={len(raw)}"] if client.supports_extension("size") else []
    if not raw.isascii() and client.supports_extension("8bitmime"):
        options.append("BODY=8BITMIME")
    return [*options, "SMTPUTF8"] if international else options


def _received(copy: Copy) -> bytes:
    """The trace of the customer's mail host; the same at every try, since it took the mail but once."""
    host = copy.mailbox.rpartition("@")[2]
    return (
        f"Received: from [192.0.2.10] by mail.{host} with ESMTPSA id {copy.id[-12:]};\r\n"
        f"\t{format_datetime(copy.received_at)}\r\n"
    ).encode()


def _plain(address: str) -> str:
    """support+token@… is answered for by whoever answers for support@…"""
    return re.sub(r"\+[^@]*@", "@", key(address))
