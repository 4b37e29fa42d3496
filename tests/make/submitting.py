"""Submissions as the door hands them over to be stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kanal.forms.filling import fill
from kanal.forms.models import Definition
from kanal.forms.submissions.accepting import Acceptor
from kanal.forms.submissions.arriving import NewSubmission
from kanal.kit import clock
from kanal.kit.db import Database
from kanal.kit.storage import Storage

EVA = {"name": "Eva Ek", "email": "Eva@Kund.example", "subject": "The lamp", "description": "It does not light."}


def acceptor(db: Database, folder: Path) -> Acceptor:
    return Acceptor(db, Storage(str(folder / "files")))


def new(definition: Definition, given: dict[str, Any] | None = None, **more: Any) -> NewSubmission:
    """`given` is one value a name; without it, Eva asks."""
    filled = fill(definition, {name: [value] for name, value in (EVA if given is None else given).items()}, {})
    return NewSubmission(
        definition=definition, filled=filled, source=more.pop("source", "hosted"), received_at=clock.now(), **more
    )
