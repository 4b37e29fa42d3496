"""Making macros, changing them, deleting them and taking that back; noting that one was used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Transaction, document
from kanal.kit.ids import new_id
from kanal.macros import checking, queries, rules
from kanal.macros.errors import InvalidMacro, NotYours
from kanal.macros.models import Macro, MacroChange, MacroProblem, NewMacro, SharedWith
from kanal.macros.rules import Powers

MOST = 2_000
"""Of an account."""


async def create(tx: Transaction, new: NewMacro, powers: Powers) -> UUID:
    """Raises InvalidMacro."""
    await tx.lock(f"macros/{tx.account}")
    if await tx.value("select count(*) from macros where deleted_at is null") >= MOST:
        raise InvalidMacro([MacroProblem(field="name", message=f"there are {MOST:,} already; delete some first")])
    words = _words(new.name, new.shortcut, new.body_html, new.body_text)
    desk = await checking.desk(tx)
    _sound([*_wrong_words(words), *checking.of_actions(new.actions, desk), *_wrong_sharing(new, desk, powers)])
    if not words["body_text"] and not new.actions:
        raise InvalidMacro([MacroProblem(field="body_html", message="write a text, or add what it does")])
    id_, now = new_id(), clock.now()
    row = {
        "id": id_,
        **words,
        "actions": msgspec.to_builtins(new.actions),
        "owner_id": powers.member,
        "shared_with": new.shared_with,
        "created_at": now,
        "updated_at": now,
    }
    await tx.insert("macros", [row])
    await _share(tx, id_, new.shared_with, new.teams)
    _tell(tx, id_, powers.member, "created")
    return id_


async def change(tx: Transaction, wanted: UUID, to: MacroChange, powers: Powers) -> None:
    """What is not given is not checked either: one that became wrong can be renamed. Raises NotFound, InvalidMacro and
    NotYours."""
    before = await _editable(tx, wanted, powers)
    given = {field: value for field in to.__struct_fields__ if (value := getattr(to, field)) is not UNSET}
    if "body_text" in given and "body_html" not in given:
        given["body_html"] = ""
    after: Macro = msgspec.structs.replace(before, **given)
    words = _words(after.name, after.shortcut, after.body_html, after.body_text)
    desk = await checking.desk(tx)
    wrong = _wrong_words(words)
    if to.actions is not UNSET:
        wrong += checking.of_actions(after.actions, desk)
    if to.shared_with is not UNSET or to.teams is not UNSET:
        wrong += _wrong_sharing(after, desk, powers)
    _sound(wrong)
    if not words["body_text"] and not after.actions:
        raise InvalidMacro([MacroProblem(field="body_html", message="write a text, or add what it does")])
    await tx.run(
        """
        update macros set name = %(name)s, shortcut = %(shortcut)s, body_html = %(body_html)s,
          body_text = %(body_text)s, actions = %(actions)s, shared_with = %(shared_with)s,
          owner_id = case when %(shared_with)s = 'me' then coalesce(owner_id, %(actor)s) else owner_id end,
          updated_at = %(now)s
        where id = %(id)s
        """,
        {
            "id": wanted,
            **words,
            "actions": document(msgspec.to_builtins(after.actions)),
            "shared_with": after.shared_with,
            "actor": powers.member,
            "now": clock.now(),
        },
    )
    await _share(tx, wanted, after.shared_with, after.teams)
    _tell(tx, wanted, powers.member, "changed")


async def delete(tx: Transaction, wanted: UUID, powers: Powers) -> None:
    """It can be taken back for 30 days. Raises NotFound and NotYours."""
    await _editable(tx, wanted, powers)
    await tx.run("update macros set deleted_at = %s where id = %s", (clock.now(), wanted))
    _tell(tx, wanted, powers.member, "deleted")


async def restore(tx: Transaction, wanted: UUID, powers: Powers) -> None:
    """Raises NotFound and NotYours."""
    await _editable(tx, wanted, powers, deleted=True)
    await tx.run("update macros set deleted_at = null where id = %s", (wanted,))
    _tell(tx, wanted, powers.member, "restored")


async def note_use(tx: Transaction, macro: UUID, member: UUID) -> None:
    await tx.run(
        """
        insert into macro_uses (account_id, macro_id, member_id, used, last_used_at) values (%s, %s, %s, 1, %s)
        on conflict (account_id, macro_id, member_id) do update
        set used = macro_uses.used + 1, last_used_at = excluded.last_used_at
        """,
        (tx.account, macro, member, clock.now()),
    )


async def _editable(tx: Transaction, wanted: UUID, powers: Powers, *, deleted: bool = False) -> Macro:
    macro = await queries.one(tx, wanted, powers.member, all_shared=powers.manages, deleted=deleted)
    if not rules.may_edit(powers, macro):
        raise NotYours
    return macro


def _words(name: str, shortcut: str, body_html: str, body_text: str) -> dict[str, str]:
    kept_html, kept_text = rules.body(body_html[: rules.LONGEST_BODY + 1], body_text[: rules.LONGEST_BODY + 1])
    return {
        "name": rules.line(name),
        "shortcut": rules.shortcut(shortcut),
        "body_html": kept_html,
        "body_text": kept_text,
    }


def _wrong_words(words: dict[str, str]) -> list[MacroProblem]:
    return rules.wrong_words(words["name"], words["shortcut"], words["body_html"], words["body_text"])


def _wrong_sharing(of: NewMacro | Macro, desk: checking.Desk, powers: Powers) -> list[MacroProblem]:
    if of.shared_with == "teams":
        if not of.teams:
            return [MacroProblem(field="teams", message="choose at least one team")]
        if not desk.teams.keys() >= set(of.teams):
            return [MacroProblem(field="teams", message="one of the teams is no longer there; choose others")]
    if not rules.may_share(powers, of.shared_with, of.teams):
        message = (
            "you may share with your own teams only"
            if powers.leads and of.shared_with == "teams"
            else "sharing needs the permission to manage the desk, or to lead a team; keep it to yourself"
        )
        return [MacroProblem(field="shared_with", message=message)]
    return []


def _sound(problems: Sequence[MacroProblem]) -> None:
    if problems:
        raise InvalidMacro(problems)


async def _share(tx: Transaction, macro: UUID, shared_with: SharedWith, teams: Sequence[UUID]) -> None:
    wanted = list(dict.fromkeys(teams)) if shared_with == "teams" else []
    await tx.run("delete from macro_teams where macro_id = %s and team_id <> all (%s)", (macro, wanted))
    rows: list[dict[str, Any]] = [{"macro_id": macro, "team_id": team} for team in wanted]
    there = set(await tx.values("select team_id from macro_teams where macro_id = %s", (macro,)))
    await tx.insert("macro_teams", [row for row in rows if row["team_id"] not in there])


def _tell(tx: Transaction, macro: UUID, actor: UUID, what: str) -> None:
    events.emit(tx, Event(name="macro.changed", actor_id=actor, data={"macro_id": str(macro), "what": what}))
