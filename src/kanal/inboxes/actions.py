"""Connecting a channel, changing it, switching it off and on, deleting it. What an address is and which settings make
sense is the kind's to say; the address itself is claimed in claims.py."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from kanal.channelkit.contract import Kind
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.inboxes import claims, health, inboxes, proofs, queries, rules
from kanal.inboxes.errors import ChannelDeleted, InvalidChannel
from kanal.inboxes.models import BelongTo, ChannelChange, ChannelRow, NewChannel
from kanal.kit import clock
from kanal.kit.crypto import Keyring
from kanal.kit.db import Transaction, document
from kanal.kit.ids import new_id


async def connect(
    tx: Transaction, kind: Kind, new: NewChannel, *, keyring: Keyring, mail_domain: str, actor: UUID | None
) -> UUID:
    """Raises InvalidSettings, InvalidChannel or AddressInUse."""
    settings = kind.check(new.settings, mail_domain)
    seen, secrets = rules.sealed(settings, kind.secret_fields, keyring)
    channel_id, now = new_id(), clock.now()
    await tx.run(
        """
        insert into channels (account_id, id, inbox_id, kind, work, name, settings, secrets, routing,
                              forwards_belong_to, acknowledgement, accepted_by, accepted_at, health_since, created_at)
        select account_id, %(id)s, id, %(kind)s, %(work)s, %(name)s, %(settings)s, %(secrets)s, %(routing)s,
               %(forwards)s, %(acknowledgement)s, %(accepted_by)s, %(accepted_at)s, %(now)s, %(now)s
        from inboxes where id = %(inbox)s
        """,
        {
            "id": channel_id,
            "inbox": await inboxes.home(tx, new.inbox_id),
            "kind": kind.name,
            "work": kind.capabilities.work,
            "name": rules.checked_name(new.name),
            "settings": document(seen),
            "secrets": secrets,
            "routing": document(new.routing),
            "forwards": new.forwards_belong_to,
            "acknowledgement": document(new.acknowledgement),
            "accepted_by": actor if new.accepted else None,
            "accepted_at": now if new.accepted else None,
            "now": now,
        },
    )
    first = {"channel_id": channel_id, "version": 1, "routing": new.routing, "set_by": actor, "from_at": now}
    await tx.insert("routing_versions", [first])
    if await claims.claim(tx, channel_id, kind.claims(settings)):
        await proofs.ask(tx, channel_id)
    events.emit(tx, Event(name="channel.created", actor_id=actor, channel_id=channel_id, data={"kind": kind.name}))
    tx.wake(health.CHANNELS)
    return channel_id


async def change(
    tx: Transaction,
    channel_id: UUID,
    wanted: ChannelChange,
    kind: Kind | None,
    *,
    keyring: Keyring,
    mail_domain: str,
    actor: UUID | None,
) -> None:
    """`kind` is None when it is no longer installed: then all but the settings can be changed. The routing has versions
    and is set by routing/history.py. Raises as `connect`."""
    row = await queries.channel_to_change(tx, channel_id)
    if row.deleted_at is not None:
        raise ChannelDeleted
    fields = [
        field
        for field, changed in (
            ("name", await _rename(tx, row, wanted.name)),
            ("settings", await _set_up(tx, row, wanted.settings, kind, keyring, mail_domain)),
            ("open_to", await _open_to(tx, row, wanted)),
            ("active", await _switch(tx, row, wanted.active)),
            ("forwards_belong_to", await _belong(tx, row, wanted.forwards_belong_to)),
            ("acknowledgement", await _acknowledge(tx, row, wanted.acknowledgement)),
            ("accepted", await _accept(tx, row, wanted.accepted, actor)),
        )
        if changed
    ]
    if wanted.make_tickets_of_held and wanted.active is not False and (row.active or wanted.active):
        await _take_in_held(tx, channel_id)
    if fields:
        event = Event(name="channel.changed", actor_id=actor, channel_id=channel_id, data={"fields": fields})
        events.emit(tx, event)
        # What waited for a working channel goes on at once.
        tx.wake("deliver")
        tx.wake(health.CHANNELS)


async def _rename(tx: Transaction, row: ChannelRow, name: str | msgspec.UnsetType) -> bool:
    if name is msgspec.UNSET or name == row.name:
        return False
    await tx.run("update channels set name = %s where id = %s", (rules.checked_name(name), row.id))
    return True


async def _set_up(
    tx: Transaction,
    row: ChannelRow,
    given: dict[str, Any] | msgspec.UnsetType,
    kind: Kind | None,
    keyring: Keyring,
    mail_domain: str,
) -> bool:
    if given is msgspec.UNSET:
        return False
    if kind is None:
        raise InvalidChannel("settings", "The kind of this channel is not installed.")
    before = rules.with_secrets(row.settings, row.secrets, keyring)
    wanted = rules.merged(before, given)
    settings = kind.check(rules.without_secrets_for_others(before, wanted, given, kind.secret_fields), mail_domain)
    seen, secrets = rules.sealed(settings, kind.secret_fields, keyring)
    await tx.run("update channels set settings = %s, secrets = %s where id = %s", (document(seen), secrets, row.id))
    if await claims.claim(tx, row.id, kind.claims(settings)):
        await _wait_for_first(tx, row.id)
    if not row.authorized:
        await health.try_anew(tx, row.id)
    elif row.health == "attention" and row.health_why != rules.TRYING:
        await health.well(tx, row.id)
    return True


async def _wait_for_first(tx: Transaction, channel_id: UUID) -> None:
    """A new address has to be proved anew."""
    await tx.run("update channels set first_received_at = null where id = %s", (channel_id,))
    await health.well(tx, channel_id)
    await proofs.ask(tx, channel_id)


async def _open_to(tx: Transaction, row: ChannelRow, wanted: ChannelChange) -> bool:
    open_to = row.open_to if wanted.open_to is msgspec.UNSET else wanted.open_to
    teams = row.team_ids if wanted.team_ids is msgspec.UNSET else sorted(set(wanted.team_ids))
    if (open_to, teams) == (row.open_to, row.team_ids):
        return False
    if open_to == "teams" and not teams:
        raise InvalidChannel("team_ids", "Choose at least one team, else nobody but admins sees the channel.")
    known = await tx.value("select count(*) from teams where id = any(%s)", (teams,))
    if known != len(teams):
        raise InvalidChannel("team_ids", "One of these teams does not exist.")
    await tx.run("update channels set open_to = %s where id = %s", (open_to, row.id))
    await tx.run("delete from channel_teams where channel_id = %s", (row.id,))
    await tx.many(
        "insert into channel_teams (account_id, channel_id, team_id) values (%s, %s, %s)",
        [(tx.account, row.id, team) for team in teams],
    )
    return True


async def _switch(tx: Transaction, row: ChannelRow, active: bool | msgspec.UnsetType) -> bool:
    if active is msgspec.UNSET or active == row.active:
        return False
    await tx.run("update channels set active = %s where id = %s", (active, row.id))
    return True


async def _belong(tx: Transaction, row: ChannelRow, wanted: BelongTo | msgspec.UnsetType) -> bool:
    if wanted is msgspec.UNSET or wanted == row.forwards_belong_to:
        return False
    await tx.run("update channels set forwards_belong_to = %s where id = %s", (wanted, row.id))
    return True


async def _acknowledge(tx: Transaction, row: ChannelRow, wanted: dict[str, Any] | msgspec.UnsetType) -> bool:
    if wanted is msgspec.UNSET or wanted == row.acknowledgement:
        return False
    await tx.run("update channels set acknowledgement = %s where id = %s", (document(wanted), row.id))
    return True


async def _accept(tx: Transaction, row: ChannelRow, accepted: bool, actor: UUID | None) -> bool:
    """Who agreed last, and when."""
    if not accepted:
        return False
    await tx.run("update channels set accepted_by = %s, accepted_at = %s where id = %s", (actor, clock.now(), row.id))
    return True


async def _take_in_held(tx: Transaction, channel_id: UUID) -> None:
    """What came while the channel was off waits again, in the order in which it came."""
    await tx.run(
        """
        update raw_events set state = 'waiting', reason = '', settled_at = null
        where channel_id = %s and state = 'held'
        """,
        (channel_id,),
    )
    tx.wake(f"raw:{tx.account}:{channel_id}")


async def delete(tx: Transaction, channel_id: UUID, typed_name: str, *, actor: UUID | None) -> None:
    """Credentials are erased and the addresses free again; conversations and tickets stay and say so."""
    row = await queries.channel_to_change(tx, channel_id)
    if row.deleted_at is not None:
        raise ChannelDeleted
    if typed_name.strip() != row.name:
        raise InvalidChannel("confirm_name", "Type the name of the channel exactly as it is shown.")
    await tx.run(
        """
        update channels set deleted_at = %s, active = false, secrets = null, prove_at = null, history_from = null
        where id = %s
        """,
        (clock.now(), channel_id),
    )
    await claims.release(tx, channel_id)
    await tx.run("update desk_settings set fallback_channel_id = null where fallback_channel_id = %s", (channel_id,))
    events.emit(tx, Event(name="channel.deleted", actor_id=actor, channel_id=channel_id))
    tx.wake("deliver")
    tx.wake(health.CHANNELS)


async def set_fallback(tx: Transaction, channel_id: UUID | None, *, actor: UUID | None) -> None:
    """Answers to what came by a kind that carries none leave by this channel where no other is chosen; None: by the
    oldest that can. That it can write to people is for the caller to know."""
    await tx.run(
        """
        insert into desk_settings (account_id, fallback_channel_id) values (%s, %s)
        on conflict (account_id) do update set fallback_channel_id = excluded.fallback_channel_id
        """,
        (tx.account, channel_id),
    )
    events.emit(tx, Event(name="desk.changed", actor_id=actor, data={"fields": ["fallback_channel"]}))


async def remember(tx: Transaction, channel_ids: Sequence[UUID], state: dict[str, Any]) -> None:
    """Where the kind goes on from: its cursor."""
    await tx.run("update channels set state = %s where id = any(%s)", (document(state), list(channel_ids)))
