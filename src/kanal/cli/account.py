"""`kanal account`: the organisations of this installation."""

from __future__ import annotations

import click

from kanal.accounts import actions
from kanal.accounts.errors import SlugInvalid, SlugTaken
from kanal.accounts.models import Account
from kanal.cli import context
from kanal.kit.db import Database


@click.group("account")
def group() -> None:
    """Organisations of this installation."""


@group.command()
@click.argument("slug")
@click.option("--name", help="What people call it; the slug when not given.")
@click.option("--locale", type=click.Choice(["en", "sv"]), default="en", show_default=True)
def create(slug: str, name: str | None, locale: str) -> None:
    """Create the account SLUG, with its help desk and a pipeline."""

    async def work(db: Database) -> Account:
        async with db.transaction(None) as tx:
            return await actions.create(tx, slug, name or slug, locale)

    try:
        account = context.in_database(work)
    except SlugTaken:
        raise click.ClickException(f"there is an account {slug} already") from None
    except SlugInvalid:
        raise click.ClickException(f"{slug}: a slug is made of a-z, 0-9 and single hyphens") from None
    click.echo(f"Account {account.slug} is ready. Next: kanal user create --account {account.slug} --email …")
