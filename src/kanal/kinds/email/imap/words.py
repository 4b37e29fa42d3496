"""Every way in which a mailbox can fail, in words that say what to do. The same words stand in the wizard and beside a
channel that needs attention."""

from __future__ import annotations

import re

from kanal.kinds.email.certificates import Certificate
from kanal.kinds.email.imap.errors import Broken, NoMailbox, Refused
from kanal.kinds.email.settings import Imap
from kanal.kinds.email.submission import one_line

LATER = frozenset({"UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "CONTACTADMIN"})
"""Response codes of a server that cannot now (RFC 5530)."""
_LATER = re.compile(
    r"too many|maximum number|rate limit|throttl|try again|temporar|unavailable|not connected|exceeded|system error",
    re.IGNORECASE,
)
_TIMING = re.compile(r" \(\d[\d.]* \+ [\d.+ ]* secs\)")
"""How long a Dovecot took."""
_NO_RIGHTS = re.compile(r"permission|access denied|not permitted|no rights", re.IGNORECASE)


def no_such_host(imap: Imap) -> NoMailbox:
    return NoMailbox("imap.host", f"There is no server named {imap.host}. Check the name.", passing=True)


def no_answer(imap: Imap) -> NoMailbox:
    why = f"{_where(imap)} does not answer. Check its name and port, and that nothing on the way blocks them."
    return NoMailbox("imap.host", why, passing=True)


def no_imap(imap: Imap) -> NoMailbox:
    why = f"{_where(imap)} does not speak IMAP. Check the port: 993 is usual with TLS, 143 with STARTTLS."
    return NoMailbox("imap.port", why, passing=True)


def no_tls(imap: Imap) -> NoMailbox:
    why = f"{_where(imap)} does not speak TLS there. Choose another port, or STARTTLS."
    return NoMailbox("imap.security", why, passing=True)


def no_starttls(imap: Imap) -> NoMailbox:
    return NoMailbox("imap.security", f"{_where(imap)} does not offer STARTTLS. Choose TLS with port 993.")


def in_the_clear(imap: Imap) -> NoMailbox:
    return NoMailbox("imap.security", "The password would travel in the clear. Choose TLS or STARTTLS.")


def doubted(imap: Imap, why: str, shown: Certificate | None) -> NoMailbox:
    said = (
        f"Nobody vouches for the certificate of {imap.host} ({why}). Ask who runs the server for the fingerprint and"
        " accept the certificate when it is the same, or have a valid one installed."
    )
    return NoMailbox("imap.certificate", said, certificate=shown)


def another_certificate(imap: Imap, shown: Certificate | None) -> NoMailbox:
    said = (
        f"{imap.host} shows another certificate than the one that was accepted. Ask who runs the server whether it was"
        " replaced, and accept the new one if so."
    )
    return NoMailbox("imap.certificate", said, certificate=shown)


def not_now(imap: Imap, text: str) -> NoMailbox:
    why = (
        f"{imap.host} lets nobody in for now: {_said(text)} Kanal tries again by itself. If it lasts, close other"
        " programs that read the mailbox, or ask the provider about its limits."
    )
    return NoMailbox("imap.host", why, passing=True)


def broken_off(imap: Imap, broken: Broken) -> NoMailbox:
    why = f"The connection to {_where(imap)} does not last: {_said(str(broken))} Kanal tries again by itself."
    return NoMailbox("imap.host", why, passing=True)


def is_for_now(refused: Refused) -> bool:
    """The server may well do it later."""
    return refused.code in LATER or _LATER.search(refused.text) is not None


def no_password_taken(imap: Imap) -> NoMailbox:
    why = f"{imap.host} takes no password on this kind of connection. Choose TLS or STARTTLS."
    return NoMailbox("imap.security", why)


def sign_in_refused(imap: Imap, refused: Refused) -> NoMailbox:
    if is_for_now(refused):
        return not_now(imap, refused.text)
    if refused.code == "PRIVACYREQUIRED":
        return no_password_taken(imap)
    if imap.auth == "xoauth2":
        why = f"{imap.host} refuses the access token: {_said(refused.text)} Sign in at the provider again."
        return NoMailbox("imap.token", why, refused=True)
    why = (
        f"{imap.host} refuses this user name or password: {_said(refused.text)} Type them again; a provider with"
        " two-step sign-in wants a password made for apps."
    )
    return NoMailbox("imap.password", why, refused=True)


def folder_refused(imap: Imap, folder: str, refused: Refused) -> NoMailbox:
    if is_for_now(refused):
        return not_now(imap, refused.text)
    if refused.code in ("NOPERM", "ACL") or _NO_RIGHTS.search(refused.text):
        why = f"{imap.user} has no right to read the folder “{folder}”. Have it granted, or leave the folder out."
    else:
        why = f"The folder “{folder}” cannot be opened: {_said(refused.text)} Choose another, or make it anew."
    return NoMailbox("imap.folders", why)


def full(imap: Imap, used: int, limit: int) -> NoMailbox:
    """Kilobytes."""
    why = (
        f"The mailbox is full ({used // 1024:,} of {limit // 1024:,} MB): new mail to it is turned away. Delete mail"
        " there, or have its quota raised."
    )
    return NoMailbox("imap.user", why)


def _where(imap: Imap) -> str:
    return f"{imap.host}:{imap.port}"


def _said(text: str) -> str:
    """The server's own words, as a sentence."""
    line = _TIMING.sub("", one_line(text))[:200].strip(" .")
    return f"“{line}”." if line else "it does not say why."
