"""At start-up: generated addresses follow KANAL_MAIL_DOMAIN. Whoever tried Kanal on one machine and then gave it a real
name finds addresses of that name in every channel."""

from __future__ import annotations

from collections.abc import Mapping

import structlog

from kanal.channelkit.contract import Kind
from kanal.channelkit.desk import ChannelRef
from kanal.channelkit.errors import InvalidSettings
from kanal.inboxes import actions, queries, rules
from kanal.inboxes.errors import AddressInUse
from kanal.inboxes.models import ChannelChange
from kanal.kit.crypto import Keyring, Undecryptable
from kanal.kit.db import Database

log = structlog.get_logger("kanal.channels")


async def follow_mail_domain(db: Database, kinds: Mapping[str, Kind], keyring: Keyring, mail_domain: str) -> None:
    for kind in kinds.values():
        async with db.transaction(None) as tx:
            refs = await queries.of_kind(tx, kind.name)
        for ref in refs:
            try:
                await _follow(db, ref, kind, keyring, mail_domain)
            except (InvalidSettings, AddressInUse, Undecryptable) as trouble:
                # Its settings stand as they are; saving them in the app will say what is wrong.
                log.warning("channel.kept_as_it_is", channel_id=str(ref.channel_id), why=type(trouble).__name__)


async def _follow(db: Database, ref: ChannelRef, kind: Kind, keyring: Keyring, mail_domain: str) -> None:
    async with db.transaction(ref.account_id) as tx:
        row = await queries.channel(tx, ref.channel_id)
        stored = rules.as_kind_sees(row, keyring, mail_domain).settings
        complete = kind.check(stored, mail_domain)
        if rules.sealed(complete, kind.secret_fields, keyring)[0] == row.settings:
            return
        await actions.change(
            tx,
            ref.channel_id,
            ChannelChange(settings={}),
            kind,
            keyring=keyring,
            mail_domain=mail_domain,
            actor=None,
        )
