"""Makes a mail of a row of `member_mails` at the moment it is sent: what is true then, in the member's language."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from uuid import UUID

import msgspec

from kanal.conversations import rules as conversations
from kanal.kit.crypto import Keyring
from kanal.kit.db import Transaction
from kanal.kit.mail import domain_of, split_plus
from kanal.kit.settings import Settings
from kanal.kit.storage import BlobMissing, Storage
from kanal.notifications import digest, queries
from kanal.notifications.errors import Pointless, Refused
from kanal.notifications.letters import Facts, Words, of_rule, word
from kanal.people import invitations, links
from kanal.people.models import Locale
from kanal.people.outbox import MailKind
from kanal.views import inboxes
from kanal.views.visible import hidden_channels, ticket_id

MOST_WORDS = 2_000
"""Characters of what somebody wrote; the rest is read on the ticket."""
MOST_FILES = 15_000_000
"""Bytes of all files of a mail; what is larger stays on the ticket."""


class Mail(msgspec.Struct, kw_only=True):
    """A row of the outbox with whom it is for."""

    id: UUID
    kind: MailKind
    member_id: UUID
    ticket_id: UUID | None
    message_id: UUID | None
    conversation_id: UUID | None
    comment_id: UUID | None
    channel_id: UUID | None
    words: dict[str, str] | None
    """Subject and text of one that a rule of the ticket automation words; the `state` of a channel."""
    tries: int
    created_at: datetime
    email: str
    locale: Locale
    is_active: bool
    is_channel: bool
    """Their address is one of a channel: a mail to it would come back as a ticket."""
    account: str
    slug: str


class Letter(msgspec.Struct, kw_only=True):
    """All but the bytes of the files."""

    mail: Mail
    words: Words
    reply_to: str
    files: list[Attached]


class Attached(msgspec.Struct, kw_only=True):
    blob: str
    name: str
    content_type: str
    size: int


async def write(tx: Transaction, mail: Mail, settings: Settings, keyring: Keyring) -> Letter:
    """Raises Pointless when nobody has use for it any more."""
    if not mail.is_active:
        raise Pointless("the member is deactivated")
    if mail.is_channel:
        raise Pointless("the member's address belongs to a channel")
    if mail.kind == "invitation":
        return await _invitation(tx, mail, settings)
    if mail.kind == "channel_attention":
        return await _about_channel(tx, mail, settings)
    if mail.kind == "digest":
        return Letter(mail=mail, words=await digest.write(tx, mail, settings), reply_to="", files=[])
    return await _about_ticket(tx, mail, settings, keyring)


async def build(letter: Letter, settings: Settings, storage: Storage) -> EmailMessage:
    """The mail with the files' bytes; outside any transaction, since storage may be far away."""
    mail, domain = letter.mail, settings.mail_domain
    message = EmailMessage(policy=SMTP)
    try:
        message["From"] = f"Kanal <no-reply@{domain}>"
        message["To"] = mail.email
        message["Subject"] = _one_line(letter.words.subject)
        if letter.reply_to:
            message["Reply-To"] = letter.reply_to
    except ValueError:  # what the headers' grammar cannot hold
        raise Refused("the address cannot be written in a mail") from None
    message["Date"] = mail.created_at
    # The same at every try, so that a mail that did arrive is known when it comes again.
    message["Message-ID"] = f"<{mail.id}.member@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(letter.words.text, cte="quoted-printable")
    message.add_alternative(letter.words.html, subtype="html", cte="quoted-printable")
    for file in letter.files:
        await _attach(message, file, storage)
    return message


async def _attach(message: EmailMessage, file: Attached, storage: Storage) -> None:
    try:
        data = await storage.get(file.blob)
    except BlobMissing:
        return
    main, _, sub = file.content_type.partition("/")
    if not sub or main in ("message", "multipart"):  # RFC 2046 forbids to encode these
        main, sub = "application", "octet-stream"
    message.add_attachment(data, main, sub, filename=_one_line(file.name) or "file")


async def _invitation(tx: Transaction, mail: Mail, settings: Settings) -> Letter:
    inviter = await tx.value(
        "select u.name from members m join members i on i.id = m.invited_by join users u on u.id = i.user_id "
        "where m.id = %s",
        (mail.member_id,),
    )
    token = await invitations.link(tx, mail.member_id)
    desk = f"{settings.public_url}/a/{mail.slug}"
    link = links.address(settings.public_url, "invitation", token) if token else desk
    facts = Facts(link=link, account=mail.account, inviter=inviter or "", can_sign_in=token is None)
    return Letter(mail=mail, words=word(mail.kind, mail.locale, facts), reply_to="", files=[])


class _Channel(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    health_why: str
    is_broken: bool


async def _about_channel(tx: Transaction, mail: Mail, settings: Settings) -> Letter:
    """What is true now: nobody hears of an outage that is over, or that it is over while the next one lasts."""
    channel = await tx.maybe(
        _Channel,
        """
        select id, name, health_why, attention_told_at is not null as is_broken from channels
        where id = %s and deleted_at is null
        """,
        (mail.channel_id,),
    )
    works = (mail.words or {}).get("state") == "works"
    if channel is None or channel.id in await hidden_channels(tx, mail.member_id):
        raise Pointless("the member does not see the channel any more")
    if works == channel.is_broken:
        raise Pointless("the channel is doing otherwise by now")
    if not await _wants(tx, mail):
        raise Pointless("the member does not want such mails any more")
    facts = Facts(
        link=f"{settings.public_url}/a/{mail.slug}/settings/channels/{channel.id}",
        account=mail.account,
        channel=channel.name,
        works=works,
        said="" if works else channel.health_why,
    )
    return Letter(mail=mail, words=word(mail.kind, mail.locale, facts), reply_to="", files=[])


class _About(msgspec.Struct, kw_only=True):
    """The ticket, or the conversation that is none."""

    path: str
    title: str
    channel_id: UUID | None
    contact: str | None


class _Words(msgspec.Struct):
    author: str | None
    text: str


async def _about_ticket(tx: Transaction, mail: Mail, settings: Settings, keyring: Keyring) -> Letter:
    if not await _sees(tx, mail):
        raise Pointless("the member does not see the ticket any more")
    if mail.kind != "automation" and not await _wants(tx, mail):
        raise Pointless("the member does not want such mails any more")
    about = await (_ticket(tx, mail) if mail.ticket_id else _conversation(tx, mail))
    facts = Facts(
        link=f"{settings.public_url}/a/{mail.slug}/{about.path}",
        account=mail.account,
        ticket=about.title,
        contact=about.contact or "",
    )
    if mail.kind == "contact_owner":
        return await _with_what_was_said(tx, mail, facts, settings, keyring)
    facts.inviter, facts.said = await _said(tx, mail)
    # An answer becomes a comment, whichever mail about the ticket it answers.
    reply_to = await _reply_to(tx, about.channel_id, mail, settings, keyring)
    facts.can_be_answered = bool(reply_to)
    if mail.words is not None:
        words = of_rule(mail.words["subject"], mail.words["text"], mail.locale, facts)
    else:
        words = word(mail.kind, mail.locale, facts)
    return Letter(mail=mail, words=words, reply_to=reply_to, files=[])


async def _sees(tx: Transaction, mail: Mail) -> bool:
    if mail.ticket_id is not None:
        return await ticket_id(tx, mail.member_id, mail.ticket_id) is not None
    return mail.conversation_id is not None and await inboxes.may_see(tx, mail.member_id, mail.conversation_id)


async def _ticket(tx: Transaction, mail: Mail) -> _About:
    return await tx.one(
        _About,
        """
        select 'tickets/' || t.number as path, trim('#' || t.number || ' ' || t.subject) as title, t.channel_id,
               c.name as contact
        from tickets t left join contacts c on c.id = t.contact_id where t.id = %s
        """,
        (mail.ticket_id,),
    )


async def _conversation(tx: Transaction, mail: Mail) -> _About:
    return await tx.one(
        _About,
        """
        select 'inbox/' || v.inbox_id || '/' || v.id as path, coalesce(nullif(v.subject, ''), v.snippet) as title,
               v.channel_id, c.name as contact
        from conversations v left join contacts c on c.id = v.contact_id where v.id = %s
        """,
        (mail.conversation_id,),
    )


async def _said(tx: Transaction, mail: Mail) -> tuple[str, str]:
    """Who wrote, and what: a colleague or the customer."""
    if mail.kind not in ("mentioned", "followed_activity", "customer_answered"):
        return "", ""
    row = await tx.maybe(
        _Words,
        """
        select u.name as author, c.body_text as text from comments c
        left join members m on m.id = c.author_id left join users u on u.id = m.user_id where c.id = %(comment)s
        union all
        select from_name, body_text from messages where id = %(message)s
        """,
        {"comment": mail.comment_id, "message": mail.message_id},
    )
    return (row.author or "", row.text.strip()[:MOST_WORDS]) if row else ("", "")


async def _reply_to(tx: Transaction, channel: UUID | None, mail: Mail, settings: Settings, keyring: Keyring) -> str:
    """ "" where no address of ours takes mail."""
    address = await _address(tx, channel, settings.mail_domain)
    about = mail.ticket_id or mail.conversation_id
    if not address or about is None:
        return ""
    local, _, domain = address.rpartition("@")
    return f"{local}+{conversations.member_token(keyring, about, mail.member_id)}@{domain}"


async def _wants(tx: Transaction, mail: Mail) -> bool:
    wishes = (await queries.wishes_of(tx, [mail.member_id])).get(mail.member_id)
    if mail.kind == "invitation" or mail.kind == "automation":
        return False
    if mail.kind == "digest":
        return wishes is not None and any(wish.mail and wish.digest for wish in wishes.values())
    return wishes is not None and wishes[mail.kind].mail


class _FromCustomer(msgspec.Struct, kw_only=True):
    id: UUID
    conversation_id: UUID
    channel_id: UUID
    body_text: str


async def _with_what_was_said(
    tx: Transaction, mail: Mail, facts: Facts, settings: Settings, keyring: Keyring
) -> Letter:
    """K6: what the customer wrote, with its files; an answer becomes a comment."""
    said = await tx.maybe(
        _FromCustomer,
        """
        select m.id, m.conversation_id, m.channel_id, m.body_text
        from messages m join conversations c on c.id = m.conversation_id
        where c.ticket_id = %(ticket)s and m.direction = 'in' and (%(message)s::uuid is null or m.id = %(message)s)
        order by m.created_at desc, m.id desc limit 1
        """,
        {"ticket": mail.ticket_id, "message": mail.message_id},
    )
    if said is None:
        raise Pointless("what the customer wrote is gone")
    files, facts.left_out = _those_that_fit(await _files(tx, said.id))
    facts.said = said.body_text.strip()
    address = await _address(tx, said.channel_id, settings.mail_domain)
    facts.can_be_answered = bool(address)
    token = conversations.member_token(keyring, said.conversation_id, mail.member_id)
    local, _, domain = address.rpartition("@")
    reply_to = f"{local}+{token}@{domain}" if address else ""
    return Letter(mail=mail, words=word(mail.kind, mail.locale, facts), reply_to=reply_to, files=files)


async def _files(tx: Transaction, message: UUID) -> list[Attached]:
    return await tx.all(
        Attached,
        "select blob, name, content_type, size from attachments where message_id = %s order by position, id",
        (message,),
    )


def _those_that_fit(files: list[Attached]) -> tuple[list[Attached], list[str]]:
    fit: list[Attached] = []
    left_out, room = [], MOST_FILES
    for file in files:
        if file.size <= room:
            fit.append(file)
            room -= file.size
        else:
            left_out.append(file.name)
    return fit, left_out


async def _address(tx: Transaction, channel: UUID | None, mail_domain: str) -> str:
    """An address at our own door, the only one known to understand what stands behind a plus: the channel's, or, where
    that is not reached by mail, that of the one that answers for it; "" where there is none."""
    keys: list[str] = await tx.values(
        """
        select a.key from addresses a join channels c on c.account_id = a.account_id and c.id = a.channel_id
        left join desk_settings d on true
        where a.account_id = %(account)s and a.space = 'email' and (c.id = %(channel)s::uuid or c.active)
        order by c.id is not distinct from %(channel)s::uuid desc, c.id = d.fallback_channel_id desc nulls last, c.id,
                 a.key
        """,
        {"account": tx.account, "channel": channel},
    )
    return next((key for key in keys if domain_of(key) == mail_domain and not split_plus(key)[1]), "")


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:900]
