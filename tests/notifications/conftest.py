from __future__ import annotations

import pytest

from kanal.kit.db import Database
from tests.make.noticing import Desk, noticing


@pytest.fixture
async def desk(db: Database) -> Desk:
    return await noticing(db)
