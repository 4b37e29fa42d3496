"""Bring a database to the newest schema. The roles come first: `kanal_owner` owns every table and function,
`kanal_app` owns nothing and is what every connection of the application becomes."""

from __future__ import annotations

from pathlib import Path

import psycopg
import sqlalchemy
from alembic import command
from alembic.config import Config

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


def upgrade(url: str) -> None:
    with psycopg.connect(url) as connection:
        if connection.info.server_version < 150000:
            raise TooOld(f"PostgreSQL 15 or newer is needed; this one is {connection.info.server_version // 10000}")
        connection.execute("select pg_advisory_xact_lock(%s)", (LOCK,))
        connection.execute(ROLES)
    engine = sqlalchemy.create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(url))
    with engine.connect() as bound:
        bound.exec_driver_sql("select pg_advisory_lock(%s)", (LOCK,))
        bound.exec_driver_sql("set role kanal_owner")
        bound.commit()
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        config.attributes["connection"] = bound
        command.upgrade(config, "head")
        bound.commit()
    engine.dispose()
