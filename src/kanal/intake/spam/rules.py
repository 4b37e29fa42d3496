"""The pure decision whether one message is spam, in the order of what counts more: the lists, the thread that it goes
on in, its sender, the filters (EML-40, 42..44; K11)."""

from __future__ import annotations

from typing import Literal

import msgspec

from kanal.channelkit.messages import Said
from kanal.contacts.senders.models import MAIL, SenderRule
from kanal.conversations.models import Placement
from kanal.intake.spam.models import Filters, Why

ROLES = frozenset(
    (
        *("abuse", "admin", "alert", "billing", "compliance", "devnull", "dns", "finance", "ftp", "hostmaster", "info"),
        *("infrastructure", "inoc", "ispfeedback", "ispsupport", "it", "list", "list-request", "maildaemon"),
        *("mailer-daemon", "marketing", "no-reply", "noc", "noreply", "null", "phish", "phishing", "postmaster"),
        *("privacy", "registrar", "root", "sales", "security", "spam", "support", "sysadmin", "tech"),
        *("undisclosed-recipients", "unsubscribe", "usenet", "uucp", "webmaster", "www"),
    )
)
"""Local parts of addresses that are a function's (EML-44)."""


class Judgement(msgspec.Struct, kw_only=True):
    """What is to be done with a message."""

    spam: Why | None = None
    apart: bool = False
    """It goes into no thread that stands, but into a conversation of its own."""
    pulls_out: bool = False
    """It shows that the conversation which it goes on in is no spam after all (EML-36)."""
    spares_contacts: bool = False
    """It is spam only of somebody whom we do not know (EML-42)."""


NO_SPAM = Judgement()


def judge(
    said: Said, placement: Placement, rule: SenderRule | None, filters: Filters, *, own: bool, history: bool
) -> Judgement:
    """`rule` is what the lists say of the sender; `own`: they write as the address that it was sent to."""
    thread = _thread(placement)
    human = said.automatic is None and not said.loop
    if rule is not None and rule.verdict == "deny":
        why = Why(code="blocked" if rule.why == "block" else "denied")
        return Judgement(spam=why, apart=thread == "open")
    # Whoever only claims to be on the list is judged as everybody is.
    if rule is not None and said.trust != "fail":
        return Judgement(pulls_out=thread == "spam")
    if thread == "open":
        return NO_SPAM
    if thread == "spam":
        answers_us = human and placement.proved and _refers(said)
        return Judgement(pulls_out=True) if answers_us else Judgement(spam=Why(code="thread"))
    return NO_SPAM if history else _opens(said, filters, own)


def _thread(placement: Placement) -> Literal["none", "open", "spam"]:
    if placement.conversation is None:
        return "none"
    return "spam" if placement.conversation.spam else "open"


def _refers(said: Said) -> bool:
    """To something; where a thread goes on by itself, as in a chat, going on in it says nothing."""
    evidence = said.evidence
    return bool(evidence.tokens or evidence.in_reply_to or evidence.references)


def _opens(said: Said, filters: Filters, own: bool) -> Judgement:
    """It would open a conversation."""
    if own or said.loop:
        return Judgement(spam=Why(code="own_address"))
    if said.automatic == "auto_reply":
        return Judgement(spam=Why(code="automatic")) if filters.automatic else NO_SPAM
    why = _suspicion(said, filters)
    return Judgement(spam=why, spares_contacts=said.trust != "fail") if why else NO_SPAM


def _suspicion(said: Said, filters: Filters) -> Why | None:
    if said.spam:
        return Why(code="filter", detail=said.spam)
    if filters.marketing and said.bulk == "newsletter":
        return Why(code="marketing")
    if filters.unsubscribe and said.bulk:
        return Why(code="unsubscribe")
    if filters.role_based and is_role(said):
        return Why(code="role_based")
    return None


def is_role(said: Said) -> bool:
    handle = said.sender.handle
    return handle.kind == MAIL and handle.key.rpartition("@")[0].partition("+")[0] in ROLES
