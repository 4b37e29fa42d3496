"""`kanal user`: people who sign in."""

from __future__ import annotations

import click

from kanal.accounts import queries as accounts
from kanal.cli import context
from kanal.kit.db import Database, Transaction
from kanal.people import actions, links, passwords, queries, sessions, totp
from kanal.people.errors import AlreadyMember, EmailInvalid, PasswordTooWeak
from kanal.people.models import Purpose, Role, User
from kanal.people.rules import BUILTIN_ROLES, check_password, email_key


@click.group("user")
def group() -> None:
    """People who sign in."""


@group.command()
@click.option("--account", "slug", required=True, help="The account they become a member of.")
@click.option("--email", required=True)
@click.option("--name", help="What colleagues read; the part before the @ when not given.")
@click.option(
    "--role",
    default="agent",
    show_default=True,
    help=f"{', '.join(BUILTIN_ROLES)}, or the key of a role that the account has made.",
)
@click.option("--seat/--no-seat", default=True, help="Whether they answer customers.  [default: seat]")
@click.option("--password", help="Without it a link to choose one is printed.")
def create(slug: str, email: str, name: str | None, role: Role, seat: bool, password: str | None) -> None:
    """Add a person to an account; one who is known in another account keeps name and password."""
    key = _checked(email, password)

    async def work(db: Database) -> str | None:
        password_hash = await passwords.make(password) if password else None
        async with db.transaction(None) as tx:
            account = await accounts.by_slug(tx, slug)
            if account is None:
                raise click.ClickException(f"there is no account {slug}")
            await tx.enter_account(account.id)
            await _check_role(tx, role)
            user = await queries.user_by_email(tx, key)
            if user is not None and password:
                raise click.ClickException("the user exists; see: kanal user reset-password")
            user_id = (
                user.id
                if user
                else await actions.add_user(
                    tx, key, name or key.partition("@")[0], password_hash=password_hash, locale=account.locale
                )
            )
            await actions.add_member(tx, user_id, role, seat)
            has_password = password_hash or (user and user.password_hash)
            return None if has_password else await links.create(tx, user_id, "first_run")

    try:
        token = context.in_database(work)
    except AlreadyMember:
        raise click.ClickException(f"the user is a member of {slug} already") from None
    if token:
        _print_link("first_run", token)
    else:
        click.echo("The user can sign in.")


@group.command()
@click.option("--email", required=True)
@click.option("--turn-off-totp", is_flag=True, help="For somebody who has lost the authenticator app.")
def reset_password(email: str, turn_off_totp: bool) -> None:
    """Print a link with which the user sets a new password."""
    key = _checked(email, None)

    async def work(db: Database) -> str:
        async with db.transaction(None) as tx:
            user = await _known(tx, key)
            if turn_off_totp:
                await totp.turn_off(tx, user.id)
                await sessions.end_all(tx, user.id)
            return await links.create(tx, user.id, "password_reset")

    _print_link("password_reset", context.in_database(work))


async def _check_role(tx: Transaction, role: Role) -> None:
    keys = [known.key for known in await queries.roles(tx)]
    if role not in keys:
        raise click.BadParameter(f"there is no such role; the account has {', '.join(keys)}", param_hint="--role")


async def _known(tx: Transaction, key: str) -> User:
    user = await queries.user_by_email(tx, key)
    if user is None:
        raise click.ClickException("there is no such user")
    return user


def _checked(email: str, password: str | None) -> str:
    try:
        key = email_key(email)
        if password is not None:
            check_password(password, key)
    except EmailInvalid:
        raise click.BadParameter("that is no address", param_hint="--email") from None
    except PasswordTooWeak as weak:
        raise click.BadParameter(str(weak), param_hint="--password") from None
    return key


def _print_link(purpose: Purpose, token: str) -> None:
    hours = int(links.LIFETIMES[purpose].total_seconds() // 3600)
    click.echo(f"Open this once, within {hours} hour{'s' if hours > 1 else ''}:", err=True)
    click.echo(links.address(context.settings().public_url, purpose, token))
