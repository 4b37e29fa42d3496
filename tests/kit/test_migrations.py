"""A database of an earlier release is brought up to date with what stands in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy
from alembic import command
from alembic.config import Config
from psycopg.types.json import Jsonb

from kanal.inboxes.rules import sealed, with_secrets
from kanal.kinds.email import settings as email
from kanal.kit import migrate, migrations
from kanal.kit.ids import new_id
from tests.conftest import SERVER, _with_database
from tests.make.channels import KEYRING

NAME = "kanal_test_older_release"
OF_0003: dict[str, Any] = {
    "method": "forwarding",
    "address": "support@demo.example",
    "forwarding_address": "abcdefghij23@in.example",
    "company_name": "Ljus & Form",
    "from_name_mode": "company",
    "signature_html": "<p>Ljus</p>",
    "smtp": {"host": "smtp.demo.example", "port": 587, "security": "starttls", "username": "u", "password": "s3cret"},
}


@pytest.fixture
def older() -> Iterator[str]:
    """A database as release 0003 left it."""
    server = os.environ[SERVER]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"drop database if exists {NAME} with (force)")
        connection.execute(f"create database {NAME}")
    url = _with_database(server, NAME)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(migrate.ROLES)
    _upgrade_to(url, "0003")
    yield url
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"drop database {NAME} with (force)")


def _upgrade_to(url: str, revision: str) -> None:
    engine = sqlalchemy.create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(url))
    with engine.connect() as bound:
        bound.exec_driver_sql("set role kanal_owner")
        bound.commit()
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        config.attributes["connection"] = bound
        command.upgrade(config, revision)
        bound.commit()
    engine.dispose()


def _connect(url: str, settings: dict[str, Any], kind: str = "email") -> None:
    seen, secrets = sealed(settings, ["smtp.password"], KEYRING)
    with psycopg.connect(url) as connection:
        account = connection.execute(
            "insert into accounts (slug, name, created_at) values (%s, 'A', now()) returning id", (f"a{new_id().hex}",)
        ).fetchone()
        assert account is not None
        inbox = new_id()
        connection.execute("insert into inboxes values (%s, %s, 'help_desk', 'Help desk', now())", (account[0], inbox))
        connection.execute(
            """
            insert into channels (account_id, id, inbox_id, kind, name, settings, secrets, health_since, created_at)
            values (%s, %s, %s, %s, 'Support', %s, %s, now(), now())
            """,
            (account[0], new_id(), inbox, kind, Jsonb(seen), secrets),
        )


def _stored(url: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """As it stands in the database, and with its secrets."""
    with psycopg.connect(url) as connection:
        row = connection.execute("select settings, secrets from channels").fetchone()
    assert row is not None
    return row[0], with_secrets(row[0], row[1], KEYRING)


def test_a_mail_channel_of_the_first_releases_keeps_its_settings_under_their_new_names(older: str) -> None:
    _connect(older, OF_0003)
    migrate.upgrade(older)
    seen, whole = _stored(older)
    assert not {"company_name", "from_name_mode"} & set(seen)
    assert "username" not in seen["smtp"]
    read = email.read(whole)
    assert (read.from_name.mode, read.from_name.company) == ("company", "Ljus & Form")
    assert read.smtp == email.Smtp(host="smtp.demo.example", port=587, security="starttls", user="u", password="s3cret")
    assert (read.method, read.address, read.signature_html) == ("forwarding", "support@demo.example", "<p>Ljus</p>")
    assert (read.quoting, read.plus, read.imap) == (True, False, None)


def test_one_without_a_server_of_its_own_and_with_nothing_filled_in_is_moved_too(older: str) -> None:
    _connect(older, {"method": "forwarding", "address": "a@demo.example", "smtp": None})
    migrate.upgrade(older)
    read = email.read(_stored(older)[1])
    assert (read.from_name, read.smtp) == (email.FromName(), None)


def test_channels_of_other_kinds_are_left_alone(older: str) -> None:
    settings = {"form": "x", "company_name": "of the form's own"}
    _connect(older, settings, kind="form")
    migrate.upgrade(older)
    assert _stored(older)[0] == settings
