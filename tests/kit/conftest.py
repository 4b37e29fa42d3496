"""What the tests of the kit share."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kanal.kit.postgres import EmbeddedPostgres


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A folder that the database's own user can reach; pytest's `tmp_path` is closed to everybody else."""
    with reachable_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def server() -> Iterator[EmbeddedPostgres]:
    """An embedded server of the module's own, which its tests only look at."""
    with reachable_folder() as folder, EmbeddedPostgres(folder, durable=False) as running:
        yield running


@contextmanager
def reachable_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="kanal-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)
