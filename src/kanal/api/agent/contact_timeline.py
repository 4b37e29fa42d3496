"""/contacts/{id}/timeline: everything between a contact and us, with the forms they filled in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import get

from kanal.api.http.given import Db, FromPath, FromQuery, Limit
from kanal.api.http.pages import Page
from kanal.api.http.signin import DeskRequest, require
from kanal.forms.submissions import queries
from kanal.forms.submissions.models import Sight, Submission
from kanal.kit.db import Transaction
from kanal.views import contact_timeline
from kanal.views.contact_timeline import ContactMade, ContactMessage, ContactTicketEvent, Event, FilledIn, Kind
from kanal.views.visible import viewer


class ContactSubmission(msgspec.Struct, kw_only=True, tag="submission", tag_field="kind"):
    at: datetime
    submission: Submission
    """With hidden fields and what came under other names."""


ContactEvent = ContactSubmission | ContactTicketEvent | ContactMessage | ContactMade


@get("/contacts/{contact_id:uuid}/timeline", guards=[require("read")])
async def get_contact_timeline(
    request: DeskRequest,
    db: Db,
    contact_id: FromPath[UUID],
    limit: Limit = 50,
    after: FromQuery[str | None] = None,
    kind: FromQuery[Kind | None] = None,
) -> Page[ContactEvent]:
    """Newest first. Submissions of forms that no channel carries, or one that the caller may not see, are for those who
    manage forms or see all channels."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        page = await contact_timeline.page(
            tx,
            caller.member,
            contact_id,
            all_submissions=caller.may("manage_forms"),
            kind=kind,
            after=after,
            limit=limit,
        )
        return Page(await _with_submissions(tx, caller.member, page.items), page.next)


async def _with_submissions(tx: Transaction, member: UUID, events: list[Event]) -> list[ContactEvent]:
    who = await viewer(tx, member)
    ids = [event.id for event in events if isinstance(event, FilledIn)]
    found = await queries.of_ids(tx, ids, Sight(who.visible, who.params)) if ids else {}
    return [
        ContactSubmission(at=event.at, submission=found[event.id]) if isinstance(event, FilledIn) else event
        for event in events
    ]
