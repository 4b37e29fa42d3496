"""THE list of kinds. Ours stand here by hand; a package from elsewhere adds one by the entry point `kanal.kinds`, a
function that is given the settings and returns a channelkit.contract.Kind."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points
from typing import Any
from urllib.parse import urlsplit

import structlog

from kanal.channelkit.contract import Capabilities, Kind
from kanal.kinds.email.kind import EmailKind
from kanal.kinds.email.presets import Place, Preset
from kanal.kinds.form.kind import FormKind
from kanal.kit.settings import Settings

log = structlog.get_logger("kanal.kinds")

ENTRY_POINT = "kanal.kinds"


def installed(settings: Settings, found: Iterable[EntryPoint] | None = None) -> dict[str, Kind]:
    """All kinds by name. A faulty one from elsewhere is logged and left out, and none can take the place of ours."""
    kinds: dict[str, Kind] = {kind.name: kind for kind in _ours(settings)}
    for entry in entry_points(group=ENTRY_POINT) if found is None else found:
        kind = _from_elsewhere(entry, settings)
        if kind is not None and kind.name not in kinds:
            kinds[kind.name] = kind
    return kinds


def _ours(settings: Settings) -> list[Kind]:
    certificate, key = settings.smtp_tls_cert, settings.smtp_tls_key
    return [
        EmailKind(
            mail_domain=settings.mail_domain,
            listen=(settings.smtp_in.host, settings.smtp_in.port),
            default_out=settings.smtp_out,
            tls=(certificate, key) if certificate and key else None,
            max_bytes=settings.smtp_max_bytes,
            hosts=_mail_hosts(settings),
        ),
        FormKind(),
    ]


def _mail_hosts(settings: Settings) -> tuple[Preset, ...]:
    """That no list of providers has: in the demo the sandbox is one."""
    if not settings.demo:
        return ()
    out = urlsplit(settings.smtp_out or "")
    return (
        Preset(
            name="Sandbox",
            domains=frozenset({"demo.example"}),
            imap=Place(settings.sandbox_imap.host, settings.sandbox_imap.port, "none"),
            smtp=Place(out.hostname, out.port, "none") if out.hostname and out.port else None,
            plus=True,
            authserv="mail.demo.example",
        ),
    )


def _from_elsewhere(entry: EntryPoint, settings: Settings) -> Kind | None:
    try:
        kind: Any = entry.load()(settings)
        if not isinstance(kind.name, str) or not isinstance(kind.capabilities, Capabilities):
            raise TypeError("it does not follow channelkit.contract.Kind")
    except Exception:
        log.exception("kind.left_out", entry_point=entry.name)
        return None
    checked: Kind = kind
    return checked
