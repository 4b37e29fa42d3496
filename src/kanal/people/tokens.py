"""API tokens: shown once, kept as a hash, good for the scopes they were made with."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from kanal.events.actions import emit
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.crypto import new_token, token_hash
from kanal.kit.db import Transaction
from kanal.kit.ids import new_id
from kanal.people.models import Scope, Token

PREFIX = "kanal_"


async def create(
    tx: Transaction, user_id: UUID, name: str, scopes: Sequence[Scope], *, actor: UUID | None = None
) -> str:
    """A token for the transaction's account; the answer is the only time it is seen."""
    token, token_id = new_token(PREFIX), new_id()
    await tx.run(
        """
        insert into api_tokens (id, token_hash, account_id, user_id, name, scopes, created_at)
        values (%s, %s, %s, %s, %s, %s, %s)
        """,
        (token_id, token_hash(token), tx.account, user_id, name, list(scopes), clock.now()),
    )
    emit(tx, Event(name="token.created", actor_id=actor, data={"token_id": str(token_id), "scopes": list(scopes)}))
    return token


async def find(tx: Transaction, token: str, wanted_account: str | None) -> Token | None:
    """The token a request carries, while it is good and its user is a member of its account."""
    return await tx.maybe(
        Token,
        """
        select t.id, t.user_id, t.account_id, coalesce(a.slug = %(wanted)s, true) as account_is_wanted,
               m.member_id, m.role, m.has_seat, m.permissions, t.scopes
        from api_tokens t
        join accounts a on a.id = t.account_id
        join users u on u.id = t.user_id
        join lateral memberships(t.user_id) m on m.account_id = t.account_id
        where t.token_hash = %(hash)s and t.revoked_at is null and u.deactivated_at is null
          and (t.expires_at is null or t.expires_at > %(now)s)
        """,
        {"hash": token_hash(token), "wanted": wanted_account, "now": clock.now()},
    )
