"""How the mailbox of an address is probably reached. The first source that knows is believed; a person sees the result
in the wizard and may change it before anything is tried."""

from __future__ import annotations

from typing import Any

from kanal.channelkit.contract import Discovered
from kanal.kinds.email import presets
from kanal.kinds.email.presets import Preset
from kanal.kit.mail import domain_of, normalise


async def discover(address: str) -> Discovered:
    """Never raises; without an idea the method is `imap` with nothing filled in."""
    domain = domain_of(normalise(address))
    preset = presets.of_domain(domain) if domain else None
    return of_preset(preset, address) if preset else Discovered(method="imap")


def of_preset(preset: Preset, address: str) -> Discovered:
    settings: dict[str, Any] = {"plus": preset.plus}
    if preset.imap is not None:
        extra = {"user": address, "save_sent": not preset.saves_sent, "authserv": preset.authserv}
        settings["imap"] = _server(preset.imap) | extra
    if preset.smtp is not None:
        settings["smtp"] = _server(preset.smtp) | {"user": address}
    return Discovered(method=preset.method, settings=settings, provider=preset.name, source="preset", note=preset.note)


def _server(place: presets.Place) -> dict[str, Any]:
    return {"host": place.host, "port": place.port, "security": place.security}
