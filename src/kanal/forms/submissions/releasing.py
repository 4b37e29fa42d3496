"""Not spam after all: a person looked at what was caught and lets it in. It goes the way that it would have gone, to a
contact and, where a channel carries the form, to a ticket."""

from __future__ import annotations

from uuid import UUID

import msgspec

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.forms.definitions.queries import definition_of
from kanal.forms.models import Value
from kanal.forms.submissions.errors import NotCaught
from kanal.forms.submissions.senders import contacts_of
from kanal.inboxes import raw_events
from kanal.inboxes.errors import NotReplayable
from kanal.kit.db import NotFound, Transaction

ALL = raw_events.Sight("true", {})
"""Whoever may let submissions in may do so for each of the form's, wherever their tickets go."""


async def release(tx: Transaction, form: UUID, submission: UUID, actor: UUID | None) -> None:
    """Raises NotFound and NotCaught."""
    found = await tx.maybe(_Caught, f"{_CAUGHT} where s.id = %s and s.form_id = %s for update of s", (submission, form))
    if found is None:
        raise NotFound("submission")
    if not found.caught:
        raise NotCaught
    await _let_in(tx, found, actor)
    if found.raw_event_id is not None:
        await _replay(tx, found.raw_event_id, actor)


async def released_with(tx: Transaction, raw_event: UUID, actor: UUID | None) -> None:
    """The raw event is taken in again: so is the caught submission that it was made of, if it was made of one."""
    found = await tx.maybe(
        _Caught, f"{_CAUGHT} where s.raw_event_id = %s and s.caught <> '' for update of s", (raw_event,)
    )
    if found is not None:
        await _let_in(tx, found, actor)


class _Caught(msgspec.Struct, kw_only=True):
    id: UUID
    form_id: UUID
    version: int
    answers: dict[str, Value]
    caught: str
    channel_id: UUID | None
    raw_event_id: UUID | None


_CAUGHT = """
  select s.id, s.form_id, s.version, s.answers, s.caught, s.channel_id, s.raw_event_id from form_submissions s
"""


async def _let_in(tx: Transaction, found: _Caught, actor: UUID | None) -> None:
    definition = await definition_of(tx, found.form_id, found.version)
    [contact] = await contacts_of(tx, [(definition, found.answers)])
    await tx.run("update form_submissions set caught = '', contact_id = %s where id = %s", (contact, found.id))
    await tx.run(
        """
        update form_days d set caught = greatest(d.caught - 1, 0), submissions = d.submissions + 1
        from form_submissions s
        where s.id = %s and d.form_id = s.form_id and d.day = (s.received_at at time zone 'UTC')::date
        """,
        (found.id,),
    )
    data = {"form_id": str(found.form_id), "submission_id": str(found.id), "why": found.caught}
    events.emit(
        tx,
        Event(name="submission.released", actor_id=actor, contact_id=contact, channel_id=found.channel_id, data=data),
    )


async def _replay(tx: Transaction, raw_event: UUID, actor: UUID | None) -> None:
    """What its channel cannot take in now, being off or gone, keeps its fate, which says so; it is believed when it is
    done again."""
    try:
        await raw_events.replay(tx, raw_event, ALL, actor=actor)
    except NotReplayable:
        await tx.run("""update raw_events set door = door || '{"believed": true}' where id = %s""", (raw_event,))
