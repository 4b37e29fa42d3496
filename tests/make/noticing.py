"""An account with two agents and a customer's ticket, and what its members are told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit.db import Database
from kanal.notifications import actions
from kanal.notifications.consumer import Notifier
from kanal.notifications.models import Wish
from kanal.tickets import actions as tickets
from kanal.tickets.models import TicketChange
from kanal.views import notices
from kanal.views.models import Notice, NoticeKind
from tests.make import accounts, channels
from tests.make.said import hear, said


class Desk:
    """An account with two agents, and a ticket by mail."""

    def __init__(self, db: Database, account: int, channel: UUID, ann: UUID, bo: UUID, ticket: UUID) -> None:
        self.db, self.account, self.channel, self.ann, self.bo, self.ticket = db, account, channel, ann, bo, ticket

    async def assign(self, assignee: UUID, actor: UUID | None) -> None:
        async with self.db.transaction(self.account) as tx:
            await tickets.change(tx, self.ticket, TicketChange(assignee_id=assignee), actor)

    async def emit(self, name: Any, **data: Any) -> None:
        async with self.db.transaction(self.account) as tx:
            event = Event(name=name, ticket_id=self.ticket, channel_id=self.channel, data=data)
            events.emit(tx, event)

    async def consume(self) -> None:
        while await Notifier(self.db).run_once(self.account):
            pass

    async def notices(self, member: UUID) -> list[Notice]:
        async with self.db.transaction(self.account) as tx:
            return (await notices.page(tx, member)).items

    async def kinds(self, member: UUID) -> list[str]:
        await self.consume()
        return [notice.kind for notice in await self.notices(member)]

    async def wish(self, member: UUID, kind: NoticeKind, *, app: bool = True, desktop: bool = True, mail: bool) -> None:
        async with self.db.transaction(self.account) as tx:
            await actions.choose(tx, member, {kind: Wish(app=app, desktop=desktop, mail=mail)})

    async def rows(self, sql: Any, params: Any = None) -> list[dict[str, Any]]:
        async with self.db.transaction(self.account) as tx:
            return await tx.dicts(sql, params)

    async def mails(self) -> list[str]:
        """The kinds of the mails that members were promised."""
        return [row["kind"] for row in await self.rows("select kind from member_mails order by id")]


async def noticing(db: Database) -> Desk:
    account = await accounts.account(db)
    channel = await channels.email_channel(db, account)
    ann = await accounts.member(db, account)
    bo = await accounts.member(db, account, "bo@example.com", name="Bo Agent")
    [fate] = await hear(db, account, channel, said(external_id="a@k.example"))
    assert fate.ticket_id is not None
    return Desk(db, account, channel, ann, bo, fate.ticket_id)
