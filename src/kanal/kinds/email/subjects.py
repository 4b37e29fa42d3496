"""Subject lines: what is left without reply prefixes, and whether they say "forwarded". Prefixes of all the mail
programs and languages that we know of."""

from __future__ import annotations

import re

_REPLY = "re aw sv vs antw ref rif r odp ynt vá bls atb res rv\\.? 回复 答复 返信 답장"
_FORWARD = "fwd fw vb vs videresend wg rv tr i pd enc redir\\.? vl i̇lt ilt doorst 转发 轉寄"
_COUNTER = r"(?:\s?\[\d{1,3}\]|\s?\(\d{1,3}\)|\^\d{1,3}|\d{1,2})?"
_ANY_PREFIX = re.compile(
    rf"\s*(?:{'|'.join([*_REPLY.split(), *_FORWARD.split()])}){_COUNTER}\s?[:：]\s*", re.IGNORECASE
)
_FORWARD_PREFIX = re.compile(rf"\s*(?:{'|'.join(_FORWARD.split())}){_COUNTER}\s?[:：]", re.IGNORECASE)


def base_key(subject: str) -> str:
    """Subject without prefixes, lower case: the same for all mails of one thread."""
    at = 0
    for _ in range(20):
        prefix = _ANY_PREFIX.match(subject, at)
        if prefix is None:
            break
        at = prefix.end()
    return " ".join(subject[at:].lower().split())


def is_forward(subject: str) -> bool:
    """Some prefixes mean "reply" in one language and "forward" in another: then it may be a forward."""
    return _FORWARD_PREFIX.match(subject) is not None


def is_ambiguous(subject: str) -> bool:
    """`VS:` is a forward in Danish and Norwegian, and a reply in Finnish."""
    return subject.lstrip()[:2].lower() == "vs"
