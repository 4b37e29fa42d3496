"""The words inside an S/MIME message that was signed as one opaque block (RFC 5652): they are no secret, only wrapped.
bodies.py reads on in them. The signature itself is not checked here, and what is enciphered stays closed."""

from __future__ import annotations

from typing import NamedTuple

MAX_DEPTH = 12
MAX_PIECES = 100_000
_SIGNED = bytes.fromhex("2a864886f70d010702")
_OCTETS, _OID, _SEQUENCE, _FIRST = 0x04, 0x06, 0x30, 0xA0
_CONSTRUCTED = 0x20


class _Broken(Exception):
    pass


class _Piece(NamedTuple):
    tag: int
    start: int
    end: int
    after: int
    """Where the next piece begins."""


def signed_content(data: bytes) -> bytes | None:
    """What was signed; None where it is not inside, is no signed message, or cannot be read."""
    try:
        outer = _children(data, _only(_children(data, _Piece(0, 0, len(data), len(data))), _SEQUENCE))
        if not outer or _bytes(data, _only(outer, _OID)) != _SIGNED:
            return None
        message = _children(data, _only(_children(data, _only(outer, _FIRST)), _SEQUENCE))
        inside = _children(data, _only(message, _SEQUENCE))
        wrapped = [piece for piece in inside if piece.tag == _FIRST]
        return _octets(data, _children(data, wrapped[0])[0], MAX_DEPTH) if wrapped else None
    except (_Broken, IndexError):
        return None


def is_signed(data: bytes) -> bool:
    """Told by what stands in it, since some senders do not say."""
    return _SIGNED in data[:64]


def _only(pieces: list[_Piece], tag: int) -> _Piece:
    return next((piece for piece in pieces if piece.tag == tag), None) or _fail()


def _fail() -> _Piece:
    raise _Broken


def _bytes(data: bytes, piece: _Piece) -> bytes:
    return data[piece.start : piece.end]


def _children(data: bytes, whole: _Piece) -> list[_Piece]:
    found: list[_Piece] = []
    at = whole.start
    while at < whole.end and len(found) < MAX_PIECES:
        if data[at : at + 2] == b"\0\0":  # the end of one whose length was left open
            break
        piece = _piece(data, at, whole.end, MAX_DEPTH)
        found.append(piece)
        at = piece.after
    return found


def _piece(data: bytes, at: int, end: int, depth: int) -> _Piece:
    """Tag and length at this place. A length that was left open is found by going through what is inside."""
    if depth < 0 or at + 2 > end:
        raise _Broken
    tag, size = data[at], data[at + 1]
    start = at + 2
    if tag & 0x1F == 0x1F:  # a tag of several bytes: none that we look for has one
        raise _Broken
    if size == 0x80:
        inner = start
        while data[inner : inner + 2] != b"\0\0":
            inner = _piece(data, inner, end, depth - 1).after
        return _Piece(tag, start, inner, inner + 2)
    if size > 0x80:
        more = size & 0x7F
        size = int.from_bytes(data[start : start + more], "big")
        start += more
    if start + size > end:
        raise _Broken
    return _Piece(tag, start, start + size, start + size)


def _octets(data: bytes, piece: _Piece, depth: int) -> bytes:
    """One string, or one that was written in pieces."""
    if piece.tag & ~_CONSTRUCTED != _OCTETS or depth < 0:
        raise _Broken
    if not piece.tag & _CONSTRUCTED:
        return _bytes(data, piece)
    return b"".join(_octets(data, each, depth - 1) for each in _children(data, piece))
