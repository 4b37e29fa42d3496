"""The whole application with one account."""

from __future__ import annotations

from pathlib import Path

import pytest

from kanal.kit.db import Database
from tests.make.site import Site


@pytest.fixture
async def site(db: Database, tmp_path: Path) -> Site:
    return await Site(db, tmp_path).open()
