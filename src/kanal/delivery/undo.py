"""Taking a reply back before it leaves: the message goes, its words become the author's draft again, and the ticket is
as it was before, as far as nothing else has happened to it since."""

from __future__ import annotations

from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from kanal.accounts import queries as accounts
from kanal.conversations import apart
from kanal.delivery import actions, body, drafts, queries, waking
from kanal.delivery.errors import AlreadySent
from kanal.delivery.models import Addressee, Change
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock, html
from kanal.kit.db import NotFound, Transaction, document
from kanal.tickets import actions as tickets
from kanal.tickets.models import TicketChange
from kanal.tickets.rules import snippet


class Before(msgspec.Struct, kw_only=True):
    """What a reply changes on its ticket."""

    status_id: UUID
    assignee_id: UUID | None
    waiting_since: datetime | None
    last_direction: str | None
    last_message_at: datetime


async def before(tx: Transaction, ticket: UUID) -> Before:
    return await tx.one(
        Before,
        """
        select status_id, assignee_id, waiting_since, last_direction, last_message_at
        from tickets where id = %s
        """,
        (ticket,),
    )


async def remember(tx: Transaction, delivery: UUID, ticket: UUID, was: Before, *, aside: bool = False) -> None:
    """Keep both sides of the change, so that only what the reply changed is turned back. `aside`: it does not go to the
    contact."""
    change = _Changed(was=was, became=await before(tx, ticket), aside=aside)
    await _remember(tx, delivery, msgspec.to_builtins(change))


async def remember_apart(
    tx: Transaction, delivery: UUID, was: apart.Standing, *, drafted_in: drafts.Of, aside: bool = False
) -> None:
    """The same of a conversation in a conversations inbox; `drafted_in` says where its words become a draft again."""
    both = _Apart(was=was, became=await apart.locked(tx, was.id))
    more = {"aside": aside, "drafted_in": drafted_in, "conversation": msgspec.to_builtins(both)}
    await _remember(tx, delivery, more)


async def _remember(tx: Transaction, delivery: UUID, change: dict[str, Any]) -> None:
    await tx.run(
        "update deliveries set changed_ticket = changed_ticket || %s::jsonb where id = %s", (document(change), delivery)
    )


async def remember_more(tx: Transaction, delivery: UUID, ticket: UUID) -> None:
    """What else was done to the ticket along with the reply is turned back with it, as far as that goes."""
    found = await tx.value("select changed_ticket from deliveries where id = %s", (delivery,))
    if found:
        change = msgspec.structs.replace(msgspec.convert(found, _Changed), became=await before(tx, ticket))
        await tx.run("update deliveries set changed_ticket = %s where id = %s", (document(change), delivery))


async def cancel(tx: Transaction, message: UUID, actor: UUID) -> None:
    """Take a message back while it is queued and nothing of it has left; its author gets the words."""
    shown = (await queries.shown(tx, [message])).get(message)
    if shown is None:
        raise NotFound("message")
    await actions.lock_ticket(tx, shown.id)
    row = await queries.row(tx, shown.id)
    shown = (await queries.shown(tx, [message])).get(message)
    if row is None or shown is None:
        raise NotFound("message")
    if not shown.can_cancel or await actions.move(tx, shown.id, Change(to="cancelled")) is None:
        raise AlreadySent
    owner = row.author_id or actor
    written = await _message(tx, message)
    changed = await _changed(tx, message)
    files = await _loosen(tx, message, owner)
    await tx.run("delete from messages where id = %s", (message,))
    if written.invitation is not None:
        await _unanswer(tx, written.about_id)
    await _hear_less(tx, row.conversation_id)
    if row.ticket_id is not None:
        await _turn_back(tx, row.ticket_id, changed, actor)
    if changed.conversation is not None:
        await _turn_back_apart(tx, changed.conversation, actor)
    if changed.drafted_in == "conversation":
        await _put_back(tx, row.conversation_id, owner, written, files, of="conversation")
    elif row.ticket_id is not None:
        await _put_back(tx, row.ticket_id, owner, written, files, of="ticket")
    await actions.mark_failed(tx, row.ticket_id, row.conversation_id)
    await waking.wake_conversation(tx, row.conversation_id, behind_another=True)
    events.emit(
        tx,
        Event(
            name="message.cancelled",
            actor_id=actor,
            ticket_id=row.ticket_id,
            conversation_id=row.conversation_id,
            channel_id=row.channel_id,
            data={"message_id": str(message)},
        ),
    )


class _Apart(msgspec.Struct, kw_only=True):
    was: apart.Standing
    became: apart.Standing


class _Changed(msgspec.Struct, kw_only=True):
    """What a message changed, as far as it did."""

    was: Before | None = None
    became: Before | None = None
    aside: bool = False
    conversation: _Apart | None = None
    drafted_in: drafts.Of = "ticket"


class _Message(msgspec.Struct, kw_only=True):
    body_html: str
    body_text: str
    recipients: list[Addressee]
    about_id: UUID | None
    is_forward: bool
    channel_id: UUID
    invitation: dict[str, Any] | None


async def _message(tx: Transaction, message: UUID) -> _Message:
    [row] = await tx.dicts(
        """
        select body_html, body_text, recipients, about_id, is_forward, channel_id, invitation
        from messages where id = %s
        """,
        (message,),
    )
    return msgspec.convert(row, _Message)


async def _loosen(tx: Transaction, message: UUID, owner: UUID) -> list[UUID]:
    """Its files are its author's again. Pictures that stand in what was handed on are copies, and are made anew."""
    await tx.run(
        """
        delete from attachments a using messages m
        where a.message_id = %s and m.id = a.message_id and m.is_forward and a.inline and a.content_id not like %s
        """,
        (message, "%@kanal"),
    )
    return await tx.values(
        """
        update attachments set message_id = null, uploader_id = %s, inline = false, content_id = ''
        where message_id = %s returning id
        """,
        (owner, message),
    )


async def _unanswer(tx: Transaction, invitation: UUID | None) -> None:
    await tx.run(
        """
        update messages set invitation = jsonb_set(invitation, '{answer}', '""')
        where id = %s and invitation is not null
        """,
        (invitation,),
    )


async def _changed(tx: Transaction, message: UUID) -> _Changed:
    """By the first attempt; a later one changed nothing on the ticket."""
    found = await tx.value(
        "select changed_ticket from deliveries where message_id = %s order by created_at, id limit 1", (message,)
    )
    return msgspec.convert(found or {}, _Changed)


async def _hear_less(tx: Transaction, conversation: UUID) -> None:
    await tx.run(
        """
        update conversations c set
          last_out_at = said.out_at, last_message_at = coalesce(said.at, c.created_at)
        from (select max(created_at) filter (where direction = 'out') as out_at, max(created_at) as at
              from messages where conversation_id = %(id)s) said
        where c.id = %(id)s
        """,
        {"id": conversation},
    )


async def _turn_back(tx: Transaction, ticket: UUID, changed: _Changed, actor: UUID) -> None:
    was, became = changed.was, changed.became
    if was is None or became is None:
        return
    now = await before(tx, ticket)
    wanted = TicketChange()
    if now.status_id == became.status_id and await _is_there(tx, was.status_id):
        wanted.status_id = was.status_id
    if now.assignee_id == became.assignee_id:
        wanted.assignee_id = was.assignee_id
    await tickets.change(tx, ticket, wanted, actor, by_rules=False)
    if now.last_message_at == became.last_message_at:
        await _forget_words(tx, ticket, was)


async def _turn_back_apart(tx: Transaction, changed: _Apart, actor: UUID) -> None:
    was, became, now = changed.was, changed.became, await apart.locked(tx, changed.was.id)
    wanted = apart.Change()
    if now.state == became.state:
        wanted.state = was.state
    if now.assignee_id == became.assignee_id:
        wanted.assignee_id = was.assignee_id
    await apart.change(tx, was.id, wanted, actor)
    if now.snippet == became.snippet and now.last_direction == became.last_direction:
        await tx.run(
            """
            update conversations set waiting_since = case when state = 'open' then %s::timestamptz end,
              last_direction = %s, snippet = %s where id = %s
            """,
            (was.waiting_since, was.last_direction, was.snippet, was.id),
        )


async def _is_there(tx: Transaction, status: UUID) -> bool:
    """Statuses can be deleted since."""
    return bool(await tx.value("select true from statuses where id = %s", (status,)))


async def _forget_words(tx: Transaction, ticket: UUID, was: Before) -> None:
    """Show what was said last before."""
    text = await tx.value(
        """
        select left(m.body_text, 1000) from messages m join conversations c on c.id = m.conversation_id
        where c.ticket_id = %s order by m.created_at desc, m.id desc limit 1
        """,
        (ticket,),
    )
    await tx.run(
        """
        update tickets set waiting_since = case when is_open then %(waiting_since)s::timestamptz end,
          last_direction = %(direction)s, last_message_at = %(at)s, snippet = %(snippet)s
        where id = %(id)s
        """,
        {
            "id": ticket,
            "waiting_since": was.waiting_since,
            "direction": was.last_direction,
            "at": was.last_message_at,
            "snippet": snippet(text or ""),
        },
    )
    await tickets.keep_load(tx, [ticket])


async def _put_back(
    tx: Transaction, id_: UUID, owner: UUID, written: _Message, files: list[UUID], *, of: drafts.Of
) -> None:
    """The words become a draft again, before what their author has begun since."""
    table, column = drafts.TABLES[of]
    parent: LiteralString = "tickets" if of == "ticket" else "conversations"
    account = await accounts.by_id(tx, tx.account)
    recipients = {
        field: [each.address for each in written.recipients if each.field == field] for field in ("to", "cc", "bcc")
    }
    await tx.run(
        f"""
        insert into {table} as d (account_id, {column}, member_id, mode, html, recipients, attachments, seen_version,
                                  about_id, channel_id, updated_at)
        select %(account)s, t.id, %(owner)s, %(mode)s, %(html)s, %(recipients)s, %(files)s, t.version, %(about)s,
               %(channel)s, %(now)s
        from {parent} t where t.id = %(id)s
        on conflict (account_id, {column}, member_id) do update set
          mode = excluded.mode, about_id = excluded.about_id, channel_id = excluded.channel_id,
          html = excluded.html || d.html, recipients = excluded.recipients,
          attachments = excluded.attachments || d.attachments, seen_version = excluded.seen_version,
          updated_at = excluded.updated_at
        """,  # noqa: S608 - our own names
        {
            "account": tx.account,
            "id": id_,
            "owner": owner,
            "mode": "forward" if written.is_forward else "reply",
            "about": written.about_id,
            "channel": written.channel_id,
            "html": body.as_edited(written.body_html or html.from_text(written.body_text), account.slug),
            "recipients": document(recipients),
            "files": files,
            "now": clock.now(),
        },
    )
    drafts.tell(tx, id_, owner, of)
