"""A submission as the raw event that its channel's kind parses, at once or when earlier ones are handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from kanal.channelkit.messages import Door
from kanal.channelkit.submissions import Submission, SubmittedConfirmation, SubmittedFile
from kanal.forms.filling import submitted
from kanal.forms.models import Definition, Value
from kanal.inboxes.models import NewRawEvent
from kanal.inboxes.raw_events import IN_ROW
from kanal.kit.db import document
from kanal.kit.storage import Storage


def submission(
    definition: Definition,
    submission_id: UUID,
    *,
    answers: Mapping[str, Value],
    files: Mapping[str, Sequence[SubmittedFile]],
    extra: dict[str, Any],
    page: str,
    visitor: str,
    at: datetime,
    confirm: bool,
) -> Submission:
    """`confirm` asks for the form's confirmation, where it has one."""
    options = definition.options
    return Submission(
        id=submission_id,
        form_id=definition.form_id,
        form_name=definition.name,
        version=definition.version,
        language=options.language,
        fields=submitted(definition, answers, files),
        extra=extra,
        page=page,
        visitor=visitor,
        submitted_at=at,
        confirmation=SubmittedConfirmation(subject=options.confirmation_subject, text=options.confirmation_text)
        if confirm and options.confirm
        else None,
    )


async def raw_event(storage: Storage, channel: UUID, given: Submission, suspicion: str = "") -> NewRawEvent:
    """The submission's id is what makes a second one for the channel the same. A large one is stored beforehand."""
    body = document(given).encode()
    return NewRawEvent(
        channel_id=channel,
        external_id=str(given.id),
        body=body,
        blob=await storage.put(body) if len(body) > IN_ROW else None,
        door=Door(suspicion=suspicion),
        received_at=given.submitted_at,
    )
