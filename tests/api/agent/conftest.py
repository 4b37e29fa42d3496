"""The whole application with one account, and an agent who calls it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from kanal.kit.db import Database
from tests.make.site import Site


@pytest.fixture
async def site(db: Database, tmp_path: Path) -> Site:
    return await Site(db, tmp_path).open()


@pytest.fixture
async def agent(site: Site) -> AsyncIterator[httpx2.AsyncClient]:
    async with await site.program() as client:
        yield client
