"""The command `kanal`. Each command stands in a file of its own name and opens what it needs by `context`."""

from __future__ import annotations

import click

from kanal.cli import account, db, token, user
from kanal.cli.backup import backup, restore
from kanal.cli.bench import bench
from kanal.cli.up import serve, up, worker


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kanal")
def main() -> None:
    """Kanal, a self-hosted help desk."""


for command in (up, serve, worker, account.group, user.group, token.group, db.group, backup, restore, bench):
    main.add_command(command)
