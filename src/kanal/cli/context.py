"""What commands work with: the settings, and the database they lead to, migrated. When `kanal up` runs already, its
embedded server is used as it is; otherwise one is started for as long as the command takes."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import anyio
import click
import psycopg

from kanal.events import actions as events
from kanal.kit import settings as environment
from kanal.kit.db import Database, UnsafeRole
from kanal.kit.migrate import MigrationFailed, TooOld, upgrade
from kanal.kit.postgres import AlreadyRunning, EmbeddedPostgres, StartFailed
from kanal.kit.settings import InvalidSetting, Settings

T = TypeVar("T")
PATIENCE = 30.0
"""For the server of another process that is just starting."""


def settings() -> Settings:
    try:
        return environment.read()
    except InvalidSetting as wrong:
        raise click.ClickException(str(wrong)) from wrong


def in_database(work: Callable[[Database], Awaitable[T]]) -> T:
    """Run something that needs the database, then leave everything as it was."""
    with migrated(settings()) as url:
        return anyio.run(_with_database, url, work)


@contextmanager
def migrated(settings: Settings) -> Iterator[str]:
    """The address of the database, at the newest schema."""
    try:
        with server(settings) as url:
            upgrade(url)
            yield url
    except (StartFailed, MigrationFailed, TooOld, UnsafeRole, psycopg.OperationalError) as error:
        raise click.ClickException(f"no database: {error}") from error


@contextmanager
def server(settings: Settings) -> Iterator[str]:
    if settings.database_url:
        yield settings.database_url
        return
    server = EmbeddedPostgres(settings.data_dir)
    try:
        server.start()
    except AlreadyRunning:
        _wait_for(server.url)
        yield server.url
        return
    try:
        yield server.url
    finally:
        server.stop()


def _wait_for(url: str) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return


async def _with_database(url: str, work: Callable[[Database], Awaitable[T]]) -> T:
    db = Database(url, events.write, most=2)
    await db.open()
    try:
        return await work(db)
    finally:
        await db.close()
