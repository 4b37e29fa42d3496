"""Sends the mails that members were promised: claimed by one process at a time, worded by `writing`, handed over by
`post`, tried again for a day. Three steps, never one transaction: claim, network, result."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID

import msgspec
import psycopg
import structlog

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.crypto import Keyring
from kanal.kit.db import Database, Transaction
from kanal.kit.rounds import Rounds
from kanal.kit.settings import Settings
from kanal.kit.storage import Storage
from kanal.notifications import post, writing
from kanal.notifications.errors import MailError, Pointless, Refused, TryLater
from kanal.notifications.writing import Letter, Mail

AT_ONCE = 4
BATCH = 50
REPAIR_SECONDS = 10.0
LEASE = timedelta(minutes=5)
"""As long a claim lasts; longer than any try, so that two processes never send one mail. It lapses with a process that
died, and the mail is sent again under the same Message-ID."""
PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 120, 240, 480, 520))
"""Between tries; together a day."""

log = structlog.get_logger()


class Mailer:
    """Runs until cancelled. `wake` is called by whoever listens to the topic `mails`."""

    def __init__(self, db: Database, storage: Storage, keyring: Keyring, settings: Settings) -> None:
        self._db, self._storage, self._keyring, self._settings = db, storage, keyring, settings
        self._rounds = Rounds("mails to members", self._round)
        self.wake = self._rounds.wake

    async def run(self) -> None:
        await self._rounds.run()

    async def run_once(self) -> bool:
        """Try what is due; False when nothing was."""
        async with self._db.transaction(None) as tx:
            due = await tx.all(_Due, "select account_id, id from due_member_mails(%s, %s)", (clock.now(), BATCH))
        room = asyncio.Semaphore(AT_ONCE)

        async def one(each: _Due) -> None:
            async with room:
                try:
                    await self._try(each)
                except psycopg.OperationalError as error:  # the claim lapses, and it is tried again
                    log.warning("a mail to a member is late", mail_id=str(each.id), error=type(error).__name__)

        async with asyncio.TaskGroup() as group:
            for each in due:
                group.create_task(one(each))
        return bool(due)

    async def _round(self) -> float:
        return 0.0 if await self.run_once() else REPAIR_SECONDS

    async def _try(self, due: _Due) -> None:
        try:
            letter = await self._claim(due)
            if letter is None:
                return
            message = await writing.build(letter, self._settings, self._storage)
            await post.send(self._way_out(), message)
        except MailError as error:
            await self._settle(due, error)
        except psycopg.OperationalError:
            raise
        except Exception as error:  # noqa: BLE001 - one letter that cannot be made must not stop the others
            log.error("a mail to a member could not be made", mail_id=str(due.id), error=type(error).__name__)
            await self._settle(due, TryLater(f"it could not be made: {type(error).__name__}"))
        else:
            await self._settle(due, None)

    async def _claim(self, due: _Due) -> Letter | None:
        """Ours for a while, and worded; None when another process was faster. Raises Pointless."""
        async with self._db.transaction(due.account_id) as tx:
            mail = await _take(tx, due.id)
        if mail is None:
            return None
        self._way_out()  # before it is worded: with a new link in it, one passed on by hand would stop working
        async with self._db.transaction(due.account_id) as tx:
            return await writing.write(tx, mail, self._settings, self._keyring)

    def _way_out(self) -> str:
        if self._settings.smtp_out is None:
            raise TryLater("no outgoing mail server is set: KANAL_SMTP_OUT")
        return self._settings.smtp_out

    async def _settle(self, due: _Due, error: MailError | None) -> None:
        async with self._db.transaction(due.account_id) as tx:
            if error is None:
                await _set(tx, due.id, "sent")
            elif isinstance(error, Pointless):
                await _set(tx, due.id, "dropped", error.why)
            elif isinstance(error, Refused) or not await _put_off(tx, due.id, error.why):
                member = await _set(tx, due.id, "failed", error.why)
                data = {"member_mail_id": str(due.id), "member_id": str(member)}
                events.emit(tx, Event(name="member_mail.failed", data=data))


class _Due(msgspec.Struct, kw_only=True):
    account_id: int
    id: UUID


async def _take(tx: Transaction, mail: UUID) -> Mail | None:
    now = clock.now()
    taken = await tx.run(
        """
        update member_mails set tries = tries + 1, next_try_at = %(until)s
        where id = (
          select id from member_mails where id = %(id)s and state = 'waiting' and next_try_at <= %(now)s
          for update skip locked)
        """,
        {"id": mail, "now": now, "until": now + LEASE},
    )
    return await _mail(tx, mail) if taken else None


async def _mail(tx: Transaction, mail: UUID) -> Mail:
    return await tx.one(
        Mail,
        """
        select m.id, m.kind, m.member_id, m.ticket_id, m.message_id, m.conversation_id, m.comment_id,
               m.channel_id, m.words, m.tries, m.created_at,
               u.email, u.locale,
               p.deactivated_at is null and u.deactivated_at is null as is_active,
               exists (select from addresses x where x.space = 'email' and x.key = u.email and x.channel_id is not null)
                 as is_channel,
               a.name as account, a.slug
        from member_mails m
        join members p on p.id = m.member_id
        join users u on u.id = p.user_id
        join accounts a on a.id = m.account_id
        where m.id = %s
        """,
        (mail,),
    )


async def _set(tx: Transaction, mail: UUID, state: str, reason: str = "") -> UUID | None:
    """Whose it was."""
    member: UUID | None = await tx.value(
        """
        update member_mails set state = %(state)s, reason = %(reason)s, next_try_at = null,
          sent_at = case when %(state)s = 'sent' then %(now)s::timestamptz end,
          words = case when %(state)s = 'failed' then words end
        where id = %(id)s returning member_id
        """,
        {"id": mail, "state": state, "reason": reason, "now": clock.now()},
    )
    return member


async def _put_off(tx: Transaction, mail: UUID, reason: str) -> bool:
    """To the next try; False when there have been enough."""
    tries = int(await tx.value("select tries from member_mails where id = %s for update", (mail,)))
    if tries > len(PAUSES):
        return False
    await tx.run(
        "update member_mails set reason = %s, next_try_at = %s where id = %s",
        (reason, clock.now() + PAUSES[tries - 1], mail),
    )
    return True
