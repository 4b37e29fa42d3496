"""Every way in which the server that takes our mail can fail, in words that say what to do. The same words stand in the
wizard and beside a channel that needs attention; where IMAP fails alike, imap/words.py says the same."""

from __future__ import annotations

import re

import aiosmtplib

from kanal.kinds.email.certificates import Certificate
from kanal.kinds.email.no_server import NoServer


class NoSession(NoServer):
    """There is no way to hand over mail now."""


def no_such_host(host: str) -> NoSession:
    return NoSession("smtp.host", f"There is no server named {host}. Check the name.", passing=True)


def no_answer(where: str) -> NoSession:
    why = f"{where} does not answer. Check its name and port, and that nothing on the way blocks them."
    return NoSession("smtp.host", why, passing=True)


def turned_away(host: str, refused: aiosmtplib.SMTPResponseException) -> NoSession:
    """At the door, before anything was asked."""
    if refused.code < 500:
        return not_now(host, refused)
    why = f"{host} does not let this machine in: {_said(refused)} Choose another server, or have this one allow it."
    return NoSession("smtp.host", why)


def not_now(host: str, refused: aiosmtplib.SMTPResponseException) -> NoSession:
    why = (
        f"{host} lets nobody in for now: {_said(refused)} Kanal tries again by itself. If it lasts, close other"
        " programs that read the mailbox, or ask the provider about its limits."
    )
    return NoSession("smtp.host", why, passing=True)


def no_tls(where: str) -> NoSession:
    why = f"{where} does not speak TLS there. Choose another port, or STARTTLS."
    return NoSession("smtp.security", why)


def no_starttls(where: str) -> NoSession:
    return NoSession("smtp.security", f"{where} does not offer STARTTLS. Choose TLS with port 465.")


def in_the_clear() -> NoSession:
    return NoSession("smtp.security", "The password would travel in the clear. Choose TLS or STARTTLS.")


def doubted(host: str, why: str, shown: Certificate | None) -> NoSession:
    said = (
        f"Nobody vouches for the certificate of {host} ({why}). Ask who runs the server for the fingerprint and"
        " accept the certificate when it is the same, or have a valid one installed."
    )
    return NoSession("smtp.certificate", said, certificate=shown)


def another_certificate(host: str, shown: Certificate) -> NoSession:
    why = (
        f"{host} shows another certificate than the one that was accepted. Ask who runs the server whether it was"
        " replaced, and accept the new one if so."
    )
    return NoSession("smtp.certificate", why, certificate=shown)


def sign_in_refused(host: str, refused: aiosmtplib.SMTPResponseException) -> NoSession:
    if refused.code < 500:
        return not_now(host, refused)
    why = (
        f"{host} refuses this user name or password: {_said(refused)} Type them again; a provider with two-step"
        " sign-in wants a password made for apps."
    )
    return NoSession("smtp.password", why, refused=True)


def broke() -> NoSession:
    return NoSession("smtp.host", "The connection broke while signing in.", passing=True)


def no_sign_in() -> NoSession:
    return NoSession("smtp.user", "This server takes no sign-in that we know.")


def words(answer: aiosmtplib.SMTPResponseException) -> str:
    """What a server said, on one line."""
    return one_line(f"{answer.code} {answer.message}")


def one_line(said: str) -> str:
    return re.sub(r"[^ -~\u00a0-\U0010ffff]+", " ", said.encode("utf-8", "replace").decode()).strip()[:500]


def _said(answer: aiosmtplib.SMTPResponseException) -> str:
    """Its own words, as a sentence."""
    return f"“{words(answer)[:200]}”."
