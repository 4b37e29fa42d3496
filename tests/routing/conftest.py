"""The whole application with one account, alone or with its mail door open."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kanal.kit.db import Database
from tests.make import mail_desk as made
from tests.make.mail_desk import MailDesk
from tests.make.site import Site


@pytest.fixture
async def site(db: Database, tmp_path: Path) -> Site:
    return await Site(db, tmp_path).open()


@pytest.fixture
async def mail_desk(db: Database, tmp_path: Path) -> AsyncIterator[MailDesk]:
    async with made.mail_desk(db, tmp_path) as desk:
        yield desk
