"""Child processes: look one up, end one, and have it end with us. The embedded database stands on it."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

PR_SET_PDEATHSIG = 1


class Process(NamedTuple):
    """What the system tells about a process; a zombie has the state "Z"."""

    state: str
    command: list[str]


def look_up(pid: int) -> Process | None:
    """Return the process of that number, or nothing when there is none."""
    if pid <= 0:
        return None
    return _from_proc(pid) if Path("/proc/self/stat").exists() else _from_ps(pid)


def end(process: subprocess.Popen[bytes], *requests: tuple[signal.Signals, float]) -> None:
    """Ask with each signal in turn, wait so many seconds for it to take effect, and kill in the end."""
    for request, seconds in requests:
        process.send_signal(request)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
        return
    process.kill()
    process.wait()


def die_with_parent(request: signal.Signals) -> Callable[[], None] | None:
    """Return a `preexec_fn` by which the child gets this signal when we die, even of `kill -9`.

    "We" is the thread that starts the child, which is why the main thread should. Linux only: elsewhere
    there is nothing to call, and what is left over has to be found at the next start.
    """
    if sys.platform != "linux":
        return None
    libc, parent = ctypes.CDLL(None), os.getpid()

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, request)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)

    return ask


def tries(seconds: float) -> Iterator[None]:
    """Turns of a waiting loop, close together at first, none after so many seconds."""
    end_of_patience = time.monotonic() + seconds
    pause = 0.005
    while time.monotonic() < end_of_patience:
        yield
        time.sleep(pause)
        pause = min(pause * 1.5, 0.1)


def _from_proc(pid: int) -> Process | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return None
    words = command.decode(errors="surrogateescape").rstrip("\0").split("\0")
    return Process(stat.rpartition(")")[2].split()[0], words)


def _from_ps(pid: int) -> Process | None:
    command = ["/bin/ps", "-o", "state=,command=", "-p", str(pid)]
    listed = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - a number
    state, *words = listed.stdout.split() or [""]
    return Process(state[0], words) if state else None
