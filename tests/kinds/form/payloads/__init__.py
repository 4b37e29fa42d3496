"""Submissions as the desk handed them to the kind, by name."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from kanal.channelkit.messages import Door, Raw

RECEIVED = datetime(2026, 11, 20, 14, 3, 10, tzinfo=UTC)
PAYLOADS = {
    path.stem: Raw(body=path.read_bytes(), received_at=RECEIVED, door=Door())
    for path in sorted(Path(__file__).parent.glob("*.json"))
}
