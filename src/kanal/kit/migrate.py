"""Bring a database to the newest schema. The roles come first: `kanal_owner` owns every table and function,
`kanal_app` owns nothing and is what every connection of the application becomes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg

VERSIONS = Path(__file__).parent / "migrations" / "versions"
LOCK = 0x6B616E616C  # "kanal": one upgrade at a time
ROLES = """
do $$ begin
  if not exists (select from pg_roles where rolname = 'kanal_owner') then create role kanal_owner nologin; end if;
  if not exists (select from pg_roles where rolname = 'kanal_app') then create role kanal_app nologin; end if;
  if not pg_has_role(current_user, 'kanal_owner', 'member') then
    execute format('grant kanal_owner to %I', current_user);
  end if;
  if not pg_has_role(current_user, 'kanal_app', 'member') then
    execute format('grant kanal_app to %I', current_user);
  end if;
end $$;
grant usage, create on schema public to kanal_owner;
grant usage on schema public to kanal_app;
"""


class TooOld(Exception):
    """The server is older than PostgreSQL 15."""


class MigrationFailed(Exception):
    """A migration did not go through; nothing of it was kept."""


def upgrade(url: str) -> None:
    """Raises TooOld, or MigrationFailed with the last words of the run."""
    with psycopg.connect(url) as connection:
        if connection.info.server_version < 150000:
            raise TooOld(f"PostgreSQL 15 or newer is needed; this one is {connection.info.server_version // 10000}")
        if _present(connection) == newest():
            return
        connection.execute("select pg_advisory_xact_lock(%s)", (LOCK,))
        connection.execute(ROLES)
    run = subprocess.run(
        [sys.executable, "-m", "kanal.kit.migrations"],
        env={**os.environ, "KANAL_MIGRATE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise MigrationFailed(run.stderr.strip().splitlines()[-1] if run.stderr.strip() else "it ended without a word")


def newest() -> str:
    """The revision that the scripts lead to: they are numbered, and each has its number as revision."""
    return max(script.name for script in VERSIONS.glob("[0-9]*.py")).partition("_")[0]


def _present(connection: psycopg.Connection[tuple[Any, ...]]) -> str | None:
    exists = connection.execute("select to_regclass('alembic_version') is not null").fetchone()
    if not exists or not exists[0]:
        return None
    connection.execute("set local role kanal_owner")
    row = connection.execute("select version_num from alembic_version").fetchone()
    connection.execute("reset role")
    return str(row[0]) if row else None
