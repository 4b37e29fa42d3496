"""One PostgreSQL for the whole run (KANAL_TEST_DATABASE_URL, else an embedded one), one migrated template, a copy for
each worker, emptied between tests. A test that asks for no database opens none."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from kanal.events import actions as events
from kanal.kit.db import Database
from kanal.kit.migrate import upgrade
from kanal.kit.postgres import EmbeddedPostgres

TEMPLATE = "kanal_template"
SERVER = "KANAL_TEST_SERVER"


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput") or SERVER in os.environ:
        return
    given = os.environ.get("KANAL_TEST_DATABASE_URL")
    if given:
        os.environ[SERVER] = given
        return
    folder = Path(tempfile.mkdtemp(prefix="kanal-test-"))
    folder.chmod(0o711)  # the server's user has to reach it
    server = EmbeddedPostgres(folder, durable=False)
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    config.add_cleanup(server.stop)
    server.start()
    os.environ[SERVER] = server.url
    config.add_cleanup(_forget_server)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those that open the database are run against an older server too."""
    for item in items:
        if "migrated_url" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.database)


def _forget_server() -> None:
    del os.environ[SERVER]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def migrated_url(worker_id: str) -> str:
    server = os.environ[SERVER]
    name = f"kanal_test_{worker_id}"
    with psycopg.connect(_with_database(server, "postgres"), autocommit=True) as connection:
        _make_template(connection, server)
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(TEMPLATE))
        )
    return _with_database(server, name)


def _make_template(connection: psycopg.Connection[tuple[object, ...]], server: str) -> None:
    """Migrate the template once; workers wait for each other on an advisory lock."""
    connection.execute("select pg_advisory_lock(1)")
    try:
        owner = f"made by {os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}"
        made = connection.execute(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = %s", (TEMPLATE,)
        ).fetchone()
        if made == (owner,):
            return
        connection.execute(f"drop database if exists {TEMPLATE} with (force)")
        connection.execute(f"create database {TEMPLATE}")
        upgrade(_with_database(server, TEMPLATE))
        connection.execute(sql.SQL("comment on database {} is {}").format(sql.Identifier(TEMPLATE), owner))
    finally:
        connection.execute("select pg_advisory_unlock(1)")


def _with_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


EMPTY = """
do $$
declare each record;
begin
  set local session_replication_role = replica;  -- no foreign key is checked: everything goes
  for each in
    select oid::regclass as name, pg_relation_size(oid) as size from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'alembic_version'
  loop
    if each.size > 262144 then
      execute format('truncate %s cascade', each.name);
    elsif each.size > 0 then
      execute format('delete from %s', each.name);
    end if;
  end loop;
  perform setval(pg_get_serial_sequence('accounts', 'id'), 1, false);
end $$
"""
"""A tenth of what one TRUNCATE of all tables takes, which makes new files for each of them and its indexes."""


@pytest.fixture
def database_url(migrated_url: str) -> str:
    """An empty, migrated database."""
    with psycopg.connect(migrated_url, autocommit=True) as connection:
        connection.execute(EMPTY)
    return migrated_url


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url, events.write)
    await database.open()
    yield database
    await database.close()
