"""A desk whose mail leaves through a server that the test rules over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kanal.kit.db import Database
from tests.make import channels
from tests.make.desk import Desk
from tests.make.desk import desk as make_desk
from tests.make.smtp import MailServer, mail_server


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


@pytest.fixture
async def desk(db: Database, tmp_path: Path, server: MailServer) -> Desk:
    return await make_desk(db, tmp_path, channels.email_kind(default_out=server.url))
