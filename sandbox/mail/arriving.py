"""The SMTP server of every mail host out there: what Kanal sends goes from here to `post_office`."""

import asyncio
import logging
import warnings
import weakref

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword, Session
from aiosmtpd.smtp import Envelope as ArrivingEnvelope

from sandbox.mail.models import Envelope
from sandbox.mail.post_office import PostOffice

MAX_BYTES = 50 * 1024 * 1024


class ArrivingMail:
    """Listens until `stop`; `port` is the one that was really taken."""

    def __init__(self, post_office: PostOffice) -> None:
        self._post_office = post_office
        self._connections: weakref.WeakSet[Connection] = weakref.WeakSet()
        self._server: asyncio.Server | None = None
        self.port = 0

    async def start(self, host: str, port: int) -> None:
        # aiosmtpd logs every command, and with it addresses, which belong in no log.
        logging.getLogger("mail.log").setLevel(logging.WARNING)
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._connection, host, port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server:
            self._server.close()
        # Kanal may keep a connection open for its next mail; nobody waits for that.
        for connection in list(self._connections):
            if connection.transport:
                connection.transport.close()

    def _connection(self) -> "Connection":
        with warnings.catch_warnings():
            # It would rather have TLS before a password; this network ends at the machine.
            warnings.simplefilter("ignore")
            return self._made()

    def _made(self) -> "Connection":
        connection = Connection(
            Hooks(self._post_office),
            data_size_limit=MAX_BYTES,
            enable_SMTPUTF8=True,
            hostname="mx.sandbox.example",
            ident="Kanal sandbox, the outside world",
            loop=asyncio.get_running_loop(),
            authenticator=self._signed_in,
            auth_require_tls=False,
        )
        self._connections.add(connection)
        return connection

    def _signed_in(
        self, server: SMTP, session: Session, envelope: ArrivingEnvelope, mechanism: str, given: object
    ) -> AuthResult:
        """Nobody has to sign in; who does has to know the password of a mailbox that is kept here."""
        right = isinstance(given, LoginPassword) and self._post_office.hosted.opens(
            given.login.decode("utf-8", "replace"), given.password.decode("utf-8", "replace")
        )
        return AuthResult(success=right, handled=False)


class Connection(SMTP):
    # Lines longer than the standard allows are mail too: a fault of Kanal's is to show in the mailbox.
    line_length_limit = 2**20


class Hooks:
    """Called by aiosmtpd by name; each answers with the line that goes to the client."""

    def __init__(self, post_office: PostOffice) -> None:
        self._post_office = post_office

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: ArrivingEnvelope, address: str, options: list[str]
    ) -> str:
        local, _, domain = address.rpartition("@")
        if not local or not domain:
            return "553 5.1.3 An address has a mailbox name and a domain"
        if self._post_office.store.behaviour(address).kind == "refuse":
            return f"550 {self._post_office.refuse(address)}"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: ArrivingEnvelope) -> str:
        store = self._post_office.store
        arrived = _envelope(envelope)
        raw = envelope.original_content or b""
        behaviours = {address: store.behaviour(address) for address in arrived.rcpt_to}
        if busy := [address for address, each in behaviours.items() if each.kind == "temporary"]:
            return self._not_now(busy)
        await asyncio.sleep(max(each.seconds if each.kind == "slow" else 0 for each in behaviours.values()))
        dropping = [address for address, each in behaviours.items() if each.kind == "drop"]
        lost = [address for address in dropping if not behaviours[address].keep]
        answer = self._file(arrived, raw, lost)
        if dropping:
            await self._hang_up(server, dropping)
        return answer

    def _not_now(self, busy: list[str]) -> str:
        for address in busy:
            self._post_office.store.spend_behaviour(address)
            self._post_office.store.note(address, "Put a mail off: 451 try again later.")
        return f"451 4.3.2 <{busy[0]}>: not now, try again later"

    def _file(self, envelope: Envelope, raw: bytes, lost: list[str]) -> str:
        office = self._post_office
        to_kanal = [address for address in envelope.rcpt_to if office.carrier.may_be_kanals(address)]
        answer = "250 2.0.0 Taken"
        for address in envelope.rcpt_to:
            if address not in to_kanal and address not in lost:
                answer = str(office.take_in(address, envelope, raw))
        if to_kanal:
            office.pass_on(envelope, raw, to_kanal)
        return answer

    async def _hang_up(self, server: SMTP, dropping: list[str]) -> None:
        for address in dropping:
            self._post_office.store.spend_behaviour(address)
            self._post_office.store.note(address, "Cut the connection after the final dot.")
        if server.transport:
            server.transport.close()
        # The loss of the connection ends this task; until then nothing may be answered.
        await asyncio.sleep(60)


def _envelope(arrived: ArrivingEnvelope) -> Envelope:
    # aiosmtpd hands the null return path over as it was written.
    sender = "" if arrived.mail_from in (None, "<>") else str(arrived.mail_from)
    return Envelope(sender, [str(address) for address in arrived.rcpt_tos])
