"""One database into a file and back, by PostgreSQL's own programs. `backup` puts the file into its archive."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from kanal.kit.migrate import ROLES
from kanal.kit.postgres import installed_binaries

# `drop owned` and not a new schema: what is not ours in that database stays.
EMPTY = "set lock_timeout = '10s'; drop owned by kanal_owner cascade; reset lock_timeout;"
# pg_dump writes it into every dump; servers before 17 do not know it.
UNKNOWN_BEFORE_17 = b"SET transaction_timeout = 0;\n"


class DumpFailed(Exception):
    """The database could not be written to the file or read from it; then nothing was changed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def dump(url: str, pg_bin: Path | None, file: Path) -> str:
    """Write the database to `file` in pg_dump's custom format; return the server's version."""
    with psycopg.connect(url) as connection:
        version = connection.info.server_version
        # Row-level security would hide every row. It does not hold for a superuser, nor for the tables' owner.
        superuser = connection.execute("select rolsuper from pg_roles where rolname = current_user").fetchone()
        owner = [] if superuser == (True,) else ["--role=kanal_owner"]
    program = _programs(pg_bin, version) / "pg_dump"
    target, environment = _target(url)
    command = [str(program), "--format=custom", f"--file={file}", *owner, f"--dbname={target}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if done.returncode != 0:
        raise DumpFailed(done.stderr.strip())
    return _version_name(version)


def is_empty(url: str) -> bool:
    with psycopg.connect(url) as connection:
        found = connection.execute(
            """
            select 1
              from pg_class c
              join pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('r', 'p', 'v', 'm')
               and n.nspname not in ('pg_catalog', 'information_schema')
               and n.nspname not like 'pg\\_toast%'
               and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
             limit 1
            """
        )
        return found.fetchone() is None


def load(url: str, pg_bin: Path | None, file: Path, *, replace: bool) -> None:
    """Fill the database from `file`, in one transaction; with `replace`, what is ours in it goes first."""
    with psycopg.connect(url) as connection:
        version = connection.info.server_version
    programs = _programs(pg_bin, version)
    target, environment = _target(url)
    psql = [str(programs / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-", "-d", target]
    with tempfile.TemporaryFile("w+") as said:
        loading = subprocess.Popen(  # noqa: S603 - nothing here comes from outside
            psql, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said
        )
        try:
            with suppress(BrokenPipeError):  # psql stopped at an error, and says below which
                _write_script(_pipe_to(loading), programs / "pg_restore", file, version, replace)
        finally:
            with suppress(BrokenPipeError):
                _pipe_to(loading).close()
            loading.wait()
        if loading.returncode != 0:
            said.seek(0)
            raise DumpFailed(said.read().strip())


def _pipe_to(process: subprocess.Popen[bytes]) -> IO[bytes]:
    assert process.stdin is not None
    return process.stdin


def _write_script(psql: IO[bytes], pg_restore: Path, file: Path, version: int, replace: bool) -> None:
    """Hand psql the whole transaction. Without its last line, whatever the reason, it is rolled back."""
    psql.write(b"begin;\n")
    psql.write(ROLES.encode())
    if replace:
        psql.write(f"{EMPTY}\n{ROLES}\n".encode())
    with tempfile.TemporaryFile("w+") as said:
        with subprocess.Popen(  # noqa: S603 - nothing here comes from outside
            [str(pg_restore), "--file=-", str(file)], stdout=subprocess.PIPE, stderr=said
        ) as restoring:
            assert restoring.stdout
            head = restoring.stdout.read(4096)
            psql.write(head if version >= 170000 else head.replace(UNKNOWN_BEFORE_17, b""))
            shutil.copyfileobj(restoring.stdout, psql)
        if restoring.returncode != 0:
            said.seek(0)
            raise DumpFailed(said.read().strip())
    psql.write(b"\ncommit;\n")


def _programs(pg_bin: Path | None, server_version: int) -> Path:
    """Return the folder of programs that know this server: those given, else ours, else those on the PATH."""
    on_path = shutil.which("pg_dump")
    candidates = [pg_bin] if pg_bin else [installed_binaries(), *([Path(on_path).parent] if on_path else [])]
    for folder in candidates:
        if _major(folder / "pg_dump") >= server_version // 10000:
            return folder
    raise DumpFailed(
        f"the server is PostgreSQL {server_version // 10000}; pg_dump, pg_restore and psql of that version or "
        f"newer ones are needed on the PATH"
    )


def _major(program: Path) -> int:
    said = subprocess.run([str(program), "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603
    found = re.search(r"\d+", said)
    return int(found.group()) if found else 0


def _target(url: str) -> tuple[str, Mapping[str, str]]:
    """Return the connection for the command line, and the environment that keeps the password off it."""
    parts: dict[str, Any] = conninfo_to_dict(url)
    password = parts.pop("password", None)
    return make_conninfo(**parts), os.environ | ({"PGPASSWORD": str(password)} if password else {})


def _version_name(version: int) -> str:
    return f"{version // 10000}.{version % 10000}"
