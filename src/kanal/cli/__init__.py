"""The command `kanal`. Each command stands in a file of its own name and opens what it needs by `context`."""

from __future__ import annotations

import click

from kanal.cli import account, db, token, user


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kanal")
def main() -> None:
    """Kanal, a self-hosted help desk."""


main.add_command(account.group)
main.add_command(db.group)
main.add_command(token.group)
main.add_command(user.group)
