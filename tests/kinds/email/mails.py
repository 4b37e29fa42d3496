"""Raw mails for the tests of the parser: the fixtures, and what a door would have said about them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kanal.channelkit.messages import Door, Inbound, Raw
from kanal.kinds.email.parse import parse, unreadable

FIXTURES = Path(__file__).parent / "fixtures"
RECEIVED = datetime(2026, 3, 3, 8, 15, tzinfo=UTC)
OURS = ["support@firma.example"]


def raw(body: bytes, **door: Any) -> Raw:
    known: dict[str, Any] = {"mail_from": "bounces@relay.example", "client": "203.0.113.7", "account_addresses": OURS}
    return Raw(body=body, received_at=RECEIVED, door=Door(**{**known, **door}))


def parse_or_unreadable(given: Raw) -> list[Inbound]:
    """As the desk does it, in a child process: whatever a stranger's bytes cause, something comes out."""
    try:
        return parse(given)
    except Exception as fault:  # noqa: BLE001  # that is what is tried here
        return [unreadable(given, type(fault).__name__)]


def fixtures() -> list[Path]:
    return sorted(FIXTURES.glob("*/*.eml"))


def fixture(name: str) -> bytes:
    return (FIXTURES / f"{name}.eml").read_bytes()


def expected(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(path.with_suffix(".json").read_text())
    return read
