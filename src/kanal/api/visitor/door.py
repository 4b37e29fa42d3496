"""All that taking a submission in takes, as one object: what is shared by those who come at the same time, and what
they are judged and stored with."""

from __future__ import annotations

import msgspec

from kanal.forms.spam import Rates
from kanal.forms.submissions.accepting import Acceptor
from kanal.forms.submissions.finding import Finder
from kanal.kit.crypto import Keyring
from kanal.kit.db import Database
from kanal.kit.settings import Settings
from kanal.kit.storage import Storage


class Door(msgspec.Struct, frozen=True):
    """One a process."""

    db: Database
    storage: Storage
    keyring: Keyring
    settings: Settings
    finder: Finder
    rates: Rates
    acceptor: Acceptor


def make(db: Database, storage: Storage, keyring: Keyring, settings: Settings) -> Door:
    return Door(db, storage, keyring, settings, Finder(db), Rates(db), Acceptor(db, storage))
