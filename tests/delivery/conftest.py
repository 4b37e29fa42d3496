"""A desk whose mail leaves through a server that the test rules over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kanal.kit.db import Database
from tests.make import channels
from tests.make.desk import Desk
from tests.make.desk import desk as make_desk
from tests.make.smtp import HeldServer, held_server


@pytest.fixture
async def server() -> AsyncIterator[HeldServer]:
    async with held_server() as server:
        yield server


@pytest.fixture
async def desk(db: Database, tmp_path: Path, server: HeldServer) -> Desk:
    return await make_desk(db, tmp_path, channels.email_kind(default_out=server.url))
