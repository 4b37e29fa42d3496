"""What a digest says: all that is unread when it leaves and was in none before, by what it is about. What was read
meanwhile is left out, and none is sent empty."""

from __future__ import annotations

from typing import LiteralString, Protocol
from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.kit.settings import Settings
from kanal.notifications import queries
from kanal.notifications.errors import Pointless
from kanal.notifications.letters import Facts, Listed, Words, said_of, word
from kanal.people.models import Locale
from kanal.views.models import NoticeKind
from kanal.views.notices import ABOUT, seen
from kanal.views.visible import viewer

MOST = 50
"""Things that one digest lists; the rest is counted in its subject and read in the app."""


class Mail(Protocol):
    """Of a row of `member_mails` what is needed here."""

    @property
    def id(self) -> UUID: ...
    @property
    def member_id(self) -> UUID: ...
    @property
    def locale(self) -> Locale: ...
    @property
    def account(self) -> str: ...
    @property
    def slug(self) -> str: ...


class _Row(msgspec.Struct, kw_only=True):
    path: str
    title: str
    kind: NoticeKind
    times: int


UNREAD: LiteralString = """
  n.member_id = %(viewer)s and n.read_at is null and n.kind = any(%(kinds)s)
  and (n.digest_id is null or n.digest_id = %(mail)s::uuid)
"""


async def is_there_news(tx: Transaction, member: UUID) -> bool:
    who = await viewer(tx, member)
    return bool(
        await tx.value(
            f"select exists (select from notices n {ABOUT} where {UNREAD} and {seen(who)})",  # noqa: S608 - our own
            {**who.params, "kinds": await _kinds(tx, member), "mail": None},
        )
    )


async def write(tx: Transaction, mail: Mail, settings: Settings) -> Words:
    """A second try tells the same, as far as it is still unread. Raises Pointless."""
    who = await viewer(tx, mail.member_id)
    asked = {**who.params, "kinds": await _kinds(tx, mail.member_id), "mail": mail.id}
    rows = await tx.all(
        _Row,
        f"""
        with told as (
          update notices set digest_id = %(mail)s where id in (
            select n.id from notices n {ABOUT} where {UNREAD} and {seen(who)})
          returning id, ticket_id, conversation_id, channel_id, kind, event_seq
        )
        select coalesce('tickets/' || t.number, 'inbox/' || v.inbox_id || '/' || v.id,
                        'settings/channels/' || n.channel_id, 'tickets') as path,
               coalesce(trim('#' || t.number || ' ' || t.subject), nullif(v.subject, ''), v.snippet, c.name, '')
                 as title,
               n.kind, count(*) as times
        from told n {ABOUT} left join channels c on c.id = n.channel_id
        group by 1, 2, 3
        order by max(n.event_seq) desc
        """,  # noqa: S608 - our own fragments
        asked,
    )
    if not rows:
        raise Pointless("everything was read meanwhile")
    base = f"{settings.public_url}/a/{mail.slug}"
    listed: dict[tuple[str, str], Listed] = {}
    for row in rows:
        about = listed.setdefault((row.path, row.title), Listed(title=row.title, link=f"{base}/{row.path}", news=[]))
        about.news.append(said_of(row.kind, mail.locale, row.times))
    facts = Facts(
        link=f"{base}/tickets",
        account=mail.account,
        unread=sum(row.times for row in rows),
        listed=list(listed.values())[:MOST],
    )
    return word("digest", mail.locale, facts)


async def _kinds(tx: Transaction, member: UUID) -> list[NoticeKind]:
    """Those of which the member wants to read in a digest."""
    wishes = (await queries.wishes_of(tx, [member])).get(member, {})
    return [kind for kind, wish in wishes.items() if wish.mail and wish.digest]
