"""`kanal db`: the database itself."""

from __future__ import annotations

import click

from kanal.cli import context


@click.group("db")
def group() -> None:
    """The database."""


@group.command()
def upgrade() -> None:
    """Bring the database to the newest schema; `kanal up` does so by itself."""
    with context.migrated(context.settings()):
        click.echo("The database has the newest schema.")
