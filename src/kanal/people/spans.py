"""What routing asks of members, as it stood from when to when: the simulator reads these rows, so they are kept from
the first day. Every action that changes a seat, a main team, a skill or a limit ends with `follow`."""

from __future__ import annotations

from collections.abc import Collection
from typing import LiteralString
from uuid import UUID

from kanal.kit import clock
from kanal.kit.db import Transaction

AS_IT_IS: LiteralString = """
  select m.id as member_id, 'seat' as what, '' as value
  from members m where m.has_seat and m.deactivated_at is null and m.joined_at is not null
  union all
  select t.member_id, 'team', t.team_id::text from team_members t where t.is_main
  union all
  select s.member_id, 'skill', s.skill_id::text from member_skills s
  union all
  select m.id, 'capacity', m.capacity::text from members m where m.capacity <> '{}'
"""
"""A seat counts while its holder is active and has come; `member_spans` in the schema tells the values."""


async def follow(tx: Transaction, members: Collection[UUID]) -> None:
    """Bring the spans of these members in line with the tables. Done twice it changes nothing."""
    these = {"members": list(members), "now": clock.now()}
    # Of two changes of a member at once the second waits here, and then sees what the first has made of it.
    await tx.run("select from members where id = any(%(members)s) order by id for no key update", these)
    await _close(tx, these)
    await _open(tx, these)


async def _close(tx: Transaction, these: dict[str, object]) -> None:
    """What is no longer so ends now; what began this very moment never was."""
    await tx.run(
        f"""
        with gone as (
          select s.member_id, s.what, s.value, s.from_at from member_spans s
          left join ({AS_IT_IS}) now using (member_id, what, value)
          where s.to_at is null and s.member_id = any(%(members)s) and now.member_id is null
        ), unmade as (
          delete from member_spans s using gone
          where (s.member_id, s.what, s.value, s.from_at) = (gone.member_id, gone.what, gone.value, gone.from_at)
            and s.from_at >= %(now)s
        )
        update member_spans s set to_at = %(now)s from gone
        where (s.member_id, s.what, s.value, s.from_at) = (gone.member_id, gone.what, gone.value, gone.from_at)
          and s.from_at < %(now)s
        """,  # noqa: S608 - our own fragment
        these,
    )


async def _open(tx: Transaction, these: dict[str, object]) -> None:
    """A span that ended this very moment goes on."""
    await tx.run(
        f"""
        with come as (
          select now.* from ({AS_IT_IS}) now
          left join member_spans s on s.to_at is null
            and (s.member_id, s.what, s.value) = (now.member_id, now.what, now.value)
          where now.member_id = any(%(members)s) and s.member_id is null
        ), resumed as (
          update member_spans s set to_at = null from come
          where (s.member_id, s.what, s.value) = (come.member_id, come.what, come.value) and s.to_at = %(now)s
          returning s.member_id, s.what, s.value
        )
        insert into member_spans (account_id, member_id, what, value, from_at)
        select %(account)s, come.member_id, come.what, come.value, %(now)s from come
        where (come.member_id, come.what, come.value) not in (select member_id, what, value from resumed)
        """,  # noqa: S608 - our own fragment
        {**these, "account": tx.account},
    )
