"""The embedded server, started, killed and started again for real."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from kanal.kit import postgres, processes
from kanal.kit.postgres import AlreadyRunning, EmbeddedPostgres, StartFailed

HOLD = """
import sys, pathlib
from kanal.kit.postgres import EmbeddedPostgres
server = EmbeddedPostgres(pathlib.Path(sys.argv[1]))
server.start()
print(server.url, flush=True)
sys.stdin.read()
"""


def test_what_was_committed_is_there_after_stop_and_start(data_dir: Path) -> None:
    server = EmbeddedPostgres(data_dir, durable=False)
    for expected in (1, 2):
        server.start()
        assert write_one_row(server.url) == expected
        server.stop()


def test_database_is_utf8_and_sorts_by_code_point(server: EmbeddedPostgres) -> None:
    assert ask(server.url, "SHOW server_encoding") == "UTF8"
    assert ask(server.url, "SELECT 'Z' < 'a' AND upper('ö') = 'Ö'") is True


def test_only_a_socket_is_open(server: EmbeddedPostgres) -> None:
    assert ask(server.url, "SHOW listen_addresses") == ""


def test_nobody_gets_in_under_another_name(server: EmbeddedPostgres) -> None:
    with pytest.raises(psycopg.OperationalError, match="Peer authentication failed"):
        psycopg.connect(server.url, user="postgres")


def test_durable_by_default_and_fast_on_request(data_dir: Path) -> None:
    for durable, fsync in ((True, "on"), (False, "off")):
        with EmbeddedPostgres(data_dir, durable=durable) as server:
            assert ask(server.url, "SHOW fsync") == fsync


def test_errors_with_customers_words_stay_out_of_the_log(server: EmbeddedPostgres) -> None:
    with pytest.raises(psycopg.errors.InvalidTextRepresentation):
        ask(server.url, "SELECT 'ada@example.com'::int")
    assert "ada@example.com" not in (server.data_dir / "postgres/postgres.log").read_text()


def test_second_start_on_the_same_folder_is_refused_with_the_reason(server: EmbeddedPostgres) -> None:
    with pytest.raises(AlreadyRunning) as refused:
        EmbeddedPostgres(server.data_dir).start()
    assert refused.value.reason == f"the database in {server.data_dir} is in use by process {os.getpid()}"
    assert ask(server.url, "SELECT 1") == 1


def test_url_and_binaries_are_known_without_starting(server: EmbeddedPostgres) -> None:
    bystander = EmbeddedPostgres(server.data_dir)
    assert bystander.url == server.url
    for program in ("pg_dump", "pg_restore"):
        subprocess.run([bystander.binaries / program, "--version"], check=True, stdout=subprocess.DEVNULL)


def test_killed_parent_takes_postgres_along_and_nothing_committed_is_lost(data_dir: Path) -> None:
    with holder(data_dir) as child:
        write_one_row(url_of(child))
        postmaster = int((data_dir / "postgres/data/postmaster.pid").read_text().split()[0])
        child.kill()
        child.wait()
        assert ended(postmaster)
    with EmbeddedPostgres(data_dir) as server:
        assert write_one_row(server.url) == 2


def test_start_right_after_a_kill_waits_for_the_last_server(data_dir: Path) -> None:
    for expected in (1, 2, 3):
        with holder(data_dir) as child:
            assert write_one_row(url_of(child)) == expected
            child.kill()
    with EmbeddedPostgres(data_dir) as server:
        assert write_one_row(server.url) == 4


def test_postgres_killed_itself_recovers_at_the_next_start(data_dir: Path) -> None:
    server = EmbeddedPostgres(data_dir)
    server.start()
    write_one_row(server.url)
    os.kill(int((data_dir / "postgres/data/postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    server.stop()
    with server:
        assert write_one_row(server.url) == 2


def test_left_over_locks_that_name_a_living_stranger_do_not_prevent_the_start(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir, durable=False) as server:
        left_over = (data_dir / "postgres/data/postmaster.pid").read_text().split("\n", 1)[1]
    with subprocess.Popen(["sleep", "60"], **server.run_as()) as stranger:
        for lock in ("data/postmaster.pid", "run/.s.PGSQL.5432.lock"):
            (data_dir / "postgres" / lock).write_text(f"{stranger.pid}\n{left_over}")
        with server:
            assert ask(server.url, "SELECT 1") == 1
        assert stranger.poll() is None
        stranger.kill()


def test_server_without_a_master_is_ended_first(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    orphaned = EmbeddedPostgres(data_dir, durable=False)
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(sys, "platform", "darwin")  # which has no signal at the parent's death
        orphaned.start()
    write_one_row(orphaned.url)
    assert orphaned._process
    assert orphaned._lock
    reaper = threading.Thread(target=orphaned._process.wait)
    reaper.start()
    orphaned._lock.close()
    with EmbeddedPostgres(data_dir, durable=False) as server:
        assert write_one_row(server.url) == 2
    reaper.join()


def test_cluster_made_half_is_made_anew(data_dir: Path) -> None:
    half = data_dir / "postgres/data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with EmbeddedPostgres(data_dir, durable=False) as server:
        assert ask(server.url, "SELECT 1") == 1
    assert not half.exists()


def test_path_too_long_for_a_socket_gets_a_short_one(data_dir: Path) -> None:
    long_dir = data_dir / ("a long name " * 10)
    with EmbeddedPostgres(long_dir, durable=False) as server:
        assert ask(server.url, "SELECT 1") == 1
        socket_dir = server._socket_dir
    assert socket_dir.parent == Path("/tmp")
    shutil.rmtree(socket_dir)


def test_link_in_place_of_the_short_socket_folder_is_refused(data_dir: Path) -> None:
    server = EmbeddedPostgres(data_dir / ("a long name " * 10), durable=False)
    server._socket_dir.symlink_to(data_dir)
    with pytest.raises(StartFailed, match="is a link"):
        server.start()
    server._socket_dir.unlink()


def test_failed_start_tells_what_postgres_said_and_lets_go(data_dir: Path) -> None:
    server = EmbeddedPostgres(data_dir, durable=False)
    with server:
        pass
    version = data_dir / "postgres/data/PG_VERSION"
    version.write_text("9\n")
    with pytest.raises(StartFailed, match="initialized by PostgreSQL version 9"):
        server.start()
    version.write_text("18\n")
    with server:
        assert ask(server.url, "SELECT 1") == 1


@pytest.fixture
def closed_dir() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="kanal-test-"))
    yield folder
    shutil.rmtree(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as somebody else")
def test_root_keeps_a_folder_of_its_own_closed(
    closed_dir: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "STATE", data_dir / "state")
    with EmbeddedPostgres(closed_dir, durable=False) as server:
        assert write_one_row(server.url) == 1
    assert closed_dir.stat().st_mode & 0o777 == 0o700
    assert (closed_dir / "postgres").resolve().parent == data_dir / "state"
    with server:
        assert write_one_row(server.url) == 2


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as somebody else")
def test_deleted_data_directory_starts_anew(closed_dir: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "STATE", data_dir / "state")
    for _ in range(2):
        with EmbeddedPostgres(closed_dir, durable=False) as server:
            assert write_one_row(server.url) == 1
        (closed_dir / "postgres").unlink()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as somebody else")
def test_binaries_out_of_reach_are_copied(closed_dir: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = postgres._package()
    for part in (installed, installed.with_name(f"{postgres.PACKAGE}.libs")):
        shutil.copytree(part, closed_dir / part.name, symlinks=True)
    monkeypatch.setattr(postgres, "_package", lambda: closed_dir / postgres.PACKAGE)
    with EmbeddedPostgres(data_dir, durable=False) as server:
        assert server.binaries.is_relative_to(data_dir)
        assert ask(server.url, "SELECT 1") == 1


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question.encode()).fetchone()
        assert row
        return row[0]


def write_one_row(url: str) -> object:
    """Add a row and return how many there are."""
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS said (word text)")
        connection.execute("INSERT INTO said VALUES ('hello')")
    return ask(url, "SELECT count(*) FROM said")


class holder:
    """A Python process that starts the server and keeps it until it is killed."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir

    def __enter__(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", HOLD, str(self.data_dir)]
        environment = os.environ | {"PYTHONPATH": str(Path(postgres.__file__).parents[2])}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        return self.process

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()


def url_of(child: subprocess.Popen[str]) -> str:
    assert child.stdout
    return child.stdout.readline().strip()


def ended(pid: int) -> bool:
    for _ in processes.tries(10):
        found = processes.look_up(pid)
        if found is None or found.state == "Z":
            return True
    return False
