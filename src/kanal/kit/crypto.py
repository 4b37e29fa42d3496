"""Secrets: encryption of stored credentials, tokens that prove something, hashes of tokens we hand out. The key is a
list, newest first, so that it can be rotated; it is made on the first run and kept in the data directory."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

KEY_FILE = "secret.key"


class Undecryptable(Exception):
    """None of the keys in KANAL_SECRET_KEY opens this; the key it was written with must be put back in the list."""


class Keyring:
    """Everything that needs the installation's secret."""

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise ValueError("at least one secret key is needed")
        self._fernet = MultiFernet([Fernet(base64.urlsafe_b64encode(_derive(k, b"encrypt"))) for k in keys])
        self._macs = [_derive(k, b"mac") for k in keys]

    def encrypt(self, plain: bytes) -> bytes:
        return self._fernet.encrypt(plain)

    def decrypt(self, sealed: bytes) -> bytes:
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken:
            raise Undecryptable from None

    def mac(self, purpose: str, data: bytes, size: int) -> bytes:
        """A truncated HMAC-SHA256 of `size` bytes with the newest key."""
        return _mac(self._macs[0], purpose, data, size)

    def mac_holds(self, purpose: str, data: bytes, given: bytes) -> bool:
        """Whether `given` was made for this purpose and data with any of the keys."""
        return any(hmac.compare_digest(_mac(key, purpose, data, len(given)), given) for key in self._macs)


def load_keyring(configured: Sequence[str], data_dir: Path) -> Keyring:
    """The keys of the environment, else the one in the data directory, made now when there is none."""
    if configured:
        return Keyring(configured)
    path = data_dir / KEY_FILE
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(32) + "\n")
    return Keyring([line for line in path.read_text().split() if line])


def new_token(prefix: str = "") -> str:
    """A token with 256 random bits, safe in URLs."""
    return prefix + secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """What the database keeps of a token: useless to whoever reads it."""
    return hashlib.sha256(token.encode()).digest()


def _derive(key: str, purpose: bytes) -> bytes:
    return hmac.digest(key.encode(), b"kanal/" + purpose, "sha256")


def _mac(key: bytes, purpose: str, data: bytes, size: int) -> bytes:
    return hmac.digest(key, purpose.encode() + b"\0" + data, "sha256")[:size]
