"""Keyset cursors: the sort key of the last row shown, opaque to callers and good only for the question it came from."""

from __future__ import annotations

import base64
import binascii
import hashlib
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from kanal.views.errors import InvalidQuestion

T = TypeVar("T")
FOREIGN = "this cursor is not of this list; leave it out to start from the first page"


class Position(msgspec.Struct, array_like=True, frozen=True):
    """A place in a list that is sorted by time and id."""

    at: datetime
    id: UUID


class _Envelope(msgspec.Struct, array_like=True):
    question: str
    position: msgspec.Raw


def write(question: Any, position: msgspec.Struct) -> str:
    """`question` is whatever must be the same on the next page: the filters and the order."""
    sealed = msgspec.json.encode(_Envelope(_digest(question), msgspec.Raw(msgspec.json.encode(position))))
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def read(question: Any, cursor: str, into: type[T], field: str = "after") -> T:
    try:
        sealed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        envelope = msgspec.json.decode(sealed, type=_Envelope)
        position = msgspec.json.decode(envelope.position, type=into)
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        raise InvalidQuestion(field, FOREIGN) from None
    if envelope.question != _digest(question):
        raise InvalidQuestion(field, FOREIGN)
    return position


def _digest(question: Any) -> str:
    return hashlib.sha256(msgspec.json.encode(question, order="deterministic")).hexdigest()[:12]
