"""Callers who manage members, and what they see of others."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2

from kanal.people.models import Permission, Role, Sees
from tests.make.site import Site


@asynccontextmanager
async def caller(site: Site, name: str, role: Role = "agent") -> AsyncIterator[httpx2.AsyncClient]:
    """A member's program; paths are below /api/v1/."""
    async with await site.program(name, role) as client:
        client.base_url = client.base_url.join("/api/v1/")
        yield client


async def role(chief: httpx2.AsyncClient, name: str, *permissions: Permission, sees: Sees = "all") -> dict[str, Any]:
    wanted = {"name": name, "permissions": ["read", *permissions], "sees": sees}
    answer = await chief.post("roles", json=wanted)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def field(answer: httpx2.Response) -> str:
    """The one field that was wrong."""
    assert answer.status_code == 422, answer.text
    [error] = answer.json()["errors"]
    assert error["message"]
    return str(error["field"])


def kind(answer: httpx2.Response) -> str:
    """The last part of the problem's type."""
    assert answer.status_code >= 400, answer.text
    return str(answer.json()["type"].rpartition("/")[2])
