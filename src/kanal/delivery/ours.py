"""Addresses that no answer goes to by itself: our own, in every form, and those that say they take none. Whoever leaves
them out says so; `recipients` and `prospect` ask here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

import msgspec

from kanal.delivery.models import Addressee
from kanal.kit.db import Transaction
from kanal.kit.mail import split_plus, takes_no_answers

Why = Literal["our_own", "no_reply"]


class LeftOut(msgspec.Struct, kw_only=True, frozen=True):
    """Somebody whom the answered message names and who does not get the answer."""

    address: str
    why: Why


async def own_addresses(tx: Transaction) -> frozenset[str]:
    """Keys of every address that a channel of the account answers for, those that mail is forwarded to among them."""
    return frozenset(
        await tx.values(
            "select key from addresses where account_id = %s and channel_id is not null",
            (tx.account,),
        )
    )


def apart(people: Sequence[Addressee], own: Collection[str]) -> tuple[list[Addressee], list[LeftOut]]:
    """Those who get an answer, and those who do not, with the reason."""
    why = [(each, _why_not(each.key, own)) for each in people]
    left_out = [LeftOut(address=each.address, why=reason) for each, reason in why if reason]
    return [each for each, reason in why if reason is None], left_out


def is_ours(key: str, own: Collection[str]) -> bool:
    """Also with a tag behind a plus, as in reply tokens."""
    return key in own or split_plus(key)[0] in own


def _why_not(key: str, own: Collection[str]) -> Why | None:
    if is_ours(key, own):
        return "our_own"
    return "no_reply" if takes_no_answers(key) else None
