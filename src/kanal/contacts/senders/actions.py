"""Putting senders on the lists and taking them off. There is one rule about an entry: the last word counts."""

from __future__ import annotations

from uuid import UUID

from kanal.channelkit.messages import Handle
from kanal.contacts.senders import queries, rules
from kanal.contacts.senders.errors import InvalidSender
from kanal.contacts.senders.models import NewSenderRule, SenderRule
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.kit.ids import new_id


async def put(tx: Transaction, wanted: NewSenderRule, actor: UUID | None) -> SenderRule:
    """Add a rule, in the place of what was said of this entry before. Raises InvalidSender."""
    rule = await tx.one(
        SenderRule,
        """
        insert into sender_rules (account_id, id, verdict, space, entry, why, note, created_by, created_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s)
        on conflict (account_id, space, entry) do update set
          verdict = excluded.verdict, why = excluded.why, note = excluded.note, created_by = excluded.created_by,
          created_at = excluded.created_at
        returning id, verdict, space, entry, why, note, created_by, created_at
        """,
        (
            tx.account,
            new_id(),
            wanted.verdict,
            wanted.space,
            rules.entry_of(wanted.entry, wanted.space),
            wanted.why,
            rules.note_of(wanted.note),
            actor,
            clock.now(),
        ),
    )
    _tell(tx, rule, actor, "added")
    return rule


async def block(tx: Transaction, sender: Handle, actor: UUID | None) -> SenderRule:
    """What this sender writes from now on is spam. One that is on the allow list by its own address has to be taken
    off there first: whoever looks after the desk put it there."""
    rule = (await queries.rule_of(tx, [(sender.kind, sender.key)])).get((sender.kind, sender.key))
    if rule is not None and rule.verdict == "allow" and rule.entry == sender.key:
        raise InvalidSender("block", "this sender is on the allow list; take them off there first")
    if rule is not None and rule.verdict == "deny" and rule.entry == sender.key:
        return rule
    return await put(tx, NewSenderRule(verdict="deny", entry=sender.key, space=sender.kind, why="block"), actor)


async def unblock(tx: Transaction, sender: Handle, actor: UUID | None) -> bool:
    """Take a block back; what is on the deny list stays there. Returns whether there was one."""
    rule = await tx.maybe(
        SenderRule,
        """
        delete from sender_rules where space = %s and entry = %s and why = 'block'
        returning id, verdict, space, entry, why, note, created_by, created_at
        """,
        (sender.kind, sender.key),
    )
    if rule is not None:
        _tell(tx, rule, actor, "removed")
    return rule is not None


async def remove(tx: Transaction, wanted: UUID, actor: UUID | None) -> None:
    rule = await queries.sender_rule(tx, wanted)
    await tx.run("delete from sender_rules where id = %s", (wanted,))
    _tell(tx, rule, actor, "removed")


def _tell(tx: Transaction, rule: SenderRule, actor: UUID | None, what: str) -> None:
    data = {"rule_id": str(rule.id), "verdict": rule.verdict, "why": rule.why, "change": what}
    events.emit(tx, Event(name="sender.changed", actor_id=actor, data=data))
