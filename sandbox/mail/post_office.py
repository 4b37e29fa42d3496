"""Takes in what Kanal sends, sends what customers write, and lets each mailbox behave as it was told.

`arriving` (SMTP), `api`, the pages and `forms` (HTTP) all act through it.
"""

from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from sandbox.errors import InvalidInput, NotFound
from sandbox.mail import automatic
from sandbox.mail.carrier import Answer, Carrier
from sandbox.mail.compose import Draft, compose
from sandbox.mail.hosted import Hosted, stamped
from sandbox.mail.models import Behaviour, Copy, Envelope, Outcome, Servers
from sandbox.mail.reading import address_of, read
from sandbox.mail.store import Store


class PostOffice:
    def __init__(
        self,
        deliver_to: tuple[str, int],
        folder: Path | None,
        suggest_to: list[str],
        kanal_domains: list[str],
        hosted: Hosted,
    ) -> None:
        self.suggest_to = suggest_to
        self.hosted = hosted
        self.servers: Servers | None = None
        self.store = Store(folder)
        domains = {address.rpartition("@")[2].lower() for address in suggest_to}
        domains |= {domain.lower() for domain in kanal_domains}
        self.carrier = Carrier(self.store, deliver_to, domains, hosted, self.take_in)

    async def write(self, draft: Draft) -> Copy:
        envelope, raw = compose(draft)
        return await self.send(envelope, raw)

    async def send(self, envelope: Envelope, raw: bytes, mailbox: str = "") -> Copy:
        """Any bytes, well formed or not. Returns after the first try, with every recipient's outcome."""
        mailbox = mailbox or envelope.mail_from or address_of(read(raw).from_)
        copy = self._posted(envelope, raw, mailbox)
        await self.carrier.carry(copy)
        return copy

    async def send_again(self, copy: Copy) -> Copy:
        """The very same mail once more, as a copy of its own: a double, on purpose."""
        return await self.send(copy.envelope, self.store.raw(copy.id), copy.mailbox)

    async def try_again(self, copy: Copy) -> None:
        for outcome in copy.outcomes:
            if outcome.state == "failed":
                outcome.state = "waiting"
        await self.carrier.carry(copy)

    def take_in(self, address: str, envelope: Envelope, raw: bytes) -> Answer:
        """A mail has reached its mailbox, which now behaves as it was told."""
        behaviour = self.store.behaviour(address)
        if behaviour.kind == "refuse":
            return Answer(550, self.refuse(address))
        if behaviour.kind == "bounce":
            self.store.spend_behaviour(address)
            self.store.note(address, "Took a mail and reported it as undeliverable.")
            self.send_bounce(address, envelope, raw)
            return Answer(250, "2.0.0 Taken")
        copy = self._filed(address, envelope, raw)
        if behaviour.kind == "out_of_office":
            self._answer_once(copy, behaviour)
        return Answer(250, f"2.0.0 Filed as {copy.id}")

    def pass_on(self, envelope: Envelope, raw: bytes, recipients: list[str]) -> None:
        """A mail from Kanal to what may be an address of Kanal's own: its mail host brings it to Kanal's door."""
        author = address_of(read(raw).from_) or envelope.mail_from
        envelope = replace(envelope, rcpt_to=recipients)
        self.carrier.in_background(self._posted(envelope, raw, author, by_kanal=True))

    def refuse(self, address: str) -> str:
        self.store.spend_behaviour(address)
        self.store.note(address, "Refused a mail: 550 no such mailbox.")
        return f"5.1.1 <{address}>: no such mailbox here"

    def bounce(self, copy: Copy) -> Copy:
        """Reports this one mail as undeliverable, whatever the mailbox does with others."""
        report = self.send_bounce(copy.mailbox, copy.envelope, self.store.raw(copy.id))
        if not report:
            raise InvalidInput("id", "The mail came with the null return path: nobody may be told.")
        return report

    def answer_out_of_office(self, copy: Copy) -> Copy:
        answer = self.send_out_of_office(copy, self.store.behaviour(copy.mailbox))
        if not answer:
            raise InvalidInput("id", "No machine may answer this mail.")
        return answer

    def send_bounce(self, mailbox: str, envelope: Envelope, raw: bytes) -> Copy | None:
        """To the envelope sender, unless that is the null return path, which nothing may answer."""
        if not envelope.mail_from:
            return None
        report = self._posted(*automatic.bounce(mailbox, envelope, raw), mailbox)
        self.carrier.in_background(report)
        return report

    def send_out_of_office(self, copy: Copy, behaviour: Behaviour) -> Copy | None:
        answer = automatic.out_of_office(copy.mailbox, copy.envelope, self.store.letter(copy.id), behaviour)
        if not answer:
            self.store.note(copy.mailbox, "Sent no out-of-office answer: no machine may answer that mail.")
            return None
        sent = self._posted(*answer, copy.mailbox)
        self.carrier.in_background(sent)
        return sent

    def find(self, id: str) -> Copy:
        copy = self.store.get(id)
        if not copy:
            raise NotFound("There is no such mail.")
        return copy

    def _answer_once(self, copy: Copy, behaviour: Behaviour) -> None:
        letter = self.store.letter(copy.id)
        sender = address_of(letter.from_) or copy.envelope.mail_from
        if automatic.may_answer(copy.mailbox, copy.envelope, letter):
            if not self.store.first_answer_to(copy.mailbox, sender):
                self.store.note(copy.mailbox, "Sent no out-of-office answer: this sender has had one.")
                return
            self.store.spend_behaviour(copy.mailbox)
        self.send_out_of_office(copy, behaviour)

    def _filed(self, address: str, envelope: Envelope, raw: bytes) -> Copy:
        owner = self.hosted.owner(address)
        if not owner:
            return self.store.add(address, "inbox", envelope, raw)
        now = datetime.now(UTC)
        return self.store.add(owner, "inbox", envelope, stamped(envelope, address, raw, now), received_at=now)

    def _posted(self, envelope: Envelope, raw: bytes, mailbox: str, by_kanal: bool = False) -> Copy:
        outcomes = [Outcome(address) for address in envelope.rcpt_to]
        return self.store.add(mailbox, "sent", envelope, raw, outcomes, by_kanal)
