"""The command `kanal`, run as people run it, against a database of one's own and against the embedded one."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import anyio
import psycopg
import pytest
from click.testing import CliRunner, Result

from kanal.cli import main
from kanal.events import actions as events
from kanal.kit.db import Database
from kanal.kit.postgres import EmbeddedPostgres
from kanal.people import tokens

Kanal = Callable[..., Result]


@pytest.fixture
def kanal(database_url: str, tmp_path: Path) -> Kanal:
    env = {
        "KANAL_DATABASE_URL": database_url,
        "KANAL_DATA_DIR": str(tmp_path),
        "KANAL_PUBLIC_URL": "https://desk.example",
    }

    def run(*words: str) -> Result:
        return CliRunner().invoke(main, words, env=env)

    return run


@pytest.fixture
def account(kanal: Kanal) -> str:
    assert kanal("account", "create", "demo", "--name", "Demo AB").exit_code == 0
    return "demo"


def _user(kanal: Kanal, *more: str) -> Result:
    return kanal("user", "create", "--account", "demo", "--email", "ann@demo.example", *more)


def test_token_create_prints_the_token_alone_and_it_works(kanal: Kanal, account: str, database_url: str) -> None:
    _user(kanal, "--role", "admin")
    result = kanal("token", "create", "--account", "demo", "--user", "ann@demo.example")
    assert (result.exit_code, len(result.stdout.split()), result.stderr) == (0, 1, "")

    async def find() -> list[str]:
        db = Database(database_url, events.write)
        await db.open()
        async with db.transaction(None) as tx:
            found = await tokens.find(tx, result.stdout.strip(), "demo")
        await db.close()
        assert found
        return [found.role, *found.scopes]

    assert anyio.run(find) == ["admin", "admin", "read", "write"]


def test_user_without_a_password_gets_a_link_to_choose_one(kanal: Kanal, account: str) -> None:
    result = _user(kanal)
    assert result.stdout.startswith("https://desk.example/welcome#")
    assert len(result.stdout.split()) == 1


def test_user_with_a_password_can_sign_in(kanal: Kanal, account: str) -> None:
    assert "can sign in" in _user(kanal, "--password", "a long password").output
    assert "at least 10" in _user(kanal, "--password", "short").output


def test_user_may_have_a_role_of_the_account_own(kanal: Kanal, account: str, database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(
            """
            insert into roles (account_id, key, name, permissions, sees, position, created_at)
            select id, 'night_shift', 'Night shift', '{read}', 'own', 100, now() from accounts
            """
        )
    assert "the account has super_admin, admin, agent, viewer, night_shift" in _user(kanal, "--role", "pilot").output
    assert _user(kanal, "--role", "night_shift").exit_code == 0
    with psycopg.connect(database_url) as connection:
        [member] = connection.execute("select role, joined_at is not null from members").fetchall()
    assert member == ("night_shift", True)


def test_known_user_joins_another_account_with_the_same_password(kanal: Kanal, account: str) -> None:
    _user(kanal, "--password", "a long password")
    kanal("account", "create", "other")
    joined = kanal("user", "create", "--account", "other", "--email", "ANN@demo.example", "--no-seat")
    assert (joined.exit_code, joined.stdout) == (0, "The user can sign in.\n")
    assert "member of demo already" in _user(kanal).output


def test_reset_password_prints_a_link(kanal: Kanal, account: str) -> None:
    _user(kanal, "--password", "a long password")
    result = kanal("user", "reset-password", "--email", "ann@demo.example", "--turn-off-totp")
    assert result.stdout.startswith("https://desk.example/reset#")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["account", "create", "demo"], "there is an account demo already"),
        (["account", "create", "De mo"], "a-z, 0-9"),
        (["user", "create", "--account", "none", "--email", "a@b.c"], "there is no account none"),
        (["user", "create", "--account", "demo", "--email", "nobody"], "that is no address"),
        (["user", "reset-password", "--email", "no@body.example"], "there is no such user"),
        (["token", "create", "--account", "demo", "--user", "no@body.example"], "no such member of demo"),
        (["token", "create", "--account", "none", "--user", "no@body.example"], "there is no account none"),
    ],
)
def test_mistakes_are_said_in_a_sentence(kanal: Kanal, account: str, words: list[str], says: str) -> None:
    result = kanal(*words)
    assert result.exit_code != 0
    assert says in result.stderr
    assert "Traceback" not in result.output


def test_wrong_setting_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["db", "upgrade"], env={"KANAL_HTTP": "nonsense"})
    assert "KANAL_HTTP" in result.stderr


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """Where the server's user gets at it."""
    with tempfile.TemporaryDirectory(prefix="kanal-test-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


@pytest.mark.slow
def test_embedded_server_that_runs_already_is_used_and_left_running(data_dir: Path) -> None:
    env = {"KANAL_DATA_DIR": str(data_dir), "KANAL_DATABASE_URL": ""}
    with EmbeddedPostgres(data_dir, durable=False) as server:
        assert CliRunner().invoke(main, ["account", "create", "demo"], env=env).exit_code == 0
        with psycopg.connect(server.url) as connection:
            assert connection.execute("select slug from accounts").fetchall() == [("demo",)]
    assert "already" in CliRunner().invoke(main, ["account", "create", "demo"], env=env).stderr
