"""The kind `email` as the desk knows it: what it can do, its settings, its door and its way out."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from kanal.channelkit.contract import (
    Capabilities,
    Channel,
    Claim,
    FormField,
    HandedOver,
    Limits,
    Method,
    Runner,
)
from kanal.channelkit.desk import Desk
from kanal.channelkit.errors import ActionRequired, InvalidSettings
from kanal.channelkit.messages import Inbound, Outbound, Raw, Sent
from kanal.channelkit.requests import HttpDoor
from kanal.kinds.email import doors, parse, send, submission
from kanal.kinds.email import settings as email_settings
from kanal.kinds.email.settings import SPACE, EmailSettings
from kanal.kit.mail import domain_of, normalise

NOT_SET_UP = "outgoing mail is not set up"


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
        limits=Limits(),
    )
    methods: tuple[Method, ...] = (
        Method(
            key="forwarding",
            name="Other mail account",
            description="Your mail host forwards a copy of each mail to an address of ours; answers leave by SMTP.",
            form=(
                FormField(name="address", label="Email address", type="email", required=True),
                FormField(
                    name="from_name_mode", label="From name", type="select", options=("agent_company", "company")
                ),
                FormField(name="company_name", label="Company name"),
                FormField(name="signature_html", label="Signature", type="textarea"),
                FormField(name="smtp.host", label="Outgoing server", placeholder="smtp.example.com"),
                FormField(name="smtp.port", label="Port", type="number", placeholder="465"),
                FormField(name="smtp.security", label="Encryption", type="select", options=("tls", "starttls", "none")),
                FormField(name="smtp.username", label="User name"),
                FormField(name="smtp.password", label="Password", type="password"),
            ),
        ),
    )
    settings_type: type[msgspec.Struct] = EmailSettings
    secret_fields: tuple[str, ...] = ("smtp.password",)

    def __init__(
        self,
        *,
        mail_domain: str,
        listen: tuple[str, int],
        default_out: str | None = None,
        tls: tuple[Path, Path] | None = None,
        max_bytes: int = 50_000_000,
    ) -> None:
        self._mail_domain = mail_domain
        self._listen = listen
        self._default_out = submission.of_installation(default_out) if default_out else None
        self._tls = tls
        self._limits = doors.Limits(mail=max_bytes, together=max(4 * max_bytes, 200_000_000))

    def check(self, settings: Mapping[str, Any], mail_domain: str) -> dict[str, Any]:
        return email_settings.check(settings, mail_domain)

    def claims(self, settings: Mapping[str, Any]) -> Sequence[Claim]:
        """The forwarding address is ours to give; the mailbox is believed once mail comes through the forward."""
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
        return await send.send(out, channel, settings, server, handed_over)

    async def look_up(self, out: Outbound, channel: Channel) -> Sent | None:
        raise NotImplementedError("SMTP cannot tell; see capabilities.looks_up")

    async def fetch(self, reference: str, channel: Channel) -> bytes:
        raise NotImplementedError("a mail carries its attachments; see capabilities.fetches")

    def obstacle(self, settings: Mapping[str, Any]) -> str:
        return "" if settings.get("smtp") or self._default_out else NOT_SET_UP

    async def try_out(self, settings: Mapping[str, Any]) -> str:
        server = self._way_out(email_settings.smtp_of(settings))
        if server is None:
            raise InvalidSettings("smtp.host", f"{NOT_SET_UP.capitalize()}.")
        try:
            return await send.try_out(str(settings.get("address") or ""), server, self._mail_domain)
        except submission.NoSession as failed:
            raise InvalidSettings(failed.field, failed.why) from failed

    def doors(self, desk: Desk) -> Sequence[HttpDoor]:
        return ()

    def runners(self, desk: Desk) -> Sequence[Runner]:
        host, port = self._listen
        return (doors.SmtpDoor(desk, host, port, tls=self._tls, limits=self._limits),)

    def _way_out(self, own: email_settings.Smtp | None) -> submission.Server | None:
        return submission.of_channel(own) if own is not None else self._default_out
