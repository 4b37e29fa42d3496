"""`kanal up`, `kanal serve` and `kanal worker`: start the database where it is ours, migrate, run, stop in order."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from typing import Any

import click
import uvloop
from rich.console import Console

from kanal.cli import demo as demo_account
from kanal.cli import demo_mailboxes
from kanal.kit import log, migrate
from kanal.kit.postgres import AlreadyRunning, EmbeddedPostgres, StartFailed
from kanal.kit.settings import InvalidSetting, Settings, read
from kanal.people import first_run, links
from kanal.server.http import PortTaken
from kanal.server.process import Process
from sandbox.app import Sandbox

console = Console(highlight=False, soft_wrap=True)


@click.command()
@click.option("--demo", is_flag=True, help="Add a demo account and the sandbox, the outside world on this machine.")
def up(demo: bool) -> None:
    """Run everything in one process: database, web, SMTP door, worker."""
    _run(demo=demo, serve=True, work=True)


@click.command()
def serve() -> None:
    """Run the doors: HTTP and SMTP. Needs KANAL_DATABASE_URL."""
    _run(serve=True, work=False)


@click.command()
def worker() -> None:
    """Run what takes in and sends: drains, dispatch, notices. Needs KANAL_DATABASE_URL."""
    _run(serve=False, work=True)


def _run(*, demo: bool = False, serve: bool, work: bool) -> None:
    log.configure(as_json=not sys.stderr.isatty(), level=os.environ.get("KANAL_LOG_LEVEL", "INFO"))
    try:
        settings = read(demo=demo)
        if not (serve and work) and not settings.database_url:
            raise InvalidSetting("KANAL_DATABASE_URL is not set; several processes need a PostgreSQL of their own")
        _with_database(settings, lambda url: _main(settings, url, serve=serve, work=work))
    except (InvalidSetting, AlreadyRunning, StartFailed, PortTaken, migrate.TooOld, migrate.MigrationFailed) as refusal:
        raise click.ClickException(str(refusal)) from None
    except ExceptionGroup as trouble:
        taken = trouble.subgroup(PortTaken)
        if taken is None:
            raise
        raise click.ClickException(str(taken.exceptions[0])) from None


def _with_database(settings: Settings, main: Callable[[str], Coroutine[Any, Any, None]]) -> None:
    """The embedded server is started from this, the main thread: it ends when the thread does, even by kill -9."""
    if settings.database_url:
        _migrate_and_run(settings.database_url, main)
        return
    postgres = EmbeddedPostgres(settings.data_dir)
    postgres.start()
    try:
        _migrate_and_run(postgres.url, main)
    finally:
        postgres.stop()


def _migrate_and_run(url: str, main: Callable[[str], Coroutine[Any, Any, None]]) -> None:
    migrate.upgrade(url)
    uvloop.run(main(url))


async def _main(settings: Settings, url: str, *, serve: bool, work: bool) -> None:
    process = Process(settings, url, serve=serve, work=work)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, process.stop)
    if not settings.demo:
        await process.run(lambda: _tell(process))
        return
    sandbox = Sandbox(
        http=str(settings.sandbox),
        smtp=_catcher(settings),
        imap=str(settings.sandbox_imap),
        deliver_to=str(settings.smtp_in),
        data_dir=settings.data_dir / "sandbox",
        suggest_to=[demo_account.ADDRESS, *demo_mailboxes.PASSWORDS],
        kanal_domains=[settings.mail_domain],
        hosted=demo_mailboxes.PASSWORDS,
    )
    await sandbox.start()
    try:
        await process.run(lambda: _tell_demo(process, sandbox))
    finally:
        await sandbox.stop()


def _catcher(settings: Settings) -> str:
    """Where the sandbox takes mail: the address of the way out when that is on this machine, else any free port."""
    scheme, _, address = (settings.smtp_out or "").partition("://")
    host = address.rpartition(":")[0]
    return address if scheme == "smtp" and host in ("127.0.0.1", "localhost") else "127.0.0.1:0"


async def _tell(process: Process) -> None:
    if not process.serves:
        return
    token = await first_run.link(process.db, process.settings.mail_domain)
    if token:
        link = links.address(process.settings.public_url, "first_run", token)
        console.print("\n[bold]Kanal is ready.[/] Nobody can sign in yet. Open this link once to set a password:")
        console.print(f"  {link}\n")
    else:
        console.print(f"\n[bold]Kanal is ready:[/] {process.settings.public_url}\n")


async def _tell_demo(process: Process, sandbox: Sandbox) -> None:
    if await _is_new(process):
        console.print("Filling the demo account …")
    await demo_account.fill(process, sandbox)
    sandbox.embed(await demo_account.contact_form(process))
    console.print(
        f"\n[bold]Kanal is ready.[/]\n\n"
        f"  The help desk      {process.settings.public_url}/a/{demo_account.SLUG}\n"
        f"  The outside world  {sandbox.url}\n"
        f"  A shop with a form {sandbox.url}/shop/contact\n\n"
        f"  Sign in as {demo_account.PEOPLE[0][0]} with the password {demo_account.PASSWORD}\n"
        f"  Agents: {', '.join(email for email, _, role in demo_account.PEOPLE if role == 'agent')}, same password\n"
        f"  Mail to {demo_account.ADDRESS} goes to {process.settings.smtp_in}\n"
        f"  Mail to {demo_mailboxes.RETURNS} is read by IMAP; {demo_mailboxes.STUDIO} waits to be connected,\n"
        f"  with the password that the outside world tells\n"
    )


async def _is_new(process: Process) -> bool:
    async with process.db.transaction(None) as tx:
        return not await tx.value("select true from accounts where slug = %s", (demo_account.SLUG,))
