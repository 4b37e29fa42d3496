"""The process that reads what strangers wrote: `python -m kanal.intake.child`, started and asked by intake/parsing.py.
It has limits of time and memory, sees no database, and ends when whoever started it is gone."""

from __future__ import annotations

import hashlib
import os
import pickle
import resource
import signal
import struct
import sys
from collections.abc import Sequence
from types import FrameType
from typing import IO, Any

import msgspec

from kanal.channelkit.contract import Kind
from kanal.channelkit.messages import Inbound, Raw
from kanal.kit.text import storable_text

SECONDS_A_MESSAGE = 20
MEMORY = 2_000_000_000

IDS = frozenset({"external_id", "external_ids", "in_reply_to", "references", "thread_key", "key"})
LONGEST_ID = 500
"""Longer ones are replaced by their hash, the same wherever they appear."""

SIZE = struct.Struct(">Q")
Answer = list[list[Inbound]]


class TookTooLong(Exception):
    """A message needed more than its time."""


def main() -> None:
    """Answer until nobody asks any more."""
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not stand between the answers
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, _too_long)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    while (question := read(asked)) is not None:
        kind, raws = pickle.loads(question)  # noqa: S301 - from the process that started us
        write(answers, msgspec.msgpack.encode(parse_all(kind, raws)))


def read(stream: IO[bytes]) -> bytes | None:
    """The next frame; None when the other side has closed."""
    head = stream.read(SIZE.size)
    if len(head) < SIZE.size:
        return None
    size = SIZE.unpack(head)[0]
    frame = stream.read(size)
    return frame if len(frame) == size else None


def write(stream: IO[bytes], frame: bytes) -> None:
    stream.write(SIZE.pack(len(frame)))
    stream.write(frame)
    stream.flush()


def parse_all(kind: Kind, raws: Sequence[Raw]) -> Answer:
    return [_parse_one(kind, raw) for raw in raws]


def _parse_one(kind: Kind, raw: Raw) -> list[Inbound]:
    signal.alarm(SECONDS_A_MESSAGE)
    try:
        return [storable(inbound) for inbound in kind.parse(raw)]
    except TookTooLong:
        why = "reading it took too long"
    except MemoryError:
        why = "reading it took too much memory"
    except Exception as fault:  # noqa: BLE001 - whatever a mail provokes, it becomes a ticket that shows its source
        why = f"the reader gave up: {type(fault).__name__}"
    finally:
        signal.alarm(0)
    return [storable(kind.unreadable(raw, why))]


def storable(value: Any) -> Any:
    """The same with every text fit for the database, and ids no longer than an index takes."""
    if isinstance(value, str):
        return storable_text(value)
    if isinstance(value, list):
        return [storable(item) for item in value]
    if isinstance(value, dict):
        return {storable(key): storable(item) for key, item in value.items()}
    if isinstance(value, msgspec.Struct):
        fields = {name: storable(getattr(value, name)) for name in value.__struct_fields__}
        return msgspec.structs.replace(value, **{name: _short(name, item) for name, item in fields.items()})
    return value


def _short(name: str, value: Any) -> Any:
    if name in IDS and isinstance(value, str) and len(value) > LONGEST_ID:
        return hashlib.sha256(value.encode()).hexdigest()
    if name in IDS and isinstance(value, list):
        return [_short(name, item) for item in value]
    return value


def _too_long(_signal: int, _frame: FrameType | None) -> None:
    raise TookTooLong


if __name__ == "__main__":
    main()
