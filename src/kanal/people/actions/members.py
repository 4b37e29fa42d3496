"""Members of an account: letting somebody in, and changing what they are."""

from __future__ import annotations

from uuid import UUID

import msgspec
from msgspec import UNSET

from kanal.events.actions import emit
from kanal.events.models import Event
from kanal.kit import clock, hours
from kanal.kit.db import Transaction, document
from kanal.kit.ids import new_id
from kanal.people import powers, queries, rules, spans
from kanal.people.actions.teams import set_teams
from kanal.people.actions.users import rename
from kanal.people.availability import actions as availability
from kanal.people.availability import calendars
from kanal.people.errors import AlreadyMember, NotAccepted
from kanal.people.models import Member, MemberChange, Role
from kanal.people.rules import HOURS, LONGEST_NAME, capacity_kept, one_line
from kanal.people.skills import actions as skills

LONGEST = {"name": LONGEST_NAME, "title": 100, "chat_name": 100}
COLUMNS = ("role", "has_seat", "title", "chat_name", "timezone", "country", "working_hours", "capacity")


async def add_member(
    tx: Transaction, user_id: UUID, role: Role, has_seat: bool, *, joined: bool = True, actor: UUID | None = None
) -> Member:
    """Let a user into the transaction's account; `joined` is false while they are invited and have no password."""
    member, now = new_id(), clock.now()
    added = await tx.run(
        """
        insert into members (account_id, id, user_id, role, has_seat, joined_at, created_at)
        values (%s, %s, %s, %s, %s, %s, %s)
        on conflict (account_id, user_id) do nothing
        """,
        (tx.account, member, user_id, role, has_seat, now if joined else None, now),
    )
    if not added:
        raise AlreadyMember(await tx.value("select id from members where user_id = %s", (user_id,)))
    # They have no hours yet: there from joining on, away before.
    await tx.run(
        "insert into availability (account_id, member_id, from_at, state, why) values (%s, %s, %s, %s, 'start')",
        (tx.account, member, now, "available" if joined else "away"),
    )
    await spans.follow(tx, [member])
    emit(tx, Event(name="member.added", actor_id=actor, data={"member_id": str(member), "role": role}))
    return await queries.member(tx, member)


async def change_member(tx: Transaction, member_id: UUID, wanted: MemberChange, *, actor: UUID | None) -> list[str]:
    """Change what is given; answers what is other than before. Who may change which field is for the caller to know;
    nobody gives away what they may not do themselves, and somebody always manages members."""
    await powers.lock(tx)
    before = await queries.member(tx, member_id)
    if wanted.country:
        await calendars.ready()
    after = _changed(before, wanted)
    fields = [name for name in COLUMNS if getattr(after, name) != getattr(before, name)]
    if "role" in fields or "has_seat" in fields:
        await powers.check_reach(tx, before.role, actor)
    if "role" in fields:
        await powers.check_gift(tx, after.role, actor)
    await _keep(tx, after)
    fields += await _keep_elsewhere(tx, before, after, wanted, actor)
    if "role" in fields:
        await powers.check_somebody_manages(tx)
    if fields:
        await _follow(tx, member_id, fields, actor)
    return fields


async def set_photo(tx: Transaction, member_id: UUID, photo: str | None, *, actor: UUID | None) -> str | None:
    """Answers the digest of the photo before, which may be in no more use."""
    before = (await queries.member(tx, member_id)).photo
    if photo != before:
        await tx.run("update members set photo = %s where id = %s", (photo, member_id))
        _tell(tx, member_id, ["photo"], actor)
    return before


def _changed(before: Member, wanted: MemberChange) -> Member:
    """As the member would be; raises for what no member can be."""
    given = {name: value for name, value in rules.given(wanted).items() if name in before.__struct_fields__}
    if wanted.seat is not UNSET:
        given["has_seat"] = wanted.seat
    for name, most in LONGEST.items():
        if name in given:
            given[name] = one_line(given[name], name, most, empty=name != "name")
    hours.check(given.get("working_hours"), "working_hours")
    if "timezone" in given:
        hours.check_zone(given["timezone"], "timezone")
    calendars.check(given.get("country", ""), "country")
    if "capacity" in given:
        given["capacity"] = capacity_kept(given["capacity"])
    return msgspec.structs.replace(before, **given)


async def _keep(tx: Transaction, after: Member) -> None:
    week = None if after.working_hours is None else document(after.working_hours)
    await tx.run(
        """
        update members set role = %s, has_seat = %s, title = %s, chat_name = %s, timezone = %s, country = %s,
               working_hours = %s, capacity = %s
        where id = %s
        """,
        (
            after.role,
            after.has_seat,
            after.title,
            after.chat_name,
            after.timezone,
            after.country,
            week,
            document(after.capacity),
            after.id,
        ),
    )


async def _keep_elsewhere(
    tx: Transaction, before: Member, after: Member, wanted: MemberChange, actor: UUID | None
) -> list[str]:
    """What stands in other tables; answers the fields that are other than before, but for the name, which is told on
    its own."""
    if after.name != before.name:
        await _rename(tx, before, after.name, actor)
    fields = []
    if wanted.teams is not UNSET and await set_teams(tx, before.id, wanted.teams):
        fields.append("teams")
    if wanted.skills is not UNSET and await skills.set_for(tx, before.id, [(s.id, s.level) for s in wanted.skills]):
        fields.append("skills")
    return fields


async def _rename(tx: Transaction, before: Member, name: str, actor: UUID | None) -> None:
    """Of somebody who works in other accounts, the people of this one do not choose the name."""
    if before.id != actor and len(await queries.memberships(tx, before.user_id)) > 1:
        raise NotAccepted("name", "They work in other accounts too; only they themselves can change their name.")
    await rename(tx, before.user_id, name, actor=actor)


async def _follow(tx: Transaction, member_id: UUID, fields: list[str], actor: UUID | None) -> None:
    await spans.follow(tx, [member_id])
    if HOURS.intersection(fields):
        await availability.refresh(tx, [member_id], actor=actor)
    _tell(tx, member_id, fields, actor)


def _tell(tx: Transaction, member_id: UUID, fields: list[str], actor: UUID | None) -> None:
    emit(tx, Event(name="member.changed", actor_id=actor, data={"member_id": str(member_id), "fields": fields}))
