"""Pure decisions: reply tokens, and to which conversation a message belongs (PROTOCOLS of mail threading; K10, K19)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from kanal.channelkit.contract import Threading
from kanal.channelkit.messages import Evidence
from kanal.conversations.models import Candidate, Known, Placement
from kanal.kit.crypto import Keyring

TOKEN_PREFIX = "k"  # noqa: S105 - the version of the form, not a secret
MAC_BYTES = 10
MEMBER_PREFIX = "m"
REFERENCES_READ = 30
SPAM_KEPT = timedelta(days=90)
"""After which spam is forgotten (EML-45)."""


def reply_token(keyring: Keyring, conversation: UUID) -> str:
    """Brings an answer back to the conversation; 43 characters that survive folding of case."""
    proof = keyring.mac("reply", conversation.bytes, MAC_BYTES)
    return TOKEN_PREFIX + base64.b32encode(conversation.bytes + proof).decode().rstrip("=").lower()


def read_token(keyring: Keyring, token: str) -> UUID | None:
    """The conversation that a token of ours names; None for anything else."""
    parts = _parts(token, TOKEN_PREFIX)
    if parts is None or not keyring.mac_holds("reply", *parts):
        return None
    return UUID(bytes=parts[0])


def member_token(keyring: Keyring, about: UUID, member: UUID) -> str:
    """Makes a member's answer to a mail of ours a comment on what it names: a conversation or its ticket, or a ticket
    that has none. As long as a reply token, and good for this member alone: who they are is proved with it and does not
    stand in it."""
    proof = keyring.mac("member", about.bytes + member.bytes, MAC_BYTES)
    return MEMBER_PREFIX + base64.b32encode(about.bytes + proof).decode().rstrip("=").lower()


def read_member_token(keyring: Keyring, token: str, members: Iterable[UUID]) -> tuple[UUID, UUID] | None:
    """What the token names, and for which of these members it was made; None for anything else."""
    parts = _parts(token, MEMBER_PREFIX)
    if parts is None:
        return None
    named, proof = parts
    holder = next((m for m in members if keyring.mac_holds("member", named + m.bytes, proof)), None)
    return (UUID(bytes=named), holder) if holder else None


def looks_like_member_token(token: str) -> bool:
    return _parts(token, MEMBER_PREFIX) is not None


def _parts(token: str, prefix: str) -> tuple[bytes, bytes] | None:
    """What a token names and its proof, not yet looked at."""
    if not token.lower().startswith(prefix):
        return None
    text = token[len(prefix) :].upper()
    try:
        data = base64.b32decode(text + "=" * (-len(text) % 8))
    except (binascii.Error, ValueError):
        return None
    return (data[:16], data[16:]) if len(data) == 16 + MAC_BYTES else None


def place(
    evidence: Evidence,
    threading: Threading,
    *,
    by_token: Candidate | None,
    known: Mapping[str, list[Known]],
    candidates: Mapping[UUID, Candidate],
    latest: Candidate | None,
    takes_part: Callable[[UUID], bool],
    automatic: bool,
) -> Placement:
    """Where one message goes. `latest` is what the provider's thread key, or else the sender, last talked in;
    `takes_part` tells whether the sender is already in a conversation."""
    if by_token is not None:
        by_token = _answered_part(by_token, evidence, known, candidates)
        return _into(by_token, joins=not takes_part(by_token.id), proved=True, automatic=automatic)
    if threading == "references":
        return _by_reference(evidence, known, candidates, takes_part, automatic)
    if threading in ("thread_key", "participants") and latest is not None:
        return _into(latest, joins=not takes_part(latest.id), proved=True, automatic=automatic)
    return Placement()


def _answered_part(
    by_token: Candidate, evidence: Evidence, known: Mapping[str, list[Known]], candidates: Mapping[UUID, Candidate]
) -> Candidate:
    """A token names the conversation in which it was given out. Of one that was split since, the part that holds the
    message which is answered."""
    for reference in _strongest_first(evidence):
        for message in known.get(reference, []):
            part = candidates.get(message.conversation_id)
            if part is not None and part.family == by_token.family:
                return part
    return by_token


def _by_reference(
    evidence: Evidence,
    known: Mapping[str, list[Known]],
    candidates: Mapping[UUID, Candidate],
    takes_part: Callable[[UUID], bool],
    automatic: bool,
) -> Placement:
    """In-Reply-To decides alone; a mere reference counts only under an unchanged subject."""
    stranger: Candidate | None = None
    for position, reference in enumerate(_strongest_first(evidence)):
        only_referenced = position >= len(evidence.in_reply_to)
        for message in known.get(reference, []):
            candidate = candidates.get(message.conversation_id)
            if candidate is None or (only_referenced and candidate.subject_key != evidence.subject_key):
                continue
            if message.ours or takes_part(candidate.id):
                joins = not takes_part(candidate.id)
                return _into(candidate, joins=joins, proved=message.ours, automatic=automatic)
            stranger = stranger or candidate
    if stranger is not None and stranger.ticket_id is not None:
        return Placement(linked_to=stranger.ticket_id, why="unproved_reference")
    return Placement()


def _strongest_first(evidence: Evidence) -> list[str]:
    return [*evidence.in_reply_to, *reversed(evidence.references[-REFERENCES_READ:])]


def _into(candidate: Candidate, *, joins: bool, proved: bool, automatic: bool) -> Placement:
    """Into the conversation, unless its ticket was closed too long ago (K10); what no person wrote never opens one."""
    if candidate.open_to_replies or automatic:
        return Placement(conversation=candidate, joins=joins, proved=proved)
    return Placement(linked_to=candidate.ticket_id, why="after_closed")
