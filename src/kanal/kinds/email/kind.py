"""The kind `email` as the desk knows it: what it can do, its settings, its door and its way out."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from kanal.channelkit.contract import (
    Capabilities,
    Channel,
    Claim,
    Discovered,
    FormField,
    HandedOver,
    Limits,
    Method,
    Runner,
    Tried,
)
from kanal.channelkit.desk import Desk
from kanal.channelkit.errors import ActionRequired, InvalidSettings, Unknown, UntrustedCertificate
from kanal.channelkit.messages import Inbound, Outbound, Raw, Sent
from kanal.channelkit.requests import HttpDoor
from kanal.kinds.email import discovery, doors, parse, proving, send, submission
from kanal.kinds.email import settings as email_settings
from kanal.kinds.email.imap import sent, trying
from kanal.kinds.email.no_server import NoServer
from kanal.kinds.email.presets import Preset
from kanal.kinds.email.runner import MailboxRunner
from kanal.kinds.email.settings import SPACE, EmailSettings
from kanal.kit.mail import domain_of, normalise

NOT_SET_UP = "outgoing mail is not set up"
ENCRYPTION = ("tls", "starttls", "none")
ADDRESS = FormField(name="address", label="Email address", type="email", required=True)
READING = (
    FormField(name="imap.host", label="Incoming server", required=True, placeholder="imap.example.com"),
    FormField(name="imap.port", label="Port", type="number", placeholder="993"),
    FormField(name="imap.security", label="Encryption", type="select", options=ENCRYPTION),
    FormField(name="imap.user", label="User name", help="The address, unless the provider gave you another one."),
    FormField(name="imap.auth", label="Sign-in", type="select", options=("password", "xoauth2")),
    FormField(name="imap.password", label="Password", type="password"),
    FormField(name="imap.token", label="Access token", type="password"),
    FormField(name="imap.folders", label="Folders", help="Whose mail becomes tickets.", placeholder="INBOX"),
    FormField(name="imap.sent_folder", label="Sent folder", help="Empty: the one that the server names."),
    FormField(name="imap.save_sent", label="Put a copy of what is sent into the Sent folder", type="switch"),
    FormField(name="imap.history_from", label="Import mail since", placeholder="2026-01-31"),
    FormField(name="imap.certificate", label="Accepted certificate", help="SHA-256 of a self-signed one."),
    FormField(name="imap.authserv", label="Authentication results of", help="Whose word about a sender is believed."),
)
SENDING = (
    FormField(name="smtp.host", label="Outgoing server", placeholder="smtp.example.com"),
    FormField(name="smtp.port", label="Port", type="number", placeholder="465"),
    FormField(name="smtp.security", label="Encryption", type="select", options=ENCRYPTION),
    FormField(name="smtp.user", label="User name"),
    FormField(name="smtp.password", label="Password", type="password"),
    FormField(name="smtp.certificate", label="Accepted certificate", help="SHA-256 of a self-signed one."),
)
WRITING = (
    FormField(name="from_name.mode", label="From name", type="select", options=("agent_company", "company")),
    FormField(name="from_name.company", label="Company name"),
    FormField(name="signature_html", label="Signature", type="html"),
    FormField(name="quoting", label="Answers carry what they answer", type="switch"),
    FormField(name="plus", label="The mailbox takes mail to name+anything too", type="switch"),
)


class EmailKind:
    """See channelkit.contract.Kind."""

    name = "email"
    title = "Team email"
    description = "A mailbox that several people answer, such as support@ or info@."
    capabilities = Capabilities(
        starts=True,
        threading="references",
        reaches=frozenset({SPACE}),
        subject=True,
        rich_text=frozenset({"bold", "italic", "underline", "list", "link", "quote", "code", "image"}),
        several_recipients=True,
        inline_images=True,
        receipts=frozenset({"delivered", "failed", "bounced"}),
        forwards=True,
        acknowledges=True,
        fetched=True,
        filtered=True,
        looks_up=True,
        limits=Limits(),
    )
    methods: tuple[Method, ...] = (
        Method(
            key="imap",
            name="IMAP + SMTP",
            description="We read the mailbox where it is, and answers leave by its own server.",
            form=(ADDRESS, *READING, *SENDING, *WRITING),
            signs_in=True,
        ),
        Method(
            key="forwarding",
            name="Other mail account",
            description="Your mail host forwards a copy of each mail to an address of ours; answers leave by SMTP.",
            form=(ADDRESS, *SENDING, *WRITING),
        ),
    )
    settings_type: type[msgspec.Struct] = EmailSettings
    secret_fields: tuple[str, ...] = ("imap.password", "imap.token", "smtp.password")

    def __init__(
        self,
        *,
        mail_domain: str,
        listen: tuple[str, int],
        default_out: str | None = None,
        tls: tuple[Path, Path] | None = None,
        max_bytes: int = 50_000_000,
        hosts: Sequence[Preset] = (),
    ) -> None:
        """`hosts`: mail hosts that are known here besides those of presets.py."""
        self._mail_domain = mail_domain
        self._listen = listen
        self._default_out = submission.of_installation(default_out) if default_out else None
        self._tls = tls
        self.copies = sent.Copies()
        self._hosts = hosts
        self._limits = doors.Limits(mail=max_bytes, together=max(4 * max_bytes, 200_000_000))

    def check(self, settings: Mapping[str, Any], mail_domain: str) -> dict[str, Any]:
        return email_settings.check(settings, mail_domain)

    def claims(self, settings: Mapping[str, Any]) -> Sequence[Claim]:
        """The forwarding address is ours to give; the mailbox is believed once a mail that we sent to it has come."""
        read = email_settings.read(settings)
        return [
            Claim(space=SPACE, key=normalise(read.address), proved=False),
            Claim(space=SPACE, key=normalise(read.forwarding_address), proved=True),
        ]

    def preview(self, settings: Mapping[str, Any], author: str) -> dict[str, str]:
        return email_settings.preview(settings, author)

    def parse(self, raw: Raw) -> list[Inbound]:
        return parse.parse(raw)

    def unreadable(self, raw: Raw, why: str) -> Inbound:
        return parse.unreadable(raw, why)

    def name_message(self, channel: Channel) -> str:
        return f"{secrets.token_hex(20)}@{domain_of(email_settings.read(channel.settings).address)}"

    async def send(self, out: Outbound, channel: Channel, handed_over: HandedOver) -> Sent:
        settings = email_settings.read(channel.settings)
        server = self._way_out(settings.smtp)
        if server is None:
            raise ActionRequired(NOT_SET_UP)
        return await send.send(out, channel, settings, server, handed_over, partial(self._keep, settings, out))

    async def look_up(self, out: Outbound, channel: Channel) -> Sent | None:
        """SMTP cannot tell; a copy in the mailbox does, while none says nothing: it may not have been put there yet."""
        imap = email_settings.read(channel.settings).imap
        if imap is None or not await sent.is_there(imap, out.external_id):
            raise Unknown("nothing tells whether the outgoing mail server took it")
        return Sent(external_id=out.external_id, said="found among the sent mail of the mailbox")

    async def fetch(self, reference: str, channel: Channel) -> bytes:
        raise NotImplementedError("a mail carries its attachments; see capabilities.fetches")

    def obstacle(self, settings: Mapping[str, Any]) -> str:
        return "" if settings.get("smtp") or self._default_out else NOT_SET_UP

    async def try_out(self, settings: Mapping[str, Any]) -> Tried:
        """The mailbox first: a wrong user name or password is more often seen there, and named for both. One that
        nothing can leave by yet may be read."""
        wanted = email_settings.servers(settings)
        server = self._way_out(wanted.smtp)
        if server is None and wanted.imap is None:
            raise InvalidSettings("smtp.host", f"{NOT_SET_UP.capitalize()}.")
        tried = Tried(said={})
        try:
            if wanted.imap is not None:
                tried.said["imap"], tried.folders = await trying.try_out(wanted.imap)
            if server is not None:
                tried.said["smtp"] = await send.try_out(wanted.address, server, self._mail_domain)
        except NoServer as failed:
            if failed.certificate is not None:
                raise UntrustedCertificate(failed.field, failed.why, failed.certificate) from failed
            raise InvalidSettings(failed.field, failed.why) from failed
        return tried

    async def discover(self, address: str) -> Discovered:
        return await discovery.discover(address, known=self._hosts)

    async def prove(self, channel: Channel, token: str) -> None:
        settings = email_settings.read(channel.settings)
        server = self._default_out or self._way_out(settings.smtp)
        if server is None:
            raise ActionRequired(NOT_SET_UP)
        await proving.send(channel, settings, server, token, own=self._default_out is None)

    def doors(self, desk: Desk) -> Sequence[HttpDoor]:
        return ()

    def runners(self, desk: Desk) -> Sequence[Runner]:
        host, port = self._listen
        return (
            doors.SmtpDoor(desk, host, port, tls=self._tls, limits=self._limits),
            MailboxRunner(desk, self.copies, largest=self._limits.mail),
        )

    def _keep(self, settings: EmailSettings, out: Outbound, mail: bytes) -> None:
        """What a person wrote belongs among the sent mail of the mailbox."""
        imap = settings.imap
        if imap is not None and imap.save_sent and not out.automatic and not out.receipt_for:
            self.copies.keep(imap, mail)

    def _way_out(self, own: email_settings.Smtp | None) -> submission.Server | None:
        return submission.of_channel(own) if own is not None else self._default_out
