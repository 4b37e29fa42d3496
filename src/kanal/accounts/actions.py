"""Creating an account with what nothing works without: its help desk, a pipeline, and the two counters."""

from __future__ import annotations

from kanal.accounts import rules
from kanal.accounts.errors import SlugInvalid, SlugTaken
from kanal.accounts.models import Account
from kanal.events.actions import emit
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.kit.ids import new_id


async def create(tx: Transaction, slug: str, name: str, locale: str = "en") -> Account:
    """Make an account; the transaction goes on as it."""
    if not rules.is_slug(slug):
        raise SlugInvalid
    account = await _insert(tx, slug, name, locale)
    await tx.enter_account(account.id)
    words = rules.words(locale)
    await _make_roles(tx)
    await _open_help_desk(tx, words)
    await _make_pipeline(tx, words)
    await _start_counters(tx)
    emit(tx, Event(name="account.created"))
    return account


async def _insert(tx: Transaction, slug: str, name: str, locale: str) -> Account:
    account = await tx.maybe(
        Account,
        """
        insert into accounts (slug, name, locale, created_at) values (%s, %s, %s, %s)
        on conflict (slug) do nothing
        returning id, slug, name, locale, created_at
        """,
        (slug, name, locale, clock.now()),
    )
    if account is None:
        raise SlugTaken
    return account


async def _make_roles(tx: Transaction) -> None:
    """What each may do stands in one place, the database's `builtin_roles`."""
    await tx.run(
        """
        insert into roles (account_id, key, permissions, sees, builtin, position, created_at)
        select %s, key, permissions, sees, true, at, %s from builtin_roles()
        """,
        (tx.account, clock.now()),
    )


async def _open_help_desk(tx: Transaction, words: dict[str, str]) -> None:
    await tx.run(
        "insert into inboxes (account_id, id, kind, name, created_at) values (%s, %s, 'help_desk', %s, %s)",
        (tx.account, new_id(), words["inbox"], clock.now()),
    )


async def _make_pipeline(tx: Transaction, words: dict[str, str]) -> None:
    pipeline = new_id()
    await tx.run(
        "insert into pipelines (account_id, id, name, is_default, created_at) values (%s, %s, %s, true, %s)",
        (tx.account, pipeline, words["pipeline"], clock.now()),
    )
    ids = {status.key: new_id() for status in rules.STATUSES}
    await tx.many(
        """
        insert into statuses (account_id, id, pipeline_id, key, name, position, is_closed, counts)
        values (%s, %s, %s, %s, %s, %s, %s, %s)
        """,
        [
            (tx.account, ids[s.key], pipeline, s.key, words[s.key], position, s.closes, s.counts)
            for position, s in enumerate(rules.STATUSES)
        ],
    )
    await tx.many(
        "update statuses set on_customer_message = %s, on_agent_reply = %s where id = %s",
        [
            (
                s.on_customer_message and ids[s.on_customer_message],
                s.on_agent_reply and ids[s.on_agent_reply],
                ids[s.key],
            )
            for s in rules.STATUSES
        ],
    )


async def _start_counters(tx: Transaction) -> None:
    await tx.run("insert into ticket_numbers (account_id, last) values (%s, 0)", (tx.account,))
    await tx.run("insert into event_counters (account_id, last) values (%s, 0)", (tx.account,))
