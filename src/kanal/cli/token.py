"""`kanal token`: tokens for programs that call the API."""

from __future__ import annotations

import click

from kanal.accounts import queries as accounts
from kanal.cli import context
from kanal.kit.db import Database
from kanal.people import queries, tokens
from kanal.people.models import Scope
from kanal.people.rules import SCOPES, scopes_of


@click.group("token")
def group() -> None:
    """Tokens for programs that call the API."""


@group.command()
@click.option("--account", "slug", required=True)
@click.option("--user", "email", required=True, help="The email of the member as whom the program acts.")
@click.option("--name", default="command line", show_default=True, help="To recognise it by.")
@click.option("--scope", "scopes", multiple=True, type=click.Choice(SCOPES), help="All that the role allows, if none.")
def create(slug: str, email: str, name: str, scopes: tuple[Scope, ...]) -> None:
    """Print a new token. It is shown this once."""

    async def work(db: Database) -> str:
        async with db.transaction(None) as tx:
            account = await accounts.by_slug(tx, slug)
            if account is None:
                raise click.ClickException(f"there is no account {slug}")
            await tx.enter_account(account.id)
            user = await queries.user_by_email(tx, email.strip().lower())
            entered = await queries.memberships(tx, user.id) if user else []
            here = next((one for one in entered if one.account_id == account.id), None)
            if user is None or here is None:
                raise click.ClickException(f"no such member of {slug}")
            return await tokens.create(tx, user.id, name, scopes or scopes_of(here.permissions))

    click.echo(context.in_database(work))
