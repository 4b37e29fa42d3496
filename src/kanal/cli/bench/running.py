"""A real `kanal up` as a child process, with a data directory and ports of its own: started, killed, started again,
measured. The benchmarks and the tests of the whole system stand on it."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import httpx2

from kanal.kit import processes

PATIENCE = 120.0
"""Seconds for a start, of which making a database and filling the demo are the long part."""
READY = "Kanal is ready"


class NotStarted(Exception):
    """`kanal up` ended, or did not get ready; the message holds what it said."""


class Running:
    """`kanal up` (or `what`: `serve`, `worker`) in `folder`. What it says is in `log`, over all its starts."""

    def __init__(self, folder: Path, *, demo: bool = False, what: str = "up", **env: str) -> None:
        self.folder = folder
        self.what = what
        self.log = folder / f"kanal-{what}.log"
        self.http, self.smtp, self.sandbox, self.catcher, self.imap = free_ports(5)
        self.demo = demo
        given = {
            "KANAL_DATA_DIR": str(folder / "data"),
            "KANAL_HTTP": f"127.0.0.1:{self.http}",
            "KANAL_SMTP_IN": f"127.0.0.1:{self.smtp}",
            "KANAL_SANDBOX": f"127.0.0.1:{self.sandbox}",
            "KANAL_SANDBOX_IMAP": f"127.0.0.1:{self.imap}",
        }
        if demo:
            given["KANAL_SMTP_OUT"] = f"smtp://127.0.0.1:{self.catcher}"
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("KANAL_")}
        self.env = inherited | given | env
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http}"

    @property
    def sandbox_url(self) -> str:
        return f"http://127.0.0.1:{self.sandbox}"

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def said(self) -> str:
        return self.log.read_text() if self.log.exists() else ""

    def launch(self) -> None:
        """Start it, without waiting."""
        arguments = [kanal(), self.what, *(["--demo"] if self.demo else [])]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own command
                arguments,
                env=self.env,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=processes.die_with_parent(signal.SIGTERM),
            )

    def start(self) -> float:
        """Start it; the seconds until it was ready."""
        began, spoken = time.monotonic(), len(self.said())
        self.launch()
        self.wait_until_ready()
        ready = time.monotonic() - began
        self._wait_for(lambda: READY in self.said()[spoken:], "it listens, but does not say that it is ready")
        return ready

    def wait_until_ready(self) -> None:
        """Until it answers and can work."""
        self._wait_for(self._answers, "it is not ready")

    def kill(self) -> None:
        """As if the machine had lost it: SIGKILL, at once."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self, seconds: float = 30.0) -> int:
        """Ask it to end; its exit code, which is negative where it had to be killed."""
        assert self.process is not None
        processes.end(self.process, (signal.SIGTERM, seconds))
        return self.process.returncode

    def close(self) -> None:
        """Leave nothing behind."""
        if self.process is not None and self.process.poll() is None:
            self.stop()

    def command(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run another command of the same installation, such as `token create …`."""
        done = subprocess.run(  # noqa: S603 - our own command
            [kanal(), *arguments], env=self.env, cwd=self.folder, capture_output=True, text=True, check=False
        )
        if check and done.returncode:
            raise NotStarted(f"kanal {arguments[0]}: {done.stderr}")
        return done

    def token(self, account: str, user: str) -> str:
        return self.command("token", "create", "--account", account, "--user", user).stdout.strip()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _answers(self) -> bool:
        try:
            return httpx2.get(f"{self.url}/health/ready", timeout=2).status_code == 200
        except httpx2.HTTPError:
            return False

    def _wait_for(self, condition: Any, otherwise: str) -> None:
        for _ in processes.tries(PATIENCE):
            if condition():
                return
            if self.process is None or self.process.poll() is not None:
                raise NotStarted(f"it has ended:\n{self.said()[-4000:]}")
        raise NotStarted(f"{otherwise}:\n{self.said()[-4000:]}")


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that the embedded server's own user can pass through."""
    folder = Path(tempfile.mkdtemp(prefix="kanal-up-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        _remove(folder)


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on. A restarted server has to come back on the same ones, so they are chosen before;
    below those that a system gives to outgoing connections, so that none of these takes one meanwhile."""
    found: set[int] = set()
    while len(found) < count:
        port = 20_000 + secrets.randbelow(12_000)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            found.add(port)
    return list(found)


def kanal() -> str:
    """The command beside this interpreter."""
    found = shutil.which("kanal", path=str(Path(sys.executable).parent)) or shutil.which("kanal")
    if found is None:
        raise NotStarted("the command kanal is not installed beside this Python")
    return found


def _remove(folder: Path) -> None:
    """The cluster may stand elsewhere, behind a link; see kit/postgres.py."""
    cluster = folder / "data" / "postgres"
    if cluster.is_symlink():
        shutil.rmtree(cluster.resolve(), ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
