from __future__ import annotations

from pathlib import Path

import pytest

from kanal.kit.db import Database
from tests.make.automating import Automating, automating


@pytest.fixture
async def desk(db: Database, tmp_path: Path) -> Automating:
    return await automating(db, tmp_path)
