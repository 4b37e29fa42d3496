"""Run by `kanal.kit.migrate` in a process of its own, so that the desk never carries Alembic and SQLAlchemy in memory.
The address comes in KANAL_MIGRATE_URL, where other users of the machine cannot read it."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg
import sqlalchemy
from alembic import command
from alembic.config import Config

from kanal.kit.migrate import LOCK


def main(url: str) -> None:
    engine = sqlalchemy.create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(url))
    with engine.connect() as bound:
        bound.exec_driver_sql("select pg_advisory_lock(%s)", (LOCK,))
        bound.exec_driver_sql("set role kanal_owner")
        bound.commit()
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent))
        config.attributes["connection"] = bound
        command.upgrade(config, "head")
        bound.commit()
    engine.dispose()


if __name__ == "__main__":
    main(os.environ["KANAL_MIGRATE_URL"])
