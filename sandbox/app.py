"""The sandbox as one thing to start and stop: mailboxes behind an SMTP and an IMAP server, the pages to read them on, a
shop, providers of captchas and a mail filter."""

from collections.abc import Mapping
from pathlib import Path

from sandbox.captcha.verifying import Captchas, captcha
from sandbox.imap.server import ImapServer
from sandbox.mail.api import api
from sandbox.mail.arriving import ArrivingMail
from sandbox.mail.compose import Draft
from sandbox.mail.forms import forms
from sandbox.mail.frames import frames
from sandbox.mail.hosted import Hosted
from sandbox.mail.mail_pages import mail_pages
from sandbox.mail.mailbox_pages import mailbox_pages
from sandbox.mail.models import Copy, Envelope, Servers
from sandbox.mail.post_office import PostOffice
from sandbox.rspamd import Rspamd, rspamd
from sandbox.shop.models import Shop
from sandbox.shop.pages import shop_pages
from sandbox.web.server import HttpServer, application


class Sandbox:
    """The outside world.

    `http`, `smtp`, `imap`: where to listen (port 0: any). `deliver_to`: Kanal's SMTP door. `data_dir`: where mails are
    kept over a restart, or None. `suggest_to`: addresses to offer as recipients, whose domains are Kanal's (what Kanal
    sends there is offered to Kanal's door, and filed here when that knows no such address: an agent's, say);
    `kanal_domains`: further domains whose mail belongs to Kanal, such as that of its return paths. Mail to any other
    domain is offered to Kanal as well, and stays here if Kanal does not know the address. `hosted`: mailboxes that are
    kept here, with their passwords; they can be read by IMAP and written from by SMTP.
    """

    def __init__(
        self,
        http: str = "127.0.0.1:8010",
        smtp: str = "127.0.0.1:8026",
        imap: str = "127.0.0.1:8143",
        deliver_to: str = "127.0.0.1:8025",
        data_dir: Path | None = None,
        suggest_to: list[str] | None = None,
        kanal_domains: list[str] | None = None,
        hosted: Mapping[str, str] | None = None,
    ) -> None:
        self._http, self._smtp, self._imap = _address(http), _address(smtp), _address(imap)
        keeps = Hosted(hosted or {})
        self._post_office = PostOffice(_address(deliver_to), data_dir, suggest_to or [], kanal_domains or [], keeps)
        self._arriving = ArrivingMail(self._post_office)
        self._readable = ImapServer(self._post_office.store, keeps)
        self.captchas = Captchas()
        self.rspamd = Rspamd()
        self._shop = Shop()
        played = {"captchas": self.captchas, "shop": self._shop, "rspamd": self.rspamd}
        shared = {"post_office": self._post_office, **played}
        app = application([mailbox_pages, mail_pages, forms, frames, api, captcha, rspamd, shop_pages], shared)
        self._server = HttpServer(app)

    async def start(self) -> None:
        await self._arriving.start(*self._smtp)
        try:
            await self._readable.start(*self._imap)
            self._post_office.servers = Servers(self._imap[0], self.imap_port, self._smtp[0], self.smtp_port)
            await self._server.start(*self._http)
        except OSError:
            await self._readable.stop()
            await self._arriving.stop()
            raise
        self._post_office.carrier.resume()

    async def stop(self) -> None:
        await self._server.stop()
        await self._readable.stop()
        await self._arriving.stop()
        await self._post_office.carrier.stop()

    @property
    def http_port(self) -> int:
        return self._server.port

    @property
    def smtp_port(self) -> int:
        return self._arriving.port

    @property
    def imap_port(self) -> int:
        return self._readable.port

    @property
    def url(self) -> str:
        return f"http://{self._http[0]}:{self.http_port}"

    @property
    def smtp_url(self) -> str:
        """For `KANAL_SMTP_OUT`."""
        return f"smtp://{self._smtp[0]}:{self.smtp_port}"

    @property
    def suggest_to(self) -> list[str]:
        return self._post_office.suggest_to

    def embed(self, form: str) -> None:
        """Has the shop show Kanal's form at this address, such as http://127.0.0.1:8000/f/abc."""
        self._shop.form = form

    async def write(self, draft: Draft) -> Copy:
        """Sends what a person wrote; the outcomes of the first try are in the copy."""
        return await self._post_office.write(draft)

    async def send(self, envelope: Envelope, raw: bytes) -> Copy:
        """Sends bytes as they are, well formed or not."""
        return await self._post_office.send(envelope, raw)


def _address(written: str) -> tuple[str, int]:
    host, _, port = written.rpartition(":")
    return host.strip("[]"), int(port)
