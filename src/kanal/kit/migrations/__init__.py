"""Alembic's scripts, with hand-written SQL beside them; kit/migrate.py runs them."""

from pathlib import Path

from alembic import op


def run_file_beside(script: str) -> None:
    """Run the .sql file of the same name, as it stands: per cent signs in it are not parameters."""
    connection = op.get_bind().connection.driver_connection
    assert connection is not None
    connection.execute(Path(script).with_suffix(".sql").read_text())
