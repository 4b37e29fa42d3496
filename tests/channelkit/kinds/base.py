"""What the small kinds share: settings of one field, JSON payloads, and no provider behind them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

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
from kanal.channelkit.errors import ActionRequired, InvalidSettings, RetryLater
from kanal.channelkit.messages import Handle, Inbound, Outbound, Party, Raw, Said, Sent
from kanal.channelkit.requests import HttpDoor


class KeySettings(msgspec.Struct):
    key: str


class SmallKind:
    """Reads `{"said": [...]}`; a subclass says how one of them looks."""

    name = "small"
    title = "Small"
    description = "A kind of the tests."
    capabilities = Capabilities()
    methods: tuple[Method, ...] = (
        Method(key="key", name="Key", description="", form=(FormField(name="key", label="Key", required=True),)),
    )
    settings_type: type[msgspec.Struct] = KeySettings
    secret_fields: tuple[str, ...] = ()
    space: ClassVar[str] = "small"

    def check(self, settings: Mapping[str, Any], mail_domain: str) -> dict[str, Any]:
        if not settings.get("key"):
            raise InvalidSettings("key", "fill in the key")
        return {"key": str(settings["key"])}

    def claims(self, settings: Mapping[str, Any]) -> Sequence[Claim]:
        return [Claim(space=self.space, key=str(settings["key"]), proved=True)]

    def preview(self, settings: Mapping[str, Any], author: str) -> dict[str, str]:
        return {"from": author}

    def parse(self, raw: Raw) -> list[Inbound]:
        return [self.read(thing) for thing in json.loads(raw.body)]

    def read(self, thing: dict[str, Any]) -> Inbound:
        raise RetryLater("a subclass reads")

    def unreadable(self, raw: Raw, why: str) -> Inbound:
        sender = Party(handle=Handle(kind=self.space, key="unknown", address="unknown"), known=False)
        digest = hashlib.sha256(raw.body).hexdigest()
        said = Said(digest=digest, sender=sender, text=why, raw_only=True)
        said.evidence.thread_key = digest
        return said

    def name_message(self, channel: Channel) -> str:
        return ""

    async def send(self, out: Outbound, channel: Channel, handed_over: HandedOver) -> Sent:
        raise ActionRequired("there is no provider behind this kind")

    async def look_up(self, out: Outbound, channel: Channel) -> Sent | None:
        return None

    async def fetch(self, reference: str, channel: Channel) -> bytes:
        return f"bytes of {reference}".encode()

    def obstacle(self, settings: Mapping[str, Any]) -> str:
        return "there is no provider behind this kind"

    async def try_out(self, settings: Mapping[str, Any]) -> Tried:
        return Tried(said={"provider": "fine"})

    async def discover(self, address: str) -> Discovered:
        return Discovered(method="key")

    async def prove(self, channel: Channel, token: str) -> None:
        """There is no provider behind this kind."""

    def doors(self, desk: Desk) -> Sequence[HttpDoor]:
        return []

    def runners(self, desk: Desk) -> Sequence[Runner]:
        return []


def digest(thing: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(thing, sort_keys=True).encode()).hexdigest()
