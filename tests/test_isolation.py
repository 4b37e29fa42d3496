"""Accounts are kept apart by the database itself. The catalogue is walked, so a table added tomorrow is checked too."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from kanal.accounts.models import INSTALLATION_WIDE
from kanal.kit.db import Database
from tests.make import accounts, rows
from tests.make.rows import Connection

OWN = "c.relnamespace = 'public'::regnamespace and c.relname <> 'alembic_version'"


@pytest.fixture
def catalogue(migrated_url: str) -> Iterator[Connection]:
    with psycopg.connect(migrated_url) as connection:
        yield connection


def _tables(catalogue: Connection) -> set[str]:
    """All of ours that hold rows, also partitions and whatever else may come."""
    rows = catalogue.execute(f"select relname from pg_class c where relkind not in ('i', 'I', 'S', 'c') and {OWN}")
    return {name for (name,) in rows}


def _tables_of_accounts(catalogue: Connection) -> set[str]:
    return _tables(catalogue) - INSTALLATION_WIDE


def test_list_of_installation_wide_tables_is_exact(catalogue: Connection) -> None:
    protected = catalogue.execute(f"select relname from pg_class c where relrowsecurity and {OWN}")
    assert _tables(catalogue) - {name for (name,) in protected} == INSTALLATION_WIDE
    assert len(_tables_of_accounts(catalogue)) > 20


def test_each_table_of_an_account_has_one_policy_on_the_account(catalogue: Connection) -> None:
    rows = catalogue.execute(
        """
        select c.relname, pg_get_expr(p.polqual, p.polrelid), p.polwithcheck is null, p.polcmd, p.polpermissive
        from pg_policy p join pg_class c on c.oid = p.polrelid
        """
    ).fetchall()
    rule = "(account_id = (NULLIF(current_setting('app.account_id'::text, true), ''::text))::integer)"
    assert sorted(rows) == sorted((name, rule, True, "*", True) for name in _tables_of_accounts(catalogue))


def test_each_key_of_an_account_starts_with_the_account(catalogue: Connection) -> None:
    keys = catalogue.execute(
        f"""
        select c.relname, i.indexrelid::regclass::text, a.attname, i.indisprimary
        from pg_index i join pg_class c on c.oid = i.indrelid
        left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
        where i.indisunique and {OWN}
        """
    ).fetchall()
    ours = [key for key in keys if key[0] not in INSTALLATION_WIDE]
    assert [name for _, name, first, _ in ours if first != "account_id"] == []
    assert {table for table, _, _, primary in ours if primary} == _tables_of_accounts(catalogue)


def test_each_reference_within_an_account_carries_the_account(catalogue: Connection) -> None:
    references = catalogue.execute(
        """
        select k.conrelid::regclass::text, k.confrelid::regclass::text, k.conname,
               (select attname from pg_attribute where attrelid = k.conrelid and attnum = k.conkey[1]),
               (select attname from pg_attribute where attrelid = k.confrelid and attnum = k.confkey[1])
        from pg_constraint k where k.contype = 'f'
        """
    ).fetchall()
    ours = [row for row in references if row[0] not in INSTALLATION_WIDE and row[1] not in INSTALLATION_WIDE]
    assert len(ours) > 20
    assert [name for _, _, name, *columns in ours if columns != ["account_id", "account_id"]] == []


def test_application_owns_nothing_and_bypasses_nothing(catalogue: Connection) -> None:
    owned = catalogue.execute(
        """
        select 'relation', relname::text from pg_class where relowner = 'kanal_app'::regrole
        union all select 'function', proname from pg_proc where proowner = 'kanal_app'::regrole
        union all select 'schema', nspname from pg_namespace where nspowner = 'kanal_app'::regrole
        """
    ).fetchall()
    role = catalogue.execute(
        "select rolsuper, rolbypassrls, rolcanlogin, rolcreaterole from pg_roles where rolname = 'kanal_app'"
    ).fetchone()
    assert owned == []
    assert role == (False, False, False, False)


def test_tables_and_functions_belong_to_the_owner(catalogue: Connection) -> None:
    strangers = catalogue.execute(
        f"""
        select relname::text from pg_class c
        where {OWN} and c.relkind not in ('i', 'I') and relowner <> 'kanal_owner'::regrole
        union all select proname from pg_proc
        where pronamespace = 'public'::regnamespace and proowner <> 'kanal_owner'::regrole
          and not exists (select from pg_depend d where d.objid = pg_proc.oid and d.deptype = 'e')
        """
    ).fetchall()
    assert strangers == []


def test_definer_functions_fix_their_search_path_and_are_not_public(catalogue: Connection) -> None:
    functions = catalogue.execute(
        """
        select proname, coalesce(proconfig::text, ''), has_function_privilege('public', oid, 'execute')
        from pg_proc where prosecdef and pronamespace = 'public'::regnamespace
        """
    ).fetchall()
    assert len(functions) > 5
    assert [name for name, config, public in functions if public or "search_path=pg_catalog" not in config] == []


async def test_no_row_of_another_account_is_seen_changed_or_written(db: Database, database_url: str) -> None:
    """A row of account B in every table, put there by the superuser; account A finds, changes and deletes none."""
    ours, theirs = await accounts.account(db, "a"), await accounts.account(db, "b")
    with psycopg.connect(database_url) as catalogue:
        tables = sorted(_tables_of_accounts(catalogue))
        for table in tables:
            rows.put(catalogue, table, theirs)
    for table in tables:
        async with db.transaction(theirs) as tx:
            assert await tx.value(f"select count(*) from {table}") >= 1, table
        async with db.transaction(ours) as tx:
            where = f"where account_id = {theirs}"
            assert await tx.value(f"select count(*) from {table} {where}") == 0, table
            assert await tx.run(f"update {table} set account_id = {ours} {where}") == 0, table
            assert await tx.run(f"delete from {table} {where}") == 0, table
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            async with db.transaction(ours) as tx:
                await tx.run(f"insert into {table} (account_id) values ({theirs})")
