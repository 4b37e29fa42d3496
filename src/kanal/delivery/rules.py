"""Pure decisions of the way out: which state may follow which, when to try again, and what an answer or a fault of a
kind means for the delivery."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from kanal.channelkit.errors import (
    ActionRequired,
    InvalidSettings,
    RetryLater,
    SignInRefused,
    Undeliverable,
    Unknown,
)
from kanal.channelkit.messages import Sent
from kanal.delivery.errors import InvalidReply
from kanal.delivery.models import Change, ShownState, State

MOVES: Mapping[State, frozenset[State]] = {
    "queued": frozenset({"queued", "sending", "failed", "cancelled"}),
    "sending": frozenset({"queued", "data_sent", "sent", "failed", "unknown", "bounced"}),
    "data_sent": frozenset({"queued", "sent", "failed", "unknown", "bounced"}),
    "unknown": frozenset({"queued", "sent", "failed", "bounced"}),
    "sent": frozenset({"failed", "bounced"}),
    "failed": frozenset({"bounced"}),
    "bounced": frozenset({"bounced"}),
    "cancelled": frozenset(),
}
UNDER_WAY: frozenset[State] = frozenset({"sending", "data_sent"})
SETTLED: frozenset[State] = frozenset({"sent", "failed", "unknown", "bounced"})
NEEDS_A_PERSON: frozenset[State] = frozenset({"failed", "unknown", "bounced"})

UNDO = timedelta(seconds=8)
"""A reply written in the browser is held back this long, so that it can be taken back."""
LONGEST_SUBJECT = 1_000
FARTHEST = timedelta(days=366)
"""Ahead of which nothing is scheduled."""
BACK_OFF = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    *([timedelta(hours=4)] * 18),
)
"""Waits between tries: 73 hours, then it is given up."""
JITTER = 0.2
LONGEST_WAIT = timedelta(days=1)
UNTIL_SOMEBODY_ACTS = timedelta(hours=6)
"""Looked at again by itself when a person has to do something first, in case it was done elsewhere."""

WAITS = "It waits for the reply before it in this conversation."
SWITCHED_OFF = "The channel is switched off; the reply leaves when it is switched on."
NOT_AUTHORIZED = "The channel has lost its authorization; connect it again."
MEANWHILE = "The customer wrote before it left; send it all the same, or take it back."
DELETED = "The channel was deleted."
NO_KIND = "This kind of channel is not installed."
BROKE_OFF = "Kanal stopped after the message was handed over and before the answer. It may have arrived or not."
NOT_KNOWN = "The connection broke before the answer came. It may have arrived or not."


def sources(to: State) -> list[State]:
    """The states from which a delivery may go to this one."""
    return [state for state, followers in MOVES.items() if to in followers]


def shown_state(state: State) -> ShownState:
    """People see one `sending`; that the data has left matters to the recovery alone."""
    if state == "data_sent" or state == "cancelled":
        return "sending"
    return state


def wait(tries: int, chance: float) -> timedelta | None:
    """How long to wait after so many tries, `chance` in 0..1 spreading it by a fifth; None: give up."""
    if not 1 <= tries <= len(BACK_OFF):
        return None
    return BACK_OFF[tries - 1] * (1 + JITTER * (2 * chance - 1))


def taken(sent: Sent) -> Change:
    return Change(
        to="sent",
        said=sent.said,
        refused=sent.refused,
        reason=_partly(sent.refused),
        external_id=sent.external_id,
    )


def not_taken(error: Exception, *, handed_over: bool, tries: int, now: datetime, chance: float) -> Change:
    """What follows from an error that `kind.send` raised."""
    match error:
        case RetryLater():
            return put_off(error.why, tries, now, chance, error.after)
        case ActionRequired() | InvalidSettings():
            signed_out = isinstance(error, SignInRefused)
            return held(error.why, now, somebody_must_act=True, signed_out=signed_out)
        case Undeliverable():
            return Change(to="failed", reason=error.why)
        case Unknown():
            return Change(to="unknown", reason=error.why)
    if handed_over:
        return Change(to="unknown", reason=NOT_KNOWN)
    return put_off(f"Sending failed ({type(error).__name__}).", tries, now, chance)


def put_off(why: str, tries: int, now: datetime, chance: float, after: timedelta | None = None) -> Change:
    """Later, by the provider's own word or by our schedule, until that is used up."""
    scheduled = wait(tries, chance)
    if scheduled is None:
        return Change(to="failed", reason=f"{why} Given up after {tries} tries.")
    return Change(to="queued", reason=why, next_try_at=now + (min(after, LONGEST_WAIT) if after else scheduled))


def held(why: str, now: datetime, *, somebody_must_act: bool = False, signed_out: bool = False) -> Change:
    """Until something is changed; what was tried in vain until then does not count."""
    return Change(
        to="queued",
        reason=why,
        next_try_at=now + UNTIL_SOMEBODY_ACTS,
        tries=0,
        somebody_must_act=somebody_must_act,
        signed_out=signed_out,
    )


def left_behind(state: State, receipts: list[str], tries: int, now: datetime, chance: float) -> Change:
    """What becomes of a delivery whose process died: repeated when nothing was handed over, else unknown."""
    if receipts:
        return Change(to="sent")
    if state == "data_sent":
        return Change(to="unknown", reason=BROKE_OFF)
    if tries <= 1:
        return Change(to="queued", next_try_at=now)
    return put_off("Kanal stopped while sending.", tries - 1, now, chance)


def reply_subject(subject: str) -> str:
    return subject if subject[:3].lower() in ("re:", "sv:", "aw:") else f"Re: {subject}".strip()


def forward_subject(subject: str) -> str:
    handed_on = subject.partition(":")[0].lower() in ("fwd", "fw", "vb", "wg", "vs")
    return subject if handed_on else f"Fwd: {subject}".strip()


def leaves_at(now: datetime, send_at: datetime | None, *, undoable: bool) -> datetime:
    """When a message is due that was queued now; raises InvalidReply for a time that is past or too far."""
    if send_at is None:
        return now + UNDO if undoable else now
    if send_at.tzinfo is None or not now < send_at <= now + FARTHEST:
        raise InvalidReply("send_at", "Choose a time with its zone that is still to come, at most a year ahead.")
    return send_at


def _partly(refused: Mapping[str, str]) -> str:
    return "; ".join(f"{address}: {why}" for address, why in refused.items())
