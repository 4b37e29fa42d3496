"""Ids: UUIDv7, monotonic within a process, so that newer rows stand at the end of their indexes."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    return uuid7()
