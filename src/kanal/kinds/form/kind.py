"""The kind `form` as the desk knows it: it takes submissions in, and carries nothing out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from kanal.channelkit.contract import (
    Capabilities,
    Channel,
    Claim,
    Discovered,
    FormField,
    HandedOver,
    Method,
    Runner,
    Tried,
)
from kanal.channelkit.desk import Desk
from kanal.channelkit.errors import InvalidSettings, Undeliverable
from kanal.channelkit.messages import Inbound, Outbound, Raw, Sent
from kanal.channelkit.requests import HttpDoor
from kanal.channelkit.submissions import SPACE
from kanal.kinds.form import parse
from kanal.kinds.form import settings as form_settings
from kanal.kinds.form.settings import FormSettings

SENDS_NOTHING = "a form sends nothing itself; answers leave by an email address"


class FormKind:
    """See channelkit.contract.Kind. Forms and their submissions are kept by the desk, which is their door: the kind
    reads what it hands over."""

    name = "form"
    title = "Form"
    description = "A form on your site or on a page of its own: what visitors send becomes tickets."
    capabilities = Capabilities(replies=False, one_shot=True, threading="none", subject=True, work="email")
    methods: tuple[Method, ...] = (
        Method(
            key="form",
            name="Form",
            description="Choose one of your forms, or make a new one.",
            form=(
                FormField(name="form", label="Form", type="form", required=True),
                FormField(
                    name="answer_by",
                    label="Answers leave from",
                    type="channel",
                    help="Without a choice, from the account's fallback address.",
                ),
            ),
        ),
    )
    settings_type: type[msgspec.Struct] = FormSettings
    secret_fields: tuple[str, ...] = ()

    def check(self, settings: Mapping[str, Any], mail_domain: str) -> dict[str, Any]:
        return form_settings.check(settings)

    def claims(self, settings: Mapping[str, Any]) -> Sequence[Claim]:
        """The form is the account's own, so nothing is left to prove."""
        return [Claim(space=SPACE, key=str(settings["form"]), proved=True)]

    def preview(self, settings: Mapping[str, Any], author: str) -> dict[str, str]:
        return {}

    def parse(self, raw: Raw) -> list[Inbound]:
        return parse.parse(raw)

    def unreadable(self, raw: Raw, why: str) -> Inbound:
        return parse.unreadable(raw, why)

    def name_message(self, channel: Channel) -> str:
        return ""

    async def send(self, out: Outbound, channel: Channel, handed_over: HandedOver) -> Sent:
        raise Undeliverable(f"{SENDS_NOTHING.capitalize()}.")

    async def look_up(self, out: Outbound, channel: Channel) -> Sent | None:
        raise NotImplementedError("nothing is sent; see capabilities.looks_up")

    async def fetch(self, reference: str, channel: Channel) -> bytes:
        raise NotImplementedError("files are in storage already; see capabilities.fetches")

    def obstacle(self, settings: Mapping[str, Any]) -> str:
        return SENDS_NOTHING

    async def try_out(self, settings: Mapping[str, Any]) -> Tried:
        raise InvalidSettings("form", f"{SENDS_NOTHING.capitalize()}.")

    async def discover(self, address: str) -> Discovered:
        return Discovered(method="form")

    async def prove(self, channel: Channel, token: str) -> None:
        """Its form is its address, and that is ours."""

    def doors(self, desk: Desk) -> Sequence[HttpDoor]:
        return ()

    def runners(self, desk: Desk) -> Sequence[Runner]:
        return ()
