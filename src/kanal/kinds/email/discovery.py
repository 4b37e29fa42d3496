"""How the mailbox of an address is probably reached. The first source that knows is believed; a person sees the result
in the wizard and may change it before anything is tried."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Literal

from kanal.channelkit.contract import Discovered
from kanal.kinds.email import autoconfig, presets
from kanal.kinds.email.authentication import organisation
from kanal.kinds.email.autoconfig import Servers
from kanal.kinds.email.outside import Internet, Outside
from kanal.kinds.email.presets import Place, Preset
from kanal.kit.mail import domain_of, normalise

SECONDS = 6.0
"""For everything: a person waits."""
NOTHING = Discovered(method="imap")
Source = Literal["preset", "autoconfig", "dns", "guess"]


async def discover(address: str, outside: Outside | None = None, *, known: Sequence[Preset] = ()) -> Discovered:
    """Never raises; without an idea the method is `imap` with nothing filled in. `known`: hosts besides the presets."""
    key = normalise(address)
    if not key:
        return NOTHING
    if preset := presets.of_domain(domain_of(key), known):
        return _of_preset(preset, key, "preset")
    try:
        async with asyncio.timeout(SECONDS):
            return await _asked(key, outside or Internet())
    except TimeoutError:
        return NOTHING


async def _asked(key: str, outside: Outside) -> Discovered:
    domain = domain_of(key)
    records, mx, page = await asyncio.gather(_records(domain, outside), outside.exchangers(domain), _page(key, outside))
    if records:
        return _of_servers(records, key, "dns")
    # Many web hosts publish their own mail servers for every domain, also where its mail has long moved elsewhere.
    if preset := presets.of_servers(mx):
        return _of_preset(preset, key, "dns")
    if page:
        return _of_servers(page, key, "autoconfig")
    guessed = await _guess(domain, mx, outside)
    return _of_servers(guessed, key, "guess") if guessed else NOTHING


async def _records(domain: str, outside: Outside) -> Servers | None:
    names = [service for _, service, _ in autoconfig.SERVICES]
    found = await asyncio.gather(*(outside.services(f"{name}.{domain}") for name in names))
    return autoconfig.of_records(dict(zip(names, found, strict=True)))


async def _page(key: str, outside: Outside) -> Servers | None:
    found = await asyncio.gather(*(outside.page(url) for url in autoconfig.pages(key)))
    return next((servers for xml in found if xml and (servers := autoconfig.of_xml(xml, key))), None)


async def _guess(domain: str, mx: Sequence[str], outside: Outside) -> Servers | None:
    """Names that mail servers usually have, of the domain itself and of whoever takes its mail."""
    owners = list(dict.fromkeys([domain, *(organisation(host) for host in mx[:1])]))
    imap, smtp = await asyncio.gather(
        _best(_places(owners, ("imap", "mail"), ((993, "tls"), (143, "starttls"))), outside),
        _best(_places(owners, ("smtp", "mail"), ((465, "tls"), (587, "starttls"))), outside),
    )
    return Servers(imap, smtp) if imap else None


def _places(
    owners: Sequence[str], names: Sequence[str], ways: Sequence[tuple[int, Literal["tls", "starttls"]]]
) -> list[Place]:
    return [Place(f"{name}.{owner}", port, way) for port, way in ways for owner in owners for name in names]


async def _best(places: Sequence[Place], outside: Outside) -> Place | None:
    """The first of those that answer best."""
    marks = await asyncio.gather(*(outside.answers(place) for place in places))
    best = max(marks, default=0)
    return places[marks.index(best)] if best else None


def _of_servers(servers: Servers, key: str, source: Source) -> Discovered:
    """What is known of the provider whose server that is comes along."""
    preset = presets.of_mailbox(servers.imap.host) if servers.imap else None
    if preset is not None:
        return _of_preset(preset, key, source)
    return Discovered(method="imap", settings=_settings(servers, key), source=source)


def _of_preset(preset: Preset, key: str, source: Source) -> Discovered:
    read = preset.method == "imap"
    settings = _settings(Servers(preset.imap, preset.smtp) if read else Servers(), key) | {"plus": preset.plus}
    if "imap" in settings:
        settings["imap"] |= {"save_sent": not preset.saves_sent, "authserv": preset.authserv}
    return Discovered(method=preset.method, settings=settings, provider=preset.name, source=source, note=preset.note)


def _settings(servers: Servers, key: str) -> dict[str, Any]:
    parts = (("imap", servers.imap, servers.imap_user), ("smtp", servers.smtp, servers.smtp_user))
    return {
        part: {"host": place.host, "port": place.port, "security": place.security, "user": user or key}
        for part, place, user in parts
        if place is not None
    }
