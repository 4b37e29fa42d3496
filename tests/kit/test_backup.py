"""Backup and restore between real servers, with a small schema built as Kanal's is."""

from __future__ import annotations

import asyncio
import io
import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from kanal.kit.backup import BackupDamaged, BackupFailed, RestoreRefused, backup, restore, verify
from kanal.kit.migrate import ROLES
from kanal.kit.pgdump import DumpFailed, dump
from kanal.kit.postgres import EmbeddedPostgres
from kanal.kit.storage import Storage
from tests.kit.conftest import reachable_folder

SCHEMA = """
set role kanal_owner;
create table tickets (account_id int, number int, subject text not null, primary key (account_id, number));
alter table tickets enable row level security;
create policy of_account on tickets using (account_id = nullif(current_setting('app.account_id', true), '')::int);
grant select, insert on tickets to kanal_app;
create function waiting() returns bigint language sql security definer as 'select count(*) from public.tickets';
insert into tickets select account, number, 'räksmörgås ' || number
  from generate_series(1, 3) account, generate_series(1, 1000) number;
"""
KEY = "the-key-of-this-installation\n"


class Installation:
    """A database, a folder of files and a key, empty at first."""

    def __init__(self, url: str, data_dir: Path) -> None:
        self.url = url
        self.data_dir = data_dir
        self.files = data_dir / "files"
        self.storage = Storage(str(self.files))

    def backup(self, target: Path) -> None:
        backup(self.url, None, self.files, self.data_dir, target)

    def restore(self, source: Path, *, force: bool = False) -> None:
        restore(source, self.url, None, self.files, self.data_dir, force=force)

    def run(self, statements: str) -> None:
        with psycopg.connect(self.url) as connection:
            connection.execute(statements.encode())

    def ask(self, question: str) -> object:
        with psycopg.connect(self.url) as connection:
            row = connection.execute(question.encode()).fetchone()
            return row[0] if row else None


@pytest.fixture(scope="module")
def ours(server: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation with 3,000 tickets, one stored file and a key."""
    made = Installation(server.url, tmp_path_factory.mktemp("ours"))
    made.run(ROLES + SCHEMA)
    asyncio.run(made.storage.put(b"attached"))
    (made.data_dir / "secret.key").write_text(KEY)
    return made


@pytest.fixture(scope="module")
def archive(ours: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("archive") / "kanal.tar.gz"
    ours.backup(target)
    return target


@pytest.fixture(scope="module")
def other_server() -> Iterator[EmbeddedPostgres]:
    with reachable_folder() as folder, EmbeddedPostgres(folder, durable=False) as running:
        yield running


@pytest.fixture
def theirs(other_server: EmbeddedPostgres, tmp_path: Path) -> Iterator[Installation]:
    """An empty installation on another server."""
    with psycopg.connect(other_server.url, autocommit=True) as connection:
        connection.execute("create database theirs")
        yield Installation(other_server.url.replace("/kanal?", "/theirs?"), tmp_path)
        connection.execute("drop database theirs")


def test_every_row_and_file_and_the_key_come_back(archive: Path, theirs: Installation) -> None:
    theirs.restore(archive)
    assert theirs.ask("select count(*) from tickets where subject = 'räksmörgås ' || number") == 3000
    assert asyncio.run(theirs.storage.get(asyncio.run(theirs.storage.put(b"attached")))) == b"attached"
    assert (theirs.data_dir / "secret.key").read_text() == KEY


def test_restored_database_guards_accounts_as_before(archive: Path, theirs: Installation) -> None:
    theirs.restore(archive)
    assert theirs.ask("select tableowner from pg_tables where tablename = 'tickets'") == "kanal_owner"
    with psycopg.connect(theirs.url) as connection:
        connection.execute("set role kanal_app")
        assert connection.execute("select count(*) from tickets").fetchone() == (0,)
        assert connection.execute("select waiting()").fetchone() == (3000,)
        connection.execute("set app.account_id = 2")
        assert connection.execute("select count(*) from tickets").fetchone() == (1000,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("delete from tickets")


def test_archive_and_restored_key_are_closed_to_others(archive: Path, theirs: Installation) -> None:
    theirs.restore(archive)
    assert archive.stat().st_mode & 0o777 == 0o600
    assert (theirs.data_dir / "secret.key").stat().st_mode & 0o777 == 0o600


def test_manifest_tells_what_is_inside_and_that_it_is_secret(archive: Path) -> None:
    manifest = verify(archive)
    assert (manifest.format, manifest.postgres, manifest.files, manifest.secret_key) == (1, "18.4", 1, True)
    assert "secrets" in manifest.warning


def test_login_that_row_level_security_holds_for_still_saves_every_row(
    server: EmbeddedPostgres, ours: Installation, archive: Path, theirs: Installation, tmp_path: Path
) -> None:
    ours.run("create role manager login; grant kanal_owner to manager")
    with (server.data_dir / "postgres/pg_ident.conf").open("a") as rules:
        rules.write("kanal /.* manager\n")
    ours.run("select pg_reload_conf()")
    target = tmp_path / "by-manager.tar.gz"
    backup(ours.url.replace("//kanal@", "//manager@"), None, None, ours.data_dir, target)
    theirs.restore(target)
    assert theirs.ask("select count(*) from tickets") == 3000


def test_database_with_anything_in_it_is_refused(archive: Path, theirs: Installation) -> None:
    theirs.run("create table mine (word text)")
    with pytest.raises(RestoreRefused, match="database is not empty"):
        theirs.restore(archive)
    assert theirs.ask("select to_regclass('tickets')") is None
    assert not (theirs.data_dir / "secret.key").exists()


def test_force_takes_the_place_of_ours_and_leaves_what_is_not_ours(archive: Path, theirs: Installation) -> None:
    theirs.run(ROLES + SCHEMA + "create table stale (); reset role; create table mine ()")
    theirs.restore(archive, force=True)
    assert theirs.ask("select count(*) from tickets") == 3000
    assert theirs.ask("select to_regclass('stale')") is None
    assert theirs.ask("select to_regclass('mine')") == "mine"


def test_forced_restore_that_fails_changes_nothing(archive: Path, theirs: Installation) -> None:
    theirs.run("create table tickets (); " + ROLES + "set role kanal_owner; create table old (); reset role")
    with pytest.raises(DumpFailed, match='"tickets" already exists'):
        theirs.restore(archive, force=True)
    assert theirs.ask("select to_regclass('old')") == "old"
    assert not (theirs.data_dir / "secret.key").exists()


def test_other_key_is_refused_and_kept_when_forced(archive: Path, theirs: Installation) -> None:
    key = theirs.data_dir / "secret.key"
    key.write_text("another\n")
    with pytest.raises(RestoreRefused, match="holds another key"):
        theirs.restore(archive)
    theirs.restore(archive, force=True)
    assert key.read_text() == KEY
    assert [old.read_text() for old in theirs.data_dir.glob("secret.key.until-*")] == ["another\n"]


def test_files_for_a_bucket_are_refused(archive: Path, theirs: Installation) -> None:
    with pytest.raises(RestoreRefused, match="bucket"):
        restore(archive, theirs.url, None, None, theirs.data_dir, force=True)


@pytest.mark.parametrize("place", [0.02, 0.3, 0.6, 0.98, 0.999])
def test_changed_byte_is_found_before_anything_is_touched(
    archive: Path, theirs: Installation, tmp_path: Path, place: float
) -> None:
    data = bytearray(archive.read_bytes())
    data[int(len(data) * place)] ^= 0x10
    damaged = tmp_path / "damaged.tar.gz"
    damaged.write_bytes(data)
    with pytest.raises(BackupDamaged):
        theirs.restore(damaged)
    assert theirs.ask("select to_regclass('tickets')") is None


@pytest.mark.parametrize("part", [0, 0.1, 0.5, 0.999])
def test_archive_cut_off_is_found(archive: Path, tmp_path: Path, part: float) -> None:
    data = archive.read_bytes()
    damaged = tmp_path / "damaged.tar.gz"
    damaged.write_bytes(data[: int(len(data) * part)])
    with pytest.raises(BackupDamaged):
        verify(damaged)


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "files/aa/bb/../../evil", "secret.key.old"])
def test_archive_of_others_is_refused(tmp_path: Path, name: str) -> None:
    foreign = tmp_path / "foreign.tar.gz"
    with tarfile.open(foreign, "w:gz") as tar:
        tar.addfile(tarfile.TarInfo(name), io.BytesIO())
    with pytest.raises(BackupDamaged, match="no backup of Kanal"):
        verify(foreign)


def test_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.tar.gz"
    link = tarfile.TarInfo("database.dump")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(foreign, "w:gz") as tar:
        tar.addfile(link)
    with pytest.raises(BackupDamaged, match="no file"):
        verify(foreign)


def test_backup_never_overwrites_and_leaves_nothing_half_done(ours: Installation, tmp_path: Path) -> None:
    target = tmp_path / "kanal.tar.gz"
    target.write_text("precious")
    with pytest.raises(BackupFailed, match="exists already"):
        ours.backup(target)
    with pytest.raises(psycopg.OperationalError):
        backup("host=/nowhere", None, ours.files, ours.data_dir, target.with_name("other.tar.gz"))
    assert [path.name for path in tmp_path.iterdir()] == ["kanal.tar.gz"]


def test_password_is_not_on_the_command_line(ours: Installation, tmp_path: Path) -> None:
    """A program in the place of pg_dump tells what it was given: anyone on the machine could read that much."""
    program = tmp_path / "pg_dump"
    program.write_text('#!/bin/sh\n[ "$1" = --version ] && echo 18 && exit\necho "$@" "$PGPASSWORD" >&2; exit 1\n')
    program.chmod(0o755)
    with pytest.raises(DumpFailed) as told:
        dump(ours.url.replace("kanal@", "kanal:hunter2@"), tmp_path, tmp_path / "dump")
    arguments, _, password = told.value.reason.rpartition(" ")
    assert "hunter2" not in arguments
    assert password == "hunter2"
