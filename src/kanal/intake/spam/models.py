"""Why something is spam, and which filters an account has switched on."""

from __future__ import annotations

from typing import Literal

import msgspec

Reason = Literal[
    "hand",
    "denied",
    "blocked",
    "thread",
    "own_address",
    "automatic",
    "marketing",
    "unsubscribe",
    "role_based",
    "filter",
]
WORDS: dict[Reason, str] = {
    "hand": "somebody said so",
    "denied": "the sender is on the deny list",
    "blocked": "the sender is blocked",
    "thread": "it goes on in a conversation that is spam",
    "own_address": "it comes from the address that it was sent to",
    "automatic": "an automatic answer to nothing that was written here",
    "marketing": "it has the marks of a newsletter",
    "unsubscribe": "it says how to unsubscribe",
    "role_based": "its sender is a function and no person",
    "filter": "the mail filter says so",
}


class Why(msgspec.Struct, kw_only=True, frozen=True):
    """A reason, and the filter's own words where a filter gave it."""

    code: Reason
    detail: str = ""

    def words(self) -> str:
        return f"{WORDS[self.code]}: {self.detail}" if self.detail else WORDS[self.code]

    def kept(self) -> str:
        """As the conversation keeps it."""
        return f"{self.code}: {self.detail}" if self.detail else self.code


def why_of(kept: str) -> Why:
    code, _, detail = kept.partition(": ")
    return msgspec.convert({"code": code, "detail": detail}, Why)


class Filters(msgspec.Struct, kw_only=True):
    """What is spam although nothing is wrong with its sender; contacts are spared, except by `automatic`."""

    automatic: bool = True
    """Out-of-office notes and the like that open a thread of their own."""
    marketing: bool = True
    unsubscribe: bool = False
    """All that says how to unsubscribe."""
    role_based: bool = False
    """Senders such as noreply@ and info@ (EML-44). Off unless wished: they are many customers' ordinary addresses."""


class FiltersChange(msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What to switch; what is left out stays as it is."""

    automatic: bool | msgspec.UnsetType = msgspec.UNSET
    marketing: bool | msgspec.UnsetType = msgspec.UNSET
    unsubscribe: bool | msgspec.UnsetType = msgspec.UNSET
    role_based: bool | msgspec.UnsetType = msgspec.UNSET
