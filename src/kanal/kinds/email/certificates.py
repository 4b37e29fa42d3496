"""Certificates of mail servers: one that nobody vouches for is shown to a person, and believed by its fingerprint once
they accepted it. Used by imap/session.py and by whoever opens a connection to an outgoing server."""

from __future__ import annotations

import hashlib
import ssl
from functools import cache

from cryptography import x509

from kanal.channelkit.errors import Certificate as Certificate


def context(accepted: str) -> ssl.SSLContext:
    """Asks for a certificate that somebody vouches for, unless one was `accepted` by its fingerprint: then
    `is_accepted` has to be asked once the connection stands."""
    return _context(by_fingerprint=bool(accepted))


@cache
def _context(*, by_fingerprint: bool) -> ssl.SSLContext:
    """Made once: to read all that the system vouches for takes longer than many a connection."""
    made = ssl.create_default_context()
    if by_fingerprint:
        made.check_hostname = False
        made.verify_mode = ssl.CERT_NONE
    return made


def is_accepted(certificate: bytes | None, accepted: str) -> bool:
    """`certificate` in DER, as `SSLObject.getpeercert(True)` gives it."""
    return certificate is not None and hashlib.sha256(certificate).hexdigest() == accepted


def shown(certificate: bytes) -> Certificate:
    read = x509.load_der_x509_certificate(certificate)
    return Certificate(
        fingerprint=hashlib.sha256(certificate).hexdigest(),
        subject=read.subject.rfc4514_string(),
        issuer=read.issuer.rfc4514_string(),
        until=read.not_valid_after_utc,
    )
