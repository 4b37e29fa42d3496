"""`kanal backup` and `kanal restore`: everything of an installation in one file, and back."""

from __future__ import annotations

from pathlib import Path

import click

from kanal.cli import context
from kanal.kit import backup as kit
from kanal.kit import clock, migrate
from kanal.kit.pgdump import DumpFailed
from kanal.kit.settings import Settings
from kanal.kit.storage import local_folder

FAULTS = (kit.BackupFailed, kit.BackupDamaged, kit.RestoreRefused, DumpFailed)


@click.command("backup")
@click.argument("target", required=False, type=click.Path(path_type=Path))
def backup(target: Path | None) -> None:
    """Write the database, the files and the secret key to TARGET (.tar.gz), while Kanal goes on working. It holds
    secrets: keep it where you would keep a password."""
    settings = context.settings()
    target = (target or Path(f"kanal-{clock.now():%Y%m%d-%H%M%S}.tar.gz")).absolute()
    try:
        with context.migrated(settings) as url:
            manifest = kit.backup(url, None, _files(settings), settings.data_dir, target)
    except FAULTS as fault:
        raise click.ClickException(str(fault)) from None
    click.echo(
        f"{target}: {target.stat().st_size:,} bytes, {manifest.files or 0} files, PostgreSQL {manifest.postgres}"
    )


@click.command("restore")
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--force", is_flag=True, help="Put it in the place of what is there.")
def restore(source: Path, force: bool) -> None:
    """Read SOURCE into an empty installation. Kanal must not run."""
    settings = context.settings()
    try:
        with context.server(settings) as url:
            manifest = kit.restore(source, url, None, _files(settings), settings.data_dir, force=force)
            migrate.upgrade(url)
    except FAULTS as fault:
        raise click.ClickException(str(fault)) from None
    click.echo(f"Restored what was saved at {manifest.made_at:%Y-%m-%d %H:%M} UTC.")


def _files(settings: Settings) -> Path | None:
    return local_folder(settings.storage_url or str(settings.data_dir / "files"))
