"""Run a command with KANAL_TEST_DATABASE_URL set to a PostgreSQL 15 of the system's packages, started in a folder of
its own for as long as the command runs. Where the system has none, say so and do nothing.

    python -m scripts.postgres15 pytest tests
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BIN = Path("/usr/lib/postgresql/15/bin")


def main(command: list[str]) -> int:
    if not (BIN / "postgres").exists():
        print("PostgreSQL 15: skipped, since this system has no package of it")
        return 0
    folder = Path(tempfile.mkdtemp(prefix="kanal-pg15-"))
    user = "nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    shutil.chown(folder, user)
    try:
        return _with_server(folder, user, command)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _with_server(folder: Path, user: str, command: list[str]) -> int:
    data = folder / "data"
    _run(
        [BIN / "initdb", "-D", data, "-U", "kanal", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], user
    )
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c unix_socket_permissions=0777"
    with open(folder / "log", "wb") as log:
        command_line = [BIN / "postgres", "-D", data, *options.split()]
        server = subprocess.Popen(command_line, cwd="/", user=user, stderr=log)
    url = f"postgresql://kanal@/postgres?host={folder}"
    try:
        _wait(folder, server)
        print(f"PostgreSQL 15: {' '.join(command)}", flush=True)
        return subprocess.run(command, env={**os.environ, "KANAL_TEST_DATABASE_URL": url}, check=False).returncode
    finally:
        server.terminate()
        server.wait(30)


def _run(command: list[object], user: str) -> None:
    subprocess.run([str(part) for part in command], cwd="/", user=user, check=True, stdout=subprocess.DEVNULL)


def _wait(folder: Path, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while not (folder / ".s.PGSQL.5432").exists():
        if server.poll() is not None or time.monotonic() > end:
            raise SystemExit((folder / "log").read_text())
        time.sleep(0.05)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
